// The log that a killed process leaves beside its ledger: put away, lost, ruined, set aside with
// it; never played into another file. Tests.
#include "store/ruin.h"

#include <signal.h>

static void buy_and_die(void *arg)
{
    struct box *b = arg;

    box_start(b);
    (void)box_buy(b, 500000, 5);
    (void)kill(getpid(), SIGKILL);
}

// A full ledger, and in its log what a process bought that was killed.
static void make_interrupted(struct box *b)
{
    make_full(b);
    (void)box_child(buy_and_die, b);
    assert_true(box_has(b, "ledger.db-wal"));
}

static void expect_one_file(struct box *b)
{
    box_close(b);
    assert_false(box_has(b, "ledger.db-wal") || box_has(b, "ledger.db-shm") ||
                 box_has(b, "ledger.db-journal"));
}

static void the_next_one_puts_a_killed_ones_log_away(void **state)
{
    struct box b;

    (void)state;
    make_interrupted(&b);
    box_open(&b);
    assert_string_equal(b.note, "");
    assert_int_equal(box_totals(&b).credits, CALLS * BOX_CALL + 5);
    expect_one_file(&b);
    box_start(&b);
    assert_int_equal(box_totals(&b).credits, CALLS * BOX_CALL + 5);
    (void)box_buy(&b, 600000, 5);
    expect_one_file(&b);
    box_drop(&b);
}

static void a_log_that_is_gone_is_said(void **state)
{
    struct box b;

    (void)state;
    make_interrupted(&b);
    box_remove(&b, "ledger.db-wal");
    box_open(&b);
    expect_note(&b, "ledger.db-wal");
    expect_note(&b, "lode usage");
    expect_all(&b);
    box_claim(&b);
    (void)box_buy(&b, 700000, 1);
    expect_one_file(&b);
    box_open(&b);
    assert_string_equal(b.note, "");
    box_drop(&b);
}

// The log of a file that was set aside must never be played into the backup that took its place.
static void a_log_goes_with_its_file(void **state)
{
    (void)state;
    for (int gone = 0; gone < 2; gone++) {
        struct box b;

        make_interrupted(&b);
        if (gone)
            box_remove(&b, "ledger.db");
        else
            zero(&b, "ledger.db");
        box_open(&b);
        expect_note(&b, "its backup of 20");
        expect_all(&b);
        assert_int_equal(count_files(&b, "^ledger.db.broken-.*-wal$"), 1);
        expect_one_file(&b);
        assert_int_equal(
            box_sql(&b, "ledger.db", "SELECT integrity_check = 'ok' FROM pragma_integrity_check"),
            1);
        box_drop(&b);
    }
}

static void a_ruined_log_harms_nothing_before_it(void **state)
{
    static const struct ruin *const kinds[] = {&ruins[0], &ruins[1], &ruins[2], &ruins[4]};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        struct box b;
        struct ledger_totals t;

        make_interrupted(&b);
        kinds[i]->ruin(&b, "ledger.db-wal");
        box_open(&b);
        t = box_totals(&b);
        assert_true(t.credits >= CALLS * BOX_CALL);
        assert_true(box_find(&b, "7").held);
        box_claim(&b);
        assert_int_equal(box_buy(&b, 900000, 2), 2);
        expect_one_file(&b);
        box_drop(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_next_one_puts_a_killed_ones_log_away),
        cmocka_unit_test(a_log_that_is_gone_is_said),
        cmocka_unit_test(a_log_goes_with_its_file),
        cmocka_unit_test(a_ruined_log_harms_nothing_before_it),
    };

    return cmocka_run_group_tests_name("wal", tests, NULL, NULL);
}
