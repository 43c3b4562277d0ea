// The library's full-text index. Floor: store.
#include "store/index.h"

#include <stdlib.h>

#include "base/json.h"
#include "base/str.h"
#include "model/entity.h"
#include "store/disk.h"
#include "store/json_path.h"
#include "store/schema.h"

// Rows taken in at once: some 30 ms, for which others wait. Ranking more than RANKED_MAX hits costs
// more than it tells.
enum { ROWS_MAX = 300, RANKED_MAX = 2000, STALE_MIN = 10000 };

static const char index_name[] = "index.db";

static bool open_memory(struct store *s, struct err *e)
{
    db_close(&s->index);
    return db_open(&s->index, index_name, schema_index.what, DB_MEMORY, e) &&
           schema_raise(&s->index, &schema_index, e);
}

static bool open_file(struct store *s, struct err *e)
{
    char *path = disk_path(s, index_name);
    enum schema_age age = SCHEMA_FOREIGN;
    bool ok = disk_make(s, index_name, e) && disk_writable(s, index_name) &&
              db_open(&s->index, path, schema_index.what, DB_WRITE, e) &&
              schema_look(&s->index, &schema_index, &age, e) && age <= SCHEMA_CURRENT &&
              schema_raise(&s->index, &schema_index, e) &&
              schema_probe(&s->index, &schema_index, e);

    free(path);
    return ok;
}

void index_drop(struct store *s)
{
    static const char *const names[] = {"index.db", "index.db-journal", "index.db-wal",
                                        "index.db-shm"};

    db_close(&s->index);
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        disk_remove(s, names[i]);
}

// What it was made of is not what is here now: the ledger was put back from its backup, or most of
// it is of answers that have changed since.
static bool is_stale(struct store *s)
{
    struct err ignored;
    int64_t last = 0, known = 0, words = 0, entries = 0;

    return !db_number(&s->index, "SELECT max(step) FROM entry", NO_VALUES, 0, &last, &ignored) ||
           !db_number(&s->ledger, "SELECT seq FROM sqlite_sequence WHERE name = 'change'",
                      NO_VALUES, 0, &known, &ignored) ||
           !db_number(&s->index, "SELECT count(*) FROM words_docsize", NO_VALUES, 0, &words,
                      &ignored) ||
           !db_number(&s->index, "SELECT count(*) FROM entry", NO_VALUES, 0, &entries, &ignored) ||
           last > known || words > 2 * entries + STALE_MIN;
}

bool index_open(struct store *s, struct err *e)
{
    if (s->index.handle && !s->index.damaged)
        return true;
    if (!s->index.damaged && open_file(s, e) && !is_stale(s))
        return true;
    s->index.damaged = false;
    index_drop(s);
    return open_file(s, e) || open_memory(s, e);
}

// {"contact":["$.firstName","$.lastName"],...}: where each entity's rows have what is asked for.
static void add_paths(const struct entity *entity, bool names, struct str *out)
{
    const struct search_operation *op = &entity->search;
    size_t n = 0;

    for (size_t i = 0; i < op->n_columns; i++) {
        const struct column *c = &op->columns[i];
        bool wanted = names ? entity_is_label(entity, c) : c->marks & COLUMN_DO_NOT_CALL;
        struct str path = {0};

        if (!wanted)
            continue;
        json_path(c->path, &path);
        str_add(out, n++ ? "," : "");
        json_quote(str_text(&path), out);
        str_free(&path);
    }
}

static void paths(bool names, struct str *out)
{
    for (const struct entity *const *all = entity_all(), *const *e = all; *e; e++) {
        str_add(out, e == all ? "{" : ",");
        json_quote((*e)->name, out);
        str_add(out, ":[");
        add_paths(*e, names, out);
        str_add_char(out, ']');
    }
    str_add_char(out, '}');
}

enum cell { CELL_STEP, CELL_ANSWER, CELL_NAME, CELL_BODY, CELL_NOTES, CELL_DO_NOT_CALL };

static const char lacking_sql[] =
    "SELECT step, no,"
    " (SELECT group_concat(json_extract(raw, p.value), ' ')"
    "   FROM json_each(?1, '$.' || entity) p),"
    " (SELECT group_concat(t.atom, ' ') FROM json_tree(raw) t WHERE t.type IN ('text', 'integer')),"
    " ifnull((SELECT text FROM note n WHERE n.entity = x.entity AND n.id = x.id), '') || ' ' ||"
    " ifnull((SELECT group_concat(name, ' ') FROM tag t"
    "   WHERE t.entity = x.entity AND t.id = x.id), ''),"
    " EXISTS (SELECT 1 FROM json_each(?2, '$.' || entity) p"
    "   WHERE lower(json_extract(raw, p.value)) IN ('1', 'true', 'yes'))"
    " FROM (SELECT c.step, a.no, a.entity, a.id, iif(json_valid(a.raw), a.raw, '{}') AS raw"
    "   FROM change c CROSS JOIN answer a ON a.no = c.answer"
    "   WHERE c.step > ?3 ORDER BY c.step LIMIT ?4) x";

static bool take(struct store *s, const struct rows *r, struct err *e)
{
    return db_run(&s->index, "INSERT INTO words (rowid, name, body, notes) VALUES (?, ?, ?, ?)",
                  VALUES(value_int(rows_int(r, CELL_STEP)), value_text(rows_text(r, CELL_NAME)),
                         value_text(rows_text(r, CELL_BODY)), value_text(rows_text(r, CELL_NOTES))),
                  e) &&
           db_run(&s->index, "DELETE FROM entry WHERE answer = ?",
                  VALUES(value_int(rows_int(r, CELL_ANSWER))), e) &&
           db_run(&s->index, "INSERT INTO entry VALUES (?, ?, ?)",
                  VALUES(value_int(rows_int(r, CELL_STEP)), value_int(rows_int(r, CELL_ANSWER)),
                         value_int(rows_int(r, CELL_DO_NOT_CALL))),
                  e);
}

static bool take_some(struct store *s, int64_t after, struct err *e)
{
    struct str names = {0}, flags = {0};
    bool ok = true;
    struct rows r;

    paths(true, &names);
    paths(false, &flags);
    r = rows_open(&s->ledger, lacking_sql,
                  VALUES(value_text(str_text(&names)), value_text(str_text(&flags)),
                         value_int(after), value_int(ROWS_MAX)));
    while (ok && rows_next(&r))
        ok = take(s, &r, e);
    if (ok)
        ok = rows_close(&r, e);
    else
        (void)rows_close(&r, &(struct err){0});
    str_free(&names);
    str_free(&flags);
    return ok;
}

static bool lacking(struct store *s, int64_t *after, int64_t *n, struct err *e)
{
    return db_number(&s->index, "SELECT max(step) FROM entry", NO_VALUES, 0, after, e) &&
           db_number(&s->ledger, "SELECT count(*) FROM change WHERE step > ?",
                     VALUES(value_int(*after)), 0, n, e);
}

bool index_advance(struct store *s, int64_t *left, struct err *e)
{
    int64_t after;

    if (!index_open(s, e) || !lacking(s, &after, left, e))
        return false;
    if (!*left)
        return true;
    if (!db_begin(&s->index, e))
        return false;
    // Another process may have taken them in meanwhile.
    if (!lacking(s, &after, left, e) || !take_some(s, after, e)) {
        db_end(&s->index);
        return false;
    }
    return db_commit(&s->index, e) && lacking(s, &after, left, e);
}

static bool gather(struct rows r, numbers *out, struct err *e)
{
    out->len = 0;
    while (rows_next(&r))
        vec_push(out, rows_int(&r, 0));
    return rows_close(&r, e);
}

bool index_match(struct store *s, const char *expression, numbers *out, struct err *e)
{
    if (!index_open(s, e) ||
        !gather(rows_open(&s->index,
                          "SELECT e.answer FROM words w CROSS JOIN entry e ON e.step = w.rowid"
                          " WHERE words MATCH ?",
                          VALUES(value_text(expression))),
                out, e))
        return false;
    return out->len > RANKED_MAX ||
           gather(rows_open(&s->index,
                            "SELECT e.answer FROM words w CROSS JOIN entry e ON e.step = w.rowid"
                            " WHERE words MATCH ? ORDER BY bm25(words, 10.0, 1.0, 5.0), e.step",
                            VALUES(value_text(expression))),
                  out, e);
}

bool index_flagged(struct store *s, bool do_not_call, numbers *out, struct err *e)
{
    return index_open(s, e) &&
           gather(rows_open(&s->index,
                            "SELECT answer FROM entry WHERE do_not_call = ? ORDER BY answer",
                            VALUES(value_int(do_not_call))),
                  out, e);
}
