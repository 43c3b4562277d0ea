// The gate: what a command needs, and the sentence where that is not there. Tests.
#include "support/test.h"

#include <string.h>

#include "ui/frame/gate.h"

static void check(const char *command, const struct desk *d, const char *sentence)
{
    const struct cmd *c = cmd_find(command);
    struct err e = {0};
    bool passed = gate_pass(c, d, true, "L", &e);

    assert_non_null(c);
    if (!sentence) {
        assert_true(passed);
        return;
    }
    assert_false(passed);
    assert_string_equal(e.text, sentence);
}

static void test_the_account(void **state)
{
    struct desk d = {.state = DESK_NOBODY};

    (void)state;
    check("search", &d, "search needs somebody signed in: choose an account or the sandbox first");
    d.state = DESK_STARTING;
    check("search", &d, "search has to wait: Lode is still signing in");
    d.state = DESK_FAILED;
    (void)strcpy(d.failed.text, "the password is wrong");
    check("search", &d, "search needs the account: the password is wrong");
    d.state = DESK_READY;
    check("search", &d, NULL);
}

static void test_rows_and_marks(void **state)
{
    struct desk d = {.state = DESK_READY};
    struct mark mark = {0};

    (void)state;
    check("mark-all", &d, "mark-all needs rows: run a search first");
    check("mark", &d, "mark needs a row, and there is none under the cursor yet");
    check("quote", &d, "quote needs marked records: mark some rows first");
    d.marks.items = &mark;
    d.marks.n = 1;
    check("quote", &d, NULL);
}

// Where a filter shows none of the rows, what shows them again still goes.
static void test_rows_that_are_not_shown(void **state)
{
    struct page page = {.hits = 1};
    struct desk d = {.state = DESK_READY, .results.table = table_new(1, 1)};
    struct arrangement none = {.columns = (const size_t[]){0}, .n_columns = 1};
    struct row_order order;
    struct pattern *pattern;
    struct err e;

    (void)state;
    check("all-rows", &d, "all-rows needs rows: run a search first");
    page_add(&page, 1)->id = "7";
    (void)table_put(d.results.table, 1, &page, NULL);
    none.pattern = pattern = pattern_read("qqqqqq", &e);
    assert_true(table_arrange(d.results.table, &none, NULL, &order));
    table_take_order(d.results.table, &order);
    assert_int_equal(table_rows(d.results.table), 0);
    check("all-rows", &d, NULL);
    check("filter-rows", &d, NULL);
    check("mark", &d, "mark needs a row, and there is none under the cursor yet");
    pattern_unref(pattern);
    table_free(d.results.table);
    page_free(&page);
}

static void test_spending(void **state)
{
    struct desk d = {.state = DESK_READY, .locked = true};

    (void)state;
    check("buy", &d,
          "buy cannot spend here: another Lode has this profile open, and this one browses; "
          "L tries for it again");
    d.spender = true;
    check("buy", &d, "buy needs a fresh quote: run quote first");
    d.buying.state = BUYING_STALE;
    check("buy", &d, "buy needs a fresh quote: run quote first");
    d.buying.state = BUYING_QUOTED;
    check("buy", &d, "buy spends, and the spend lock is on: L opens it");
    d.locked = false;
    check("buy", &d, NULL);
}

static void test_what_spends_is_guarded(void **state)
{
    const unsigned guards = NEED_ACCOUNT | NEED_SPENDER | NEED_UNLOCKED;
    int spending = 0;

    (void)state;
    for (const struct cmd *c = cmd_all(); c->name; c++) {
        if (!(c->flags & CMD_SPENDS))
            continue;
        assert_int_equal(c->needs & guards, guards);
        spending++;
    }
    assert_int_equal(spending, 2);
    assert_true(cmd_find("buy")->needs & NEED_QUOTE);
    assert_true(cmd_find("resume-job")->flags & CMD_SPENDS);
}

static void test_without_a_screen(void **state)
{
    const struct desk d = {.state = DESK_READY};
    struct err e;

    (void)state;
    assert_false(gate_pass(cmd_find("palette"), &d, false, "lock", &e));
    assert_string_equal(e.text, "palette needs the full screen, which --linear has not");
    assert_true(gate_pass(cmd_find("palette"), &d, true, "L", &e));
    assert_int_equal(gate_met(&d, true), NEED_ACCOUNT | NEED_UNLOCKED | NEED_SCREEN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_account),
        cmocka_unit_test(test_rows_and_marks),
        cmocka_unit_test(test_rows_that_are_not_shown),
        cmocka_unit_test(test_spending),
        cmocka_unit_test(test_what_spends_is_guarded),
        cmocka_unit_test(test_without_a_screen),
    };

    return cmocka_run_group_tests_name("ui-frame-gate", tests, NULL, NULL);
}
