// Nothing is spent without the person's word: questions before buying, and keys that cannot. Tests.
#include "ui-frame/mini.h"

// A desk as it is when a quote has just come and spending was unlocked.
static struct mini_frame *quoted(void)
{
    struct mini_frame *m = mini_open(24, 80);

    m->desk->state = DESK_READY;
    m->desk->spender = true;
    m->desk->locked = false;
    m->desk->buying.state = BUYING_QUOTED;
    m->desk->usage.meters[METER_CREDITS] = (struct meter){true, 10000, 0, 10000};
    return m;
}

static void close_quoted(struct mini_frame *m)
{
    assert_int_equal(m->desk->buying.state, BUYING_QUOTED);
    m->desk->buying.state = BUYING_NONE;
    m->desk->state = DESK_NOBODY;
    mini_close(m);
}

static void test_a_purchase_is_asked_for(void **state)
{
    struct mini_frame *m = quoted();

    (void)state;
    mini_run(m, "buy 7");
    assert_string_equal(mini_focus(m), "ask");
    mini_wants(m, "at most 7 credits");
    mini_wants(m, "At least 9,993 credits");
    // The default is no, and so is Esc.
    mini_press(m, "Enter");
    assert_string_equal(mini_focus(m), "results");
    mini_run(m, "buy 7 5");
    mini_wants(m, "of those not owned");
    mini_press(m, "Esc");
    assert_string_equal(mini_focus(m), "results");
    close_quoted(m);
}

static void test_a_large_one_is_typed(void **state)
{
    struct mini_frame *m = quoted();

    (void)state;
    mini_run(m, "buy 101");
    assert_string_equal(mini_focus(m), "ask-text");
    mini_wants(m, "Type 101 to buy");
    mini_press(m, "Enter");
    mini_wants(m, "nothing was bought");
    mini_run(m, "buy 101");
    mini_type(m, "10");
    mini_press(m, "Enter");
    mini_wants(m, "nothing was bought");
    mini_run(m, "set typed-above 500");
    mini_run(m, "buy 101");
    assert_string_equal(mini_focus(m), "ask");
    mini_press(m, "Esc");
    close_quoted(m);
}

static void test_terms_are_numbers(void **state)
{
    struct mini_frame *m = quoted();

    (void)state;
    mini_run(m, "buy many");
    mini_wants(m, "\"many\" is no number of credits");
    mini_run(m, "buy 5 -1");
    mini_wants(m, "\"-1\" is no number of records");
    assert_string_equal(mini_focus(m), "results");
    close_quoted(m);
}

static void test_no_key_spends(void **state)
{
    struct mini_frame *m = quoted();

    (void)state;
    mini_run(m, "bind all B buy 5");
    mini_wants(m, "buy spends, and no key spends");
    for (size_t i = 0; i < m->frame.config.keys.len; i++) {
        const struct binding *b = &m->frame.config.keys.items[i];

        assert_false(b->cmd->flags & CMD_SPENDS);
    }
    close_quoted(m);
}

static void test_the_gate_stands_before_the_question(void **state)
{
    struct mini_frame *m = quoted();

    (void)state;
    m->desk->locked = true;
    mini_run(m, "buy 5");
    mini_wants(m, "the spend lock is on");
    assert_string_equal(mini_focus(m), "results");
    m->desk->locked = false;
    // What was true when it was asked is tested again when it is answered.
    mini_run(m, "buy 5");
    m->desk->locked = true;
    mini_press(m, "Right Enter");
    mini_wants(m, "the spend lock is on");
    close_quoted(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_purchase_is_asked_for),
        cmocka_unit_test(test_a_large_one_is_typed),
        cmocka_unit_test(test_terms_are_numbers),
        cmocka_unit_test(test_no_key_spends),
        cmocka_unit_test(test_the_gate_stands_before_the_question),
    };

    return cmocka_run_group_tests_name("ui-frame-money", tests, NULL, NULL);
}
