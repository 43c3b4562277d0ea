// A cursor in a run of items, and the window that follows it.
#include "ui-widget/drawing.h"

#include <limits.h>

#include "base/mem.h"
#include "base/rng.h"
#include "ui/widget/scroll.h"

enum { ROUNDS = 200000 };

static void check(const struct scroll *s, size_t at, size_t top)
{
    assert_int_equal(s->at, at);
    assert_int_equal(s->top, top);
}

static void test_moves_have_names(void **state)
{
    static const struct {
        const char *name;
        enum move move;
    } cases[] = {
        {"up", MOVE_UP},           {"down", MOVE_DOWN},           {"left", MOVE_LEFT},
        {"right", MOVE_RIGHT},     {"page-up", MOVE_PAGE_UP},     {"page-down", MOVE_PAGE_DOWN},
        {"half-up", MOVE_HALF_UP}, {"half-down", MOVE_HALF_DOWN}, {"top", MOVE_TOP},
        {"bottom", MOVE_BOTTOM},   {"first", MOVE_FIRST},         {"last", MOVE_LAST},
    };
    enum move move = MOVES;

    (void)state;
    assert_int_equal(ARRAY_LEN(cases), MOVES);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        assert_true(move_find(cases[i].name, &move));
        assert_int_equal(move, cases[i].move);
    }
    assert_false(move_find("sideways", &move));
    assert_false(move_find("", &move));
}

static void test_rows(void **state)
{
    struct scroll s = {0};

    (void)state;
    scroll_fit(&s, 5, 3);
    check(&s, 0, 0);
    assert_false(scroll_move(&s, MOVE_UP));
    assert_true(scroll_move(&s, MOVE_DOWN));
    assert_true(scroll_move(&s, MOVE_DOWN));
    check(&s, 2, 0);
    assert_true(scroll_move(&s, MOVE_DOWN));
    check(&s, 3, 1);
    assert_true(scroll_move(&s, MOVE_DOWN));
    assert_false(scroll_move(&s, MOVE_DOWN));
    check(&s, 4, 2);
    assert_true(scroll_move(&s, MOVE_UP));
    check(&s, 3, 2);
    assert_true(scroll_move(&s, MOVE_TOP));
    check(&s, 0, 0);
    assert_true(scroll_move(&s, MOVE_BOTTOM));
    check(&s, 4, 2);
    assert_false(scroll_move(&s, MOVE_LEFT));
    assert_false(scroll_move(&s, MOVE_LAST));
    check(&s, 4, 2);
}

static void test_pages_keep_the_cursors_place(void **state)
{
    struct scroll s = {0};

    (void)state;
    scroll_fit(&s, 100, 10);
    scroll_to(&s, 3);
    assert_true(scroll_move(&s, MOVE_PAGE_DOWN));
    check(&s, 13, 10);
    assert_true(scroll_move(&s, MOVE_HALF_DOWN));
    check(&s, 18, 15);
    assert_true(scroll_move(&s, MOVE_PAGE_UP));
    check(&s, 8, 5);
    assert_true(scroll_move(&s, MOVE_HALF_UP));
    check(&s, 3, 0);
    assert_true(scroll_move(&s, MOVE_PAGE_UP));
    check(&s, 0, 0);
    scroll_to(&s, 95);
    check(&s, 95, 86);
    assert_true(scroll_move(&s, MOVE_PAGE_DOWN));
    check(&s, 99, 90);
    assert_false(scroll_move(&s, MOVE_PAGE_DOWN));
}

static void test_fewer_items_and_rows(void **state)
{
    struct scroll s = {0};

    (void)state;
    scroll_fit(&s, 100, 10);
    scroll_to(&s, 99);
    scroll_fit(&s, 100, 4);
    check(&s, 99, 96);
    scroll_fit(&s, 100, 200);
    check(&s, 99, 0);
    scroll_fit(&s, 7, 4);
    check(&s, 6, 3);
    scroll_fit(&s, 0, 4);
    check(&s, 0, 0);
    assert_false(scroll_move(&s, MOVE_BOTTOM));
    assert_false(scroll_move(&s, MOVE_PAGE_DOWN));
    scroll_fit(&s, 7, 0);
    assert_true(scroll_move(&s, MOVE_PAGE_DOWN));
    check(&s, 1, 1);
    scroll_fit(&s, 7, -3);
    assert_int_equal(s.h, 0);
}

static void test_before_the_first_drawing(void **state)
{
    struct scroll s = {.n = 100};

    (void)state;
    scroll_to(&s, 40);
    check(&s, 40, 0);
    scroll_fit(&s, 100, 30);
    check(&s, 40, 11);
}

static void test_wheel_takes_the_cursor_along(void **state)
{
    struct scroll s = {0};

    (void)state;
    scroll_fit(&s, 100, 10);
    scroll_wheel(&s, 3);
    check(&s, 3, 3);
    scroll_to(&s, 12);
    scroll_wheel(&s, -3);
    check(&s, 9, 0);
    scroll_wheel(&s, INT_MAX);
    check(&s, 90, 90);
    scroll_wheel(&s, INT_MIN);
    check(&s, 9, 0);
    scroll_fit(&s, 4, 10);
    scroll_wheel(&s, 3);
    check(&s, 3, 0);
}

static void test_mouse(void **state)
{
    struct scroll s = {0};
    struct event wheel = mouse(MOUSE_WHEEL_DOWN, 0, 0), press = mouse(MOUSE_PRESS, 4, 0);
    struct event other = key('j');
    size_t item = 99;

    (void)state;
    scroll_fit(&s, 7, 4);
    assert_true(scroll_wheeled(&s, &wheel));
    check(&s, 3, 3);
    assert_false(scroll_wheeled(&s, &press));
    assert_false(scroll_wheeled(&s, &other));
    assert_true(scroll_clicked(&s, &press, 2, &item));
    assert_int_equal(item, 5);
    assert_true(scroll_clicked(&s, &press, 1, &item));
    assert_int_equal(item, 6);
    assert_false(scroll_clicked(&s, &press, 0, &item)); // below the window
    assert_false(scroll_clicked(&s, &press, 5, &item)); // above it
    press.button = 2;
    assert_false(scroll_clicked(&s, &press, 1, &item));
    press = mouse(MOUSE_DOUBLE, 1, 0);
    assert_true(scroll_clicked(&s, &press, 1, &item));
    press.mouse = MOUSE_RELEASE;
    assert_false(scroll_clicked(&s, &press, 1, &item));
    assert_false(scroll_clicked(&s, &other, 0, &item));
    scroll_fit(&s, 2, 4);
    assert_false(scroll_clicked(&s, &(struct event){.kind = EVENT_MOUSE, .button = 1, .y = 2}, 0,
                                &item)); // no item there
}

static void test_huge_counts(void **state)
{
    struct scroll s = {0};

    (void)state;
    scroll_fit(&s, SIZE_MAX, 50);
    assert_true(scroll_move(&s, MOVE_BOTTOM));
    check(&s, SIZE_MAX - 1, SIZE_MAX - 50);
    assert_false(scroll_move(&s, MOVE_PAGE_DOWN));
    scroll_wheel(&s, 5);
    check(&s, SIZE_MAX - 1, SIZE_MAX - 50);
    assert_true(scroll_move(&s, MOVE_PAGE_UP));
    check(&s, SIZE_MAX - 51, SIZE_MAX - 100);
}

static void check_bounds(const struct scroll *s)
{
    size_t rows = s->h > 1 ? (size_t)s->h : 1;

    assert_true(s->n ? s->at < s->n : s->at == 0);
    assert_true(s->top <= s->at && (s->h == 0 || s->at - s->top < rows));
    assert_true(s->top == 0 || s->top + rows <= s->n);
}

static void test_cursor_stays_in_the_window(void **state)
{
    struct rng r = rng_seed(3);
    struct scroll s = {0};

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        switch (rng_below(&r, 8)) {
        case 0:
            scroll_fit(&s, rng_below(&r, 40), (int)rng_below(&r, 12));
            break;
        case 1:
            scroll_to(&s, rng_below(&r, 50));
            break;
        case 2:
            scroll_wheel(&s, (int)rng_below(&r, 20) - 10);
            break;
        default:
            (void)scroll_move(&s, (enum move)rng_below(&r, MOVES));
        }
        check_bounds(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_moves_have_names),
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_pages_keep_the_cursors_place),
        cmocka_unit_test(test_fewer_items_and_rows),
        cmocka_unit_test(test_before_the_first_drawing),
        cmocka_unit_test(test_wheel_takes_the_cursor_along),
        cmocka_unit_test(test_mouse),
        cmocka_unit_test(test_huge_counts),
        cmocka_unit_test(test_cursor_stays_in_the_window),
    };

    return cmocka_run_group_tests_name("ui-widget-scroll", tests, NULL, NULL);
}
