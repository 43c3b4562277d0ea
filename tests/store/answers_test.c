// What an answer leaves behind: what was unsound of it, what came twice, what opted out. Tests.
#include "store/box.h"

#include "store/jobs.h"

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
    assert_int_equal(box_ledger(b, -1).last.answer_kept, sizeof(bytes));
    kept_is(b, c.t.charge.id, bytes, sizeof(bytes));
    // It stays when the doubt ends.
    (void)box_buy(b, 1, 2);
    call_end(&c, CHARGE_RECONCILED);
    (void)box_settle(b, &c);
    kept_is(b, c.t.charge.id, bytes, sizeof(bytes));
    assert_false(store_charge_answer(b->s, c.t.charge.id + 1, &got, &e));
    assert_int_equal(e.kind, ERR_NOT_FOUND);
    assert_int_equal(box_ledger(b, CHARGE_CHARGED).last.answer_kept, 0);
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
    assert_int_equal(box_ledger(b, -1).last.answer_kept, KEPT);
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
    gone.bought[0] = (struct bought){"101", NULL, "OPT_OUT", NULL, "id", false, true, NULL};
    box_intend(b, &gone);
    (void)box_settle(b, &gone);
    kept_is(b, c[0].t.charge.id, came.data, came.len);
    assert_int_equal(box_ledger(b, CHARGE_IN_DOUBT).last.id, c[1].t.charge.id);
    assert_int_equal(box_ledger(b, CHARGE_IN_DOUBT).last.answer_kept, 0);
    str_free(&came);
}

// Whoever opted out, and was named otherwise, is not sent by the id that the answer told either.
static void an_opt_out_suppresses_input_and_id(void **state)
{
    struct box *b = *state;
    struct call c;

    call_make(&c, 7, 1);
    c.bought[0] = (struct bought){"4711", "input:abc", "OPT_OUT", NULL, "id", false, true, NULL};
    box_intend(b, &c);
    (void)box_settle(b, &c);
    assert_true(box_find(b, "4711").suppressed);
    assert_true(box_find(b, "input:abc").suppressed);
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

// Nor, once the store is quiet, in the words of a search that named it; those of others stay, and
// where it was chosen otherwise.
static void an_opt_out_takes_the_words_it_was_found_by(void **state)
{
    struct box *b = *state;
    static const char *const origins[] = {"state = Texas", "lastName = Canary", "vps.csv",
                                          "state = Ohio; firstName = Canary",
                                          "jobTitle = VP; companyName = Acme"};
    enum { ORIGINS = sizeof(origins) / sizeof(*origins) };
    struct call c[ORIGINS];

    for (int i = 0; i < ORIGINS; i++) {
        call_make(&c[i], 100 * i, 2);
        c[i].t.charge.origin = origins[i];
        box_intend(b, &c[i]);
    }
    for (int i = 1; i < ORIGINS; i++)
        c[i].bought[1] =
            (struct bought){c[i].bought[1].id, NULL, "OPT_OUT", NULL, "id", false, true, NULL};
    for (int i = 0; i < ORIGINS; i++)
        (void)box_settle(b, &c[i]);
    box_close(b);
    assert_int_equal(box_sql(b, "ledger.db", "SELECT count(*) FROM charge_origin"), 3);
    assert_int_equal(
        box_sql(b, "ledger.db", "SELECT count(*) FROM charge_origin WHERE text LIKE '%Canary%'"),
        0);
    assert_int_equal(box_sql(b, "ledger.backup",
                             "SELECT count(*) FROM charge_origin WHERE text = 'state = Texas'"),
                     1);
    assert_int_equal(box_sql(b, "ledger.backup", "SELECT count(*) FROM charge_origin"), 3);
    box_open(b);
}

static bool add_absent(void *arg, const char *record, char letter)
{
    str_addf(arg, "%s%c ", record, letter);
    return true;
}

// Of a record that came nobody is told that it did not, whatever it cost.
static void a_job_is_told_what_came_without_a_record(void **state)
{
    struct box *b = *state;
    struct meters_moved moved = {.credits = 0, .records = 3};
    struct str told = {0};
    struct call c;
    struct err e;

    call_make(&c, 1, 3);
    c.t.charge.job = 4;
    for (int i = 0; i < 2; i++)
        c.bought[i] = (struct bought){.id = c.names[i], .found = true, .gone = true};
    c.t.how.moved = &moved;
    box_intend(b, &c);
    assert_int_equal(box_settle(b, &c), 0);
    call_make(&c, 11, 2);
    c.t.charge.job = 4;
    moved.credits = 1;
    moved.records = 2;
    c.t.how.moved = &moved;
    box_intend(b, &c);
    assert_int_equal(box_settle(b, &c), 1);
    assert_int_equal(box_sql(b, "ledger.db",
                             "SELECT outcome = 'mm' FROM charge_event WHERE final"
                             " ORDER BY charge DESC"),
                     1);
    assert_true(store_job_absent(b->s, 4, add_absent, &told, &e));
    assert_string_equal(str_text(&told), "1h 2h ");
    str_free(&told);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_came_of_an_unsound_answer_is_kept, box_set_up,
                                        box_tear_down),
        cmocka_unit_test_setup_teardown(of_a_huge_answer_the_first_mebibyte_is_kept, box_set_up,
                                        box_tear_down),
        cmocka_unit_test_setup_teardown(an_opt_out_takes_the_kept_answers_that_may_name_it,
                                        box_set_up, box_tear_down),
        cmocka_unit_test_setup_teardown(an_opt_out_suppresses_input_and_id, box_set_up,
                                        box_tear_down),
        cmocka_unit_test_setup_teardown(a_job_is_told_what_came_without_a_record, box_set_up,
                                        box_tear_down),
        cmocka_unit_test_setup_teardown(a_record_that_comes_twice_in_an_answer_is_one, box_set_up,
                                        box_tear_down),
        cmocka_unit_test_setup_teardown(an_opt_out_takes_the_words_it_was_found_by, box_set_up,
                                        box_tear_down),
    };

    return cmocka_run_group_tests_name("answers", tests, NULL, NULL);
}
