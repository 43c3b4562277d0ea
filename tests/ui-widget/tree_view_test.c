// A tree: opened and closed by keys and mouse, drawn at several sizes, changed under the cursor.
#include "ui-widget/drawing.h"

#include <stdbool.h>

#include "base/mem.h"
#include "base/rng.h"
#include "ui/widget/tree_view.h"

enum { ROUNDS = 4000, ITEMS_MOST = 60 };

struct items {
    size_t n;
    int parents[ITEMS_MOST];
};

static const char *const names[] = {"Software", "CRM", "Sales", "ERP", "Retail", "Shoes"};
static struct items six = {6, {-1, 0, 1, 0, -1, 4}};

static size_t count(void *self)
{
    return ((struct items *)self)->n;
}

static long long parent(void *self, size_t item)
{
    return ((struct items *)self)->parents[item];
}

static const char *text(void *self, size_t item)
{
    assert_true(item < ((struct items *)self)->n);
    return names[item % ARRAY_LEN(names)];
}

static const char *aside(void *self, size_t item)
{
    (void)self;
    return item == 2 ? "12" : NULL;
}

static const char *sign(void *self, size_t item, enum role *role)
{
    (void)self;
    *role = ROLE_MARK;
    return item == 3 ? "=" : NULL;
}

static const struct tree_source plain = {&six, count, parent, text, NULL, NULL};
static const struct tree_source full = {&six, count, parent, text, aside, sign};

static void test_opening_and_closing(void **state)
{
    struct tree_view t;
    struct canvas c = {0};

    (void)state;
    tree_view_init(&t, &plain);
    tree_view_draw(&t, fresh(&c, 6, 20), true);
    check_drawing(&c, "> + Software\n"
                      "  + Retail\n"
                      "\n\n\n\n");
    check_cursor(&c, 0, 4);
    check_role(&c, 0, 0, 20, ROLE_CURSOR);
    assert_true(tree_view_move(&t, MOVE_RIGHT));
    assert_true(tree_view_move(&t, MOVE_RIGHT));
    assert_true(tree_view_move(&t, MOVE_RIGHT));
    assert_true(tree_view_move(&t, MOVE_RIGHT));
    assert_false(tree_view_move(&t, MOVE_RIGHT)); // a leaf
    tree_view_draw(&t, fresh(&c, 6, 20), true);
    check_drawing(&c, "  - Software\n"
                      "    - CRM\n"
                      ">       Sales\n"
                      "      ERP\n"
                      "  + Retail\n"
                      "\n");
    assert_int_equal(tree_view_item(&t), 2);
    assert_true(tree_view_move(&t, MOVE_LEFT)); // to its parent
    assert_true(tree_view_move(&t, MOVE_LEFT)); // closes it
    assert_true(tree_view_move(&t, MOVE_LEFT));
    assert_true(tree_view_move(&t, MOVE_LEFT));
    assert_false(tree_view_move(&t, MOVE_LEFT));
    assert_true(tree_view_move(&t, MOVE_BOTTOM));
    assert_int_equal(tree_view_item(&t), 4);
    tree_view_free(&t);
    canvas_free(&c);
}

static void test_signs_and_asides(void **state)
{
    struct tree_view t;
    struct canvas c = {0};

    (void)state;
    tree_view_init(&t, &full);
    for (int i = 0; i < 3; i++)
        (void)tree_view_move(&t, MOVE_RIGHT);
    tree_view_draw(&t, fresh(&c, 5, 24), false);
    check_drawing(&c, "   - Software\n"
                      ">    - CRM\n"
                      "         Sales        12\n"
                      " =     ERP\n"
                      "   + Retail\n");
    check_cursor(&c, -1, -1);
    check_role(&c, 3, 1, 2, ROLE_MARK);
    check_role(&c, 2, 22, 24, ROLE_DIM);
    tree_view_free(&t);
    canvas_free(&c);
}

static bool press(struct tree_view *t, enum mouse_what what, int y, int x)
{
    struct event ev = mouse(what, y, x);

    return tree_view_event(t, &ev);
}

static void test_mouse(void **state)
{
    struct tree_view t;
    struct canvas c = {0};
    struct event other = key('j');

    (void)state;
    tree_view_init(&t, &plain);
    tree_view_draw(&t, fresh(&c, 3, 20), true);
    assert_true(press(&t, MOUSE_PRESS, 1, 5));
    assert_int_equal(tree_view_item(&t), 4);
    assert_int_equal(t.n_shown, 2);
    assert_true(press(&t, MOUSE_PRESS, 0, 2));
    assert_int_equal(t.n_shown, 4);
    assert_true(press(&t, MOUSE_DOUBLE, 2, 6));
    assert_int_equal(tree_view_item(&t), 3);
    assert_false(press(&t, MOUSE_PRESS, 3, 2));
    assert_false(press(&t, MOUSE_RELEASE, 1, 2));
    assert_true(press(&t, MOUSE_WHEEL_DOWN, 0, 0));
    assert_int_equal(t.scroll.top, 1);
    assert_false(tree_view_event(&t, &other));
    tree_view_free(&t);
    canvas_free(&c);
}

static void test_an_update_keeps_what_was_open(void **state)
{
    struct items items = six;
    struct tree_source source = plain;
    struct tree_view t;

    (void)state;
    source.self = &items;
    items.n = 4;
    tree_view_init(&t, &source);
    (void)tree_view_move(&t, MOVE_RIGHT);
    (void)tree_view_move(&t, MOVE_BOTTOM);
    assert_int_equal(tree_view_item(&t), 3);
    items.n = 6;
    tree_view_update(&t);
    assert_int_equal(t.n_shown, 4);
    assert_int_equal(tree_view_item(&t), 3);
    items.n = 3;
    tree_view_update(&t);
    assert_int_equal(tree_view_item(&t), 0);
    items.n = 0;
    tree_view_update(&t);
    assert_int_equal(tree_view_item(&t), -1);
    assert_false(tree_view_move(&t, MOVE_RIGHT));
    tree_view_free(&t);
}

static void test_small_and_empty(void **state)
{
    struct items deep = {.n = ITEMS_MOST};
    struct tree_source source = full;
    struct tree_view t;
    struct canvas c = {0};

    (void)state;
    source.self = &deep;
    for (int i = 0; i < ITEMS_MOST; i++)
        deep.parents[i] = i - 1;
    tree_view_init(&t, &source);
    for (int i = 0; i < 2 * ITEMS_MOST; i++)
        (void)tree_view_move(&t, MOVE_RIGHT);
    assert_int_equal(tree_view_item(&t), ITEMS_MOST - 1);
    for (int h = 0; h < 4; h++) {
        for (int w = 0; w < 12; w++)
            tree_view_draw(&t, fresh(&c, h, w), true);
    }
    tree_view_draw(&t, fresh(&c, 1, 20), true); // however deep, half of the width is for the text
    check_drawing(&c, ">           Shoes\n");
    deep.n = 0;
    tree_view_update(&t);
    tree_view_draw(&t, fresh(&c, 2, 20), true);
    check_drawing(&c, "  nothing here\n\n");
    tree_view_free(&t);
    canvas_free(&c);
}

// Roots are shown; the children of an item all or none, and behind it.
static void check_shown(const struct tree_view *t, const struct items *items)
{
    bool in[ITEMS_MOST] = {false}, open[ITEMS_MOST] = {false};

    for (size_t k = 0; k < t->n_shown; k++) {
        size_t item = t->shown[k];
        int above = items->parents[item];

        assert_false(in[item]);
        in[item] = true;
        assert_true(above < 0 || in[above]);
        if (above >= 0)
            open[above] = true;
    }
    for (size_t i = 0; i < items->n; i++)
        assert_int_equal(in[i], items->parents[i] < 0 || open[items->parents[i]]);
}

static void test_random_use(void **state)
{
    struct rng r = rng_seed(13);
    struct items items = {.n = 0};
    struct tree_source source = full;
    struct tree_view t;
    struct canvas c = {0};

    (void)state;
    source.self = &items;
    tree_view_init(&t, &source);
    for (int i = 0; i < ROUNDS; i++) {
        if (rng_below(&r, 40) == 0) {
            items.n = rng_below(&r, ITEMS_MOST + 1);
            for (uint32_t k = 0; k < items.n; k++)
                items.parents[k] = (int)rng_below(&r, k + 1) - 1;
            tree_view_update(&t);
        }
        if (rng_below(&r, 4))
            (void)tree_view_move(&t, (enum move)rng_below(&r, MOVES));
        else
            (void)press(&t, MOUSE_PRESS, (int)rng_below(&r, 9), (int)rng_below(&r, 12));
        tree_view_draw(&t, fresh(&c, 8, 30), true);
        assert_int_equal(tree_view_item(&t) < 0, items.n == 0);
        check_cursor(&c, (int)(t.scroll.at - t.scroll.top), c.cursor_x);
        check_shown(&t, &items);
    }
    tree_view_free(&t);
    canvas_free(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_opening_and_closing),
        cmocka_unit_test(test_signs_and_asides),
        cmocka_unit_test(test_mouse),
        cmocka_unit_test(test_an_update_keeps_what_was_open),
        cmocka_unit_test(test_small_and_empty),
        cmocka_unit_test(test_random_use),
    };

    return cmocka_run_group_tests_name("ui-widget-tree-view", tests, use_utf8, NULL);
}
