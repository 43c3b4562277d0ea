// The layout at every size: nothing overlaps, nothing is outside, the focus is always seen. Tests.
#include "support/test.h"

#include <stdbool.h>
#include <stdlib.h>

#include "ui/frame/layout.h"

enum { LEFT, MAIN, BESIDE, WHOLE, H_MOST = 210, W_MOST = 520 };

static bool overlap(const struct rect *a, const struct rect *b)
{
    return a->y < b->y + b->h && b->y < a->y + a->h && a->x < b->x + b->w && b->x < a->x + a->w;
}

static void check_inside(const struct layout *l, const struct rect *r)
{
    assert_true(r->y >= 1 && r->x >= 0);
    assert_true(r->y + r->h <= l->tabs_y);
    assert_true(r->x + r->w <= l->w);
    assert_true(r->h >= 2 && r->w >= 10);
}

static void check(const struct layout_wish *wish)
{
    struct layout l = layout_make(wish);
    bool seen = false;

    assert_int_equal(l.too_small, wish->h < LAYOUT_MIN_H || wish->w < LAYOUT_MIN_W);
    if (l.too_small)
        return;
    assert_true(l.n >= 1 && l.n <= SLOTS_MAX);
    for (size_t i = 0; i < l.n; i++) {
        check_inside(&l, &l.slots[i].box);
        assert_true(l.slots[i].inside.y == l.slots[i].box.y + 1);
        assert_true(l.slots[i].inside.h == l.slots[i].box.h - 1);
        seen |= l.slots[i].pane == wish->focus;
        for (size_t k = i + 1; k < l.n; k++) {
            assert_false(overlap(&l.slots[i].box, &l.slots[k].box));
            assert_int_not_equal(l.slots[i].pane, l.slots[k].pane);
        }
    }
    assert_true(seen);
    assert_true(l.tabs_y < l.message_y && l.message_y <= l.hints_y && l.hints_y == l.h - 1);
}

static void test_every_size(void **state)
{
    static const int focuses[] = {LEFT, MAIN, BESIDE, WHOLE};

    (void)state;
    for (int h = 0; h < H_MOST; h++) {
        for (int w = 0; w < W_MOST; w += w < 200 ? 1 : 7) {
            for (int f = 0; f < 4; f++) {
                struct layout_wish wish = {.h = h,
                                           .w = w,
                                           .focus = focuses[f],
                                           .alone = focuses[f] == WHOLE,
                                           .left = LEFT,
                                           .main = MAIN,
                                           .beside = f == 1 ? -1 : BESIDE,
                                           .percent = {10 + (h + w) % 81, 10 + (h * w) % 81}};

                check(&wish);
            }
        }
    }
}

static size_t panes_at(int h, int w, int focus)
{
    const struct layout_wish wish = {h, w, focus, false, LEFT, MAIN, BESIDE, {30, 40}};

    return layout_make(&wish).n;
}

static void test_how_many_panes(void **state)
{
    (void)state;
    assert_int_equal(panes_at(24, 80, MAIN), 1);
    assert_int_equal(panes_at(18, 60, LEFT), 1);
    assert_int_equal(panes_at(24, 99, MAIN), 1);
    assert_int_equal(panes_at(24, 100, MAIN), 2);
    assert_int_equal(panes_at(24, 159, BESIDE), 2);
    assert_int_equal(panes_at(50, 200, MAIN), 3);
    assert_int_equal(panes_at(60, 80, MAIN), 2);
}

static void test_popups_are_cut_to_the_screen(void **state)
{
    (void)state;
    for (int h = LAYOUT_MIN_H; h < 60; h += 3) {
        for (int w = LAYOUT_MIN_W; w < 140; w += 9) {
            const struct layout_wish wish = {h, w, MAIN, false, LEFT, MAIN, -1, {30, 40}};
            struct layout l = layout_make(&wish);
            struct rect r = layout_popup(&l, 400, 100);

            assert_true(r.y >= 1 && r.x >= 0 && r.y + r.h < h && r.x + r.w <= w);
            r = layout_popup(&l, 7, 30);
            assert_int_equal(r.h, 7);
            assert_int_equal(r.w, 30);
            assert_true(abs(r.x - (w - r.x - r.w)) <= 1);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_size),
        cmocka_unit_test(test_how_many_panes),
        cmocka_unit_test(test_popups_are_cut_to_the_screen),
    };

    return cmocka_run_group_tests_name("ui-frame-layout", tests, NULL, NULL);
}
