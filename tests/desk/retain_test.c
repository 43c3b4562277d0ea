// Records past retention on the desk: told at the start, purged on a person's word, or by
// themselves where that is set. Tests.
#include "desk/buying_stage.h"

#include "support/ledger.h"

enum { BOUGHT = 6, OLD = 4 };

static void buy_some(struct state *s)
{
    struct desk *d = s->desk;

    mark_fresh(s, BOUGHT);
    quote(d);
    buy(d, BOUGHT, 0);
    DESK_WAIT(d, d->buying.state == BUYING_DONE);
    DESK_WAIT(d, desk_rests(d));
}

// The desk as a start leaves it, with what is set from the first on.
static struct desk *start(struct state *s, int months, bool automatic)
{
    struct desk *d;

    desk_close(s->desk);
    d = s->desk = office_desk(&s->office);
    desk_set_retention(d, months, automatic);
    office_sign_in(&s->office, d);
    DESK_WAIT(d, d->state == DESK_READY);
    return d;
}

static long long owned(struct desk *d)
{
    uint64_t before = d->library.found;

    desk_library_find(d, NULL);
    DESK_WAIT(d, d->library.found > before && d->library.state == LIBRARY_THERE);
    return (long long)d->library.n;
}

static void test_nothing_is_counted_unless_it_is_set(void **state)
{
    struct state *s = *state;
    struct desk *d = s->desk;

    buy_some(s);
    ledger_age(&s->office.home, OLD);
    d = start(s, 0, true);
    DESK_WAIT(d, desk_rests(d));
    assert_false(d->retention.known);
    assert_int_equal(owned(d), BOUGHT);
}

static void test_it_is_told_at_the_start(void **state)
{
    struct state *s = *state;
    struct desk *d = start(s, 6, false);

    DESK_WAIT(d, d->retention.known && desk_rests(d));
    assert_int_equal(d->retention.past.all, OLD);
    assert_true(str_starts(d->message.text,
                           "4 contacts were fetched more than 6 months ago, past retention. "
                           ":past-retention shows them, "));
    assert_int_equal(owned(d), BOUGHT);
    // A word more in lode.conf, and the desk knows.
    desk_set_retention(d, 12, false);
    assert_false(d->retention.known);
    DESK_WAIT(d, d->retention.known);
    assert_int_equal(d->retention.past.all, 0);
    desk_set_retention(d, 6, true);
    DESK_WAIT(d, d->retention.known && desk_rests(d));
    assert_int_equal(owned(d), BOUGHT); // that waits for the next start, or a day
}

// What passes it while the explorer is open is counted once it is looked for.
static void test_what_is_looked_for_is_counted(void **state)
{
    struct state *s = *state;
    struct desk *d = start(s, 11, false);

    DESK_WAIT(d, d->retention.known && desk_rests(d));
    assert_int_equal(d->retention.past.all, 0);
    ledger_age(&s->office.home, 1);
    desk_library_find(d, "retention:past");
    DESK_WAIT(d, d->library.state == LIBRARY_THERE && d->library.n == 1);
    DESK_WAIT(d, desk_rests(d));
    assert_int_equal(d->retention.past.all, 1);
}

static void test_it_is_purged_on_a_word(void **state)
{
    struct state *s = *state;
    struct desk *d = start(s, 6, false);
    struct err e;

    DESK_WAIT(d, d->retention.known);
    desk_library_find(d, "retention:past");
    DESK_WAIT(d, d->library.state == LIBRARY_THERE && d->library.n == OLD);
    assert_true(desk_library_mark_all(d, &e));
    DESK_WAIT(d, d->marks.n == OLD);
    if (!desk_purge_past(d, &e))
        fail_msg("%s", e.text);
    DESK_WAIT(d, d->retention.known && d->retention.past.all == 0);
    assert_int_equal(d->marks.n, 0);
    DESK_WAIT(d, d->library.n == 0 && desk_rests(d));
    assert_int_equal(owned(d), BOUGHT - OLD);
    assert_true(desk_purge_past(d, &e));
    DESK_WAIT(d, str_eq(d->message.text, "Nothing is past retention."));
}

static void test_it_goes_by_itself(void **state)
{
    struct state *s = *state;
    struct desk *d = s->desk;

    buy_some(s);
    ledger_age(&s->office.home, 1000);
    d = start(s, 6, true);
    DESK_WAIT(d, strstr(d->message.text, "purged from every file (retain-purge is auto)."));
    DESK_WAIT(d, desk_rests(d) && d->retention.past.all == 0);
    assert_int_equal(owned(d), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_nothing_is_counted_unless_it_is_set, fresh, closed),
        cmocka_unit_test_setup_teardown(test_it_is_told_at_the_start, fresh, closed),
        cmocka_unit_test_setup_teardown(test_what_is_looked_for_is_counted, fresh, closed),
        cmocka_unit_test_setup_teardown(test_it_is_purged_on_a_word, fresh, closed),
        cmocka_unit_test_setup_teardown(test_it_goes_by_itself, fresh, closed),
    };

    return cmocka_run_group_tests_name("desk-retain", tests, set_up, tear_down);
}
