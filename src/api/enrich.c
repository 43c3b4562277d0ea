// Enriching on the wire. Answers are read by order, never by the echo of their input (FACTS 6). Any
// thread. Floor: api.
#include "api/enrich.h"

#include <stdlib.h>
#include <string.h>

#include "api/answer.h"
#include "api/plain.h"
#include "api/scan.h"
#include "api/wire.h"
#include "base/json.h"
#include "base/mem.h"

static bool add_match(const char *match, struct str *out)
{
    json_t *parsed = match ? json_loads(match, 0, NULL) : NULL;
    char *text = parsed ? wire_dump(parsed) : NULL;

    if (text)
        str_add(out, text);
    free(text);
    json_decref(parsed);
    return text != NULL;
}

static void add_input(const struct entity *entity, const struct enrich_input *input,
                      struct str *out)
{
    long long number;

    if (add_match(input->match, out))
        return;
    str_add_char(out, '{');
    json_quote(entity->enrich.id_input, out);
    str_add_char(out, ':');
    if (str_int64(input->id, &number))
        str_addf(out, "%lld", number);
    else
        json_quote(input->id, out);
    str_add_char(out, '}');
}

static void add_fields(const char *key, const struct column *const *fields, size_t n,
                       struct str *out)
{
    str_addf(out, ",\"%s\":[", key);
    for (size_t i = 0; i < n; i++) {
        str_add(out, i ? "," : "");
        json_quote(fields[i]->name, out);
    }
    str_add_char(out, ']');
}

struct net_request *enrich_request(const char *base_url, const struct entity *entity)
{
    struct net_request *r =
        net_request_new("POST", str_format("%s%s", base_url, entity->enrich.path));

    r->content_type = "application/json";
    r->repeat = NET_ONCE;
    r->priority = NET_BATCH;
    return r;
}

void enrich_ask(struct net_request *r, const struct entity *entity,
                const struct enrich_input *inputs, size_t n, const struct enrich_fields *fields)
{
    str_add_char(&r->body, '{');
    json_quote(entity->enrich.match_key, &r->body);
    str_add(&r->body, ":[");
    for (size_t i = 0; i < n; i++) {
        str_add(&r->body, i ? "," : "");
        add_input(entity, &inputs[i], &r->body);
    }
    str_add_char(&r->body, ']');
    add_fields("outputFields", fields->output, fields->n, &r->body);
    if (fields->n_required)
        add_fields("requiredFields", fields->required, fields->n_required, &r->body);
    str_add_char(&r->body, '}');
}

// The results of any of the envelopes that were met: data.result[], data[], result[].
static json_t *results_of(json_t *body)
{
    json_t *data = json_object_get(body, "data"), *list = json_object_get(data, "result");

    if (!json_is_array(list))
        list = json_is_array(data) ? data : json_object_get(body, "result");
    return json_is_array(list) ? list : NULL;
}

// The record of one result: its data[0], its data where that is an object, NULL where none came.
static json_t *record_of(json_t *result)
{
    json_t *data = json_object_get(result, "data"), *record = data;

    if (json_is_array(data))
        record = json_array_get(data, 0);
    return json_is_object(record) && json_object_size(record) ? record : NULL;
}

// The record's id. Asked for by id it must be that one; without one it goes by the input's.
static bool take_id(json_t *record, const struct entity *entity, const struct enrich_input *input,
                    struct enriched *row, struct page *memory)
{
    struct str got = {0};
    bool sound;

    wire_cell(record, entity->id_path, &got);
    sound = input->match || got.len == 0 || str_eq(str_text(&got), input->id);
    if (input->match && got.len)
        row->id = page_text(memory, got.data, got.len);
    str_free(&got);
    return sound;
}

static bool take_result(json_t *result, const struct entity *entity,
                        const struct enrich_input *input, struct enriched *row, struct page *memory,
                        struct err *e)
{
    const char *name = wire_string(result, "matchStatus");
    json_t *record = record_of(result);

    row->id = input->id;
    row->status = match_status_find(name, record != NULL);
    row->status_name = name ? page_text(memory, name, strlen(name)) : row->status->name;
    if (!record)
        return true;
    // Whoever opted out is suppressed by the id as well.
    if (row->status->gone)
        (void)take_id(record, entity, input, row, memory);
    if (row->status->found && !take_id(record, entity, input, row, memory))
        return err_set(e, ERR_IN_DOUBT,
                       "the answer holds another record than %s that was asked for", input->id);
    if (row->status->found) {
        char *raw = wire_dump(record);

        row->raw = page_text(memory, raw, strlen(raw));
        free(raw);
    }
    return true;
}

static bool take_results(json_t *body, const struct entity *entity,
                         const struct enrich_input *inputs, size_t n, struct enrich_answer *out,
                         struct err *e)
{
    json_t *list = results_of(body), *result;
    size_t i;

    if (json_is_false(json_object_get(body, "success")))
        return err_set(e, ERR_IN_DOUBT, "the answer says that it failed, with HTTP status 200");
    if (json_array_size(list) != n)
        return err_set(e, ERR_IN_DOUBT, "the answer holds %zu results for %zu records",
                       json_array_size(list), n);
    out->rows = mem_array(n, sizeof(*out->rows));
    out->n = n;
    json_array_foreach(list, i, result)
    {
        if (!take_result(result, entity, &inputs[i], &out->rows[i], &out->memory, e))
            return false;
    }
    return true;
}

static bool is_filled(const char *p)
{
    return p && *p == '{' && p[1] != '}';
}

// The value at p, where it is a text without escapes, into memory; else NULL.
static const char *plain_text(const char *p, struct page *memory)
{
    size_t len = p && *p == '"' ? strcspn(p + 1, "\"\\") : 0;

    return len && p[len + 1] == '"' ? page_text(memory, p + 1, len) : NULL;
}

// One result of a plain answer. Returns what is behind it, or NULL: the parser has to take it, or
// to say what is wrong with it.
static const char *take_plain(const char *result, struct scan *id, const struct enrich_input *input,
                              struct enriched *row, struct page *memory)
{
    enum { DATA, STATUS, KEYS };

    static const char *const keys[KEYS] = {[DATA] = "data", [STATUS] = "matchStatus"};
    const char *values[KEYS], *behind = plain_members(result, keys, KEYS, values), *got;
    const char *record = values[DATA] && *values[DATA] == '[' ? values[DATA] + 1 : values[DATA];

    row->id = input->id;
    row->status_name = plain_text(values[STATUS], memory);
    if (!row->status_name)
        return NULL;
    row->status = match_status_find(row->status_name, is_filled(record));
    if (row->status->gone && is_filled(record))
        return NULL;
    if (!is_filled(record) || !row->status->found)
        return behind;
    row->raw = page_text(memory, record, (size_t)(plain_skip(record) - record));
    if (!scan_row(id, row->raw, &got))
        return NULL;
    if (input->match && *got)
        row->id = page_text(memory, got, strlen(got));
    return input->match || !*got || str_eq(got, input->id) ? behind : NULL;
}

static const char *plain_results(const char *body)
{
    const char *data = plain_member(body, "data"), *list = plain_member(data, "result");

    if (!list || *list != '[')
        list = data && *data == '[' ? data : plain_member(body, "result");
    return list;
}

// The whole of a plain answer with which nothing is wrong. false: as above.
static bool take_all_plain(const struct net_request *r, const struct entity *entity,
                           const struct enrich_input *inputs, size_t n, struct enrich_answer *out)
{
    const struct column column = {.path = entity->id_path}, *const id_column = &column;
    const char *body = str_text(&r->answer), *success, *p = NULL;
    struct scan *id;
    size_t i = 0;

    if (!plain_is(body, r->answer.len))
        return false;
    success = plain_member(body, "success");
    if (success && *success == 'f')
        return false;
    id = scan_new(&id_column, 1);
    out->rows = mem_array(n, sizeof(*out->rows));
    out->n = n;
    for (const char *at = plain_first(plain_results(body)); at && i < n; i++) {
        p = take_plain(at, id, &inputs[i], &out->rows[i], &out->memory);
        at = p && *p == ',' ? p + 1 : NULL;
    }
    scan_free(id);
    if (i == n && p && *p == ']')
        return true;
    enrich_answer_free(out);
    return false;
}

bool enrich_decode(const struct net_request *r, const struct entity *entity,
                   const struct enrich_input *inputs, size_t n, struct enrich_answer *out,
                   struct err *e)
{
    struct wire_doc body;
    bool ok;

    *out = (struct enrich_answer){0};
    if (!answer_check(r, e))
        return false;
    if (take_all_plain(r, entity, inputs, n, out))
        return true;
    if (!wire_open(&body, str_text(&r->answer), r->answer.len, e)) {
        e->kind = ERR_IN_DOUBT;
        return false;
    }
    ok = take_results(body.root, entity, inputs, n, out, e);
    wire_close(&body);
    if (!ok)
        enrich_answer_free(out);
    return ok;
}

void enrich_answer_free(struct enrich_answer *a)
{
    free(a->rows);
    page_free(&a->memory);
    *a = (struct enrich_answer){0};
}
