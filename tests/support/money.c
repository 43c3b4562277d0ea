// What a ledger says against what the sandbox charged. Main thread. Tests.
#include "support/money.h"

#include <stdlib.h>
#include <string.h>

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
        m->open += str_eq(state, "intent");
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

static void read_audit(const struct server *s, struct money *m)
{
    char *url = str_format("%s/_sandbox/audit", s->direct);
    json_t *root = http_get_json(url, NULL, 200), *charge, *id;
    long long *ids = NULL;
    size_t i, k, n = 0;

    json_array_foreach(json_object_get(root, "charges"), i, charge)
    {
        json_t *fresh = json_object_get(charge, "newRecordIds");

        m->audited += json_integer_value(json_object_get(charge, "credits"));
        ids = realloc(ids, (n + json_array_size(fresh) + 1) * sizeof(*ids));
        assert_non_null(ids);
        json_array_foreach(fresh, k, id) ids[n++] = json_integer_value(id);
    }
    if (n)
        qsort(ids, n, sizeof(*ids), by_number);
    for (i = 1; i < n; i++)
        m->charged_twice += ids[i] == ids[i - 1];
    free(ids);
    json_decref(root);
    free(url);
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
