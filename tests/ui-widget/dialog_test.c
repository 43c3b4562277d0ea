// Buttons by keys and mouse, and text wrapped at blanks.
#include "ui-widget/drawing.h"

#include <stdbool.h>
#include <string.h>

#include "base/mem.h"
#include "base/rng.h"
#include "base/text.h"
#include "ui/widget/dialog.h"
#include "ui/widget/wrap.h"

enum { ROUNDS = 5000 };

static struct buttons three(void)
{
    return (struct buttons){.labels = {"Cancel", "Try 5", "triM"}, .n = 3};
}

static int press(struct buttons *b, uint32_t code, bool taken)
{
    struct event ev = key(code);
    bool was;
    int button = buttons_event(b, &ev, &was);

    assert_int_equal(was, taken);
    return button;
}

static void test_buttons(void **state)
{
    struct buttons b = three();
    struct canvas c = {0};

    (void)state;
    buttons_draw(&b, fresh(&c, 1, 40), true);
    check_drawing(&c, "[>Cancel<] [ Try 5 ] [ triM ]\n");
    check_cursor(&c, 0, 2);
    check_role(&c, 0, 0, 10, ROLE_CHOSEN);
    check_role(&c, 0, 11, 20, ROLE_CHOICE);
    assert_int_equal(press(&b, K_RIGHT, true), -1);
    assert_int_equal(press(&b, K_ENTER, true), 1);
    assert_int_equal(press(&b, K_TAB, true), -1);
    assert_int_equal(press(&b, ' ', true), 2);
    assert_int_equal(press(&b, K_TAB, true), -1);
    assert_int_equal(press(&b, K_ENTER, true), 0);
    assert_int_equal(press(&b, K_SHIFT | K_TAB, true), -1);
    assert_int_equal(press(&b, K_ENTER, true), 2);
    assert_int_equal(press(&b, K_LEFT, true), -1);
    assert_int_equal(b.at, 1);
    assert_int_equal(press(&b, 'm', true), 2);
    assert_int_equal(press(&b, 'T', true), 1);
    assert_int_equal(press(&b, 'l', false), -1); // the owner's to say
    assert_int_equal(b.at, 1);
    assert_int_equal(press(&b, 'r', false), -1);
    assert_int_equal(press(&b, K_ESCAPE, false), -1);
    buttons_draw(&b, fresh(&c, 1, 40), false);
    check_drawing(&c, "[ Cancel ] [>Try 5<] [ triM ]\n");
    check_cursor(&c, -1, -1);
    canvas_free(&c);
}

static void test_blocked_buttons(void **state)
{
    struct buttons b = three();
    struct canvas c = {0};
    struct event click = mouse(MOUSE_PRESS, 0, 13);
    bool taken = true;

    (void)state;
    b.blocked[1] = true;
    buttons_draw(&b, fresh(&c, 1, 40), true);
    check_drawing(&c, "[>Cancel<] ( Try 5 ) [ triM ]\n");
    check_role(&c, 0, 11, 20, ROLE_DIM);
    assert_int_equal(press(&b, 't', false), -1);
    assert_int_equal(buttons_event(&b, &click, &taken), -1);
    assert_false(taken);
    assert_true(buttons_move(&b, MOVE_RIGHT));
    assert_int_equal(b.at, 2);
    assert_false(buttons_move(&b, MOVE_RIGHT));
    assert_false(buttons_move(&b, MOVE_DOWN));
    assert_true(buttons_move(&b, MOVE_FIRST));
    assert_true(buttons_move(&b, MOVE_LAST));
    b.blocked[0] = b.blocked[2] = true;
    assert_false(buttons_move(&b, MOVE_LEFT));
    assert_int_equal(press(&b, K_ENTER, true), -1);
    canvas_free(&c);
}

static void test_buttons_where_there_is_no_room(void **state)
{
    struct buttons b = three();
    struct canvas c = {0};

    (void)state;
    b.at = 2;
    buttons_draw(&b, fresh(&c, 1, 20), true);
    check_drawing(&c, "[ Try 5 ] [>triM<]\n");
    assert_int_equal(b.x[0], -1);
    assert_int_equal(b.x[1], 0);
    check_cursor(&c, 0, 12);
    buttons_draw(&b, fresh(&c, 1, 6), true);
    check_drawing(&c, "[>tri…\n");
    buttons_draw(&b, fresh(&c, 0, 0), true);
    b.n = 0;
    buttons_draw(&b, fresh(&c, 1, 6), true);
    check_drawing(&c, "\n");
    assert_int_equal(press(&b, K_ENTER, true), -1);
    assert_int_equal(press(&b, K_TAB, true), -1);
    canvas_free(&c);
}

static void test_clicks(void **state)
{
    static const struct {
        int x, button;
    } cases[] = {{0, 0}, {9, 0}, {10, -1}, {11, 1}, {19, 1}, {21, 2}, {28, 2}, {29, -1}};
    struct buttons b = three();
    struct canvas c = {0};

    (void)state;
    buttons_draw(&b, fresh(&c, 1, 40), true);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct event ev = mouse(MOUSE_PRESS, 0, cases[i].x), below = mouse(MOUSE_PRESS, 1, 0);
        bool taken;

        assert_int_equal(buttons_event(&b, &ev, &taken), cases[i].button);
        assert_int_equal(taken, cases[i].button >= 0);
        assert_int_equal(buttons_event(&b, &below, &taken), -1);
        assert_false(taken);
    }
    canvas_free(&c);
}

static void check_wrapped(int w, const char *text, int rows, const char *want)
{
    struct canvas c = {0};

    canvas_size(&c, rows ? rows : 1, w);
    assert_int_equal(wrapped_text(canvas_area(&c), 0, -1, text), rows);
    assert_int_equal(role_at(&c, 0, 0), ROLE_TEXT);
    assert_int_equal(wrapped_text(canvas_area(&c), 0, ROLE_DIM, text), rows);
    check_drawing(&c, want);
    canvas_free(&c);
}

static void test_wrapped_text(void **state)
{
    (void)state;
    check_wrapped(10, "", 0, "\n");
    check_wrapped(10, "one", 1, "one\n");
    check_wrapped(10, "one two three", 2, "one two\nthree\n");
    check_wrapped(7, "one two three", 2, "one two\nthree\n");
    check_wrapped(10, "one two   three", 2, "one two\nthree\n");
    check_wrapped(5, "a longword b", 3, "a\nlongw\nord b\n");
    check_wrapped(5, "a\n\nb\n", 3, "a\n\nb\n");
    check_wrapped(5, "数据总监x", 2, "数据\n总监x\n");
    check_wrapped(1, "李a", 2, "…\na\n");
    check_wrapped(9, "a\u202eb c", 2, "a<U+202E>\nb c\n");
}

static void test_wrapped_text_is_cut_off_below(void **state)
{
    struct canvas c = {0};

    (void)state;
    canvas_size(&c, 2, 5);
    assert_int_equal(wrapped_text(canvas_area(&c), 1, ROLE_TEXT, "one two three"), 3);
    check_drawing(&c, "\none\n");
    assert_int_equal(wrapped_text(area_part(canvas_area(&c), 0, 0, 0, 0), 0, ROLE_TEXT, "x"), 0);
    canvas_free(&c);
}

// Rows fit, nothing but blanks is lost, and each row is as long as it can be.
static void test_rows_of_random_text(void **state)
{
    struct rng r = rng_seed(8);

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        char text[40] = "";
        size_t len = rng_below(&r, sizeof(text)), next = 0;
        int w = 1 + (int)rng_below(&r, 12);

        for (size_t k = 0; k < len; k++)
            text[k] = "abc  "[rng_below(&r, 5)];
        for (size_t at = 0; at < len; at += next) {
            size_t n = wrap_row(text + at, len - at, w, &next);

            assert_true(n > 0 && n <= (size_t)w && next >= n);
            for (size_t k = n; k < next; k++)
                assert_int_equal(text[at + k], ' ');
            if (next < len - at && n < (size_t)w) {
                size_t word = strcspn(text + at + next, " ");

                assert_true(next + word > (size_t)w);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_buttons),
        cmocka_unit_test(test_blocked_buttons),
        cmocka_unit_test(test_buttons_where_there_is_no_room),
        cmocka_unit_test(test_clicks),
        cmocka_unit_test(test_wrapped_text),
        cmocka_unit_test(test_wrapped_text_is_cut_off_below),
        cmocka_unit_test(test_rows_of_random_text),
    };

    return cmocka_run_group_tests_name("ui-widget-dialog", tests, use_utf8, NULL);
}
