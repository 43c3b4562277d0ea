// Charges in doubt whose doubt has gone. Floor: store.
#include <stdlib.h>

#include "base/str.h"
#include "base/vec.h"
#include "model/entity.h"
#include "model/match.h"
#include "store/ledger.h"
#include "store/owner.h"
#include "store/reconciled.h"
#include "store/uncounted.h"

const char reconciled_by_answers[] = "its records were answered by later calls";

// What later calls answered is gathered once and looked up: an index on all records ever sent would
// cost every intent. Answers of before outcomes were kept are taken to tell all. ?1: the letters
// that tell nothing of an earlier call; ?2: those that do not tell all.
#define LETTER "substr(e.outcome, r.place + 1, 1)"
#define TELLS(letters) "(ifnull(e.outcome, '') = '' OR instr(" letters ", " LETTER ") = 0)"
static const char answered_sql[] =
    "WITH answered AS MATERIALIZED ("
    "  SELECT c.entity, r.record, max(c.id) AS charge, max(iif(" TELLS(
        "?2") ", c.id, 0)) AS told"
              "  FROM charge_event e"
              "  JOIN charge c ON c.id = e.charge JOIN charge_record r ON r.charge = e.charge"
              "  WHERE e.state = 'charged' AND e.charge > (SELECT min(charge) FROM charge_open)"
              "   AND " TELLS(
                  "?1") "  GROUP BY c.entity, r.record)"
                        " SELECT c.id, c.entity, c.n_records, c.quoted_max, sum(a.told <= c.id)"
                        " FROM charge_open o JOIN charge_event d ON d.charge = o.charge AND "
                        "d.final = 0"
                        " JOIN charge c ON c.id = o.charge JOIN charge_record r ON r.charge = c.id"
                        " LEFT JOIN answered a ON a.record = r.record AND a.entity = c.entity AND "
                        "a.charge > c.id"
                        " GROUP BY c.id HAVING count(a.charge) = count(*) ORDER BY c.id";

// A charge in doubt, all of whose records were answered since.
struct answered {
    int64_t charge;
    long long quoted;
    long long perhaps; // credits for those that are there no longer, and may have been then
    long long most_records;
};

struct answered_list {
    VEC(struct answered) all;
};

struct reconcile_task {
    struct store_task task;
    struct meters_used now;
    bool told;    // what of the doubts that were answered is counted nowhere:
    int64_t left; // credits
    long long ended;
};

static void add_letters(enum hindsight most, struct str *out)
{
    for (size_t i = 0; i < MATCH_STATUSES; i++) {
        const struct match_status *status = match_status_at(i);

        if (status->hindsight <= most)
            str_add_char(out, status->letter);
    }
}

static long long within(long long n, long long most)
{
    return n < 0 ? 0 : n > most ? most : n;
}

static struct answered read_one(const struct rows *r)
{
    const struct entity *entity = entity_find(rows_text(r, 1));
    const struct charging_rule rule = entity ? entity->charging : (struct charging_rule){0};
    long long quoted = rows_int(r, 3);

    return (struct answered){.charge = rows_int(r, 0),
                             .quoted = quoted,
                             .perhaps = within(rows_int(r, 4) * rule.credits_new, quoted),
                             .most_records = rows_int(r, 2) * rule.records_matched};
}

static bool list(struct store *s, struct answered_list *out, struct err *e)
{
    struct str nothing = {0}, not_all = {0};
    struct rows r;

    add_letters(HINDSIGHT_NONE, &nothing);
    add_letters(HINDSIGHT_NOW, &not_all);
    r = rows_open(&s->ledger, answered_sql,
                  VALUES(value_text(str_text(&nothing)), value_text(str_text(&not_all))));
    while (rows_next(&r))
        vec_push(&out->all, read_one(&r));
    str_free(&not_all);
    str_free(&nothing);
    return rows_close(&r, e);
}

// What the meter moved by and nothing counts is theirs, unless it may be that of another in doubt.
static bool find_left(struct store *s, struct reconcile_task *t, const struct answered_list *l,
                      struct err *e)
{
    int64_t under_way, others;

    if (!calls_under_way(&s->ledger, &under_way, e) ||
        !db_number(&s->ledger,
                   "SELECT ifnull(sum(c.quoted_max), 0) FROM charge_open o"
                   " JOIN charge c ON c.id = o.charge",
                   NO_VALUES, 0, &others, e))
        return false;
    if (under_way)
        t->now = (struct meters_used){-1, -1};
    if (!uncounted_credits(&s->ledger, t->now, &t->left, e))
        return false;
    for (size_t i = 0; i < l->all.len; i++)
        others -= l->all.items[i].quoted;
    t->told = t->left <= 0 || (t->left != INT64_MAX && others == 0);
    return true;
}

static bool end_one(struct store *s, struct reconcile_task *t, const struct answered *a,
                    struct err *e)
{
    long long credits = within(t->left, a->perhaps);
    int64_t records;

    if ((a->perhaps && !t->told) || !uncounted_records(&s->ledger, a->charge, t->now, &records, e))
        return a->perhaps && !t->told;
    records = within(records, a->most_records);
    t->left -= credits;
    t->ended++;
    return reconciled_write(
        &s->ledger,
        &(struct reconciled){a->charge, reconciled_by_answers, credits, records, records > 0},
        clock_utc_ms(&s->clock), e);
}

static bool reconcile(struct store *s, struct store_task *task, struct err *e)
{
    struct reconcile_task *t = (struct reconcile_task *)task;
    struct answered_list answered = {0};
    bool ok;

    if (s->lock < 0)
        return err_set(e, ERR_INTERNAL, "this process has not claimed the spending");
    t->ended = 0;
    ok = list(s, &answered, e) && find_left(s, t, &answered, e);
    for (size_t i = 0; ok && i < answered.all.len; i++)
        ok = end_one(s, t, &answered.all.items[i], e);
    free(answered.all.items);
    return ok;
}

bool store_reconcile_answered(struct store *s, struct meters_used now, long long *ended,
                              struct err *e)
{
    struct reconcile_task t = {.task = {.kind = TASK_GROUP, .work = reconcile}, .now = now};

    if (!store_do(s, &t.task, e))
        return false;
    *ended = t.ended;
    return true;
}
