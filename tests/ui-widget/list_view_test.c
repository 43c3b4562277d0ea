// A list drawn at several sizes, narrowed by typing, by keys and by mouse.
#include "ui-widget/drawing.h"

#include <stdbool.h>

#include "base/mem.h"
#include "base/rng.h"
#include "ui/widget/fuzzy.h"
#include "ui/widget/list_view.h"

enum { ROUNDS = 4000 };

static const char *const levels[] = {"C-Level", "VP", "Director", "Manager", "Non-Manager", "数据"};

static size_t count(void *self)
{
    return *(size_t *)self;
}

static const char *text(void *self, size_t item)
{
    assert_true(item < *(size_t *)self);
    return levels[item % ARRAY_LEN(levels)];
}

static const char *aside(void *self, size_t item)
{
    static const char *const ids[] = {"10", "20", "30", "40", "50", ""};

    (void)self;
    return ids[item % ARRAY_LEN(ids)];
}

static const char *sign(void *self, size_t item, enum role *role)
{
    (void)self;
    *role = ROLE_MARK;
    return item == 1 ? "=" : item == 3 ? "!" : " ";
}

static const char *blocked(void *self, size_t item)
{
    (void)self;
    return item == 2 ? "not in this account" : NULL;
}

static size_t six = 6;
static const struct list_source plain = {&six, count, text, NULL, NULL, NULL};
static const struct list_source full = {&six, count, text, aside, sign, blocked};

static void type(struct list_view *l, const char *typed)
{
    for (; *typed; typed++) {
        struct event ev = key((uint32_t)*typed);

        assert_true(list_view_event(l, &ev));
    }
}

// Of one text alone.
static int rate(const char *of, const char *typed)
{
    struct fuzzy f = fuzzy_start(typed);

    return fuzzy_rate(&f, of);
}

static void test_plain(void **state)
{
    struct list_view l;
    struct canvas c = {0};
    struct event ev = key('x');

    (void)state;
    list_view_init(&l, &plain, false);
    list_view_draw(&l, fresh(&c, 4, 12), true);
    check_drawing(&c, "> C-Level\n"
                      "  VP\n"
                      "  Director\n"
                      "  Manager\n");
    check_cursor(&c, 0, 2);
    check_role(&c, 0, 0, 12, ROLE_CURSOR);
    assert_false(list_view_event(&l, &ev));
    assert_true(list_view_move(&l, MOVE_BOTTOM));
    assert_false(list_view_move(&l, MOVE_RIGHT));
    list_view_draw(&l, fresh(&c, 4, 8), false);
    check_drawing(&c, "  Direc…\n"
                      "  Manag…\n"
                      "  Non-M…\n"
                      "> 数据\n");
    check_cursor(&c, -1, -1);
    check_role(&c, 3, 0, 8, ROLE_CURSOR_AWAY);
    assert_int_equal(list_view_item(&l), 5);
    list_view_free(&l);
    canvas_free(&c);
}

static void test_signs_asides_and_reasons(void **state)
{
    struct list_view l;
    struct canvas c = {0};

    (void)state;
    list_view_init(&l, &full, false);
    list_view_draw(&l, fresh(&c, 4, 32), true);
    check_drawing(&c, ">  C-Level                    10\n"
                      " = VP                         20\n"
                      "   Director  not in this account\n"
                      " ! Manager                    40\n");
    check_role(&c, 1, 1, 2, ROLE_MARK);
    check_role(&c, 1, 30, 32, ROLE_DIM);
    assert_int_equal(role_at(&c, 2, 3), ROLE_DIM);
    assert_int_equal(role_at(&c, 3, 3), ROLE_TEXT);
    list_view_draw(&l, fresh(&c, 3, 9), true);
    check_drawing(&c, ">  C…  10\n"
                      " = VP  20\n"
                      "   …  no…\n");
    list_view_free(&l);
    canvas_free(&c);
}

static void test_typing_narrows(void **state)
{
    struct list_view l;
    struct canvas c = {0};
    struct event back = key(K_BACKSPACE);

    (void)state;
    list_view_init(&l, &full, true);
    assert_true(list_view_move(&l, MOVE_DOWN));
    list_view_draw(&l, fresh(&c, 3, 40), true);
    check_drawing(&c, "/ type to narrow                  6 of 6\n"
                      "   C-Level                            10\n"
                      ">= VP                                 20\n");
    check_cursor(&c, 0, 2);
    type(&l, "man");
    list_view_draw(&l, fresh(&c, 4, 40), true);
    check_drawing(&c, "/ man                             2 of 6\n"
                      ">! Manager                            40\n"
                      "   Non-Manager                        50\n"
                      "\n");
    check_cursor(&c, 0, 5);
    assert_int_equal(list_view_item(&l), 3);
    assert_true(list_view_move(&l, MOVE_DOWN));
    assert_int_equal(list_view_item(&l), 4);
    assert_true(list_view_move(&l, MOVE_LEFT));
    assert_true(list_view_move(&l, MOVE_FIRST));
    assert_false(list_view_move(&l, MOVE_FIRST));
    assert_int_equal(list_view_item(&l), 4); // the cursor in the line leaves the list alone
    assert_true(list_view_move(&l, MOVE_LAST));
    type(&l, "x");
    list_view_draw(&l, fresh(&c, 3, 40), true);
    check_drawing(&c, "/ manx                            0 of 6\n"
                      "  nothing fits\n"
                      "\n");
    assert_int_equal(list_view_item(&l), -1);
    assert_true(list_view_event(&l, &back));
    assert_int_equal(list_view_item(&l), 3);
    list_view_free(&l);
    canvas_free(&c);
}

static void test_an_update_leaves_the_cursor(void **state)
{
    size_t n = 4;
    struct list_source source = {&n, count, text, NULL, NULL, NULL};
    struct list_view l;

    (void)state;
    list_view_init(&l, &source, true);
    assert_true(list_view_move(&l, MOVE_BOTTOM));
    n = 6;
    list_view_update(&l);
    assert_int_equal(list_view_item(&l), 3);
    n = 2;
    list_view_update(&l);
    assert_int_equal(list_view_item(&l), 1);
    n = 0;
    list_view_update(&l);
    assert_int_equal(list_view_item(&l), -1);
    list_view_free(&l);
}

static void test_small_and_empty(void **state)
{
    size_t n = 0;
    struct list_source source = {&n, count, text, aside, sign, blocked};
    struct list_view l;
    struct canvas c = {0};

    (void)state;
    list_view_init(&l, &source, true);
    list_view_draw(&l, fresh(&c, 3, 20), true);
    check_drawing(&c, "/ type to narrow\n  nothing here\n\n");
    for (n = 0; n < 7; n += 3) {
        list_view_update(&l);
        for (int h = 0; h < 4; h++) {
            for (int w = 0; w < 12; w++)
                list_view_draw(&l, fresh(&c, h, w), true);
        }
    }
    list_view_free(&l);
    canvas_free(&c);
}

static void test_mouse(void **state)
{
    struct list_view l;
    struct canvas c = {0};
    struct event press = mouse(MOUSE_PRESS, 2, 5), twice = mouse(MOUSE_DOUBLE, 3, 5);
    struct event filter = mouse(MOUSE_PRESS, 0, 5), wheel = mouse(MOUSE_WHEEL_DOWN, 1, 1);
    struct event right = press;

    (void)state;
    list_view_init(&l, &full, true);
    list_view_draw(&l, fresh(&c, 4, 20), true);
    assert_true(list_view_event(&l, &press));
    assert_int_equal(list_view_item(&l), 1);
    assert_true(list_view_event(&l, &twice));
    assert_int_equal(list_view_item(&l), 2);
    twice.y = 0;
    assert_false(list_view_event(&l, &twice));
    assert_false(list_view_event(&l, &filter));
    right.button = 3;
    assert_false(list_view_event(&l, &right));
    assert_true(list_view_event(&l, &wheel));
    assert_int_equal(l.scroll.top, 3);
    assert_int_equal(list_view_item(&l), 3);
    press.y = 4; // below the list
    assert_false(list_view_event(&l, &press));
    list_view_free(&l);
    canvas_free(&c);
}

// Whatever is done, the item under the cursor exists, fits and stands in its row.
static void test_random_use(void **state)
{
    struct rng r = rng_seed(6);
    size_t n = 6;
    struct list_source source = {&n, count, text, aside, sign, blocked};
    struct list_view l;
    struct canvas c = {0};

    (void)state;
    list_view_init(&l, &source, true);
    for (int i = 0; i < ROUNDS; i++) {
        static const uint32_t keys[] = {'a', 'n', 'r', K_BACKSPACE, K_BACKSPACE, K_CTRL | 'u'};
        struct event ev = key(keys[rng_below(&r, ARRAY_LEN(keys))]);
        long long item;

        if (rng_below(&r, 20) == 0) {
            n = rng_below(&r, 40);
            list_view_update(&l);
        }
        if (rng_below(&r, 2))
            assert_true(list_view_event(&l, &ev));
        else
            (void)list_view_move(&l, (enum move)rng_below(&r, MOVES));
        list_view_draw(&l, fresh(&c, 8, 30), true);
        item = list_view_item(&l);
        assert_int_equal(item < 0, l.n_ranks == 0);
        if (item < 0)
            continue;
        assert_true((size_t)item < n);
        assert_true(rate(text(&n, (size_t)item), str_text(&l.edit.text)) > 0);
        assert_int_equal(role_at(&c, 1 + (int)(l.scroll.at - l.scroll.top), 0), ROLE_CURSOR);
    }
    list_view_free(&l);
    canvas_free(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain),           cmocka_unit_test(test_signs_asides_and_reasons),
        cmocka_unit_test(test_typing_narrows),  cmocka_unit_test(test_an_update_leaves_the_cursor),
        cmocka_unit_test(test_small_and_empty), cmocka_unit_test(test_mouse),
        cmocka_unit_test(test_random_use),
    };

    return cmocka_run_group_tests_name("ui-widget-list-view", tests, use_utf8, NULL);
}
