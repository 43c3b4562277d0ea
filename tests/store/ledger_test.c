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
}

static void leave_in_doubt(struct box *b, struct call *c)
{
    box_intend(b, c);
    call_end(c, CHARGE_IN_DOUBT);
    (void)box_settle(b, c);
}

static void look(struct box *b, long long credits, long long records)
{
    struct err e;

    if (!store_meters_mark(b->s, (struct meters_used){credits, records}, &e))
        fail_msg("%s", e.text);
}

// The verdicts in the order of their charges, a letter each: c, n or u.
static const char *verdicts(struct box *b, long long credits, long long records, char out[8])
{
    static const char letters[VERDICTS] = {'c', 'n', 'u'};
    struct judged *all;
    struct err e;
    size_t n;

    if (!store_reconcile_meters(b->s, (struct meters_used){credits, records}, &all, &n, &e))
        fail_msg("%s", e.text);
    assert_in_range(n, 0, 7);
    for (size_t i = 0; i < n; i++)
        out[i] = letters[all[i].verdict];
    out[n] = '\0';
    free(all);
    return out;
}

static void doubt(struct box *b, long long first, size_t n)
{
    struct call c;

    call_make(&c, first, n);
    leave_in_doubt(b, &c);
}

// The account pays for a record once, so what a later call counted is not counted again; with or
// without a look at the meters between the two.
static void what_was_sent_again_is_counted_once(void **state)
{
    for (int between = 0; between < 2; between++) {
        struct box *b = *state;
        struct ledger_totals before = box_totals(b), after;
        char told[8];

        look(b, before.credits, before.records);
        doubt(b, 100 * between, 16);
        if (between)
            look(b, before.credits + 16, before.records + 16);
        assert_int_equal(box_buy(b, 100 * between, 4), 4);
        assert_string_equal(verdicts(b, before.credits + 16, before.records + 20, told), "c");
        after = box_totals(b);
        assert_int_equal(after.credits - before.credits, 16);
        assert_int_equal(after.records - before.records, 20);
        assert_int_equal(after.requests - before.requests, 2);
    }
}

// Where an earlier doubt was charged, a call that counts its records anew counts too much, and by
// so much less the meter seems to move for what is in doubt later.
static void what_is_counted_anew_hides_no_charge(void **state)
{
    struct box *b = *state;
    char told[8];

    look(b, 0, 0);
    doubt(b, 1, 4); // charged
    look(b, 4, 4);
    (void)box_buy(b, 1, 2); // free
    doubt(b, 11, 2);        // charged
    assert_string_equal(verdicts(b, 6, 8, told), "cc");
    assert_int_equal(box_totals(b).credits, 6);
}

// The same once the earlier one has ended, and where it is not known what became of it.
static void what_may_be_counted_anew_is_said_to_be_unclear(void **state)
{
    static const struct {
        long long first, second; // what the meters say after each doubt
        const char *told, *again;
    } cases[] = {
        {4, 6, "cc", ""},   // the former charged, and the latter
        {4, 4, "cn", ""},   // the former alone
        {0, 4, "nc", ""},   // the latter alone; two for the call between
        {1, 3, "uu", "uu"}, // others use the account
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct box b;
        char told[8];

        box_make(&b);
        box_start(&b);
        look(&b, 0, 0);
        doubt(&b, 1, 4);
        look(&b, cases[i].first, 4);
        (void)box_buy(&b, 1, 2);
        doubt(&b, 11, 2);
        assert_string_equal(verdicts(&b, cases[i].second, 8, told), cases[i].told);
        assert_string_equal(verdicts(&b, cases[i].second, 8, told), cases[i].again);
        if (!*cases[i].again)
            assert_int_equal(box_totals(&b).credits, cases[i].second);
        box_drop(&b);
    }
}

// What is in doubt twice was charged once at the most.
static void what_was_in_doubt_twice_is_charged_once(void **state)
{
    static const struct {
        long long moved;
        const char *told;
    } cases[] = {{4, "cc"}, {0, "nn"}, {3, "uu"}, {8, "uu"}};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct box b;
        char told[8];

        box_make(&b);
        box_start(&b);
        look(&b, 0, 0);
        doubt(&b, 1, 4);
        doubt(&b, 1, 4);
        assert_string_equal(verdicts(&b, cases[i].moved, 8, told), cases[i].told);
        if (*cases[i].told == 'c')
            assert_int_equal(box_totals(&b).credits, 4);
        box_drop(&b);
    }
}

// What the account owned is answered for no credit, and counts as records all the same.
static void what_was_free_counts_as_records(void **state)
{
    struct box *b = *state;
    char told[8];

    look(b, 0, 0);
    doubt(b, 1, 4);
    look(b, 4, 4);
    doubt(b, 1, 4);
    assert_string_equal(verdicts(b, 4, 8, told), "cn");
    assert_int_equal(box_totals(b).credits, 4);
    assert_int_equal(box_totals(b).records, 8);
    assert_int_equal(box_totals(b).requests, 2);
}

// In doubt twice, then partly answered: three count them, one was charged.
static void what_was_sent_three_times_is_charged_once(void **state)
{
    struct box *b = *state;
    char told[8];

    look(b, 0, 0);
    doubt(b, 1, 4);
    doubt(b, 1, 4);
    (void)box_buy(b, 1, 2);
    doubt(b, 11, 3);
    assert_string_equal(verdicts(b, 7, 13, told), "ccc");
    assert_int_equal(box_totals(b).credits, 7);
}

// What a call counts for records of two doubts is taken off them together, and off neither more
// than it cost.
static void no_doubt_costs_less_than_nothing(void **state)
{
    struct box *b = *state;
    char told[8];

    look(b, 0, 0);
    doubt(b, 1, 3);
    look(b, 3, 3);
    doubt(b, 1, 4);
    look(b, 4, 7);
    (void)box_buy(b, 2, 3); // free
    assert_string_equal(verdicts(b, 4, 10, told), "cc");
    assert_int_equal(box_totals(b).credits, 4);
    box_close(b);
    assert_int_equal(box_sql(b, "ledger.db", "SELECT min(credits) FROM charge_event"), 0);
}

static void a_doubt_between_hides_no_recount(void **state)
{
    struct box *b = *state;
    long long ended;
    struct err e;
    char told[8];

    look(b, 0, 0);
    doubt(b, 1, 3); // charged
    look(b, 3, 3);
    doubt(b, 3, 2); // one of them charged
    look(b, 4, 5);
    (void)box_buy(b, 3, 2); // free
    assert_true(store_reconcile_answered(b->s, &ended, &e));
    assert_int_equal(ended, 1);
    assert_string_equal(verdicts(b, 4, 7, told), "c");
    assert_int_equal(box_totals(b).credits, 4);
}

// Nor does one that was not charged.
static void a_free_doubt_between_hides_no_recount(void **state)
{
    struct box *b = *state;
    char told[8];

    look(b, 0, 0);
    doubt(b, 1, 5); // charged
    look(b, 5, 5);
    doubt(b, 1, 2); // free
    look(b, 5, 7);
    (void)box_buy(b, 1, 2); // free
    look(b, 5, 9);
    (void)box_buy(b, 11, 1);
    assert_string_equal(verdicts(b, 6, 10, told), "cn");
    assert_int_equal(box_totals(b).credits, 6);
}

// A free window that had run out begins anew; one that runs does not.
static void what_was_bought_again_is_owned_anew(void **state)
{
    struct box *b = *state;
    int64_t began_ms;
    struct call c;
    char told[8];

    (void)box_buy(b, 1, 2);
    b->now_ms += 13 * 31 * 24 * HOUR_MS;
    (void)box_buy(b, 2, 1);
    b->now_ms += 24 * HOUR_MS;
    began_ms = box_find(b, "2").bought_ms;
    look(b, 3, 3);
    call_make(&c, 1, 2);
    c.t.charge.quoted_max = 1;
    leave_in_doubt(b, &c);
    assert_true(box_find(b, "1").free_until < b->now_ms);
    assert_string_equal(verdicts(b, 4, 5, told), "c");
    assert_true(box_find(b, "1").free_until > b->now_ms);
    assert_int_equal(box_find(b, "2").bought_ms, began_ms);
}

// Whom a line of a file named is not known by id while its answer is lost.
static void an_input_that_was_paid_for_is_free(void **state)
{
    struct box *b = *state;
    struct call c;
    char told[8];

    look(b, 0, 0);
    call_make(&c, 1, 1);
    c.ids[0] = "input:0a";
    leave_in_doubt(b, &c);
    assert_string_equal(verdicts(b, 1, 1, told), "c");
    assert_true(box_find(b, "input:0a").free_until > b->now_ms);
    assert_false(box_find(b, "input:0a").held);
    call_make(&c, 1, 1);
    c.ids[0] = c.bought[0].input = "input:0a";
    box_intend(b, &c);
    assert_int_equal(box_settle(b, &c), 0);
    assert_true(box_find(b, "1").held);
    assert_int_equal(box_totals(b).credits, 1);
    box_close(b);
    assert_int_equal(box_sql(b, "ledger.db", "SELECT count(*) FROM record"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_doubt_that_was_charged_is_no_drift),
        cmocka_unit_test_setup_teardown(a_charge_tells_all_of_itself, box_set_up, box_tear_down),
        cmocka_unit_test_setup_teardown(the_ledger_reads_back_in_order, box_set_up, box_tear_down),
        cmocka_unit_test_setup_teardown(the_sums_have_what_was_cleared_up, box_set_up,
                                        box_tear_down),
        cmocka_unit_test_setup_teardown(what_was_sent_again_is_counted_once, box_set_up,
                                        box_tear_down),
        cmocka_unit_test_setup_teardown(what_is_counted_anew_hides_no_charge, box_set_up,
                                        box_tear_down),
        cmocka_unit_test(what_may_be_counted_anew_is_said_to_be_unclear),
        cmocka_unit_test(what_was_in_doubt_twice_is_charged_once),
        cmocka_unit_test_setup_teardown(what_was_free_counts_as_records, box_set_up, box_tear_down),
        cmocka_unit_test_setup_teardown(what_was_sent_three_times_is_charged_once, box_set_up,
                                        box_tear_down),
        cmocka_unit_test_setup_teardown(no_doubt_costs_less_than_nothing, box_set_up,
                                        box_tear_down),
        cmocka_unit_test_setup_teardown(a_doubt_between_hides_no_recount, box_set_up,
                                        box_tear_down),
        cmocka_unit_test_setup_teardown(a_free_doubt_between_hides_no_recount, box_set_up,
                                        box_tear_down),
        cmocka_unit_test_setup_teardown(what_was_bought_again_is_owned_anew, box_set_up,
                                        box_tear_down),
        cmocka_unit_test_setup_teardown(an_input_that_was_paid_for_is_free, box_set_up,
                                        box_tear_down),
    };

    return cmocka_run_group_tests_name("ledger", tests, NULL, NULL);
}
