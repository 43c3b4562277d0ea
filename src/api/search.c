// Searches on the wire. Any thread. Floor: api.
#include "api/search.h"

#include <stdlib.h>
#include <string.h>

#include "api/answer.h"
#include "api/plain.h"
#include "api/scan.h"
#include "api/wire.h"
#include "base/mem.h"

static json_t *typed(const struct input *input, const char *value)
{
    long long number;

    switch (input->wire) {
    case WIRE_INTEGER:
        return str_int64(value, &number) ? json_integer(number) : json_string(value);
    case WIRE_BOOLEAN:
        return json_boolean(str_eq(value, "true"));
    default:
        return json_string(value);
    }
}

static json_t *filter_json(const struct filter *f)
{
    struct str joined = {0};
    json_t *value;

    if (f->input->wire == WIRE_ARRAY) {
        value = json_array();
        for (size_t i = 0; i < f->n_values; i++)
            (void)json_array_append_new(value, json_string(f->values[i]));
        return value;
    }
    filter_wire(f, &joined);
    value = typed(f->input, str_text(&joined));
    str_free(&joined);
    return value;
}

static json_t *body_json(const struct query *q, int page, int rpp)
{
    json_t *body = json_object();

    for (size_t i = 0; i < q->n_filters; i++)
        (void)json_object_set_new(body, q->filters[i].input->name, filter_json(&q->filters[i]));
    if (q->sort_by) {
        (void)json_object_set_new(body, "sortBy", json_string(q->sort_by));
        (void)json_object_set_new(body, "sortOrder", json_string(q->ascending ? "asc" : "desc"));
    }
    (void)json_object_set_new(body, "rpp", json_integer(rpp));
    (void)json_object_set_new(body, "page", json_integer(page));
    return body;
}

char *search_body(const struct query *q, int page, int rpp)
{
    json_t *body = body_json(q, page, rpp);
    char *text = wire_dump(body);

    json_decref(body);
    return text;
}

struct net_request *search_request(const char *base_url, const struct query *q, int page, int rpp)
{
    struct net_request *r =
        net_request_new("POST", str_format("%s%s", base_url, q->entity->search.path));
    char *body = search_body(q, page, rpp);

    str_add(&r->body, body);
    free(body);
    r->content_type = "application/json";
    r->repeat = NET_FREE;
    return r;
}

// The number in the parentheses that end "... over max allowed value (10000)"; 0 where there is
// none.
static int number_in_text(const char *text)
{
    const char *open = strrchr(text, '(');
    long long n = open ? strtoll(open + 1, NULL, 10) : 0;

    return n > 0 && n < 100000000 ? (int)n : 0;
}

static bool rows_of(json_t *body, const struct entity *entity, const struct row_want *want,
                    struct page *out, struct err *e)
{
    json_t *data = json_object_get(body, "data"), *row;
    long long number;
    size_t i;

    if (!json_is_array(data))
        return err_set(e, ERR_OFFLINE, "the answer to the search holds no list of rows");
    out->hits = -1;
    if (wire_int(json_object_get(body, "maxResults"), &number))
        out->hits = number;
    if (wire_int(json_object_get(body, "currentPage"), &number))
        out->number = (int)number;
    json_array_foreach(data, i, row)
    {
        if (json_is_object(row))
            wire_row(row, entity, want, out);
    }
    return true;
}

// One row of a plain answer. NULL: the parser has to take it.
static const char *take_plain(const char *p, const char *end, struct scan *scan, const char **cells,
                              const struct row_want *want, struct page *out)
{
    const char *behind = scan_at(scan, p, end, cells);
    struct row *row;

    if (!behind)
        return NULL;
    row = page_add(out, want->n_columns);
    row->id = page_text(out, cells[0], strlen(cells[0]));
    for (size_t i = 0; i < want->n_columns; i++)
        page_cell(out, row, i, cells[i + 1], strlen(cells[i + 1]));
    if (want->raw)
        row->raw = page_text(out, p, (size_t)(behind - p));
    return behind;
}

static bool take_rows_plain(const char *list, const char *end, const struct entity *entity,
                            const struct row_want *want, struct page *out)
{
    const struct column id = {.path = entity->id_path};
    const struct column **columns = mem_array(want->n_columns + 1, sizeof(*columns));
    const char **cells = mem_array(want->n_columns + 1, sizeof(*cells));
    const char *p = plain_first(list), *behind = list + 1;
    struct scan *scan;

    columns[0] = &id;
    for (size_t i = 0; i < want->n_columns; i++)
        columns[i + 1] = want->columns[i];
    scan = scan_new(columns, want->n_columns + 1);
    while (p) {
        behind = *p == '{' ? take_plain(p, end, scan, cells, want, out) : NULL;
        p = behind && *behind == ',' ? behind + 1 : NULL;
    }
    scan_free(scan);
    free(cells);
    free(columns);
    return behind && *behind == ']';
}

static bool plain_number(const char *p, long long *out)
{
    char *end;

    if (!p)
        return true;
    *out = strtoll(p, &end, 10);
    return end > p;
}

// A plain answer with nothing odd in it. false: the parser has to take it.
static bool take_plain_page(const struct net_request *r, const struct entity *entity,
                            const struct row_want *want, struct page *out)
{
    enum { DATA, HITS, PAGE, KEYS };

    static const char *const keys[KEYS] = {
        [DATA] = "data", [HITS] = "maxResults", [PAGE] = "currentPage"};
    const char *values[KEYS];
    long long number = out->number;

    if (want->picked || !plain_is(str_text(&r->answer), r->answer.len))
        return false;
    (void)plain_members(str_text(&r->answer), keys, KEYS, values);
    if (!values[DATA] || *values[DATA] != '[')
        return false;
    if (plain_number(values[HITS], &out->hits) && plain_number(values[PAGE], &number) &&
        take_rows_plain(values[DATA], str_text(&r->answer) + r->answer.len, entity, want, out)) {
        out->number = (int)number;
        return true;
    }
    page_free(out);
    out->hits = -1;
    return false;
}

bool search_decode(const struct net_request *r, const struct entity *entity,
                   const struct row_want *want, struct page *out, int *depth, struct err *e)
{
    struct wire_doc body;
    bool ok;

    *out = (struct page){.hits = -1};
    if (!answer_check(r, e)) {
        if (e->http == 400 && strstr(str_text(&r->answer), "greater than the available results"))
            return true;
        if (e->http == 400 && strstr(str_text(&r->answer), "Total record pagination is over max"))
            *depth = number_in_text(str_text(&r->answer));
        return false;
    }
    if (take_plain_page(r, entity, want, out))
        return true;
    if (!wire_open(&body, str_text(&r->answer), r->answer.len, e))
        return false;
    ok = rows_of(body.root, entity, want, out, e);
    wire_close(&body);
    if (!ok)
        page_free(out);
    return ok;
}
