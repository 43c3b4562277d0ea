// Meters, bars and sparklines, with and without UTF-8.
#include "ui-widget/drawing.h"

#include <math.h>

#include "base/mem.h"
#include "ui/widget/chart.h"

static void meter(struct canvas *c, int width, long long used, long long limit, const char *want)
{
    canvas_size(c, 1, 20);
    chart_meter(canvas_area(c), 0, 0, width, used, limit);
    check_drawing(c, want);
}

static void test_meter(void **state)
{
    struct canvas c = {0};

    (void)state;
    meter(&c, 12, 0, 100, "[··········]\n");
    meter(&c, 12, 1, 1000000, "[▏·········]\n");
    meter(&c, 12, 50, 100, "[█████·····]\n");
    check_role(&c, 0, 1, 6, ROLE_METER);
    meter(&c, 12, 999999, 1000000, "[█████████·]\n");
    meter(&c, 12, 1000000, 1000000, "[██████████]\n");
    meter(&c, 12, 2000000, 1000000, "[██████████]\n");
    meter(&c, 12, -1, 0, "[??????????]\n");
    check_role(&c, 0, 1, 11, ROLE_UNSURE);
    meter(&c, 12, -5, 100, "[··········]\n");
    meter(&c, 12, INT64_MAX, INT64_MAX, "[██████████]\n");
    meter(&c, 3, 1, 2, "[▌]\n");
    meter(&c, 2, 1, 2, "\n");
    meter(&c, -4, 1, 2, "\n");
    meter(&c, 40, 0, 2, "[···················\n");
    canvas_free(&c);
}

static void bar(struct canvas *c, double value, double most, const char *want)
{
    chart_bar(fresh(c, 1, 12), 0, 1, 10, value, most, ROLE_METER);
    check_drawing(c, want);
}

static void test_bar(void **state)
{
    struct canvas c = {0};

    (void)state;
    bar(&c, 0, 10, "#          #\n");
    bar(&c, 5, 10, "#█████     #\n");
    bar(&c, 5.3, 10, "#█████▎    #\n");
    bar(&c, 0.001, 10, "#▏         #\n");
    bar(&c, 9.9999, 10, "#█████████▉#\n");
    bar(&c, 10, 10, "#██████████#\n");
    bar(&c, 5, 0, "#          #\n");
    bar(&c, NAN, 10, "#          #\n");
    bar(&c, INFINITY, 10, "#██████████#\n");
    canvas_free(&c);
}

static void test_spark(void **state)
{
    static const double days[] = {9, 0, 1, 2, 3, 4, 5, 6, 7, 8};
    static const double flat[] = {5, 5, NAN};
    struct canvas c = {0};

    (void)state;
    chart_spark(fresh(&c, 1, 12), 0, 1, 10, days, 10, ROLE_METER);
    check_drawing(&c, "#█ ▁▁▂▃▄▅▆▇#\n");
    chart_spark(fresh(&c, 1, 12), 0, 1, 9, days, 10, ROLE_METER); // the newest
    check_drawing(&c, "# ▁▂▃▄▅▆▇█##\n");
    chart_spark(fresh(&c, 1, 12), 0, 1, 10, flat, 3, ROLE_METER);
    check_drawing(&c, "#       ██ #\n");
    chart_spark(fresh(&c, 1, 12), 0, 1, 0, days, 10, ROLE_METER);
    chart_spark(fresh(&c, 1, 12), 0, 1, 10, NULL, 0, ROLE_METER);
    check_drawing(&c, "#          #\n");
    canvas_free(&c);
}

static void test_bars(void **state)
{
    static const struct bar bars[] = {
        {"Software", 120, "120"}, {"数据", 60, "60"}, {"Retail and more", 0, "0"}};
    struct canvas c = {0};

    (void)state;
    assert_int_equal(chart_bars(fresh(&c, 4, 30), bars, 3), 3);
    check_drawing(&c, "Software   ███████████████ 120\n"
                      "数据       ███████▌         60\n"
                      "Retail an…                   0\n"
                      "##############################\n");
    assert_int_equal(chart_bars(fresh(&c, 2, 30), bars, 3), 2);
    assert_int_equal(chart_bars(fresh(&c, 2, 30), bars, 0), 0);
    for (int w = 0; w < 12; w++)
        (void)chart_bars(fresh(&c, 2, w), bars, 3);
    canvas_free(&c);
}

static void test_outside_utf8(void **state)
{
    static const double days[] = {0, 1, 4, 8};
    struct canvas c = {0};

    assert_non_null(setlocale(LC_ALL, "C"));
    meter(&c, 12, 50, 100, "[#####.....]\n");
    bar(&c, 5.3, 10, "######     #\n");
    bar(&c, 0.1, 10, "##         #\n");
    chart_spark(fresh(&c, 1, 6), 0, 1, 4, days, 4, ROLE_METER);
    check_drawing(&c, "# _.##\n");
    canvas_free(&c);
    assert_int_equal(use_utf8(state), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_meter),        cmocka_unit_test(test_bar),
        cmocka_unit_test(test_spark),        cmocka_unit_test(test_bars),
        cmocka_unit_test(test_outside_utf8),
    };

    return cmocka_run_group_tests_name("ui-widget-chart", tests, use_utf8, NULL);
}
