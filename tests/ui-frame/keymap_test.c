// Lines that bind keys: what holds in the end, and the place of every fault. Tests.
#include "support/test.h"

#include "ui/frame/keymap.h"
#include "ui/term/event.h"

struct reading {
    struct keymap keys;
    struct str faults;
};

static bool run(void *self, const struct line *line, struct err *e)
{
    return keymap_line(&((struct reading *)self)->keys, panes_all(), "k", line, e);
}

static void fault(void *self, const char *sentence)
{
    str_addf(&((struct reading *)self)->faults, "%s\n", sentence);
}

static struct reading read_lines(const char *text)
{
    struct reading r = {0};

    // The reader borrows r only while it reads.
    (void)lines_read("k", text, &(struct line_reader){&r, run, fault});
    return r;
}

static void free_reading(struct reading *r)
{
    keymap_free(&r->keys);
    str_free(&r->faults);
}

static void check_faults(const char *text, const char *faults)
{
    struct reading r = read_lines(text);

    assert_string_equal(str_text(&r.faults), faults);
    free_reading(&r);
}

static void test_faults_have_a_place(void **state)
{
    (void)state;
    check_faults("bind all j down\n  bind all k upp\n",
                 "k:2:14: there is no command \"upp\"; did you mean up\n");
    // What no key may have is not suggested either.
    check_faults("bind all k fly", "k:1:12: there is no command \"fly\"; did you mean by\n");
    check_faults("bind resluts j down", "k:1:6: keys have no context \"resluts\"; did you mean "
                                        "results\n");
    check_faults("bind all Hyper-x down", "k:1:10: there is no key \"Hyper-x\"\n");
    check_faults("bind all j", "k:1:1: too few words; it goes: bind CONTEXT KEY COMMAND...\n");
    check_faults("unbind all", "k:1:1: too few words; it goes: unbind CONTEXT KEY\n");
    check_faults("bind text x down", "k:1:11: x is a character: in text it stays what it is\n");
    check_faults("bind all B buy 5", "k:1:12: buy spends, and no key spends\n");
    check_faults("bind all o open", "");
    check_faults("bind all o split", "k:1:12: too few words; it goes: split PERCENT\n");
    check_faults("bind all z zoom 'in", "k:1:17: the quote that opens here is not closed\n");
}

static void test_the_rest_holds_after_a_fault(void **state)
{
    struct reading r = read_lines("bind all j down\nbind all k uup\nbind all l right\n");

    (void)state;
    assert_int_equal(r.keys.len, 2);
    assert_non_null(keymap_find(&r.keys, "all", 'l'));
    free_reading(&r);
}

static void test_later_lines_win(void **state)
{
    struct reading r = read_lines("bind all x export\nbind all x open log\nbind all y copy-cell\n"
                                  "unbind all y\n");

    (void)state;
    assert_string_equal(str_text(&r.faults), "");
    assert_int_equal(r.keys.len, 1);
    assert_string_equal(keymap_find(&r.keys, "all", 'x')->command, "open log");
    assert_int_equal(keymap_find(&r.keys, "all", 'x')->line, 2);
    free_reading(&r);
}

static void test_several_keys_an_action(void **state)
{
    struct reading r = read_lines("bind all j down\nbind all Down down\nbind all C-n down\n"
                                  "bind results j mark\n");
    struct str keys = {0};

    (void)state;
    keymap_keys(&r.keys, "filters", "down", &keys);
    assert_string_equal(str_text(&keys), "j Down C-n");
    str_clear(&keys);
    keymap_keys(&r.keys, "results", "down", &keys);
    assert_string_equal(str_text(&keys), "Down C-n");
    assert_int_equal(keymap_key(&r.keys, "results", "down"), K_DOWN);
    assert_int_equal(keymap_key(&r.keys, "results", "mark"), 'j');
    assert_int_equal(keymap_key(&r.keys, "filters", "mark"), 0);
    str_free(&keys);
    free_reading(&r);
}

static void test_arguments_are_kept(void **state)
{
    struct reading r = read_lines("bind all w where \"Job title=VP 'of' IT\"\n");
    struct line again;
    struct err e;

    (void)state;
    assert_true(line_split(keymap_find(&r.keys, "all", 'w')->command, 0, &again, &e));
    assert_int_equal(again.n, 2);
    assert_string_equal(again.words[1].text, "Job title=VP 'of' IT");
    line_free(&again);
    free_reading(&r);
}

static void test_what_is_text(void **state)
{
    (void)state;
    assert_true(key_is_text('a') && key_is_text(' ') && key_is_text(0x4e2d));
    assert_false(key_is_text(K_UP) || key_is_text(K_CTRL | 'a') || key_is_text(K_META | 'x'));
    assert_false(key_is_text(K_ENTER) || key_is_text(0x7f));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_faults_have_a_place),
        cmocka_unit_test(test_the_rest_holds_after_a_fault),
        cmocka_unit_test(test_later_lines_win),
        cmocka_unit_test(test_several_keys_an_action),
        cmocka_unit_test(test_arguments_are_kept),
        cmocka_unit_test(test_what_is_text),
    };

    return cmocka_run_group_tests_name("ui-frame-keymap", tests, NULL, NULL);
}
