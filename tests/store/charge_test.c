// A charge from its intent to its end: what may follow what, what it costs, what it brings. Tests.
#include "store/box.h"

#include <signal.h>

static int set_up(void **state)
{
    struct box *b = mem_zalloc(sizeof(*b));

    box_make(b);
    box_start(b);
    *state = b;
    return 0;
}

static int tear_down(void **state)
{
    box_drop(*state);
    free(*state);
    return 0;
}

struct seen {
    int n;
    struct ledger_row last;
    char text[4096]; // its states in order
};

static bool see(void *arg, const struct ledger_row *row)
{
    struct seen *s = arg;

    s->n++;
    s->last = *row;
    (void)strcat(strcat(s->text, s->n > 1 ? "," : ""), charge_state_name(row->state));
    return true;
}

static struct seen ledger(struct box *b, int state)
{
    struct seen seen = {0};
    struct err e;

    assert_true(store_ledger_each(b->s, state, see, &seen, &e));
    return seen;
}

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
    assert_int_equal(ledger(&other, -1).n, 0);
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
    assert_int_equal(ledger(b, -1).n, 0);
}

static void a_charge_brings_its_records_and_its_price(void **state)
{
    struct box *b = *state;
    struct ledger_totals t;
    struct seen seen;
    struct call c;

    call_make(&c, 100, 3);
    c.t.charge.quoted_max = 7;
    box_intend(b, &c);
    seen = ledger(b, -1);
    assert_string_equal(seen.text, "intent");
    assert_int_equal(seen.last.ended_ms, 0);
    assert_true(box_find(b, "101").in_doubt);
    b->now_ms += 2000;
    assert_int_equal(box_settle(b, &c), 3);
    seen = ledger(b, -1);
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
    assert_string_equal(ledger(b, -1).text, "released,rejected,charged");
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
    assert_string_equal(ledger(b, -1).text, "rejected");
    assert_int_equal(ledger(b, -1).n, 1);
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
    assert_string_equal(ledger(b, -1).text, "intent");
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
        "INSERT INTO charge_event (charge, final, state, at_ms, http, request_id, reason, credits,"
        " records, requests) VALUES (1, 0, 'in doubt', 0, 0, '', '', 0, 0, 0)"};
    struct box *b = *state;
    char *path = box_path(b, "ledger.db");
    sqlite3 *db;

    (void)box_buy(b, 1, 2);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    for (size_t i = 0; i < ARRAY_LEN(changes); i++)
        assert_int_equal(sqlite3_exec(db, changes[i], NULL, NULL, NULL), SQLITE_CONSTRAINT);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    assert_string_equal(ledger(b, -1).text, "charged");
    free(path);
}

static void kept_is(struct box *b, int64_t id, const char *bytes, size_t len)
{
    struct str got = {0};
    struct err e;

    assert_true(store_charge_answer(b->s, id, &got, &e));
    assert_int_equal(got.len, len);
    assert_memory_equal(got.data, bytes, len);
    str_free(&got);
}

static void what_came_of_an_unsound_answer_is_kept(void **state)
{
    struct box *b = *state;
    static const char bytes[] = "{\"data\":\0\xff half";
    struct str came = {0}, got = {0};
    struct call c;
    struct err e;

    str_add_len(&came, bytes, sizeof(bytes));
    call_make(&c, 1, 2);
    box_intend(b, &c);
    call_end(&c, CHARGE_IN_DOUBT);
    c.t.how.came = &came;
    (void)box_settle(b, &c);
    assert_int_equal(ledger(b, -1).last.answer_kept, sizeof(bytes));
    kept_is(b, c.t.charge.id, bytes, sizeof(bytes));
    // It stays when the doubt ends.
    (void)box_buy(b, 1, 2);
    call_end(&c, CHARGE_RECONCILED);
    (void)box_settle(b, &c);
    kept_is(b, c.t.charge.id, bytes, sizeof(bytes));
    assert_false(store_charge_answer(b->s, c.t.charge.id + 1, &got, &e));
    assert_int_equal(e.kind, ERR_NOT_FOUND);
    assert_int_equal(ledger(b, CHARGE_CHARGED).last.answer_kept, 0);
    str_free(&came);
}

static void of_a_huge_answer_the_first_mebibyte_is_kept(void **state)
{
    enum { HUGE_LEN = 3 << 20, KEPT = 1 << 20 };

    struct box *b = *state;
    struct str came = {0};
    struct call c;

    while (came.len < HUGE_LEN)
        str_addf(&came, "%zu,", came.len);
    call_make(&c, 1, 2);
    box_intend(b, &c);
    call_end(&c, CHARGE_IN_DOUBT);
    c.t.how.came = &came;
    (void)box_settle(b, &c);
    kept_is(b, c.t.charge.id, came.data, KEPT);
    assert_int_equal(ledger(b, -1).last.answer_kept, KEPT);
    str_free(&came);
}

// Who opts out is in no answer that is kept either.
static void an_opt_out_takes_the_kept_answers_that_may_name_it(void **state)
{
    struct box *b = *state;
    struct str came = {0};
    struct call c[2], gone;

    str_add(&came, "canary-4711");
    for (int i = 0; i < 2; i++) {
        call_make(&c[i], 100 * i, 3);
        box_intend(b, &c[i]);
        call_end(&c[i], CHARGE_IN_DOUBT);
        c[i].t.how.came = &came;
        (void)box_settle(b, &c[i]);
    }
    call_make(&gone, 101, 1);
    gone.bought[0] = (struct bought){"101", NULL, "OPT_OUT", NULL, "id", false, true};
    box_intend(b, &gone);
    (void)box_settle(b, &gone);
    kept_is(b, c[0].t.charge.id, came.data, came.len);
    assert_int_equal(ledger(b, CHARGE_IN_DOUBT).last.id, c[1].t.charge.id);
    assert_int_equal(ledger(b, CHARGE_IN_DOUBT).last.answer_kept, 0);
    str_free(&came);
}

// Two inputs may name the same record: it is owned once, costs once, and what is searched of it is
// what came last.
static void a_record_that_comes_twice_in_an_answer_is_one(void **state)
{
    struct box *b = *state;
    struct call c;

    call_make(&c, 7, 2);
    c.bought[1].id = c.bought[0].id;
    box_intend(b, &c);
    assert_int_equal(box_settle(b, &c), 1);
    assert_int_equal(box_sql(b, "ledger.db", "SELECT count(*) FROM answer"), 1);
    assert_int_equal(box_sql(b, "ledger.db", "SELECT count(*) FROM change"), 1);
}

// Nor, once the store is quiet, in the words of a search that found it; those of others stay.
static void an_opt_out_takes_the_words_it_was_found_by(void **state)
{
    struct box *b = *state;
    struct call c[2];

    for (int i = 0; i < 2; i++) {
        call_make(&c[i], 100 * i, 2);
        c[i].t.charge.origin = i ? "lastName = Canary" : "state = Texas";
        box_intend(b, &c[i]);
    }
    c[1].bought[1] = (struct bought){"101", NULL, "OPT_OUT", NULL, "id", false, true};
    for (int i = 0; i < 2; i++)
        (void)box_settle(b, &c[i]);
    box_close(b);
    assert_int_equal(box_sql(b, "ledger.db", "SELECT count(*) FROM charge_origin"), 1);
    assert_int_equal(box_sql(b, "ledger.backup",
                             "SELECT count(*) FROM charge_origin WHERE text = 'state = Texas'"),
                     1);
    assert_int_equal(box_sql(b, "ledger.backup", "SELECT count(*) FROM charge_origin"), 1);
    box_open(b);
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
    assert_int_equal(ledger(b, -1).n, CHARGES);
    assert_int_equal(ledger(b, CHARGE_RELEASED).n, CHARGES / 2);
    assert_int_equal(ledger(b, CHARGE_IN_DOUBT).n, 0);
    assert_int_equal(ledger(b, -1).last.id, c.t.charge.id);
    assert_true(store_ledger_each(b->s, -1, stop_at_two, &n, &e));
    assert_int_equal(n, 2);
    call_make(&c, 7, 3);
    box_intend(b, &c);
    assert_true(store_charge_records(b->s, c.t.charge.id, join, records, &e));
    assert_string_equal(records, "7 8 9 ");
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
    assert_int_equal(ledger(b, CHARGE_INTENT).n, MANY - 1);
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
    struct seen seen;
    int status;

    (void)state;
    box_make(&b);
    status = box_child(kill_after_intent, &b);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    box_open(&b);
    assert_string_equal(ledger(&b, -1).text, "intent");
    assert_true(box_find(&b, "25").in_doubt);
    box_claim(&b);
    seen = ledger(&b, -1);
    assert_string_equal(seen.text, "in doubt");
    assert_int_equal(box_totals(&b).in_doubt_max, 25);
    box_close(&b);
    // Claimed again, a doubt stays one doubt.
    box_start(&b);
    assert_int_equal(ledger(&b, CHARGE_IN_DOUBT).n, 1);
    box_drop(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nobody_intends_without_the_claim, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_is_intended_for_what_has_no_price, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_charge_brings_its_records_and_its_price, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_charge_tells_all_of_itself, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_owned_costs_nothing_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_not_found_costs_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_charge_ends_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_doubt_may_end_but_not_come_twice, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_end_must_make_sense, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_came_of_an_unsound_answer_is_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(of_a_huge_answer_the_first_mebibyte_is_kept, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(an_opt_out_takes_the_kept_answers_that_may_name_it, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_record_that_comes_twice_in_an_answer_is_one, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(an_opt_out_takes_the_words_it_was_found_by, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_ledger_is_only_added_to, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_ledger_reads_back_in_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_refusal_among_many_is_one, set_up, tear_down),
        cmocka_unit_test(an_intent_outlives_its_process),
    };

    return cmocka_run_group_tests_name("charge", tests, NULL, NULL);
}
