// A charge's beginning and end. Floor: store.
#include <stdlib.h>

#include "base/mem.h"
#include "model/entity.h"
#include "model/match.h"
#include "store/ids.h"
#include "store/keep.h"
#include "store/ledger.h"
#include "store/owner.h"
#include "store/uncounted.h"

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

static bool intend_records(struct store *s, const struct charge *c, struct err *e)
{
    struct str list = {0};
    bool ok;

    ids_json(c->records, c->n_records, &list);
    ok = db_run(&s->ledger, "INSERT INTO charge_record SELECT ?, key, value FROM json_each(?)",
                VALUES(value_int(c->id), value_text(str_text(&list))), e);
    str_free(&list);
    return ok;
}

static bool intend_origin(struct store *s, const struct charge *c, struct err *e)
{
    return !c->origin || !*c->origin ||
           db_run(&s->ledger, "INSERT INTO charge_origin VALUES (?, ?)",
                  VALUES(value_int(c->id), value_text(c->origin)), e);
}

static bool intend(struct store *s, struct charge *c, struct err *e)
{
    if (!entity_find(c->entity))
        return err_set(e, ERR_INTERNAL, "nothing is known of what %s costs", c->entity);
    if (!db_run(&s->ledger,
                "INSERT INTO charge (began_ms, entity, operation, base_url, n_records, quoted_max,"
                " who, profile, quoted_min, why) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                VALUES(value_int(clock_utc_ms(&s->clock)), value_text(c->entity),
                       value_text(c->operation), value_text(c->base_url),
                       value_int((int64_t)c->n_records), value_int(c->quoted_max),
                       value_text(or_empty(c->who)), value_text(or_empty(c->profile)),
                       value_int(c->quoted_min), value_text(or_empty(c->why))),
                e))
        return false;
    c->id = db_last_id(&s->ledger);
    return intend_records(s, c, e) && intend_origin(s, c, e) &&
           (!c->job || db_run(&s->ledger, "INSERT INTO charge_job VALUES (?, ?)",
                              VALUES(value_int(c->id), value_int(c->job)), e));
}

static bool may_spend(const struct store *s, struct err *e)
{
    return s->lock >= 0 || err_set(e, ERR_INTERNAL, "this process has not claimed the spending");
}

static bool begin(struct store *s, struct store_task *task, struct err *e)
{
    return may_spend(s, e) && intend(s, &((struct charge_task *)task)->charge, e);
}

void store_charge_begin(struct store *s, struct charge_task *t)
{
    t->task.kind = TASK_GROUP;
    t->task.work = begin;
    store_give(s, &t->task);
}

enum { ANSWER_MAX = 1 << 20 };

// What the ledger knows of a charge that is to end.
struct beginning {
    const struct entity *entity;
    char *source; // owned
    int64_t began_ms;
    bool in_doubt, open;
};

static bool find_beginning(struct store *s, int64_t id, struct beginning *out, struct err *e)
{
    struct rows r = rows_open(&s->ledger,
                              "SELECT entity, base_url, began_ms, state = 'in doubt', ended_ms = 0"
                              " FROM charge_now WHERE id = ?",
                              VALUES(value_int(id)));
    bool found = rows_next(&r);

    *out = (struct beginning){0};
    if (found) {
        out->entity = entity_find(rows_text(&r, 0));
        out->source = mem_strdup(rows_text(&r, 1));
        out->began_ms = rows_int(&r, 2);
        out->in_doubt = rows_int(&r, 3);
        out->open = rows_int(&r, 4);
    }
    if (!rows_close(&r, e))
        return false;
    if (!found || !out->entity)
        return err_set(e, ERR_INTERNAL, "the ledger has no charge %lld", (long long)id);
    return true;
}

static bool may_end(const struct charge_task *t, const struct beginning *b, struct err *e)
{
    const struct settlement *how = &t->how;

    if (how->state == CHARGE_INTENT || (how->state != CHARGE_CHARGED && how->n_bought))
        return err_set(e, ERR_INTERNAL, "charge %lld cannot end as \"%s\" with %zu records",
                       (long long)t->charge.id, charge_state_name(how->state), how->n_bought);
    if (!b->open && !(b->in_doubt && how->state != CHARGE_IN_DOUBT))
        return err_set(e, ERR_INTERNAL, "charge %lld has ended already", (long long)t->charge.id);
    return true;
}

// What became of a charge's records.
struct count {
    long long fresh, found;
    long long records;  // of their limit
    struct str outcome; // a letter of enum fate each
};

static enum fate fate_of(const struct bought *b, bool fresh)
{
    if (b->gone && b->found)
        return fresh ? FATE_WITHHELD : FATE_WITHHELD_OWNED;
    if (b->gone)
        return FATE_GONE;
    if (!b->found)
        return (enum fate)match_status_find(b->match_status, b->raw != NULL)->letter;
    return fresh ? FATE_CHARGED : FATE_OWNED;
}

static bool keep_all(struct store *s, const struct beginning *b, const struct settlement *how,
                     int64_t now_ms, struct count *out, struct err *e)
{
    struct keeper k = {.s = s,
                       .entity = b->entity->name,
                       .source = b->source,
                       .bought_ms = b->began_ms,
                       .now_ms = now_ms};

    for (size_t i = 0; i < how->n_bought; i++) {
        bool fresh;

        if (!keep_bought(&k, &how->bought[i], &fresh, e))
            return false;
        out->fresh += fresh;
        out->found += how->bought[i].found;
        str_add_char(&out->outcome, (char)fate_of(&how->bought[i], fresh));
    }
    return keep_end(&k, e);
}

static bool keep_answer(struct store *s, const struct charge_task *t, struct err *e)
{
    const struct str *came = t->how.came;

    if (t->how.state != CHARGE_IN_DOUBT || !came || !came->len)
        return true;
    return db_run(&s->ledger, "INSERT INTO charge_answer VALUES (?, ?, ?)",
                  VALUES(value_int(t->charge.id), value_int((int64_t)came->len),
                         value_blob(came->data, came->len < ANSWER_MAX ? came->len : ANSWER_MAX)),
                  e);
}

static long long known_or(long long given, long long by_rule)
{
    return given >= 0 ? given : by_rule;
}

// What is in doubt may have paid for so much of what this charge brought: no more than the meter
// moved by before it and nothing counts.
static bool find_doubted(struct store *s, const struct charge_task *t, const struct beginning *b,
                         int64_t *out, struct err *e)
{
    int64_t left;

    if (!uncounted_credits(&s->ledger, (struct meters_used){t->how.moved->used_before, -1}, &left,
                           e) ||
        !db_number(&s->ledger,
                   "SELECT ifnull(sum(c.quoted_max), 0) FROM charge_open o"
                   " JOIN charge c ON c.id = o.charge WHERE c.id <> ? AND c.entity = ?",
                   VALUES(value_int(t->charge.id), value_text(b->entity->name)), 0, out, e))
        return false;
    if (*out > left)
        *out = left > 0 ? left : 0;
    return true;
}

// Of one that was new here, where all were free or only some.
static char free_fate(char fate, bool all)
{
    if (fate == FATE_CHARGED)
        return all ? FATE_OWNED : FATE_EITHER;
    return fate == FATE_WITHHELD && all ? FATE_WITHHELD_OWNED : fate;
}

// By the meter not all that were new here cost: which of them did is not told. Those that stand in
// doubt count on.
static bool tell_either(struct store *s, const struct charge_task *t, struct count *n,
                        struct err *e)
{
    struct rows r = rows_open(
        &s->ledger,
        "SELECT r.place FROM charge_record r JOIN charge c ON c.id = r.charge WHERE c.id = ?1 AND"
        " NOT EXISTS (SELECT 1 FROM charge_open o JOIN charge d ON d.id = o.charge AND d.id <> ?1"
        " AND d.entity = c.entity JOIN charge_record x ON x.charge = d.id"
        " WHERE x.record = r.record)",
        VALUES(value_int(t->charge.id)));

    while (rows_next(&r)) {
        size_t place = (size_t)rows_int(&r, 0);

        if (place < n->outcome.len)
            n->outcome.data[place] = free_fate(n->outcome.data[place], t->credits == 0);
    }
    return rows_close(&r, e);
}

// What was owned here, where all were charged or only some.
static char dear_fate(char fate, bool all)
{
    switch (fate) {
    case FATE_OWNED:
        return all ? FATE_CHARGED : FATE_EITHER;
    case FATE_WITHHELD_OWNED:
        return all ? FATE_WITHHELD : fate;
    default:
        return fate;
    }
}

// By the meter some that were owned here cost: the account does not own them.
static void tell_dearer(struct charge_task *t, struct count *n, long long most)
{
    t->credits = t->how.moved->credits;
    for (size_t i = 0; i < n->outcome.len; i++)
        n->outcome.data[i] = dear_fate(n->outcome.data[i], t->credits == most);
}

// The account may own what is new here: others bought it, or Lode did by lines of a file; or not
// own what is owned here: it was somebody else's purchase that a doubt was taken for. The meters
// tell where they agree on the records: then nobody else moved them.
static bool heed_meters(struct store *s, struct charge_task *t, const struct beginning *b,
                        struct count *n, struct err *e)
{
    const struct meters_moved *moved = t->how.moved;
    long long most = n->found * b->entity->charging.credits_new, free;
    int64_t doubted;

    if (t->how.credits >= 0 || !moved || moved->records != n->records || moved->credits < 0 ||
        moved->credits > most)
        return true;
    if (moved->credits >= t->credits) {
        if (moved->credits > t->credits)
            tell_dearer(t, n, most);
        return true;
    }
    if (!find_doubted(s, t, b, &doubted, e))
        return false;
    free = t->credits - moved->credits - doubted;
    if (free <= 0)
        return true;
    t->credits -= free;
    return tell_either(s, t, n, e);
}

// Of calls under way together those that have ended, and what others of the entity in doubt may
// have cost.
struct ended {
    long long credits, records, in_doubt;
};

// A stretch may be a million records long: what ended before all that are open is added up once.
static bool sum_ended(struct store *s, int64_t first, struct ended *out, struct err *e)
{
    struct rows r;

    if (s->ended.first != first) {
        s->ended.first = s->ended.last = first;
        s->ended.credits = s->ended.records = 0;
    }
    r = rows_open(&s->ledger,
                  "SELECT sum(e.credits), sum(e.records), e.charge < o.least, o.least"
                  " FROM (SELECT min(charge) AS least FROM charge_open WHERE charge >= ?1) o"
                  " JOIN charge_event e ON e.final AND e.charge >= ?2 GROUP BY 3",
                  VALUES(value_int(first), value_int(s->ended.last)));
    while (rows_next(&r)) {
        if (rows_int(&r, 2)) {
            s->ended.credits += rows_int(&r, 0);
            s->ended.records += rows_int(&r, 1);
            s->ended.last = rows_int(&r, 3);
        } else {
            out->credits += rows_int(&r, 0);
            out->records += rows_int(&r, 1);
        }
    }
    out->credits += s->ended.credits;
    out->records += s->ended.records;
    return rows_close(&r, e);
}

static bool find_ended(struct store *s, const struct charge_task *t, struct ended *out,
                       struct err *e)
{
    int64_t in_doubt = 0;
    bool ok;

    *out = (struct ended){0};
    ok = sum_ended(s, t->how.first, out, e) &&
         db_number(&s->ledger,
                   "SELECT ifnull(sum(c.quoted_max), 0) FROM charge_open o"
                   " CROSS JOIN charge_event d ON d.charge = o.charge"
                   " CROSS JOIN charge c ON c.id = o.charge AND c.entity = ?",
                   VALUES(value_text(t->charge.entity)), 0, &in_doubt, e);
    out->in_doubt = in_doubt;
    return ok;
}

// What this call can have cost at most, as all of them together cost no more than the meters moved
// by, and what is in doubt no more than that they moved by before. An answer has moved the meters
// when it comes, so that this holds after each and is exact after the last.
static bool find_left(struct store *s, const struct charge_task *t, long long records,
                      long long *out, struct err *e)
{
    const struct meters_moved *moved = &t->how.together;
    struct ended ended;
    int64_t uncounted;

    if (!find_ended(s, t, &ended, e))
        return false;
    *out = t->credits;
    if (ended.records + records > moved->records) // the meters lag behind
        return true;
    *out = moved->credits - ended.credits + ended.in_doubt;
    if (ended.in_doubt &&
        !uncounted_credits(&s->ledger,
                           (struct meters_used){moved->used_before + moved->credits, -1},
                           &uncounted, e))
        return false;
    if (ended.in_doubt && uncounted < *out)
        *out = uncounted;
    return true;
}

static bool heed_together(struct store *s, struct charge_task *t, struct count *n, struct err *e)
{
    long long left;

    if (t->how.credits >= 0 || !t->how.first || t->credits == 0)
        return true;
    if (!find_left(s, t, n->records, &left, e))
        return false;
    if (left >= t->credits)
        return true;
    t->credits = left > 0 ? left : 0;
    for (size_t i = 0; i < n->outcome.len; i++)
        n->outcome.data[i] = free_fate(n->outcome.data[i], false);
    return true;
}

static bool write_end(struct store *s, const struct charge_task *t, const struct count *n,
                      const struct charging_rule *rule, struct err *e)
{
    const struct settlement *how = &t->how;

    return db_run(
        &s->ledger,
        "INSERT INTO charge_event (charge, final, state, at_ms, http, request_id, reason, credits,"
        " records, requests, meters, sent_ms, outcome, meters_before)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        VALUES(value_int(t->charge.id), value_int(how->state != CHARGE_IN_DOUBT),
               value_text(charge_state_name(how->state)), value_int(t->ended_ms),
               value_int(how->http), value_text(or_empty(how->request_id)),
               value_text(or_empty(how->reason)), value_int(t->credits), value_int(n->records),
               value_int(
                   known_or(how->requests, how->state == CHARGE_CHARGED ? rule->requests_call : 0)),
               value_text(how->meters), value_int(how->sent_ms), value_text(str_text(&n->outcome)),
               value_text(how->meters_before)),
        e);
}

static bool settle(struct store *s, struct charge_task *t, const struct beginning *b, struct err *e)
{
    const struct charging_rule *rule = &b->entity->charging;
    const struct settlement *how = &t->how;
    struct count n = {0};
    bool ok;

    t->ended_ms = clock_utc_ms(&s->clock);
    ok = keep_all(s, b, how, t->ended_ms, &n, e) && keep_answer(s, t, e);
    t->credits = known_or(how->credits, n.fresh * rule->credits_new);
    n.records = known_or(how->records, n.found * rule->records_matched);
    ok = ok && heed_meters(s, t, b, &n, e) && heed_together(s, t, &n, e) &&
         write_end(s, t, &n, rule, e);
    str_free(&n.outcome);
    return ok;
}

static bool end(struct store *s, struct store_task *task, struct err *e)
{
    struct charge_task *t = (struct charge_task *)task;
    struct beginning b;
    bool ok;

    if (!may_spend(s, e))
        return false;
    ok = find_beginning(s, t->charge.id, &b, e) && may_end(t, &b, e) && settle(s, t, &b, e);
    free(b.source);
    s->backup.wanted = true;
    return ok;
}

void store_charge_end(struct store *s, struct charge_task *t)
{
    t->task.kind = TASK_LATE;
    t->task.work = end;
    store_give(s, &t->task);
}
