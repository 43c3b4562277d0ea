// How a job stands, and where its records are. Main thread. Tests.
#include "support/jobs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/map.h"
#include "base/str.h"
#include "support/http.h"
#include "support/test.h"

enum { FILE_MAX = 64 << 20 };

static const char *text_of(const json_t *row, const char *key)
{
    return json_string_value(json_object_get(row, key));
}

static json_t *rows_of(const struct home *h, const struct server *s, const char *line)
{
    struct run r = run_lode(h, s->url, line);
    json_t *rows = json_loads(str_text(&r.out), 0, NULL);

    if (r.status != 0 || !rows)
        fail_msg("%s: exit %d: %s", line, r.status, str_text(&r.err));
    run_free(&r);
    return rows;
}

bool job_end(const struct home *h, const struct server *s, const char *job, struct job_end *out)
{
    json_t *rows = rows_of(h, s, "jobs --format json --quiet"), *row;
    bool found = false;
    size_t i;

    json_array_foreach(rows, i, row)
    {
        const char *reason = text_of(row, "reason");
        bool doubts =
            strstr(reason, "in doubt") && json_integer_value(json_object_get(row, "inDoubt")) > 0;

        if (!str_eq(text_of(row, "job"), job))
            continue;
        found = true;
        (void)snprintf(out->state, sizeof(out->state), "%s",
                       doubts ? "doubts" : text_of(row, "state"));
        (void)snprintf(out->reason, sizeof(out->reason), "%s", reason);
    }
    json_decref(rows);
    return found;
}

// The records that the server charged, by id.
static struct map charged_ids(const struct server *s)
{
    json_t *audit = server_audit(s), *charge, *id;
    struct map ids = {0};
    size_t i, k;

    json_array_foreach(json_object_get(audit, "charges"), i, charge)
    {
        json_array_foreach(json_object_get(charge, "newRecordIds"), k, id)
        {
            char *text = str_format("%lld", json_integer_value(id));

            (void)map_put(&ids, text, NULL);
            free(text);
        }
    }
    json_decref(audit);
    return ids;
}

// The id that a line of the file tells, or "": whom a line names is known once it is found.
static char *id_of(const char *line)
{
    json_t *row, *id;
    char *text;

    if (*line != '{')
        return str_format("%.*s", (int)strcspn(line, ","), line);
    row = json_loads(line, 0, NULL);
    assert_non_null(row);
    id = json_object_get(json_object_get(row, "record"), "id");
    text = id ? str_format("%lld", json_integer_value(id)) : str_format("%s", "");
    json_decref(row);
    return text;
}

static void place_one(struct job_places *p, const char *id, const char *standing, bool charged)
{
    bool owned = str_eq(standing, "held") || str_eq(standing, "owned");
    bool doubtful = str_eq(standing, "in doubt");
    bool unsent = str_eq(standing, "new") || str_eq(standing, "unsure");

    if (!doubtful && owned != charged)
        fail_msg("%s is %s, and the server %s it", id, standing,
                 charged ? "charged" : "never charged");
    p->owned += owned;
    p->doubtful += doubtful;
    p->unsent += unsent;
    p->never += !owned && !doubtful && !unsent;
}

struct job_places job_places(const struct home *h, const struct server *s, const char *job,
                             const char *file)
{
    char *line = str_format("jobs show %s --format json --quiet", job);
    char *path = str_format("%s/%s", h->path, file), *rest, *next;
    json_t *rows = rows_of(h, s, line), *row;
    struct map charged = charged_ids(s);
    struct job_places p = {0};
    struct str text = {0};
    struct err e;
    size_t i;

    assert_true(file_read(path, FILE_MAX, &text, &e));
    rest = text.data;
    if (*rest != '{')
        (void)strsep(&rest, "\n"); // the headings
    json_array_foreach(rows, i, row)
    {
        char *id;

        next = strsep(&rest, "\n");
        assert_non_null(next);
        id = id_of(next);
        place_one(&p, id, text_of(row, "standing"), map_has(&charged, id));
        free(id);
    }
    assert_true(!rest || !*rest);
    map_free(&charged, NULL);
    json_decref(rows);
    str_free(&text);
    free(path);
    free(line);
    return p;
}
