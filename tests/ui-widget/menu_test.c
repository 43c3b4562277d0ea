// A menu bar: drawn over what is below it, used by keys and by mouse.
#include "ui-widget/drawing.h"

#include <stdbool.h>
#include <stdio.h>

#include "base/mem.h"
#include "base/rng.h"
#include "ui/widget/menu.h"

enum { ROUNDS = 4000 };

static const struct menu_item items[3][4] = {
    {{"search", "Enter", false}, {"sort", NULL, false}, {"count", "C", false}, {NULL, NULL, false}},
    {{"quote", "e", false}, {"buy", "", true}, {NULL, NULL, false}, {NULL, NULL, false}},
    {{NULL, NULL, false}},
};

static size_t menus(void *self)
{
    return *(size_t *)self;
}

static const char *title(void *self, size_t menu)
{
    static const char *const titles[] = {"Search", "Money", "Lode"};

    assert_true(menu < *(size_t *)self);
    return titles[menu];
}

static size_t n_items(void *self, size_t menu)
{
    size_t n = 0;

    assert_true(menu < *(size_t *)self);
    while (items[menu][n].label)
        n++;
    return n;
}

static struct menu_item item(void *self, size_t menu, size_t i)
{
    assert_true(i < n_items(self, menu));
    return items[menu][i];
}

static size_t three = 3;

static struct menu menu_of(size_t *n)
{
    return (struct menu){.source = {n, menus, title, n_items, item}};
}

static enum menu_result press(struct menu *m, uint32_t code)
{
    struct event ev = key(code);

    return menu_event(m, &ev);
}

// Dots stand below the menu.
static struct area dotted(struct canvas *c, int h, int w)
{
    canvas_size(c, h, w);
    for (int y = 0; y < h; y++)
        (void)area_text(canvas_area(c), y, 0, w, ROLE_TEXT, "........................");
    return canvas_area(c);
}

static void test_drawing(void **state)
{
    struct menu m = menu_of(&three);
    struct canvas c = {0};

    (void)state;
    menu_draw(&m, dotted(&c, 6, 24));
    check_drawing(&c, "[Search] Money  Lode\n"
                      "┌────────────────┐......\n"
                      "│> search   Enter│......\n"
                      "│  sort          │......\n"
                      "│  count        C│......\n"
                      "└────────────────┘......\n");
    check_cursor(&c, 2, 3);
    check_role(&c, 0, 0, 8, ROLE_CHOSEN);
    check_role(&c, 2, 1, 17, ROLE_CURSOR);
    check_role(&c, 4, 16, 17, ROLE_KEY);
    assert_int_equal(press(&m, K_RIGHT), MENU_GOES_ON);
    assert_int_equal(press(&m, K_DOWN), MENU_GOES_ON);
    menu_draw(&m, dotted(&c, 5, 24));
    check_drawing(&c, " Search [Money] Lode\n"
                      "........┌──────────┐....\n"
                      "........│  quote  e│....\n"
                      "........│> (buy)   │....\n"
                      "........└──────────┘....\n");
    canvas_free(&c);
}

static void test_keys(void **state)
{
    struct menu m = menu_of(&three);

    (void)state;
    assert_int_equal(press(&m, K_ENTER), MENU_CHOSEN);
    assert_int_equal(press(&m, K_UP), MENU_GOES_ON); // round
    assert_int_equal(m.item, 2);
    assert_int_equal(press(&m, K_DOWN), MENU_GOES_ON);
    assert_int_equal(m.item, 0);
    assert_int_equal(press(&m, 's'), MENU_GOES_ON);
    assert_int_equal(m.item, 1);
    assert_int_equal(press(&m, 'S'), MENU_GOES_ON);
    assert_int_equal(m.item, 0);
    assert_int_equal(press(&m, 'z'), MENU_GOES_ON);
    assert_int_equal(m.item, 0);
    assert_int_equal(press(&m, K_END), MENU_GOES_ON);
    assert_int_equal(m.item, 2);
    assert_int_equal(press(&m, K_LEFT), MENU_GOES_ON);
    assert_int_equal(m.menu, 2);
    assert_int_equal(m.item, 0);
    assert_int_equal(press(&m, K_ENTER), MENU_GOES_ON); // an empty one
    assert_int_equal(press(&m, K_DOWN), MENU_GOES_ON);
    assert_int_equal(press(&m, K_SHIFT | K_TAB), MENU_GOES_ON);
    assert_int_equal(press(&m, 'b'), MENU_GOES_ON);
    assert_int_equal(m.item, 1);
    assert_int_equal(press(&m, K_ENTER), MENU_GOES_ON); // blocked
    assert_int_equal(press(&m, K_ESCAPE), MENU_LEFT);
    assert_int_equal(press(&m, K_F1 + 9), MENU_LEFT);
}

static enum menu_result click(struct menu *m, int y, int x)
{
    struct event ev = mouse(MOUSE_PRESS, y, x);

    return menu_event(m, &ev);
}

static void test_mouse(void **state)
{
    struct menu m = menu_of(&three);
    struct canvas c = {0};
    struct event wheel = mouse(MOUSE_WHEEL_DOWN, 3, 3);

    (void)state;
    menu_draw(&m, dotted(&c, 6, 24));
    assert_int_equal(menu_event(&m, &wheel), MENU_GOES_ON);
    assert_int_equal(m.item, 1);
    assert_int_equal(click(&m, 4, 5), MENU_CHOSEN);
    assert_int_equal(m.item, 2);
    assert_int_equal(click(&m, 1, 5), MENU_GOES_ON); // the border
    assert_int_equal(click(&m, 4, 20), MENU_LEFT);
    assert_int_equal(click(&m, 0, 9), MENU_GOES_ON);
    assert_int_equal(m.menu, 1);
    menu_draw(&m, dotted(&c, 6, 24));
    assert_int_equal(click(&m, 3, 12), MENU_GOES_ON); // blocked
    assert_int_equal(click(&m, 2, 12), MENU_CHOSEN);
    assert_int_equal(click(&m, 0, 23), MENU_LEFT);
    canvas_free(&c);
}

static void test_small(void **state)
{
    struct rng r = rng_seed(14);
    size_t none = 0;
    struct menu m = menu_of(&three), empty = menu_of(&none);
    struct canvas c = {0};

    (void)state;
    menu_draw(&m, dotted(&c, 4, 12));
    (void)press(&m, K_END);
    menu_draw(&m, dotted(&c, 4, 12)); // one row for three items
    check_drawing(&c, "[Search] Mo…\n"
                      "┌─ 2 more ─┐\n"
                      "│> count  C│\n"
                      "└──────────┘\n");
    (void)press(&m, K_HOME);
    menu_draw(&m, dotted(&c, 4, 12));
    check_drawing(&c, "[Search] Mo…\n"
                      "┌──────────┐\n"
                      "│> s…  Ent…│\n"
                      "└─ 2 more ─┘\n");
    (void)press(&m, K_LEFT);
    menu_draw(&m, dotted(&c, 2, 12)); // the bar moves along
    check_drawing(&c, "Money [Lode]\n"
                      "......└──┘.…\n");
    menu_draw(&empty, dotted(&c, 2, 12));
    assert_int_equal(press(&empty, K_ENTER), MENU_GOES_ON);
    assert_int_equal(press(&empty, K_RIGHT), MENU_GOES_ON);
    for (int i = 0; i < ROUNDS; i++) {
        static const uint32_t keys[] = {K_LEFT, K_RIGHT, K_UP, K_DOWN, 's', K_END, K_ENTER};

        (void)press(&m, keys[rng_below(&r, ARRAY_LEN(keys))]);
        (void)click(&m, (int)rng_below(&r, 8), (int)rng_below(&r, 24));
        menu_draw(&m, dotted(&c, (int)rng_below(&r, 8), (int)rng_below(&r, 24)));
        assert_true(m.menu < 3 && (m.item < n_items(&three, m.menu) || m.item == 0));
    }
    canvas_free(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_drawing),
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_mouse),
        cmocka_unit_test(test_small),
    };

    return cmocka_run_group_tests_name("ui-widget-menu", tests, use_utf8, NULL);
}
