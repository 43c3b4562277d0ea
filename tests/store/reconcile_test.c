// Doubts that later calls end, and those that stay. Tests.
#include "store/box.h"

#include <time.h>

static void doubt(struct box *b, const char *entity, long long first, size_t n)
{
    struct call c;

    call_make(&c, first, n);
    c.t.charge.entity = entity;
    box_intend(b, &c);
    call_end(&c, CHARGE_IN_DOUBT);
    (void)box_settle(b, &c);
}

static long long reconcile(struct box *b)
{
    long long ended;
    struct err e;

    if (!store_reconcile_answered(b->s, (struct meters_used){-1, -1}, &ended, &e))
        fail_msg("%s", e.text);
    return ended;
}

static void a_doubt_ends_once_all_its_records_were_answered(void **state)
{
    struct box *b = *state;

    doubt(b, "contact", 1, 4);
    (void)box_buy(b, 1, 2);
    assert_int_equal(reconcile(b), 0);
    assert_true(box_find(b, "1").in_doubt);
    (void)box_buy(b, 3, 2);
    assert_int_equal(reconcile(b), 1);
    assert_int_equal(box_totals(b).charges[CHARGE_RECONCILED], 1);
    assert_int_equal(box_totals(b).in_doubt_max, 0);
    assert_int_equal(box_totals(b).credits, 4);
    assert_false(box_find(b, "1").in_doubt);
    assert_int_equal(reconcile(b), 0);
}

static void an_earlier_answer_ends_nothing(void **state)
{
    struct box *b = *state;

    (void)box_buy(b, 1, 4);
    doubt(b, "contact", 1, 4);
    assert_int_equal(reconcile(b), 0);
}

static void another_entity_ends_nothing(void **state)
{
    struct box *b = *state;

    doubt(b, "company", 1, 4);
    (void)box_buy(b, 1, 4);
    assert_int_equal(reconcile(b), 0);
    assert_int_equal(box_totals(b).charges[CHARGE_IN_DOUBT], 1);
}

static void what_was_refused_ends_nothing(void **state)
{
    struct box *b = *state;
    struct call c;

    doubt(b, "contact", 1, 4);
    call_make(&c, 1, 4);
    box_intend(b, &c);
    call_end(&c, CHARGE_REJECTED);
    (void)box_settle(b, &c);
    assert_int_equal(reconcile(b), 0);
}

// The first of four is answered with that status and no record.
static void buy_all_but_first(struct box *b, const char *status)
{
    struct call c;

    call_make(&c, 1, 4);
    c.bought[0].match_status = status;
    c.bought[0].raw = NULL;
    c.bought[0].found = false;
    box_intend(b, &c);
    (void)box_settle(b, &c);
}

// The earlier call may have been free of what kept the record from this one.
static void what_tells_nothing_of_the_earlier_call_ends_nothing(void **state)
{
    static const char *const statuses[] = {"NON_MATCH_BY_REQUIRED_FIELDS",
                                           "LIMIT_EXCEEDED",
                                           "SERVICE_ERROR",
                                           "FULL_MATCH",
                                           "UNHEARD",
                                           "NO_MATCH",
                                           "OPT_OUT",
                                           "COMPANY_ONLY_MATCH"};
    struct box *b = *state;

    doubt(b, "contact", 1, 4);
    for (size_t i = 0; i < ARRAY_LEN(statuses); i++) {
        buy_all_but_first(b, statuses[i]);
        assert_int_equal(reconcile(b), 0);
        assert_true(box_find(b, "1").in_doubt);
    }
    buy_all_but_first(b, "INVALID_INPUT");
    assert_int_equal(reconcile(b), 1);
}

// An intent without an answer is no doubt yet: its call may be under way.
static void a_call_under_way_is_left_alone(void **state)
{
    struct box *b = *state;
    struct call c;

    call_make(&c, 1, 4);
    box_intend(b, &c);
    (void)box_buy(b, 1, 4);
    assert_int_equal(reconcile(b), 0);
    assert_int_equal(box_settle(b, &c), 0);
}

static void nobody_reconciles_without_the_claim(void **state)
{
    struct box other;
    long long ended;
    struct err e;

    (void)state;
    box_make(&other);
    box_open(&other);
    assert_false(store_reconcile_answered(other.s, (struct meters_used){-1, -1}, &ended, &e));
    box_drop(&other);
}

// A long outage: the work, in time of a processor, must not grow with the square of it.
static void many_doubts_end_in_no_time(void **state)
{
    enum { DOUBTS = 400 };

    struct box *b = *state;
    struct timespec began, ended;
    struct judged *all;
    struct err e;
    size_t n;

    for (int i = 0; i < DOUBTS; i++)
        doubt(b, "contact", (long long)i * BOX_CALL, BOX_CALL);
    for (int i = 0; i < DOUBTS; i++)
        (void)box_buy(b, (long long)i * BOX_CALL, BOX_CALL);
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &began);
    assert_true(store_reconcile_meters(b->s, (struct meters_used){0, 0}, &all, &n, &e));
    assert_int_equal(n, DOUBTS);
    free(all);
    assert_int_equal(reconcile(b), DOUBTS);
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ended);
    assert_true(ended.tv_sec - began.tv_sec < 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_doubt_ends_once_all_its_records_were_answered, box_set_up,
                                        box_tear_down),
        cmocka_unit_test_setup_teardown(an_earlier_answer_ends_nothing, box_set_up, box_tear_down),
        cmocka_unit_test_setup_teardown(another_entity_ends_nothing, box_set_up, box_tear_down),
        cmocka_unit_test_setup_teardown(what_was_refused_ends_nothing, box_set_up, box_tear_down),
        cmocka_unit_test_setup_teardown(what_tells_nothing_of_the_earlier_call_ends_nothing,
                                        box_set_up, box_tear_down),
        cmocka_unit_test_setup_teardown(a_call_under_way_is_left_alone, box_set_up, box_tear_down),
        cmocka_unit_test(nobody_reconciles_without_the_claim),
        cmocka_unit_test_setup_teardown(many_doubts_end_in_no_time, box_set_up, box_tear_down),
    };

    return cmocka_run_group_tests_name("reconcile", tests, NULL, NULL);
}
