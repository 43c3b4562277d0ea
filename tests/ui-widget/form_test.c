// A form: fields and groups drawn at several sizes, edited in place, by keys and by mouse.
#include "ui-widget/drawing.h"

#include <stdbool.h>

#include "base/mem.h"
#include "base/rng.h"
#include "ui/widget/form.h"

enum { ROUNDS = 4000 };

static const struct form_field fields[] = {
    {"Company", NULL, NULL, ROLE_TEXT, false, false, false},
    {"Industry", "= Software", NULL, ROLE_TEXT, false, false, false},
    {"Revenue", ">= 10", "million dollars", ROLE_WARNING, false, false, false},
    {"Owner", "", "not in this account", ROLE_TEXT, true, false, false},
    {"Contact", NULL, NULL, ROLE_TEXT, false, false, false},
    {"Password", "hunter2", NULL, ROLE_TEXT, false, true, false},
    {"+ another field", "", NULL, ROLE_TEXT, false, false, true},
};

static size_t count(void *self)
{
    return *(size_t *)self;
}

static struct form_field field(void *self, size_t i)
{
    assert_true(i < *(size_t *)self);
    return fields[i % ARRAY_LEN(fields)];
}

static size_t seven = 7;

static struct form form_of(size_t *n)
{
    return (struct form){.source = {n, count, field}};
}

static enum form_result press(struct form *f, uint32_t code)
{
    struct event ev = key(code);

    return form_event(f, &ev);
}

static void test_drawing(void **state)
{
    struct form f = form_of(&seven);
    struct canvas c = {0};

    (void)state;
    form_draw(&f, fresh(&c, 8, 46), true);
    check_drawing(&c, "Company\n"
                      "> Industry         = Software\n"
                      "  Revenue          >= 10  million dollars\n"
                      "  Owner            not in this account\n"
                      "Contact\n"
                      "  Password         ••••••••\n"
                      "  + another field\n"
                      "\n");
    check_cursor(&c, 1, 2);
    check_role(&c, 0, 0, 7, ROLE_TITLE);
    check_role(&c, 1, 0, 46, ROLE_CURSOR);
    check_role(&c, 2, 2, 9, ROLE_LABEL);
    check_role(&c, 2, 19, 24, ROLE_WARNING);
    check_role(&c, 3, 2, 7, ROLE_DIM);
    f.label_width = 8;
    form_draw(&f, fresh(&c, 7, 24), false);
    check_drawing(&c, "Company\n"
                      "> Industry  = Software\n"
                      "  Revenue   >= 10  mill…\n"
                      "  Owner     not in this…\n"
                      "Contact\n"
                      "  Password  ••••••••\n"
                      "  + another field\n");
    check_role(&c, 1, 0, 24, ROLE_CURSOR_AWAY);
    check_cursor(&c, -1, -1);
    canvas_free(&c);
}

static void test_moves_pass_headings_over(void **state)
{
    struct form f = form_of(&seven);
    struct canvas c = {0};

    (void)state;
    form_draw(&f, fresh(&c, 3, 30), true);
    assert_false(form_move(&f, MOVE_UP));
    assert_int_equal(f.scroll.at, 1);
    assert_true(form_move(&f, MOVE_DOWN));
    assert_true(form_move(&f, MOVE_DOWN));
    assert_true(form_move(&f, MOVE_DOWN));
    assert_int_equal(f.scroll.at, 5);
    assert_true(form_move(&f, MOVE_BOTTOM));
    assert_false(form_move(&f, MOVE_DOWN));
    assert_int_equal(f.scroll.at, 6);
    assert_true(form_move(&f, MOVE_UP));
    assert_true(form_move(&f, MOVE_UP));
    assert_int_equal(f.scroll.at, 3);
    assert_true(form_move(&f, MOVE_TOP));
    assert_int_equal(f.scroll.at, 1);
    form_draw(&f, fresh(&c, 3, 30), true);
    check_drawing(&c, "Company\n"
                      "> Industry        = Software\n"
                      "  Revenue         >= 10  mill…\n");
    assert_false(form_move(&f, MOVE_RIGHT));
    canvas_free(&c);
}

static void test_a_heading_comes_with_its_first_field(void **state)
{
    struct form f = form_of(&seven);
    struct canvas c = {0};

    (void)state;
    form_draw(&f, fresh(&c, 2, 30), true);
    (void)form_move(&f, MOVE_BOTTOM);
    form_draw(&f, fresh(&c, 2, 30), true);
    (void)form_move(&f, MOVE_UP);
    form_draw(&f, fresh(&c, 2, 30), true);
    check_drawing(&c, "Contact\n"
                      "> Password        ••••••••\n");
    canvas_free(&c);
}

static void test_editing(void **state)
{
    struct form f = form_of(&seven);
    struct canvas c = {0};

    (void)state;
    form_draw(&f, fresh(&c, 7, 30), true);
    assert_int_equal(press(&f, 'x'), FORM_NOT_MINE);
    assert_true(form_edit(&f, "Soft"));
    assert_int_equal(press(&f, 'w'), FORM_TAKEN);
    assert_int_equal(press(&f, K_DOWN), FORM_NOT_MINE);
    form_draw(&f, fresh(&c, 2, 30), true);
    check_drawing(&c, "Company\n"
                      "> Industry        Softw\n");
    check_cursor(&c, 1, 23);
    check_role(&c, 1, 18, 30, ROLE_FIELD);
    assert_int_equal(press(&f, K_ENTER), FORM_ENTERED);
    assert_false(f.editing);
    assert_string_equal(str_text(&f.edit.text), "Softw");
    assert_true(form_edit(&f, "Soft"));
    assert_int_equal(press(&f, K_ESCAPE), FORM_LEFT);
    assert_false(f.editing);
    scroll_to(&f.scroll, 3);
    assert_false(form_edit(&f, "x")); // blocked
    scroll_to(&f.scroll, 5);
    assert_true(form_edit(&f, "pw"));
    form_draw(&f, fresh(&c, 7, 30), true);
    check_drawing(&c, "Company\n"
                      "  Industry        = Software\n"
                      "  Revenue         >= 10  mill…\n"
                      "  Owner           not in this…\n"
                      "Contact\n"
                      "> Password        ••\n"
                      "  + another field\n");
    form_draw(&f, fresh(&c, 7, 12), true); // too narrow for a field beside its label
    check_cursor(&c, 5, 4);
    form_free(&f);
    canvas_free(&c);
}

static enum form_result at(struct form *f, enum mouse_what what, int y)
{
    struct event ev = mouse(what, y, 3);

    return form_event(f, &ev);
}

static void test_mouse(void **state)
{
    struct form f = form_of(&seven);
    struct canvas c = {0};

    (void)state;
    form_draw(&f, fresh(&c, 4, 30), true);
    assert_int_equal(at(&f, MOUSE_PRESS, 2), FORM_TAKEN);
    assert_int_equal(f.scroll.at, 2);
    assert_int_equal(at(&f, MOUSE_PRESS, 0), FORM_NOT_MINE); // a heading
    assert_int_equal(f.scroll.at, 2);
    assert_int_equal(at(&f, MOUSE_DOUBLE, 3), FORM_CHOSEN);
    assert_int_equal(f.scroll.at, 3);
    assert_int_equal(at(&f, MOUSE_PRESS, 4), FORM_NOT_MINE);
    assert_int_equal(at(&f, MOUSE_RELEASE, 1), FORM_NOT_MINE);
    assert_int_equal(at(&f, MOUSE_WHEEL_DOWN, 1), FORM_TAKEN);
    assert_int_equal(f.scroll.top, 3);
    assert_int_equal(at(&f, MOUSE_WHEEL_UP, 1), FORM_TAKEN);
    assert_int_equal(f.scroll.top, 0);
    // The rows may have moved under the first press of two.
    assert_int_equal(at(&f, MOUSE_PRESS, 2), FORM_TAKEN);
    f.scroll.top++;
    assert_int_equal(at(&f, MOUSE_RELEASE, 2), FORM_NOT_MINE);
    assert_int_equal(at(&f, MOUSE_DOUBLE, 2), FORM_CHOSEN);
    assert_int_equal(f.scroll.at, 2);
    // A button is chosen by one click, and by two not twice.
    assert_int_equal(at(&f, MOUSE_WHEEL_DOWN, 1), FORM_TAKEN);
    assert_int_equal(at(&f, MOUSE_PRESS, 3), FORM_CHOSEN);
    assert_int_equal(f.scroll.at, 6);
    assert_int_equal(at(&f, MOUSE_DOUBLE, 3), FORM_TAKEN);
    assert_int_equal(at(&f, MOUSE_WHEEL_UP, 1), FORM_TAKEN);
    assert_int_equal(at(&f, MOUSE_PRESS, 1), FORM_TAKEN);
    assert_true(form_edit(&f, "a"));
    assert_int_equal(at(&f, MOUSE_PRESS, 1), FORM_TAKEN);
    assert_true(f.editing);
    assert_int_equal(at(&f, MOUSE_PRESS, 2), FORM_ENTERED);
    assert_int_equal(f.scroll.at, 1); // the owner still has to know which field it was
    form_free(&f);
    canvas_free(&c);
}

static void test_small_and_empty(void **state)
{
    size_t n = 0;
    struct form f = form_of(&n);
    struct canvas c = {0};

    (void)state;
    form_draw(&f, fresh(&c, 2, 10), true);
    check_drawing(&c, "\n\n");
    assert_false(form_move(&f, MOVE_DOWN));
    assert_false(form_edit(&f, "x"));
    for (n = 1; n < 9; n += 7) { // a lone heading, then two rounds of fields
        for (int h = 0; h < 4; h++) {
            for (int w = 0; w < 24; w++)
                form_draw(&f, fresh(&c, h, w), true);
        }
    }
    form_free(&f);
    canvas_free(&c);
}

static void check_cut(struct form *f, int w, const char *all)
{
    struct canvas c = {0};
    char buf[80];

    form_draw(f, fresh(&c, 8, w), true);
    assert_int_equal(form_cut(f, w, buf, sizeof(buf)), *all != '\0');
    assert_string_equal(buf, all);
    canvas_free(&c);
}

static void test_what_has_no_room_is_told_whole(void **state)
{
    struct form f = form_of(&seven);

    (void)state;
    check_cut(&f, 25, "");
    check_cut(&f, 24, "Industry: = Software");
    (void)form_move(&f, MOVE_DOWN);
    check_cut(&f, 41, "");
    check_cut(&f, 40, "Revenue: >= 10  million dollars");
    f.label_width = 4; // of a label, too
    check_cut(&f, 60, "Revenue: >= 10  million dollars");
    f.label_width = 0;
    (void)form_move(&f, MOVE_BOTTOM);
    check_cut(&f, 17, "");
    check_cut(&f, 16, "+ another field");
    (void)form_move(&f, MOVE_UP);
    check_cut(&f, 20, "Password: \u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022");
    assert_true(form_edit(&f, "x")); // what is being typed goes along with its cursor
    check_cut(&f, 20, "");
    form_free(&f);
}

static void test_cursor_is_never_on_a_heading(void **state)
{
    struct rng r = rng_seed(12);
    size_t n = 7;
    struct form f = form_of(&n);
    struct canvas c = {0};

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        struct event ev = mouse(rng_below(&r, 2) ? MOUSE_WHEEL_UP : MOUSE_WHEEL_DOWN, 0, 0);

        if (rng_below(&r, 30) == 0)
            n = 2 + rng_below(&r, 40);
        if (rng_below(&r, 3) == 0)
            (void)form_event(&f, &ev);
        else
            (void)form_move(&f, (enum move)rng_below(&r, MOVES));
        form_draw(&f, fresh(&c, 1 + (int)rng_below(&r, 9), 30), true);
        assert_non_null(fields[f.scroll.at % ARRAY_LEN(fields)].value);
        check_cursor(&c, (int)(f.scroll.at - f.scroll.top), 2);
        assert_true(f.scroll.at - f.scroll.top < (size_t)c.h);
    }
    form_free(&f);
    canvas_free(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_drawing),
        cmocka_unit_test(test_moves_pass_headings_over),
        cmocka_unit_test(test_a_heading_comes_with_its_first_field),
        cmocka_unit_test(test_editing),
        cmocka_unit_test(test_mouse),
        cmocka_unit_test(test_small_and_empty),
        cmocka_unit_test(test_what_has_no_room_is_told_whole),
        cmocka_unit_test(test_cursor_is_never_on_a_heading),
    };

    return cmocka_run_group_tests_name("ui-widget-form", tests, use_utf8, NULL);
}
