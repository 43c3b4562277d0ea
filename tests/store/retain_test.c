// Records past their time go by the calendar alone: what was fetched since stays, what is in doubt
// waits, and nobody is kept from coming back. Tests.
#include "store/box.h"

#include "store/purge.h"

enum { HELD = 10 };

// Ten records, then ten more an hour later.
static int set_up(void **state)
{
    int failed = box_set_up(state);
    struct box *b = *state;

    if (failed)
        return failed;
    assert_int_equal(box_buy(b, 1, HELD), HELD);
    b->now_ms += HOUR_MS;
    assert_int_equal(box_buy(b, 101, HELD), HELD);
    return 0;
}

static long long count_past(struct box *b, int64_t before_ms)
{
    long long n = -1;
    struct err e;

    if (!store_past_count(b->s, "contact", before_ms, &n, &e))
        fail_msg("%s", e.text);
    return n;
}

static void purge(struct box *b, int64_t before_ms, size_t n, long long left)
{
    struct purge_past past;
    struct err e;
    bool done;

    if (!store_purge_past(b->s, "contact", before_ms, &past, &done, &e))
        fail_msg("%s", e.text);
    assert_true(done);
    assert_int_equal(past.n, n);
    assert_int_equal(past.left, left);
    purge_past_free(&past);
}

static void the_older_ones_go(void **state)
{
    struct box *b = *state;
    struct owned gone;

    assert_int_equal(count_past(b, BOX_NOW_MS), 0);
    assert_int_equal(count_past(b, BOX_NOW_MS + 1), HELD);
    purge(b, BOX_NOW_MS, 0, 0);
    assert_int_equal(box_owned(b), 2 * HELD);
    purge(b, BOX_NOW_MS + 1, HELD, 0);
    assert_int_equal(box_owned(b), HELD);
    assert_int_equal(count_past(b, BOX_NOW_MS + 1), 0);
    assert_true(box_find(b, "101").held);
    gone = box_find(b, "1");
    assert_false(gone.held);
    assert_false(gone.suppressed);
    // The account owns it on: it comes back at no cost.
    assert_int_equal(gone.bought_ms, BOX_NOW_MS);
    assert_int_equal(box_buy(b, 1, 1), 0);
    assert_true(box_find(b, "1").held);
    assert_int_equal(count_past(b, BOX_NOW_MS + 1), 0);
}

static void what_was_fetched_again_stays(void **state)
{
    struct box *b = *state;

    assert_int_equal(box_buy(b, 1, 3), 0);
    assert_int_equal(count_past(b, BOX_NOW_MS + 1), HELD - 3);
    purge(b, BOX_NOW_MS + 1, HELD - 3, 0);
    assert_true(box_find(b, "3").held);
    assert_false(box_find(b, "4").held);
}

static void who_is_in_doubt_waits(void **state)
{
    struct box *b = *state;
    struct call c;

    call_make(&c, 4, 2);
    box_intend(b, &c);
    purge(b, BOX_NOW_MS + 1, HELD - 2, 2);
    assert_true(box_find(b, "5").held);
    assert_int_equal(box_settle(b, &c), 0);
    purge(b, BOX_NOW_MS + 1, 0, 0); // fetched again by that call
    assert_int_equal(box_owned(b), HELD + 2);
}

static void nothing_goes_without_the_claim(void **state)
{
    struct box *b = *state;
    struct purge_past past;
    struct err e;
    bool done;

    box_close(b);
    box_open(b);
    assert_false(store_purge_past(b->s, "contact", BOX_NOW_MS + 1, &past, &done, &e));
    assert_false(done);
    assert_non_null(strstr(e.text, "claimed"));
    purge_past_free(&past);
    assert_int_equal(box_owned(b), 2 * HELD);
}

static void their_words_are_in_no_file(void **state)
{
    struct box *b = *state;

    assert_true(box_sql(b, "ledger.db", "SELECT count(*) FROM answer") == 2 * HELD);
    purge(b, BOX_NOW_MS + 1, HELD, 0);
    box_close(b);
    assert_int_equal(box_sql(b, "ledger.db", "SELECT count(*) FROM answer"), HELD);
    assert_int_equal(box_sql(b, "ledger.db", "SELECT count(*) FROM purge_due"), 0);
    assert_int_equal(box_sql(b, "ledger.db", "SELECT count(*) FROM suppressed"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_older_ones_go, set_up, box_tear_down),
        cmocka_unit_test_setup_teardown(what_was_fetched_again_stays, set_up, box_tear_down),
        cmocka_unit_test_setup_teardown(who_is_in_doubt_waits, set_up, box_tear_down),
        cmocka_unit_test_setup_teardown(nothing_goes_without_the_claim, set_up, box_tear_down),
        cmocka_unit_test_setup_teardown(their_words_are_in_no_file, set_up, box_tear_down),
    };

    return cmocka_run_group_tests_name("store-retain", tests, NULL, NULL);
}
