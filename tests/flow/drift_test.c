// Quote against actual: the meter beside what was counted. Tests.
#include "support/test.h"

#include "flow/drift.h"

static struct drift begin(long long remaining, long long slack)
{
    struct quote q = {.slack = slack};
    struct drift d;

    q.before.meters[METER_CREDITS] = (struct meter){true, -1, -1, remaining};
    drift_begin(&d, &q);
    return d;
}

// Calls until a look is due.
static size_t calls_to_look(struct drift *d)
{
    size_t n = 0;

    for (; drift_lets(d, 0); n++)
        drift_call(d);
    return n;
}

static void looks_come_soon_at_first_and_seldom_later(void **state)
{
    struct drift d = begin(1000, 0);
    size_t want[] = {1, 1, 2, 4, 8, 16, 32, 64, 128, 128};
    struct err e;
    bool fits;

    (void)state;
    for (size_t i = 0; i < sizeof(want) / sizeof(*want); i++) {
        assert_int_equal(calls_to_look(&d), want[i]);
        assert_true(drift_look(&d, 0, 0, 1000, &fits, &e));
        assert_true(fits);
    }
}

static void calls_under_way_count_too(void **state)
{
    struct drift d = begin(1000, 0);
    struct err e;
    bool fits;

    (void)state;
    assert_true(drift_lets(&d, 0));
    assert_false(drift_lets(&d, 1));
    drift_call(&d);
    assert_true(drift_look(&d, 10, 0, 990, &fits, &e));
    drift_call(&d);
    assert_true(drift_look(&d, 10, 0, 980, &fits, &e));
    assert_true(drift_lets(&d, 1));
    assert_false(drift_lets(&d, 2));
}

// A later part of a job is looked at as seldom as the first one was at its end, and by its quote.
static void it_goes_on_in_later_parts(void **state)
{
    struct drift d = begin(1000, 0);
    struct quote later = {.slack = 10};
    struct err e;
    bool fits;

    (void)state;
    for (int i = 0; i < 3; i++) {
        (void)calls_to_look(&d);
        assert_true(drift_look(&d, 10, 0, 1000 - 10 * (i + 1), &fits, &e));
        assert_true(fits);
    }
    drift_more(&d, &later);
    assert_int_equal(calls_to_look(&d), 4);
    assert_true(drift_look(&d, 30, 0, 950, &fits, &e)); // ten were free already
    assert_true(fits);
    drift_more(&d, &(struct quote){0});
    drift_more(&d, &(struct quote){0});
    assert_true(drift_look(&d, 10, 0, 950, &fits, &e)); // all quotes since the last look count
    assert_true(fits);
    drift_more(&d, &(struct quote){0});
    assert_true(drift_look(&d, 10, 0, 930, &fits, &e));
    assert_false(fits);
    assert_false(drift_look(&d, 10, 0, 910, &fits, &e));
}

static void two_misfits_in_a_row_end_it(void **state)
{
    struct drift d = begin(1000, 0);
    struct err e;
    bool fits;

    (void)state;
    assert_true(drift_look(&d, 25, 0, 970, &fits, &e)); // 30 went
    assert_false(fits);
    assert_true(drift_look(&d, 25, 0, 945, &fits, &e)); // it fits from there on
    assert_true(fits);
    assert_true(drift_look(&d, 25, 0, 920 + 1, &fits, &e)); // one too few
    assert_false(fits);
    assert_false(drift_look(&d, 25, 0, 890, &fits, &e));
    assert_int_equal(e.kind, ERR_REFUSED);
}

static void what_the_quote_allowed_for_fits(void **state)
{
    struct drift d = begin(1000, 10);
    struct err e;
    bool fits;

    (void)state;
    assert_true(drift_look(&d, 50, 0, 960, &fits, &e)); // ten were free already
    assert_true(fits);
    assert_true(drift_look(&d, 25, 25, 910, &fits, &e)); // a call in doubt may have cost it
    assert_true(fits);
    assert_true(drift_look(&d, 25, 0, -1, &fits, &e)); // the answers do not tell
    assert_true(fits);
}

static void without_a_meter_nothing_is_looked_at(void **state)
{
    struct quote q = {0};
    struct drift d;

    (void)state;
    drift_begin(&d, &q);
    assert_true(drift_lets(&d, 1000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(looks_come_soon_at_first_and_seldom_later),
        cmocka_unit_test(calls_under_way_count_too),
        cmocka_unit_test(it_goes_on_in_later_parts),
        cmocka_unit_test(two_misfits_in_a_row_end_it),
        cmocka_unit_test(what_the_quote_allowed_for_fits),
        cmocka_unit_test(without_a_meter_nothing_is_looked_at),
    };

    return cmocka_run_group_tests_name("drift", tests, NULL, NULL);
}
