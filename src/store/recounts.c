// Credits that are counted more than once while charges are in doubt. Floor: store.
#include "store/recounts.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "model/entity.h"

// The first charge looked at is the one behind the last look at the meters before the oldest doubt;
// a doubt that had ended before that was known of by all. A later call counts by its rule.
static const char recounts_sql[] =
    "WITH floor AS MATERIALIZED (SELECT ifnull(max(charge), -1) AS id FROM meter_mark"
    "  WHERE charge < (SELECT min(charge) FROM charge_open)),"
    " doubtful AS MATERIALIZED (SELECT c.entity, r.record, c.id, e.charge IS NULL AS open,"
    "  ifnull(e.reason, '') AS reason, c.n_records, c.quoted_max, e.at_ms AS ended_ms"
    "  FROM charge c LEFT JOIN charge_event e ON e.charge = c.id AND e.final"
    "  JOIN charge_record r ON r.charge = c.id"
    "  WHERE c.id IN (SELECT charge FROM charge_open UNION ALL SELECT charge FROM charge_event"
    "   WHERE final AND state = 'reconciled' AND at_ms >= (SELECT min(began_ms) FROM charge"
    "    WHERE id > (SELECT id FROM floor)))),"
    " counted AS (SELECT c.entity, l.record, c.id FROM charge_event e"
    "  CROSS JOIN charge_record l ON l.charge = e.charge"
    "   AND substr(e.outcome, l.place + 1, 1) IN (char(?), char(?))"
    "  CROSS JOIN charge c ON c.id = l.charge"
    "  CROSS JOIN doubtful d ON d.record = l.record AND d.entity = c.entity AND d.id < l.charge"
    "   AND ifnull(d.ended_ms >= c.began_ms, 1)"
    "  WHERE e.final AND e.state = 'charged' AND e.charge > (SELECT id FROM floor)"
    "  GROUP BY l.charge, l.place)"
    " SELECT entity, record, id, open, reason, n_records, quoted_max, 0 FROM doubtful"
    " UNION ALL SELECT entity, record, id, 0, '', 1, 1, 1 FROM counted ORDER BY 1, 2, 3";

enum { ENTITY, RECORD, CHARGE, OPEN, REASON, RECORDS, QUOTED, COUNTED };

// What its end says of it.
static enum verdict told(const struct rows *r)
{
    const char *reason = rows_text(r, REASON);

    if (rows_int(r, OPEN) || str_eq(reason, reconciled_by_answers))
        return VERDICT_UNCLEAR;
    return str_eq(reason, reconciled_as_charged) ? VERDICT_CHARGED : VERDICT_NOT_CHARGED;
}

static struct recount read_one(const struct rows *r, size_t record)
{
    const struct entity *entity = entity_find(rows_text(r, ENTITY));
    long long each = entity ? entity->charging.credits_new : 0;

    return (struct recount){.record = record,
                            .charge = rows_int(r, CHARGE),
                            .counted = rows_int(r, COUNTED),
                            .open = rows_int(r, OPEN),
                            .all_new = rows_int(r, QUOTED) == rows_int(r, RECORDS) * each,
                            .told = told(r),
                            .credits = each};
}

bool recounts_list(struct db *ledger, struct recounts *out, struct err *e)
{
    struct rows r =
        rows_open(ledger, recounts_sql, VALUES(value_int(FATE_CHARGED), value_int(FATE_WITHHELD)));
    char *last = NULL;
    size_t record = 0;

    while (rows_next(&r)) {
        char *name = str_format("%s %s", rows_text(&r, ENTITY), rows_text(&r, RECORD));

        record += last && !str_eq(name, last);
        free(last);
        last = name;
        vec_push(&out->all, read_one(&r, record));
    }
    free(last);
    return rows_close(&r, e);
}

void recounts_free(struct recounts *r)
{
    free(r->all.items);
    *r = (struct recounts){0};
}

void recounts_tell(struct recounts *r, int64_t charge, enum verdict v)
{
    for (size_t i = 0; i < r->all.len; i++) {
        if (r->all.items[i].charge == charge)
            r->all.items[i].told = v;
    }
}

static size_t end_of_record(const struct recounts *r, size_t from)
{
    size_t end = from + 1;

    while (end < r->all.len && r->all.items[end].record == r->all.items[from].record)
        end++;
    return end;
}

static bool has(struct between b, int64_t charge)
{
    return charge > b.after && charge <= b.to;
}

// A call in the stretch counts the record: the last one, -1 where none does.
static int64_t counts_it(const struct recount *all, size_t n, struct between b)
{
    int64_t last = -1;

    for (size_t i = 0; i < n; i++) {
        bool cleared = !all[i].open && all[i].told == VERDICT_CHARGED;

        if (has(b, all[i].charge) && (all[i].counted || cleared))
            last = all[i].charge;
    }
    return last;
}

// Of one record; which of several that are owned cost cannot be told of a call that was quoted
// less.
static void add_record(const struct recount *all, size_t n, struct between b, struct twice *out)
{
    int64_t last = counts_it(all, n, b);
    bool paid = false, perhaps = false;
    long long doubts = 0;

    for (size_t i = 0; i < n; i++) {
        if (!all[i].counted && all[i].charge <= b.after) {
            paid = paid || all[i].told == VERDICT_CHARGED;
            perhaps = perhaps || all[i].told == VERDICT_UNCLEAR;
        }
        doubts += all[i].open && has(b, all[i].charge) && (all[i].all_new || all[i].charge < last);
    }
    for (size_t i = 0; i < n; i++) {
        if (!all[i].counted || !has(b, all[i].charge))
            continue;
        out->counted += paid ? all[i].credits : 0;
        out->perhaps += !paid && perhaps ? all[i].credits : 0;
    }
    if (doubts && last < 0 && !paid)
        doubts--;
    out->doubted += doubts * all->credits;
}

struct twice recounts_within(const struct recounts *r, struct between b)
{
    struct twice sum = {0};

    for (size_t i = 0, end; i < r->all.len; i = end) {
        end = end_of_record(r, i);
        add_record(&r->all.items[i], end - i, b, &sum);
    }
    return sum;
}

long long recounts_of(const struct recounts *r, int64_t charge)
{
    long long credits = 0;

    for (size_t i = 0, end; i < r->all.len; i = end) {
        const struct recount *one = NULL;
        bool later = false, earlier = false;

        end = end_of_record(r, i);
        for (size_t k = i; k < end; k++) {
            const struct recount *at = &r->all.items[k];

            if (at->charge == charge)
                one = at;
            later = later || (at->counted && at->charge > charge);
            earlier =
                earlier || (!at->counted && at->charge < charge && at->told == VERDICT_CHARGED);
        }
        if (one && (later || (earlier && one->all_new)))
            credits += one->credits;
    }
    return credits;
}
