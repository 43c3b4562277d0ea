// What a ledger says against what the sandbox charged. Main thread. Tests.
#include "support/money.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "support/http.h"
#include "support/test.h"

static void read_ledger(const struct home *h, const struct server *s, struct money *m)
{
    char *line = str_format("ledger --format json --quiet --base-url=%s", s->url);
    struct run r = run_lode(h, NULL, line);
    json_t *rows = json_loads(str_text(&r.out), 0, NULL), *row;
    size_t i;

    if (r.status != 0 || !rows)
        fail_msg("ledger: exit %d: %s", r.status, str_text(&r.err));
    json_array_foreach(rows, i, row)
    {
        const char *state = json_string_value(json_object_get(row, "state"));
        long long quoted = json_integer_value(json_object_get(row, "quotedMax"));

        m->charged += json_integer_value(json_object_get(row, "credits"));
        m->settled += str_eq(state, "charged");
        m->open += str_eq(state, "intent");
        m->kept += json_integer_value(json_object_get(row, "answerKept")) > 0;
        m->doubtful += str_eq(state, "in doubt");
        if (str_eq(state, "in doubt") || str_eq(state, "intent"))
            m->in_doubt += quoted;
    }
    json_decref(rows);
    run_free(&r);
    free(line);
}

static int by_number(const void *a, const void *b)
{
    long long x = *(const long long *)a, y = *(const long long *)b;

    return x < y ? -1 : x > y;
}

struct ids {
    VEC(long long) list; // sorted once read
};

static void sort_ids(struct ids *ids)
{
    if (ids->list.len)
        qsort(ids->list.items, ids->list.len, sizeof(*ids->list.items), by_number);
}

// Every record as often as it is in the audit's lists of that name.
static void take_ids(const json_t *audit, const char *list, struct ids *out)
{
    json_t *charge, *id;
    size_t i, k;

    json_array_foreach(json_object_get(audit, "charges"), i, charge)
    {
        json_array_foreach(json_object_get(charge, list), k, id)
            vec_push(&out->list, json_integer_value(id));
    }
    sort_ids(out);
}

static size_t count_again(const json_t *audit, const char *list)
{
    struct ids ids = {0};
    size_t n = 0;

    take_ids(audit, list, &ids);
    for (size_t i = 1; i < ids.list.len; i++)
        n += ids.list.items[i] == ids.list.items[i - 1];
    vec_free(&ids.list);
    return n;
}

static void read_audit(const struct server *s, struct money *m)
{
    json_t *audit = server_audit(s), *charge;
    size_t i;

    json_array_foreach(json_object_get(audit, "charges"), i, charge) m->audited +=
        json_integer_value(json_object_get(charge, "credits"));
    m->charged_twice = count_again(audit, "newRecordIds");
    m->sent_twice = count_again(audit, "recordIds");
    json_decref(audit);
}

struct money money_read(const struct home *h, const struct server *s)
{
    struct money m = {0};

    read_ledger(h, s, &m);
    read_audit(s, &m);
    return m;
}

void money_agrees(const struct money *m)
{
    if (m->charged > m->audited || m->audited > m->charged + m->in_doubt || m->charged_twice)
        fail_msg("ledger: %lld charged, %lld in doubt; server: %lld charged, %zu records twice",
                 m->charged, m->in_doubt, m->audited, m->charged_twice);
}

static void read_library(const struct home *h, const struct server *s, const char *entity,
                         struct ids *out)
{
    char *line = str_format("export %s --format jsonl --quiet --base-url=%s", entity, s->url);
    struct run r = run_lode(h, NULL, line);
    char *rest = r.out.data, *text;

    if (r.status != 0)
        fail_msg("export: exit %d: %s", r.status, str_text(&r.err));
    while ((text = strsep(&rest, "\n")) != NULL && *text) {
        json_t *record = json_loads(text, 0, NULL);

        assert_non_null(record);
        vec_push(&out->list, json_integer_value(json_object_get(record, "id")));
        json_decref(record);
    }
    sort_ids(out);
    run_free(&r);
    free(line);
}

size_t money_lost(const struct home *h, const struct server *s, const char *entity)
{
    struct ids paid = {0}, held = {0};
    json_t *audit = server_audit(s);
    size_t lost = 0;

    take_ids(audit, "newRecordIds", &paid);
    json_decref(audit);
    read_library(h, s, entity, &held);
    for (size_t i = 0; i < paid.list.len; i++)
        lost += !held.list.len || !bsearch(&paid.list.items[i], held.list.items, held.list.len,
                                           sizeof(*held.list.items), by_number);
    vec_free(&paid.list);
    vec_free(&held.list);
    return lost;
}
