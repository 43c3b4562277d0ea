// A line of tabs: what is drawn of it and what is clicked.
#include "ui-widget/drawing.h"

#include "base/mem.h"
#include "ui/widget/tabs.h"

static void test_drawing(void **state)
{
    struct tab tabs[] = {{"3", "Detail", 0, 0}, {NULL, "数据", 0, 0}, {"?", "Help", 0, 0}};
    struct canvas c = {0};

    (void)state;
    canvas_size(&c, 1, 30);
    area_hline(canvas_area(&c), 0, 0, 30, ROLE_BORDER);
    tabs_draw(tabs, 3, 1, canvas_area(&c));
    check_drawing(&c, "─3 Detail─[数据]─? Help───────\n");
    check_role(&c, 0, 1, 2, ROLE_KEY);
    check_role(&c, 0, 10, 16, ROLE_CHOSEN);
    assert_int_equal(tabs_hit(tabs, 3, 0), -1);
    assert_int_equal(tabs_hit(tabs, 3, 1), 0);
    assert_int_equal(tabs_hit(tabs, 3, 8), 0);
    assert_int_equal(tabs_hit(tabs, 3, 9), -1);
    assert_int_equal(tabs_hit(tabs, 3, 11), 1);
    assert_int_equal(tabs_hit(tabs, 3, 22), 2);
    assert_int_equal(tabs_hit(tabs, 3, 23), -1);
    canvas_free(&c);
}

static void test_only_whole_ones(void **state)
{
    struct tab tabs[] = {{"3", "Detail", 0, 0}, {"4", "Intent", 0, 0}, {NULL, "x", 0, 0}};
    struct canvas c = {0};

    (void)state;
    canvas_size(&c, 1, 18);
    tabs_draw(tabs, 3, -1, canvas_area(&c));
    check_drawing(&c, " 3 Detail\n");
    assert_int_equal(tabs[1].w, 0);
    assert_int_equal(tabs_hit(tabs, 3, 12), -1);
    assert_int_equal(tabs[2].w, 0); // none behind one that is missing
    canvas_size(&c, 1, 20);
    tabs_draw(tabs, 3, -1, canvas_area(&c));
    check_drawing(&c, " 3 Detail  4 Intent\n");
    for (int w = 0; w < 12; w++) {
        canvas_size(&c, w % 2, w);
        tabs_draw(tabs, 3, 0, canvas_area(&c));
    }
    tabs_draw(tabs, 0, -1, canvas_area(&c));
    canvas_free(&c);
}

static void test_keys_alone(void **state)
{
    struct tab tabs[] = {{"3", "Detail", 0, 0}, {"4", "", 0, 0}, {"5", "", 0, 0}};
    struct canvas c = {0};

    (void)state;
    assert_int_equal(tabs_width(tabs, 3), 16);
    canvas_size(&c, 1, 16);
    area_hline(canvas_area(&c), 0, 0, 16, ROLE_BORDER);
    tabs_draw(tabs, 3, -1, canvas_area(&c));
    check_drawing(&c, "─3 Detail──4──5─\n");
    assert_int_equal(tabs_hit(tabs, 3, 11), 1);
    assert_int_equal(tabs_hit(tabs, 3, 12), -1);
    assert_int_equal(tabs_hit(tabs, 3, 14), 2);
    canvas_free(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_drawing),
        cmocka_unit_test(test_only_whole_ones),
        cmocka_unit_test(test_keys_alone),
    };

    return cmocka_run_group_tests_name("ui-widget-tabs", tests, use_utf8, NULL);
}
