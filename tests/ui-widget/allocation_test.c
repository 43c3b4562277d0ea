// Drawing allocates nothing once it has drawn the like before: counted by the address sanitizer's
// hook; skipped in builds without it.
#include "ui-widget/drawing.h"

#include <stdbool.h>
#include <stdlib.h>

#include "base/mem.h"
#include "ui/widget/chart.h"
#include "ui/widget/dialog.h"
#include "ui/widget/form.h"
#include "ui/widget/list_view.h"
#include "ui/widget/menu.h"
#include "ui/widget/prompt.h"
#include "ui/widget/table_view.h"
#include "ui/widget/tabs.h"
#include "ui/widget/text_view.h"
#include "ui/widget/tree_view.h"

static size_t allocations;

void __sanitizer_malloc_hook(const volatile void *p, size_t size);
void __sanitizer_malloc_hook(const volatile void *p, size_t size)
{
    (void)p;
    (void)size;
    allocations++;
}

static size_t count(void *self)
{
    (void)self;
    return 30;
}

static const char *text(void *self, size_t item)
{
    (void)self;
    return item % 2 ? "Vice President of Data" : "数据总监 São Paulo";
}

static const char *cell(void *self, size_t row, size_t column, enum role *role)
{
    (void)role;
    return text(self, row + column);
}

static long long parent(void *self, size_t item)
{
    (void)self;
    return (long long)(item / 2) - 1;
}

static struct form_field field(void *self, size_t i)
{
    return (struct form_field){.label = text(self, i), .value = text(self, i + 1), .note = "x"};
}

static struct menu_item item(void *self, size_t menu, size_t i)
{
    return (struct menu_item){text(self, menu + i), "C-x", i == 2};
}

static size_t items(void *self, size_t menu)
{
    (void)menu;
    return count(self);
}

static const struct table_column columns[] = {{"Name", NULL, 20, false, true, '^'},
                                              {"数据", NULL, 18, true, false, 0}};

// One of each.
struct widgets {
    struct table_view table;
    struct list_view list;
    struct tree_view tree;
    struct form form;
    struct text_view reader;
    struct prompt prompt;
    struct buttons buttons;
    struct menu menu;
    struct tab tab;
};

static void open_all(struct widgets *w)
{
    struct completion none = {NULL, NULL};

    *w = (struct widgets){
        .table = {.source = {NULL, count, cell, NULL}, .columns = columns, .n_columns = 2},
        .form = {.source = {NULL, count, field}},
        .buttons = {.labels = {"Cancel", "数据"}, .n = 2},
        .menu = {.source = {NULL, count, text, items, item}},
        .tab = {"1", "数据", 0, 0}};
    w->table.found = "data";
    list_view_init(&w->list, &(struct list_source){NULL, count, text, text, NULL, NULL}, true);
    tree_view_init(&w->tree, &(struct tree_source){NULL, count, parent, text, NULL, NULL});
    (void)tree_view_move(&w->tree, MOVE_RIGHT);
    text_view_set(&w->reader, "# 数据\na line that is longer than the area is wide\n", true, true);
    prompt_init(&w->prompt, "Save as", "数据.csv", NULL, none);
}

static void close_all(struct widgets *w)
{
    list_view_free(&w->list);
    tree_view_free(&w->tree);
    text_view_free(&w->reader);
    prompt_free(&w->prompt);
    form_free(&w->form);
}

static void draw_all(struct widgets *w, struct area a)
{
    static const double days[] = {1, 2, 3};
    static const struct bar bars[] = {{"数据", 1, "1"}};

    table_view_draw(&w->table, a, true);
    list_view_draw(&w->list, a, true);
    tree_view_draw(&w->tree, a, true);
    form_draw(&w->form, a, true);
    text_view_draw(&w->reader, a, true);
    prompt_draw(&w->prompt, a, true);
    buttons_draw(&w->buttons, a, true);
    menu_draw(&w->menu, a);
    tabs_draw(&w->tab, 1, 0, a);
    (void)wrapped_text(a, 0, ROLE_TEXT, "a text of 数据 and more that is wrapped to the area");
    chart_meter(a, 0, 0, 10, 1, 2);
    chart_spark(a, 0, 0, 10, days, 3, ROLE_METER);
    (void)chart_bars(a, bars, 1);
}

static void test_drawing_again_allocates_nothing(void **state)
{
    struct widgets w;
    struct canvas c = {0};
    void *volatile p = malloc(1);

    (void)state;
    free(p);
    if (allocations == 0)
        skip();
    open_all(&w);
    canvas_size(&c, 12, 36);
    draw_all(&w, canvas_area(&c));
    allocations = 0;
    draw_all(&w, canvas_area(&c));
    assert_int_equal(allocations, 0);
    close_all(&w);
    canvas_free(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_drawing_again_allocates_nothing),
    };

    return cmocka_run_group_tests_name("ui-widget-allocation", tests, use_utf8, NULL);
}
