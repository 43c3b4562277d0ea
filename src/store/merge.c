// A record as the union of what was fetched. Floor: store.
#include "store/merge.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/str.h"
#include "model/entity.h"
#include "store/json_path.h"
#include "store/names.h"

static void older_free(struct merged *m)
{
    for (size_t i = 0; i < m->older.len; i++)
        free(m->older.items[i].fields);
    vec_free(&m->older);
}

void merged_free(struct merged *m)
{
    older_free(m);
    free(m->raw);
    free(m->fields);
    *m = (struct merged){0};
}

bool fields_row(struct db *db, const char *names, int64_t *out, struct err *e)
{
    if (!db_number(db, "SELECT id FROM field_list WHERE names = ?", VALUES(value_text(names)), 0,
                   out, e))
        return false;
    if (*out)
        return true;
    if (!db_run(db, "INSERT INTO field_list (names) VALUES (?)", VALUES(value_text(names)), e))
        return false;
    *out = db_last_id(db);
    return true;
}

bool merged_read(struct db *db, int64_t answer, struct merged *out, struct err *e)
{
    struct rows r = rows_open(db,
                              "SELECT a.raw, f.names, r.fetched_ms FROM answer a"
                              " CROSS JOIN record r ON r.entity = a.entity AND r.id = a.id"
                              " CROSS JOIN field_list f ON f.id = r.fields WHERE a.no = ?",
                              VALUES(value_int(answer)));

    *out = (struct merged){0};
    if (rows_next(&r)) {
        out->raw = mem_strdup(rows_text(&r, 0));
        out->fields = mem_strdup(rows_text(&r, 1));
        out->fetched_ms = rows_int(&r, 2);
    }
    if (!rows_close(&r, e))
        return false;
    r = rows_open(db,
                  "SELECT o.fields, o.fetched_ms FROM answer a"
                  " CROSS JOIN older o ON o.entity = a.entity AND o.id = a.id WHERE a.no = ?",
                  VALUES(value_int(answer)));
    while (rows_next(&r))
        vec_push(&out->older, ((struct older){mem_strdup(rows_text(&r, 0)), rows_int(&r, 1)}));
    return rows_close(&r, e);
}

// Where a field stands in an answer, of a list all of it.
static void add_path(const char *entity, const char *name, struct str *out)
{
    const struct entity *known = entity_find(entity);
    const struct enrich_operation *op = known ? &known->enrich : NULL;
    const struct column *c = op ? column_find(op->columns, op->n_columns, name) : NULL;
    const char *path = c ? c->path : name, *list = strstr(path, "[]");
    char *whole = mem_dup(path, strlen(path) + 1);
    struct str text = {0};

    if (list)
        whole[list - path] = '\0';
    json_path(whole, &text);
    if (out->len > 1)
        str_add_char(out, ',');
    json_quote(text.data, out);
    str_free(&text);
    free(whole);
}

static void paths_json(const char *entity, const char *fields, struct str *out)
{
    str_add_char(out, '[');
    for (const char *p = fields; *p; p += strcspn(p, ","), p += *p == ',') {
        char *name = mem_dup(p, strcspn(p, ",") + 1);

        name[strcspn(p, ",")] = '\0';
        add_path(entity, name, out);
        free(name);
    }
    str_add_char(out, ']');
}

#define VALID "json_valid(?1) AND json_valid(?2)"
// What the new answer asked for and lacks goes. So do objects that it has otherwise, for a patch
// would mix the two; all else keeps its place, so that what did not change is the same text.
static const char merge_sql[] =
    "WITH RECURSIVE gone(n, path) AS (SELECT row_number() OVER (), value"
    "  FROM json_each(CASE WHEN " VALID " THEN ?3 ELSE '[]' END)"
    "  WHERE json_type(?1, value) IS NOT NULL AND (json_type(?2, value) IS NULL OR"
    "  (json_type(?2, value) = 'object' AND json_extract(?1, value) <> json_extract(?2, value)))),"
    " kept(n, raw) AS (SELECT 0, ?1 UNION ALL SELECT g.n, json_remove(k.raw, g.path) FROM kept k"
    "  CROSS JOIN gone g ON g.n = k.n + 1)"
    " SELECT CASE WHEN " VALID " THEN json_patch(raw, ?2) END FROM kept ORDER BY n DESC LIMIT 1";

static bool merge_raws(struct db *db, const char *entity, struct merged *m, const char *raw,
                       const char *fields, struct err *e)
{
    struct str paths = {0};
    char *both = NULL;
    struct rows r;
    bool ok;

    paths_json(entity, fields, &paths);
    r = rows_open(db, merge_sql,
                  VALUES(value_text(m->raw), value_text(raw), value_text(paths.data)));
    if (rows_next(&r))
        both = mem_strdup(rows_text(&r, 0));
    ok = rows_close(&r, e);
    str_free(&paths);
    if (ok) {
        free(m->raw);
        m->raw = both ? both : mem_strdup(raw);
    }
    return ok;
}

// Of two that came at the same moment the names are put together.
static void add_older(struct merged *m, char *fields, int64_t fetched_ms)
{
    for (size_t i = 0; i < m->older.len; i++) {
        struct older *o = &m->older.items[i];
        struct str both = {0};

        if (o->fetched_ms != fetched_ms)
            continue;
        names_join(o->fields, fields, &both);
        free(o->fields);
        free(fields);
        o->fields = str_take(&both);
        return;
    }
    vec_push(&m->older, ((struct older){fields, fetched_ms}));
}

static char *without(const char *a, const char *b)
{
    struct str left = {0};

    names_without(a, b, &left);
    return str_take(&left);
}

// What came by the answer that was the newest is older now, where the new one did not ask for it.
static void age(struct merged *m, const char *fields)
{
    char *own = mem_strdup(m->fields), *left;
    size_t n = 0;

    for (size_t i = 0; i < m->older.len; i++) {
        struct older o = m->older.items[i];

        left = without(own, o.fields);
        free(own);
        own = left;
        left = without(o.fields, fields);
        free(o.fields);
        o.fields = left;
        if (*left)
            m->older.items[n++] = o;
        else
            free(left);
    }
    m->older.len = n;
    left = without(own, fields);
    free(own);
    if (*left)
        add_older(m, left, m->fetched_ms);
    else
        free(left);
}

bool merged_take(struct db *db, const char *entity, struct merged *m, const char *raw,
                 const char *fields, int64_t fetched_ms, struct err *e)
{
    struct str both = {0};

    if (!names_cover(fields, m->fields)) {
        if (!merge_raws(db, entity, m, raw, fields, e))
            return false;
    } else {
        free(m->raw);
        m->raw = mem_strdup(raw);
    }
    age(m, fields);
    names_join(m->fields, fields, &both);
    free(m->fields);
    m->fields = str_take(&both);
    m->fetched_ms = fetched_ms;
    return true;
}

bool merged_date(struct db *db, int64_t answer, const struct merged *m, struct err *e)
{
    bool ok = db_run(db,
                     "DELETE FROM older WHERE (entity, id) ="
                     " (SELECT entity, id FROM answer WHERE no = ?)",
                     VALUES(value_int(answer)), e);

    for (size_t i = 0; ok && i < m->older.len; i++)
        ok = db_run(db, "INSERT INTO older SELECT entity, id, ?, ? FROM answer WHERE no = ?",
                    VALUES(value_int(m->older.items[i].fetched_ms),
                           value_text(m->older.items[i].fields), value_int(answer)),
                    e);
    return ok;
}
