// What an answer brought, into the library. Floor: store.
#include "store/keep.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "store/forget.h"
#include "store/merge.h"
#include "store/owned.h"
#include "store/paid.h"

// What is here already.
struct held {
    bool suppressed;
    bool known;        // a row is here
    int64_t bought_ms; // 0: not bought
    int64_t answer;    // 0: none
    int64_t fetched_ms, fields_id;
    bool older; // some of its fields are of an answer before the newest
};

static bool find(struct keeper *k, const char *id, struct held *out, struct err *e)
{
    struct rows r =
        rows_open(&k->s->ledger,
                  "SELECT s.id IS NOT NULL, r.id IS NOT NULL, r.bought_ms, r.answer, r.fetched_ms,"
                  " r.fields, EXISTS (SELECT 1 FROM older o WHERE o.entity = r.entity"
                  " AND o.id = r.id) FROM (SELECT ? AS entity, ? AS id) k"
                  " LEFT JOIN record r ON r.entity = k.entity AND r.id = k.id"
                  " LEFT JOIN suppressed s ON s.entity = k.entity AND s.id = k.id",
                  VALUES(value_text(k->entity), value_text(id)));

    *out = (struct held){0};
    if (rows_next(&r)) {
        out->suppressed = rows_int(&r, 0);
        out->known = rows_int(&r, 1);
        out->bought_ms = rows_int(&r, 2);
        out->answer = rows_int(&r, 3);
        out->fetched_ms = rows_int(&r, 4);
        out->fields_id = rows_int(&r, 5);
        out->older = rows_int(&r, 6);
    }
    return rows_close(&r, e);
}

static bool find_fields(struct keeper *k, const char *names, struct err *e)
{
    if (k->fields && str_eq(k->fields, names))
        return true;
    k->fields = names;
    return fields_row(&k->s->ledger, names, &k->fields_id, e);
}

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

// What another answer takes the place of is kept for its history.
static bool keep_version(struct keeper *k, const struct held *h, const char *raw, struct err *e)
{
    return db_run(&k->s->ledger,
                  "INSERT INTO version (entity, id, fetched_ms, until_ms, fields, match_status,"
                  " source, raw) SELECT r.entity, r.id, r.fetched_ms, ?, r.fields, a.match_status,"
                  " a.source, a.raw FROM answer a"
                  " CROSS JOIN record r ON r.entity = a.entity AND r.id = a.id"
                  " WHERE a.no = ? AND a.raw <> ?",
                  VALUES(value_int(k->now_ms), value_int(h->answer), value_text(raw)), e);
}

// The answer keeps its place, so that whoever reads the library meanwhile meets it once.
static bool replace_answer(struct keeper *k, const struct bought *b, const struct held *h,
                           const char *raw, struct err *e)
{
    return keep_version(k, h, raw, e) &&
           db_run(&k->s->ledger,
                  "UPDATE answer SET match_status = ?, source = ?, raw = ? WHERE no = ?",
                  VALUES(value_text(or_empty(b->match_status)), value_text(k->source),
                         value_text(raw), value_int(h->answer)),
                  e);
}

// What it did not ask for stays.
static bool merge_answer(struct keeper *k, const struct bought *b, struct held *h, struct err *e)
{
    struct db *db = &k->s->ledger;
    struct merged m;
    bool ok = merged_read(db, h->answer, &m, e) &&
              merged_take(db, k->entity, &m, b->raw, or_empty(b->fields), k->now_ms, e) &&
              replace_answer(k, b, h, m.raw, e) && merged_date(db, h->answer, &m, e) &&
              fields_row(db, m.fields, &h->fields_id, e);

    merged_free(&m);
    return ok;
}

// Those that are asked for, of a record that had none before.
static bool keep_fields(struct keeper *k, const struct bought *b, struct held *h, struct err *e)
{
    bool ok = find_fields(k, or_empty(b->fields), e);

    h->fields_id = k->fields_id;
    return ok;
}

static bool add_answer(struct keeper *k, const struct bought *b, struct held *h, struct err *e)
{
    struct db *db = &k->s->ledger;

    if (!keep_fields(k, b, h, e) ||
        !db_run(
            db, "INSERT INTO answer (entity, id, match_status, source, raw) VALUES (?, ?, ?, ?, ?)",
            VALUES(value_text(k->entity), value_text(b->id), value_text(or_empty(b->match_status)),
                   value_text(k->source), value_text(b->raw)),
            e))
        return false;
    h->answer = db_last_id(db);
    if (!k->first_new)
        k->first_new = h->answer;
    return true;
}

static bool keep_answer(struct keeper *k, const struct bought *b, struct held *h, struct err *e)
{
    if (!h->answer)
        return add_answer(k, b, h, e);
    if (!find_fields(k, or_empty(b->fields), e))
        return false;
    if (h->fields_id != k->fields_id || h->older)
        return merge_answer(k, b, h, e);
    return replace_answer(k, b, h, b->raw, e);
}

// Apart, because one statement for both costs half as much again for each record that is new.
static const char record_new[] = "INSERT INTO record VALUES (?1, ?2, ?3, ?4, ?5, nullif(?6, 0))";
static const char record_known[] =
    "UPDATE record SET bought_ms = ?3, fetched_ms = ?4, fields = ?5, answer = nullif(?6, 0)"
    " WHERE entity = ?1 AND id = ?2";

static bool keep_record(struct keeper *k, const struct bought *b, const struct held *h,
                        struct err *e)
{
    return db_run(&k->s->ledger, h->known ? record_known : record_new,
                  VALUES(value_text(k->entity), value_text(b->id), value_int(h->bought_ms),
                         value_int(h->fetched_ms), value_int(h->fields_id), value_int(h->answer)),
                  e);
}

// Whoever is on the list for an address comes there with that, an input with the record it named.
static bool let_go(struct keeper *k, const struct bought *b, const char *id, struct err *e)
{
    bool input = b->input && str_eq(id, b->input) && !str_eq(id, b->id);
    const char *with = input ? b->id : b->withheld_by;
    const struct forgetting how = {.suppress = true,
                                   .with_entity = !with   ? NULL
                                                  : input ? k->entity
                                                          : "",
                                   .with_ids = &with,
                                   .later = true,
                                   .bought = !b->found};

    return forget(k->s, k->entity, &id, 1, &how, e);
}

// What the input named last time: an answer that it opted out speaks of that record.
static bool let_go_matched(struct keeper *k, const struct bought *b, struct err *e)
{
    struct rows r =
        rows_open(&k->s->ledger, "SELECT id FROM matched WHERE entity = ? AND input = ?",
                  VALUES(value_text(k->entity), value_text(b->input)));
    char *id = rows_next(&r) ? mem_strdup(rows_text(&r, 0)) : NULL;
    bool ok = rows_close(&r, e) && (!id || let_go(k, b, id, e));

    free(id);
    return ok;
}

static bool keep_match(struct keeper *k, const struct bought *b, struct err *e)
{
    if (!b->input || !b->found || str_eq(b->input, b->id))
        return true;
    return db_run(&k->s->ledger, "INSERT OR REPLACE INTO matched VALUES (?, ?, ?)",
                  VALUES(value_text(k->entity), value_text(b->input), value_text(b->id)), e);
}

// What was paid for by an input whose answer was lost is known by that input until now.
static bool take_over(struct keeper *k, const struct bought *b, struct held *h, struct err *e)
{
    struct db *db = &k->s->ledger;
    int64_t bought_ms;

    if (!b->input || !b->found || str_eq(b->input, b->id))
        return true;
    if (!db_number(db, "SELECT bought_ms FROM record WHERE entity = ? AND id = ?",
                   VALUES(value_text(k->entity), value_text(b->input)), 0, &bought_ms, e))
        return false;
    if (bought_ms > h->bought_ms)
        h->bought_ms = bought_ms;
    return !bought_ms || db_run(db, "DELETE FROM record WHERE entity = ? AND id = ?",
                                VALUES(value_text(k->entity), value_text(b->input)), e);
}

// Nothing is kept of who opted out or is on the list, but that the account owns what it paid for.
// One that is there already stays there for whatever reason it had.
static bool keep_away(struct keeper *k, const struct bought *b, const struct held *h, bool fresh,
                      struct err *e)
{
    if (b->input && (!let_go_matched(k, b, e) || !let_go(k, b, b->input, e)))
        return false;
    if ((!h->suppressed || b->withheld_by) && !let_go(k, b, b->id, e))
        return false;
    return !b->found || paid_keep(k->s, k->entity, b->id, fresh ? k->bought_ms : h->bought_ms, e);
}

bool keep_bought(struct keeper *k, const struct bought *b, bool *fresh, struct err *e)
{
    struct held h;

    if (!find(k, b->id, &h, e) || !take_over(k, b, &h, e))
        return false;
    *fresh =
        b->found && (!h.bought_ms || store_free_until(k->s, k->entity, h.bought_ms) <= k->now_ms);
    if (b->gone || (h.suppressed && b->found))
        return keep_away(k, b, &h, *fresh, e);
    // What does not match never takes the place of what was bought.
    if (h.suppressed || (!b->found && (!b->raw || h.bought_ms)))
        return true;
    if (*fresh)
        h.bought_ms = k->bought_ms;
    if (b->raw || !h.known)
        h.fetched_ms = k->now_ms;
    return (b->raw ? keep_answer(k, b, &h, e) : h.known || keep_fields(k, b, &h, e)) &&
           keep_record(k, b, &h, e) && keep_match(k, b, e);
}

// A trigger for each would cost as much as the rest of taking one in. One that came twice, for two
// inputs that name the same record, is marked already.
bool keep_end(struct keeper *k, struct err *e)
{
    return !k->first_new ||
           db_run(&k->s->ledger,
                  "INSERT OR IGNORE INTO change (answer) SELECT no FROM answer WHERE no >= ?"
                  " ORDER BY no",
                  VALUES(value_int(k->first_new)), e);
}
