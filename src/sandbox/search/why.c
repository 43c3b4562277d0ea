// Why a search finds a record or not: input by input, with the record's own value. Floor:
// sandbox/search.
#include "sandbox/search/query.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"

static bool company_holds(const struct search_query *q, const struct search_input *in,
                          const struct search_record *r)
{
    uint32_t companies[1 + WORLD_PASTS] = {r->company};
    size_t n = 1;
    bool any = false;

    if (r->contact != WORLD_NONE)
        n = search_employers(q, r->contact, companies);
    for (size_t i = 0; i < n; i++)
        any = any || filter_holds(&q->companies, in, companies[i]);
    return any;
}

static bool is_place(const struct search_query *q, const struct search_input *in)
{
    for (size_t i = 0; i < q->places.len; i++) {
        if (q->places.items[i].owner == in)
            return true;
    }
    return false;
}

// An input that only says how others are read holds by itself: those others tell.
static bool input_holds(const struct search_query *q, const struct search_input *in,
                        const struct search_record *r)
{
    if (is_place(q, in))
        return search_place_holds(q, in, r);
    if (in->rows == ON_CONTACT)
        return filter_holds(&q->contacts, in, r->contact);
    return in->rows != ON_COMPANY || company_holds(q, in, r);
}

// The present company's value, then those of former ones where the query looks at them.
static void show(const struct search_query *q, const struct search_input *in,
                 const struct search_record *r, struct str *out)
{
    uint32_t companies[1 + WORLD_PASTS];
    struct search_record employer = *r;
    struct str one = {0};
    size_t n;

    if (in->rows != ON_COMPANY || r->contact == WORLD_NONE) {
        in->kind->show(q->search, in, r, out);
        return;
    }
    n = search_employers(q, r->contact, companies);
    for (size_t i = 0; i < n; i++) {
        employer.company = companies[i];
        str_clear(&one);
        in->kind->show(q->search, in, &employer, &one);
        str_addf(out, "%s%s", i ? " | " : "", str_text(&one));
    }
    str_free(&one);
}

static json_t *explain(const struct search_query *q, const char *name, json_t *value,
                       const struct search_record *r)
{
    const struct search_input *in = search_input_find(q->entity, name);
    struct str record = {0};
    json_t *line;

    if (!in)
        return NULL;
    show(q, in, r, &record);
    line = json_pack("{s:s, s:O, s:s, s:b}", "input", name, "value", value, "record",
                     str_text(&record), "matched", input_holds(q, in, r));
    str_free(&record);
    return line;
}

static bool record_of(const struct search *s, enum search_entity entity, int64_t id,
                      struct search_record *r)
{
    if (entity == SEARCH_COMPANY) {
        *r = (struct search_record){WORLD_NONE, world_company_row(s->world, id)};
        return r->company != WORLD_NONE;
    }
    r->contact = world_contact_row(s->world, id);
    if (r->contact == WORLD_NONE)
        return false;
    r->company = s->world->contacts.company[r->contact];
    return true;
}

static void explain_all(const struct search_query *q, int64_t id, const struct search_record *r,
                        struct str *out)
{
    bool matched = q->entity == SEARCH_CONTACT ? filter_holds(&q->contacts, NULL, r->contact)
                                               : filter_holds(&q->companies, NULL, r->company);
    json_t *lines = json_array(), *line, *value, *answer;
    const char *name;
    char *text;

    json_object_foreach(q->inputs, name, value)
    {
        line = explain(q, name, value, r);
        if (line)
            json_array_append_new(lines, line);
    }
    answer =
        json_pack("{s:I, s:b, s:o}", "id", (json_int_t)id, "matched", matched, "inputs", lines);
    text = json_dumps(answer, JSON_COMPACT);
    str_add(out, text);
    free(text);
    json_decref(answer);
}

bool search_why(struct search *s, enum search_entity entity, const json_t *body, int64_t id,
                struct str *json_out, struct search_error *e)
{
    json_t *inputs = search_check(s, entity, body, e);
    struct search_record record;
    struct search_query q;
    bool good = inputs != NULL;

    if (good && !record_of(s, entity, id, &record)) {
        *e = (struct search_error){.status = 404};
        (void)snprintf(e->text, sizeof(e->text), "There is no record %lld", (long long)id);
        good = false;
    }
    good = good && search_compile(s, entity, inputs, &q, e);
    if (good) {
        explain_all(&q, id, &record, json_out);
        search_query_free(&q);
    }
    json_decref(inputs);
    return good;
}
