// A desk that buys from a sandbox of the test's own, whose money is looked at after each test. Main
// thread. Tests.
#ifndef TESTS_DESK_BUYING_STAGE_H
#define TESTS_DESK_BUYING_STAGE_H

#include "support/test.h"

#include <stdlib.h>
#include <string.h>

#include "support/desk.h"
#include "support/money.h"

struct state {
    struct office office;
    struct desk *desk; // of the test at hand
    size_t next;       // rows before this place were bought by earlier tests
};

static inline int set_up(void **state)
{
    static const char *const options[] = {"--unlimited", "--faults", "", NULL};
    static struct state s;

    office_open(&s.office, options);
    *state = &s;
    return 0;
}

static inline int tear_down(void **state)
{
    office_close(&((struct state *)*state)->office);
    return 0;
}

static inline void search(struct desk *d)
{
    struct err e;

    desk_set_live_count(d, false);
    assert_true(desk_server_sort(d, "lastName:asc", &e));
    assert_true(desk_search(d, &e));
    DESK_WAIT(d, d->results.state == RESULTS_THERE);
}

// A desk of its own with rows to buy from.
static inline int fresh(void **state)
{
    struct state *s = *state;

    server_faults(s->office.server, "");
    s->desk = office_ready(&s->office);
    search(s->desk);
    return 0;
}

static inline int closed(void **state)
{
    struct state *s = *state;
    struct money m;

    if (s->desk)
        desk_close(s->desk);
    s->desk = NULL;
    server_faults(s->office.server, "");
    m = money_read(&s->office.home, s->office.server);
    money_agrees(&m);
    return 0;
}

// Pages come in any order.
static inline bool are_there(const struct desk *d, size_t from, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!table_id(d->results.table, from + i))
            return false;
    }
    return true;
}

// Marks n rows that no test has touched yet.
static inline void mark_fresh(struct state *s, size_t n)
{
    struct desk *d = s->desk;

    desk_look(d, s->next, n);
    DESK_WAIT(d, are_there(d, s->next, n));
    assert_int_equal(desk_mark(d, s->next, s->next + n - 1, true), n);
    s->next += n;
}

static inline void quote_once(struct desk *d)
{
    struct err e;

    if (!desk_quote(d, NULL, &e))
        fail_msg("quote: %s", e.text);
    assert_int_equal(d->buying.state, BUYING_ASKED);
    DESK_WAIT(d, d->buying.state != BUYING_ASKED);
}

// As a person does: where the answer to a page that was still under way tells that credits have
// gone (a call in doubt was charged after all), the quote is stale at once and asked for again.
static inline void quote(struct desk *d)
{
    quote_once(d);
    for (int again = 0; d->buying.state == BUYING_STALE && again < 5; again++)
        quote_once(d);
    if (d->buying.state != BUYING_QUOTED)
        fail_msg("quote: state %d %s", d->buying.state, d->buying.err.text);
}

static inline void buy(struct desk *d, long long max_credits, size_t most)
{
    struct err e;

    assert_true(desk_lock(d, false, &e));
    if (!desk_buy(d, max_credits, most, &e))
        fail_msg("buy: %s", e.text);
    assert_int_equal(d->buying.state, BUYING_RUNS);
}

// The charge at a place among those that fit, once it was read.
static inline const struct ledger_row *charge_at(struct desk *d, const char *typed, size_t at)
{
    uint64_t found;
    struct err e;

    DESK_WAIT(d, desk_rests(d)); // it is looked for again after each purchase
    found = d->charges.found;
    if (!desk_charges_find(d, typed, &e))
        fail_msg("%s", e.text);
    DESK_WAIT(d, d->charges.found > found && d->charges.state == CHARGES_THERE);
    assert_true(d->charges.n > at);
    desk_charges_look(d, at, 1);
    DESK_WAIT(d, desk_charge(d, at));
    return desk_charge(d, at);
}

static inline const struct charge_told *charge_told(struct desk *d, int64_t id)
{
    uint64_t number = d->charges.told.number;

    desk_charge_tell(d, id);
    DESK_WAIT(d, d->charges.told.number > number);
    assert_int_equal(d->charges.told.row.id, id);
    return &d->charges.told;
}

#endif
