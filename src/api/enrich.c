// Enriching on the wire. Answers are read by order, never by the echo of their input (FACTS 6). Any
// thread. Floor: api.
#include "api/enrich.h"

#include <stdlib.h>
#include <string.h>

#include "api/answer.h"
#include "api/plain.h"
#include "api/scan.h"
#include "api/wire.h"
#include "base/mem.h"

static json_t *input_of(const struct entity *entity, const struct enrich_input *input)
{
    json_t *match = input->match ? json_loads(input->match, 0, NULL) : NULL;

    if (match)
        return match;
    return json_pack("{s:o}", entity->enrich.id_input, wire_integer_or_text(input->id));
}

struct net_request *enrich_request(const char *base_url, const struct entity *entity,
                                   const struct enrich_input *inputs, size_t n,
                                   const struct column *const *fields, size_t n_fields)
{
    const struct enrich_operation *op = &entity->enrich;
    struct net_request *r = net_request_new("POST", str_format("%s%s", base_url, op->path));
    json_t *body = json_object(), *list = json_array(), *names = json_array();
    char *text;

    for (size_t i = 0; i < n; i++)
        (void)json_array_append_new(list, input_of(entity, &inputs[i]));
    for (size_t i = 0; i < n_fields; i++)
        (void)json_array_append_new(names, json_string(fields[i]->name));
    (void)json_object_set_new(body, op->match_key, list);
    (void)json_object_set_new(body, "outputFields", names);
    text = wire_dump(body);
    json_decref(body);
    str_add(&r->body, text);
    free(text);
    r->content_type = "application/json";
    r->repeat = NET_ONCE;
    r->priority = NET_BATCH;
    return r;
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

// One result of a plain answer. false: the parser has to take it, or to say what is wrong with it.
static bool take_plain(const char *result, struct scan *id, const struct enrich_input *input,
                       struct enriched *row, struct page *memory)
{
    const char *data = plain_member(result, "data"), *got;
    const char *record = data && *data == '[' ? plain_first(data) : data;

    row->id = input->id;
    row->status_name = plain_text(plain_member(result, "matchStatus"), memory);
    if (!row->status_name)
        return false;
    row->status = match_status_find(row->status_name, is_filled(record));
    if (!is_filled(record) || !row->status->found)
        return true;
    row->raw = page_text(memory, record, (size_t)(plain_skip(record) - record));
    if (!scan_row(id, row->raw, &got))
        return false;
    if (input->match && *got)
        row->id = page_text(memory, got, strlen(got));
    return input->match || !*got || str_eq(got, input->id);
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
    const char *body = str_text(&r->answer), *success, *p;
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
    for (p = plain_first(plain_results(body)); p && i < n; p = plain_next(p), i++) {
        if (!take_plain(p, id, &inputs[i], &out->rows[i], &out->memory))
            break;
    }
    scan_free(id);
    if (i == n && !p)
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
