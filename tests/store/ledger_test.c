// The ledger read back: in order, all that a charge tells of itself, and the sums. Tests.
#include "store/box.h"

static bool check_row(void *arg, const struct ledger_row *row)
{
    int *n = arg;

    assert_int_equal(row->id, *n ? 1 : 2);
    if (++*n == 2) {
        assert_string_equal(row->who, "");
        assert_string_equal(row->origin, "");
        assert_int_equal(row->moved.credits, METER_UNTOLD);
        assert_false(ledger_row_drifts(row));
        return true;
    }
    assert_string_equal(row->who, "ana@example.com");
    assert_string_equal(row->profile, "acme");
    assert_string_equal(row->origin, "vps.csv");
    assert_string_equal(row->why, "3 new, 1 owned");
    assert_string_equal(row->outcome, "ocee");
    assert_int_equal(row->quoted_min, 2);
    assert_int_equal(row->quoted_max, 3);
    assert_int_equal(row->sent_ms, BOX_NOW_MS + 1000);
    assert_int_equal(row->credits, 1);
    assert_int_equal(row->moved.credits, 1);
    assert_int_equal(row->moved.records, 4);
    assert_int_equal(row->moved.requests, METER_UNTOLD);
    assert_int_equal(row->before.credits - row->after.credits, 1);
    assert_int_equal(row->before.requests, METER_UNTOLD);
    assert_true(ledger_row_drifts(row)); // the rule says 2 records
    return true;
}

// What a call in doubt was charged for, the meter does not show when its records are sent again.
static void a_doubt_that_was_charged_is_no_drift(void **state)
{
    struct ledger_row row = {.state = CHARGE_CHARGED,
                             .why = "3 new, 11 in doubt; lines 2-15",
                             .credits = 14,
                             .records = 14,
                             .moved = {3, 14, 1}};

    (void)state;
    assert_false(ledger_row_drifts(&row));
    assert_int_equal(ledger_row_paid(&row), 11);
    row.moved.credits = 2; // more than was in doubt
    assert_true(ledger_row_drifts(&row));
    row.moved.credits = 15;
    assert_true(ledger_row_drifts(&row));
    row.moved.credits = 14;
    assert_false(ledger_row_drifts(&row));
    assert_int_equal(ledger_row_paid(&row), 0);
    row.moved.credits = 3;
    row.why = "14 new";
    assert_true(ledger_row_drifts(&row));
}

// Who, why, what was quoted, when it left, what became of each record, what the meters say.
static void a_charge_tells_all_of_itself(void **state)
{
    static const int64_t ids[] = {2, 7, 1};
    struct box *b = *state;
    struct call c;
    int64_t count;
    struct err e;
    int n = 0;

    (void)box_buy(b, 1, 1);
    call_make(&c, 1, 4);
    c.t.charge.who = "ana@example.com";
    c.t.charge.profile = "acme";
    c.t.charge.origin = "vps.csv";
    c.t.charge.why = "3 new, 1 owned";
    c.t.charge.quoted_min = 2;
    c.t.charge.quoted_max = 3;
    box_intend(b, &c);
    c.bought[2].found = false;
    c.bought[2].raw = NULL;
    c.bought[3].found = false;
    c.bought[3].raw = NULL;
    c.t.how.sent_ms = BOX_NOW_MS + 1000;
    c.t.how.meters_before = "{\"credits\":90,\"records\":50}";
    c.t.how.meters = "{\"credits\":89,\"records\":46,\"requests\":7}";
    assert_int_equal(box_settle(b, &c), 1);
    assert_true(store_ledger_count(b->s, &count, &e));
    assert_int_equal(count, 2);
    assert_true(store_ledger_rows(b->s, ids, 3, check_row, &n, &e));
    assert_int_equal(n, 2);
}

static bool stop_at_two(void *arg, const struct ledger_row *row)
{
    int *n = arg;

    (void)row;
    return ++*n < 2;
}

static bool join(void *arg, const char *record)
{
    (void)strcat(strcat(arg, record), " ");
    return true;
}

static void the_ledger_reads_back_in_order(void **state)
{
    enum { CHARGES = 300 }; // more than are copied out at once

    struct box *b = *state;
    int n = 0;
    struct call c;
    struct err e;
    char records[64] = "";

    for (int i = 0; i < CHARGES; i++) {
        call_make(&c, 10 * i, 1 + (size_t)i % 3);
        // A clock that jumps back does not change the order.
        b->now_ms -= HOUR_MS;
        box_intend(b, &c);
        if (i % 2)
            call_end(&c, CHARGE_RELEASED);
        (void)box_settle(b, &c);
    }
    assert_int_equal(box_ledger(b, -1).n, CHARGES);
    assert_int_equal(box_ledger(b, CHARGE_RELEASED).n, CHARGES / 2);
    assert_int_equal(box_ledger(b, CHARGE_IN_DOUBT).n, 0);
    assert_int_equal(box_ledger(b, -1).last.id, c.t.charge.id);
    assert_true(store_ledger_each(b->s, -1, true, stop_at_two, &n, &e));
    assert_int_equal(n, 2);
    call_make(&c, 7, 3);
    box_intend(b, &c);
    assert_true(store_charge_records(b->s, c.t.charge.id, join, records, &e));
    assert_string_equal(records, "7 8 9 ");
}

static bool add_credits(void *arg, const struct spending_sum *sum)
{
    *(long long *)arg += sum->credits;
    return true;
}

static bool check_cleared_up(void *arg, const struct ledger_row *row)
{
    (void)arg;
    assert_int_equal(row->state, CHARGE_RECONCILED);
    assert_int_equal(row->sent_ms, BOX_NOW_MS + 1000);
    assert_int_equal(row->http, 502);
    assert_string_equal(row->request_id, "abc");
    return true;
}

// What the meters cleared up was paid for as well: the sums come to what the ledger does.
static void the_sums_have_what_was_cleared_up(void **state)
{
    struct box *b = *state;
    struct judged *all;
    long long sum = 0;
    struct call c;
    struct err e;
    size_t n;

    assert_true(store_meters_mark(b->s, (struct meters_used){0, 0}, &e));
    (void)box_buy(b, 1, 4);
    call_make(&c, 11, 2);
    c.t.charge.quoted_max = 2;
    box_intend(b, &c);
    call_end(&c, CHARGE_IN_DOUBT);
    c.t.how.sent_ms = BOX_NOW_MS + 1000;
    c.t.how.http = 502;
    c.t.how.request_id = "abc";
    (void)box_settle(b, &c);
    assert_true(store_reconcile_meters(b->s, (struct meters_used){6, 6}, &all, &n, &e));
    assert_int_equal(n, 1);
    assert_int_equal(all->verdict, VERDICT_CHARGED);
    assert_int_equal(all->moved, 2);
    assert_int_equal(all->most, 2);
    free(all);
    assert_true(store_spending(b->s, SPENDING_DAY, add_credits, &sum, &e));
    assert_int_equal(sum, 6);
    assert_int_equal(box_totals(b).credits, 6);
    // What was known of the call while it was in doubt stays known.
    assert_true(store_ledger_rows(b->s, &c.t.charge.id, 1, check_cleared_up, NULL, &e));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_doubt_that_was_charged_is_no_drift),
        cmocka_unit_test_setup_teardown(a_charge_tells_all_of_itself, box_set_up, box_tear_down),
        cmocka_unit_test_setup_teardown(the_ledger_reads_back_in_order, box_set_up, box_tear_down),
        cmocka_unit_test_setup_teardown(the_sums_have_what_was_cleared_up, box_set_up,
                                        box_tear_down),
    };

    return cmocka_run_group_tests_name("ledger", tests, NULL, NULL);
}
