// Long text: broken into rows, scrolled both ways, searched in both directions.
#include "ui-widget/drawing.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/rng.h"
#include "base/text.h"
#include "ui/widget/text_view.h"

enum { ROUNDS = 3000 };

static const char story[] = "# Moving\n"
                            "j goes down, k goes up one row\n"
                            "\n"
                            "数据总监\tand São Paulo\r\n"
                            "# Last";

static void draw(struct text_view *t, struct canvas *c, int h, int w, const char *want)
{
    text_view_draw(t, fresh(c, h, w), true);
    check_drawing(c, want);
}

static void test_wrapped(void **state)
{
    struct text_view t = {0};
    struct canvas c = {0};

    (void)state;
    text_view_set(&t, story, true, true);
    draw(&t, &c, 8, 16,
         "Moving\n"
         "j goes down, k\n"
         "goes up one row\n"
         "\n"
         "数据总监 and São\n"
         "Paulo\n"
         "Last\n"
         "\n");
    check_cursor(&c, 0, 0);
    check_role(&c, 0, 0, 16, ROLE_CURSOR);
    check_role(&c, 6, 0, 4, ROLE_TITLE);
    assert_true(text_view_move(&t, MOVE_BOTTOM));
    assert_false(text_view_move(&t, MOVE_RIGHT));
    draw(&t, &c, 2, 16, "Paulo\nLast\n");
    check_cursor(&c, 1, 0);
    text_view_free(&t);
    canvas_free(&c);
}

static void test_as_it_is(void **state)
{
    struct text_view t = {0};
    struct canvas c = {0};

    (void)state;
    text_view_set(&t, story, false, false);
    assert_string_equal(str_text(&t.text), story);
    draw(&t, &c, 5, 14,
         "# Moving\n"
         "j goes down, …\n"
         "\n"
         "数据总监 and …\n"
         "# Last\n");
    assert_false(text_view_move(&t, MOVE_LEFT));
    assert_true(text_view_move(&t, MOVE_RIGHT));
    draw(&t, &c, 5, 14,
         "<\n"
         "<wn, k goes u…\n"
         "<\n"
         "<and São Paulo\n"
         "<\n");
    assert_true(text_view_move(&t, MOVE_LAST));
    assert_false(text_view_move(&t, MOVE_RIGHT));
    draw(&t, &c, 5, 14,
         "<\n"
         "<s up one row\n"
         "<\n"
         "<aulo\n"
         "<\n");
    assert_true(text_view_move(&t, MOVE_FIRST));
    assert_int_equal(t.left, 0);
    text_view_free(&t);
    canvas_free(&c);
}

static void test_another_width_keeps_the_place(void **state)
{
    struct text_view t = {0};
    struct canvas c = {0};

    (void)state;
    text_view_set(&t, "one two three four five six seven eight nine ten", true, false);
    text_view_draw(&t, fresh(&c, 3, 10), true);
    assert_true(text_view_find(&t, "SEVEN", 1));
    draw(&t, &c, 3, 10, "three four\nfive six\nseven\n");
    draw(&t, &c, 2, 5, "six\nseven\n");
    draw(&t, &c, 3, 80, "one two three four five six seven eight nine ten\n\n\n");
    draw(&t, &c, 3, 10, "one two\nthree four\nfive six\n");
    text_view_free(&t);
    canvas_free(&c);
}

static void check_find(struct text_view *t, const char *text, int step, size_t row)
{
    assert_true(text_view_find(t, text, step));
    assert_int_equal(t->scroll.at, row);
}

static void test_find(void **state)
{
    struct text_view t = {0};
    struct canvas c = {0};

    (void)state;
    text_view_set(&t, "sao\nb\nin São Paulo\nb\nSAO", false, false);
    check_find(&t, "sao", 0, 0);
    check_find(&t, "sao", 1, 2);
    check_find(&t, str_text(&t.found), 1, 4);
    check_find(&t, "sao", 1, 0);
    check_find(&t, "sao", -1, 4);
    check_find(&t, "sao", -1, 2);
    text_view_draw(&t, fresh(&c, 5, 20), false);
    check_role(&c, 0, 0, 3, ROLE_FOUND);
    check_role(&c, 2, 3, 6, ROLE_FOUND);
    assert_false(text_view_find(&t, "nothing", 1));
    assert_int_equal(t.scroll.at, 2);
    assert_false(text_view_find(&t, "", 1));
    check_find(&t, "paulo", 1, 2); // the only one, and it is here
    check_find(&t, "paulo", -1, 2);
    text_view_set(&t, "", true, false);
    assert_false(text_view_find(&t, "a", 1));
    text_view_free(&t);
    canvas_free(&c);
}

// Who reads on stays where he is, also where it became shorter than that.
static void test_other_text_in_its_place(void **state)
{
    struct text_view t = {0};
    struct canvas c = {0};

    (void)state;
    text_view_set(&t, "one\ntwo\nthree\nfour\nfive", true, false);
    text_view_draw(&t, fresh(&c, 2, 8), true);
    assert_true(text_view_find(&t, "four", 1));
    text_view_change(&t, "1\n2\n3\nfour\n5\n6");
    draw(&t, &c, 2, 8, "3\nfour\n");
    assert_string_equal(str_text(&t.found), "four");
    text_view_change(&t, "1\n2");
    draw(&t, &c, 2, 8, "1\n2\n");
    text_view_free(&t);
    canvas_free(&c);
}

static void test_find_in_a_wrapped_line(void **state)
{
    struct text_view t = {0};
    struct canvas c = {0};

    (void)state;
    text_view_set(&t, "ab xx ab xx ab xx", true, false);
    draw(&t, &c, 3, 5, "ab xx\nab xx\nab xx\n");
    check_find(&t, "ab", 1, 1);
    check_find(&t, "ab", 1, 2);
    check_find(&t, "ab", 1, 0);
    check_find(&t, "xx a", 1, 1);
    check_find(&t, "xx a", -1, 0);
    text_view_free(&t);
    canvas_free(&c);
}

static void test_mouse(void **state)
{
    struct text_view t = {0};
    struct canvas c = {0};
    struct event wheel = mouse(MOUSE_WHEEL_DOWN, 0, 0), press = mouse(MOUSE_PRESS, 1, 0);
    struct event other = key('j');

    (void)state;
    text_view_set(&t, "1\n2\n3\n4\n5\n6", false, false);
    text_view_draw(&t, fresh(&c, 2, 9), true);
    assert_true(text_view_event(&t, &wheel));
    assert_int_equal(t.scroll.top, 3);
    assert_true(text_view_event(&t, &press));
    assert_int_equal(t.scroll.at, 4);
    press.y = 2;
    assert_false(text_view_event(&t, &press));
    assert_false(text_view_event(&t, &other));
    text_view_free(&t);
    canvas_free(&c);
}

static void test_small_and_empty(void **state)
{
    struct text_view t = {0};
    struct canvas c = {0};

    (void)state;
    draw(&t, &c, 2, 9, "\n\n");
    assert_false(text_view_move(&t, MOVE_DOWN));
    text_view_set(&t, "", true, true);
    draw(&t, &c, 2, 9, "\n\n");
    text_view_set(&t, "\n", true, true);
    draw(&t, &c, 2, 9, "\n\n");
    for (int wrap = 0; wrap < 2; wrap++) {
        text_view_set(&t, story, wrap, true);
        for (int h = 0; h < 4; h++) {
            for (int w = 0; w < 12; w++)
                text_view_draw(&t, fresh(&c, h, w), true);
        }
    }
    text_view_free(&t);
    canvas_free(&c);
}

static void test_what_drives_a_terminal_is_shown(void **state)
{
    struct text_view t = {0};
    struct canvas c = {0};

    (void)state;
    text_view_set(&t, "a\x1b[2Jb\nc\xff\n", false, false);
    draw(&t, &c, 3, 20, "a<U+001B>[2Jb\nc\uFFFD\n\n");
    assert_string_equal(str_text(&t.text), "a\x1b[2Jb\nc\xff\n");
    text_view_free(&t);
    canvas_free(&c);
}

// All rows one below the other are the text again, but for blanks at their ends.
static void test_nothing_is_lost(void **state)
{
    static const char *const pieces[] = {"a", "b ", "  ", "\n", "李", "e\u0301", "word", "\n\n"};
    struct rng r = rng_seed(2);
    struct text_view t = {0};
    struct canvas c = {0};
    struct str text = {0}, want = {0}, got = {0};

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        str_clear(&text);
        str_clear(&want);
        str_clear(&got);
        for (uint32_t k = 0, n = rng_below(&r, 20); k < n; k++)
            str_add(&text, pieces[rng_below(&r, ARRAY_LEN(pieces))]);
        text_view_set(&t, str_text(&text), rng_below(&r, 2), false);
        text_view_draw(&t, fresh(&c, 60, t.wrap ? 2 + (int)rng_below(&r, 12) : 99), false);
        for (int y = 0; y < c.h; y++)
            canvas_line(&c, y, &got);
        for (size_t k = 0; k < text.len; k++) {
            if (!strchr(" \n", text.data[k]))
                str_add_char(&want, text.data[k]);
        }
        for (size_t k = 0, to = 0, len = got.len; k < len; k++) {
            if (got.data[k] != ' ')
                got.data[to++] = got.data[k];
            got.len = k + 1 == len ? to : got.len;
        }
        str_cut(&got, got.len);
        assert_string_equal(str_text(&got), str_text(&want));
    }
    str_free(&text);
    str_free(&want);
    str_free(&got);
    text_view_free(&t);
    canvas_free(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wrapped),
        cmocka_unit_test(test_as_it_is),
        cmocka_unit_test(test_another_width_keeps_the_place),
        cmocka_unit_test(test_find),
        cmocka_unit_test(test_other_text_in_its_place),
        cmocka_unit_test(test_find_in_a_wrapped_line),
        cmocka_unit_test(test_mouse),
        cmocka_unit_test(test_small_and_empty),
        cmocka_unit_test(test_what_drives_a_terminal_is_shown),
        cmocka_unit_test(test_nothing_is_lost),
    };

    return cmocka_run_group_tests_name("ui-widget-text-view", tests, use_utf8, NULL);
}
