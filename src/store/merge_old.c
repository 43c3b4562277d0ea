// What was kept before a record was the union of its answers, brought up to that. Floor: store.
#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "store/merge.h"

// One that was asked for with several sets of fields.
struct mixed {
    char *entity; // owned
    int64_t answer;
};

struct mixed_list {
    VEC(struct mixed) all;
};

// Its answers, the oldest first.
struct past {
    int64_t version; // 0: the one that holds
    int64_t fetched_ms;
    char *raw, *fields; // owned
};

struct pasts {
    VEC(struct past) all;
};

static bool find_mixed(struct db *db, struct mixed_list *out, struct err *e)
{
    struct rows r = rows_open(
        db,
        "SELECT DISTINCT r.entity, r.answer FROM version v CROSS JOIN record r"
        " ON r.entity = v.entity AND r.id = v.id WHERE v.fields <> r.fields AND r.answer IS NOT"
        " NULL",
        NO_VALUES);

    while (rows_next(&r))
        vec_push(&out->all, ((struct mixed){mem_strdup(rows_text(&r, 0)), rows_int(&r, 1)}));
    return rows_close(&r, e);
}

static bool read_pasts(struct db *db, int64_t answer, struct pasts *out, struct err *e)
{
    struct rows r = rows_open(
        db,
        "SELECT v.no AS no, v.fetched_ms, v.raw, f.names FROM answer a CROSS JOIN version v"
        " ON v.entity = a.entity AND v.id = a.id CROSS JOIN field_list f ON f.id = v.fields"
        " WHERE a.no = ?1 UNION ALL SELECT 9223372036854775807, r.fetched_ms, a.raw, f.names"
        " FROM answer a CROSS JOIN record r ON r.entity = a.entity AND r.id = a.id"
        " CROSS JOIN field_list f ON f.id = r.fields WHERE a.no = ?1 ORDER BY no",
        VALUES(value_int(answer)));

    while (rows_next(&r)) {
        int64_t no = rows_int(&r, 0);

        vec_push(&out->all,
                 ((struct past){no == INT64_MAX ? 0 : no, rows_int(&r, 1),
                                mem_strdup(rows_text(&r, 2)), mem_strdup(rows_text(&r, 3))}));
    }
    return rows_close(&r, e);
}

static void pasts_free(struct pasts *p)
{
    for (size_t i = 0; i < p->all.len; i++) {
        free(p->all.items[i].raw);
        free(p->all.items[i].fields);
    }
    vec_free(&p->all);
}

static bool write_version(struct db *db, int64_t version, const struct merged *m, struct err *e)
{
    int64_t fields;

    return fields_row(db, m->fields, &fields, e) &&
           db_run(db, "UPDATE version SET raw = ?, fields = ? WHERE no = ?",
                  VALUES(value_text(m->raw), value_int(fields), value_int(version)), e);
}

static bool write_answer(struct db *db, const struct mixed *x, const struct merged *m,
                         struct err *e)
{
    int64_t fields;

    return fields_row(db, m->fields, &fields, e) &&
           db_run(db, "UPDATE answer SET raw = ? WHERE no = ?",
                  VALUES(value_text(m->raw), value_int(x->answer)), e) &&
           db_run(db,
                  "UPDATE record SET fields = ? WHERE (entity, id) ="
                  " (SELECT entity, id FROM answer WHERE no = ?)",
                  VALUES(value_int(fields), value_int(x->answer)), e) &&
           merged_date(db, x->answer, m, e);
}

static bool merge_one(struct db *db, const struct mixed *x, const struct pasts *p, struct err *e)
{
    struct merged m = {.raw = mem_strdup("{}"), .fields = mem_strdup("")};
    bool ok = true;

    for (size_t i = 0; ok && i < p->all.len; i++) {
        const struct past *past = &p->all.items[i];

        ok = merged_take(db, x->entity, &m, past->raw, past->fields, past->fetched_ms, e) &&
             (past->version ? write_version(db, past->version, &m, e) : write_answer(db, x, &m, e));
    }
    merged_free(&m);
    return ok;
}

bool merge_all(struct db *db, struct err *e)
{
    struct mixed_list mixed = {0};
    bool ok = find_mixed(db, &mixed, e);

    for (size_t i = 0; i < mixed.all.len; i++) {
        struct pasts pasts = {0};

        ok = ok && read_pasts(db, mixed.all.items[i].answer, &pasts, e) &&
             merge_one(db, &mixed.all.items[i], &pasts, e);
        pasts_free(&pasts);
        free(mixed.all.items[i].entity);
    }
    vec_free(&mixed.all);
    return ok;
}
