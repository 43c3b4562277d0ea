// The history of searches. Floor: store.
#include "store/searches.h"

#include <string.h>

#include "store/searches_inside.h"

struct add_task {
    struct searches_task task;
    const char *entity, *text;
    long long hits;
};

// What is searched by the text of a saved one is a run of it.
static bool note_run(struct db *db, const struct add_task *t, int64_t now_ms, struct err *e)
{
    return db_run(db, "UPDATE saved SET ran_ms = ?, hits = ? WHERE text = ? AND deleted IS NULL",
                  VALUES(value_int(now_ms), value_int(t->hits), value_text(t->text)), e);
}

static bool keep(struct db *db, const struct add_task *t, int64_t now_ms, struct err *e)
{
    return db_run(db,
                  "INSERT INTO history VALUES (?, ?, (SELECT ifnull(max(place), 0) + 1 FROM"
                  " history), ?, ?, 1) ON CONFLICT (text) DO UPDATE SET place = excluded.place,"
                  " at_ms = excluded.at_ms, hits = excluded.hits, times = times + 1",
                  VALUES(value_text(t->text), value_text(t->entity), value_int(now_ms),
                         value_int(t->hits)),
                  e) &&
           db_run(db,
                  "DELETE FROM history WHERE place <= (SELECT place FROM history"
                  " ORDER BY place DESC LIMIT 1 OFFSET ?)",
                  VALUES(value_int(HISTORY_KEPT)), e) &&
           db_run(
               db,
               "DELETE FROM history WHERE place IN (SELECT place FROM (SELECT place,"
               " sum(length(CAST(text AS BLOB))) OVER (ORDER BY place DESC) AS bytes FROM history)"
               " WHERE bytes > ?)",
               VALUES(value_int(HISTORY_BYTES_MAX)), e);
}

static bool add(struct store *s, struct searches_task *task, struct err *e)
{
    const struct add_task *t = (const struct add_task *)task;
    int64_t now_ms = clock_utc_ms(&s->clock);
    struct db *db = &s->searches.db;

    return note_run(db, t, now_ms, e) &&
           (strlen(t->text) > HISTORY_TEXT_MAX || keep(db, t, now_ms, e));
}

bool store_history_add(struct store *s, const char *entity, const char *text, long long hits,
                       struct err *e)
{
    struct add_task t = {{.inner = add, .writes = true}, entity, text, hits};

    return searches_do(s, &t.task, e);
}

enum { CELL_ENTITY, CELL_TEXT, CELL_AT, CELL_HITS, CELL_TIMES, CELLS };

bool store_history_each(struct store *s, bool (*each)(void *arg, const struct past_search *one),
                        void *arg, struct err *e)
{
    struct slice slice = {.width = CELLS};
    bool ok = searches_rows(s,
                            "SELECT entity, text, at_ms, hits, times FROM history"
                            " ORDER BY place DESC",
                            &slice, e),
         more = ok;

    for (size_t i = 0; more && i < slice_rows(&slice); i++) {
        const struct past_search one = {.entity = slice_text(&slice, i, CELL_ENTITY),
                                        .text = slice_text(&slice, i, CELL_TEXT),
                                        .at_ms = slice_int(&slice, i, CELL_AT),
                                        .hits = slice_int(&slice, i, CELL_HITS),
                                        .times = slice_int(&slice, i, CELL_TIMES)};

        more = each(arg, &one);
    }
    slice_free(&slice);
    return ok;
}
