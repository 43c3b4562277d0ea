// A charge from its intent to its end: what may follow what, what it costs, what it brings. Tests.
#include "store/box.h"

#include <signal.h>

static void refused(struct box *b, struct call *c, const char *says)
{
    struct err e;

    assert_false(box_try_settle(b, c, &e));
    assert_int_equal(e.kind, ERR_INTERNAL);
    if (!strstr(e.text, says))
        fail_msg("\"%s\" does not say \"%s\"", e.text, says);
}

static void nobody_intends_without_the_claim(void **state)
{
    struct box other;
    struct call c;
    struct err e;

    (void)state;
    box_make(&other);
    box_open(&other);
    call_make(&c, 1, 1);
    assert_false(box_try_intend(&other, &c, &e));
    assert_int_equal(e.kind, ERR_INTERNAL);
    assert_int_equal(box_ledger(&other, -1).n, 0);
    box_drop(&other);
}

static void nothing_is_intended_for_what_has_no_price(void **state)
{
    struct box *b = *state;
    struct call c;
    struct err e;

    call_make(&c, 1, 3);
    c.t.charge.entity = "weather";
    assert_false(box_try_intend(b, &c, &e));
    assert_non_null(strstr(e.text, "weather"));
    assert_int_equal(box_ledger(b, -1).n, 0);
}

static void a_charge_brings_its_records_and_its_price(void **state)
{
    struct box *b = *state;
    struct ledger_totals t;
    struct box_seen seen;
    struct call c;

    call_make(&c, 100, 3);
    c.t.charge.quoted_max = 7;
    box_intend(b, &c);
    seen = box_ledger(b, -1);
    assert_string_equal(seen.text, "intent");
    assert_int_equal(seen.last.ended_ms, 0);
    assert_true(box_find(b, "101").in_doubt);
    b->now_ms += 2000;
    assert_int_equal(box_settle(b, &c), 3);
    seen = box_ledger(b, -1);
    assert_string_equal(seen.text, "charged");
    assert_int_equal(seen.last.began_ms, BOX_NOW_MS);
    assert_int_equal(seen.last.ended_ms, BOX_NOW_MS + 2000);
    assert_int_equal(seen.last.http, 200);
    assert_int_equal(seen.last.n_records, 3);
    assert_int_equal(seen.last.quoted_max, 7);
    t = box_totals(b);
    assert_int_equal(t.credits, 3);
    assert_int_equal(t.records, 3);
    assert_int_equal(t.requests, 1);
    assert_true(box_find(b, "101").held);
    assert_false(box_find(b, "101").in_doubt);
    assert_int_equal(box_owned(b), 3);
}

// Of calls under way together none counts beyond what the meters moved by for all. One among them
// is refused: what was added up for the others is undone with them, and they end each by itself.
static void calls_together_count_what_all_cost(void **state)
{
    static const struct {
        struct meters_moved moved; // when it was answered
        long long credits;
    } ends[] = {{{5, 5, -1}, 5}, {{5, 10, -1}, 0}, {{5, 15, -1}, 0}, {{8, 20, -1}, 3}};
    struct call calls[ARRAY_LEN(ends) + 1], *odd = &calls[ARRAY_LEN(ends)];
    struct queue *reply = queue_open();
    struct box *b = *state;

    for (size_t i = 0; i < ARRAY_LEN(calls); i++) {
        call_make(&calls[i], 100 + 5 * (long long)i, 5);
        box_intend(b, &calls[i]);
    }
    for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
        calls[i].t.how.first = calls[0].t.charge.id;
        calls[i].t.how.together = ends[i].moved;
    }
    odd->t.how.state = CHARGE_INTENT;
    for (size_t i = 0; i < ARRAY_LEN(calls); i++) {
        calls[i].t.task.job.reply = reply;
        store_charge_end(b->s, &calls[i].t);
    }
    for (size_t i = 0; i < ARRAY_LEN(calls); i++)
        assert_non_null(queue_wait(reply, -1));
    queue_close(reply);
    assert_false(odd->t.task.ok);
    for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
        assert_true(calls[i].t.task.ok);
        assert_int_equal(calls[i].t.credits, ends[i].credits);
    }
    assert_int_equal(box_totals(b).credits, 8);
}

static void what_is_owned_costs_nothing_again(void **state)
{
    struct box *b = *state;

    assert_int_equal(box_buy(b, 1, 4), 4);
    assert_int_equal(box_buy(b, 3, 4), 2);
    assert_int_equal(box_totals(b).credits, 6);
    assert_int_equal(box_totals(b).records, 8);
}

static void what_was_not_found_costs_nothing(void **state)
{
    struct box *b = *state;
    struct call c;

    call_make(&c, 1, 3);
    c.bought[1].found = false;
    c.bought[1].raw = NULL;
    c.bought[1].match_status = "NO_MATCH";
    box_intend(b, &c);
    assert_int_equal(box_settle(b, &c), 2);
    assert_int_equal(box_totals(b).records, 2);
    assert_false(box_find(b, "2").held);
    assert_int_equal(box_owned(b), 2);
}

static void a_charge_ends_once(void **state)
{
    struct box *b = *state;
    static const enum charge_state ends[] = {CHARGE_RELEASED, CHARGE_REJECTED, CHARGE_CHARGED};

    for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
        struct call c;

        call_make(&c, 1000 * (long long)i, 2);
        box_intend(b, &c);
        if (ends[i] != CHARGE_CHARGED)
            call_end(&c, ends[i]);
        (void)box_settle(b, &c);
        for (int again = CHARGE_RELEASED; again < CHARGE_STATES; again++) {
            c.t.how.state = (enum charge_state)again;
            c.t.how.n_bought = 0;
            refused(b, &c, "has ended already");
        }
    }
    assert_string_equal(box_ledger(b, -1).text, "released,rejected,charged");
    assert_int_equal(box_totals(b).credits, 2);
}

static void a_doubt_may_end_but_not_come_twice(void **state)
{
    struct box *b = *state;
    struct call c;

    call_make(&c, 1, 5);
    box_intend(b, &c);
    call_end(&c, CHARGE_IN_DOUBT);
    assert_int_equal(box_settle(b, &c), 0);
    assert_int_equal(box_totals(b).in_doubt_max, 5);
    assert_true(box_find(b, "3").in_doubt);
    refused(b, &c, "has ended already");
    call_end(&c, CHARGE_REJECTED);
    (void)box_settle(b, &c);
    assert_int_equal(box_totals(b).in_doubt_max, 0);
    assert_int_equal(box_totals(b).charges[CHARGE_REJECTED], 1);
    assert_false(box_find(b, "3").in_doubt);
    assert_string_equal(box_ledger(b, -1).text, "rejected");
    assert_int_equal(box_ledger(b, -1).n, 1);
}

static void an_end_must_make_sense(void **state)
{
    struct box *b = *state;
    struct call c, none;

    call_make(&c, 1, 2);
    box_intend(b, &c);
    c.t.how.state = CHARGE_INTENT;
    refused(b, &c, "cannot end as \"intent\"");
    c.t.how.state = CHARGE_REJECTED;
    refused(b, &c, "cannot end as \"rejected\" with 2 records");
    assert_string_equal(box_ledger(b, -1).text, "intent");
    call_make(&none, 1, 1);
    none.t.charge.id = 4711;
    refused(b, &none, "no charge 4711");
    assert_int_equal(box_owned(b), 0);
}

// Below the triggers' protection nothing of the ledger can be changed, even with SQL at hand.
static void the_ledger_is_only_added_to(void **state)
{
    static const char *const changes[] = {
        "DELETE FROM charge",
        "UPDATE charge SET quoted_max = 0",
        "DELETE FROM charge_record",
        "UPDATE charge_record SET record = 'x'",
        "DELETE FROM charge_event",
        "UPDATE charge_event SET credits = 0",
        ("INSERT INTO charge_event (charge, final, state, at_ms, http, request_id, reason, credits,"
         " records, requests) VALUES (1, 0, 'in doubt', 0, 0, '', '', 0, 0, 0)")};
    struct box *b = *state;
    char *path = box_path(b, "ledger.db");
    sqlite3 *db;

    (void)box_buy(b, 1, 2);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    for (size_t i = 0; i < ARRAY_LEN(changes); i++)
        assert_int_equal(sqlite3_exec(db, changes[i], NULL, NULL, NULL), SQLITE_CONSTRAINT);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    assert_string_equal(box_ledger(b, -1).text, "charged");
    free(path);
}

// Many at once share a transaction: one that is refused takes none of the others with it.
static void one_refusal_among_many_is_one(void **state)
{
    enum { MANY = 40, ODD = 17 };

    struct box *b = *state;
    struct call *calls = mem_array(MANY, sizeof(*calls));
    struct queue *reply = queue_open();

    for (int i = 0; i < MANY; i++) {
        call_make(&calls[i], 100 * i, 25);
        if (i == ODD)
            calls[i].t.charge.entity = "weather";
        calls[i].t.task.job.reply = reply;
        store_charge_begin(b->s, &calls[i].t);
    }
    for (int i = 0; i < MANY; i++)
        assert_non_null(queue_wait(reply, -1));
    for (int i = 0; i < MANY; i++)
        assert_int_equal(calls[i].t.task.ok, i != ODD);
    assert_int_equal(box_ledger(b, CHARGE_INTENT).n, MANY - 1);
    // In the order they were given, with numbers of their own.
    for (int i = 1; i < MANY; i++)
        assert_true(i == ODD || i == ODD + 1 ||
                    calls[i].t.charge.id == calls[i - 1].t.charge.id + 1);
    queue_close(reply);
    free(calls);
}

static void kill_after_intent(void *arg)
{
    struct box *b = arg;
    struct call c;

    box_start(b);
    call_make(&c, 1, 25);
    box_intend(b, &c);
    (void)kill(getpid(), SIGKILL);
}

static void an_intent_outlives_its_process(void **state)
{
    struct box b;
    struct box_seen seen;
    int status;

    (void)state;
    box_make(&b);
    status = box_child(kill_after_intent, &b);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    box_open(&b);
    assert_string_equal(box_ledger(&b, -1).text, "in doubt");
    assert_true(box_find(&b, "25").in_doubt);
    box_claim(&b);
    seen = box_ledger(&b, -1);
    assert_string_equal(seen.text, "in doubt");
    assert_int_equal(box_totals(&b).in_doubt_max, 25);
    box_close(&b);
    // Claimed again, a doubt stays one doubt.
    box_start(&b);
    assert_int_equal(box_ledger(&b, CHARGE_IN_DOUBT).n, 1);
    box_drop(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nobody_intends_without_the_claim, box_set_up,
                                        box_tear_down),
        cmocka_unit_test_setup_teardown(nothing_is_intended_for_what_has_no_price, box_set_up,
                                        box_tear_down),
        cmocka_unit_test_setup_teardown(a_charge_brings_its_records_and_its_price, box_set_up,
                                        box_tear_down),
        cmocka_unit_test_setup_teardown(calls_together_count_what_all_cost, box_set_up,
                                        box_tear_down),
        cmocka_unit_test_setup_teardown(what_is_owned_costs_nothing_again, box_set_up,
                                        box_tear_down),
        cmocka_unit_test_setup_teardown(what_was_not_found_costs_nothing, box_set_up,
                                        box_tear_down),
        cmocka_unit_test_setup_teardown(a_charge_ends_once, box_set_up, box_tear_down),
        cmocka_unit_test_setup_teardown(a_doubt_may_end_but_not_come_twice, box_set_up,
                                        box_tear_down),
        cmocka_unit_test_setup_teardown(an_end_must_make_sense, box_set_up, box_tear_down),
        cmocka_unit_test_setup_teardown(the_ledger_is_only_added_to, box_set_up, box_tear_down),
        cmocka_unit_test_setup_teardown(one_refusal_among_many_is_one, box_set_up, box_tear_down),
        cmocka_unit_test(an_intent_outlives_its_process),
    };

    return cmocka_run_group_tests_name("charge", tests, NULL, NULL);
}
