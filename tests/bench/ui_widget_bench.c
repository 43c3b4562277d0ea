// What the widgets take to draw and to filter, in memory: figure, unit. Run:
//   cmake --preset bench && cmake --build --preset bench --target ui_widget_bench
//   build/bench/tests/ui_widget_bench
// Bench.
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "base/rng.h"
#include "base/str.h"
#include "ui/widget/list_view.h"
#include "ui/widget/table_view.h"
#include "ui/widget/text_view.h"

enum { HEIGHT = 50, WIDTH = 200, TURNS = 101, ITEMS = 20000, COLUMNS = 14, BODY = 5 << 20 };

static double now_us(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

// The median of TURNS calls, and the best, which other work on the machine disturbs least.
static void measure(const char *name, void (*call)(void *self), void *self)
{
    static double took[TURNS];

    for (int i = 0; i < TURNS; i++) {
        double start = now_us();

        call(self);
        took[i] = now_us() - start;
    }
    qsort(took, TURNS, sizeof(took[0]), by_size);
    (void)printf("%-56s %10.1f us, %.1f at best\n", name, took[TURNS / 2], took[0]);
}

static size_t count(void *self)
{
    (void)self;
    return ITEMS;
}

static const char *ascii_cell(void *self, size_t row, size_t column, enum role *role)
{
    static const char *const texts[] = {"Anastasia Ruiz", "Vice President, Data", "97",
                                        "Initech Holdings Inc", "ana@example.com"};

    (void)self;
    (void)role;
    return texts[(row + column) % ARRAY_LEN(texts)];
}

static const char *wide_cell(void *self, size_t row, size_t column, enum role *role)
{
    static const char *const texts[] = {"李明", "数据总监", "São Paulo", "Zürich", "שרה כהן"};

    (void)self;
    (void)role;
    return texts[(row + column) % ARRAY_LEN(texts)];
}

static const char *sign(void *self, size_t row, enum role *role)
{
    (void)self;
    *role = ROLE_MARK;
    return row % 3 ? NULL : "*";
}

struct scene {
    struct canvas canvas;
    struct table_view table;
    struct list_view list;
};

static void draw_table(void *self)
{
    struct scene *s = self;

    table_view_draw(&s->table, canvas_area(&s->canvas), true);
}

static void bench_table(void)
{
    struct table_column columns[COLUMNS];
    struct scene s = {0};

    for (size_t i = 0; i < COLUMNS; i++)
        columns[i] =
            (struct table_column){"Heading", NULL, 13, i % 5 == 2, i == 0, i == 1 ? '^' : 0};
    s.table = (struct table_view){
        .source = {NULL, count, ascii_cell, sign}, .columns = columns, .n_columns = COLUMNS};
    canvas_size(&s.canvas, HEIGHT, WIDTH);
    measure("draw a table of 200x50, ASCII", draw_table, &s);
    s.table.found = "data";
    measure("the same with a text shown as found", draw_table, &s);
    s.table.found = NULL;
    s.table.source.cell = wide_cell;
    measure("draw a table of 200x50, no ASCII", draw_table, &s);
    canvas_free(&s.canvas);
}

static const char *item_text(void *self, size_t item)
{
    return ((char **)self)[item];
}

static void update_list(void *self)
{
    list_view_update(self);
}

static void draw_list(void *self)
{
    struct scene *s = self;

    list_view_draw(&s->list, canvas_area(&s->canvas), true);
}

// Texts like those of job titles and technologies.
static char **texts_new(void)
{
    static const char *const words[] = {"Vice",     "President", "Data",      "Software",
                                        "Director", "of",        "Marketing", "Engineering",
                                        "Sales",    "Platform",  "Analytics", "Cloud",
                                        "Security", "Senior",    "Chief",     "Operations"};
    struct rng r = rng_seed(1);
    char **texts = mem_array(ITEMS, sizeof(*texts));

    for (size_t i = 0; i < ITEMS; i++)
        texts[i] = str_format("%s %s %s %s %u", words[rng_below(&r, 16)], words[rng_below(&r, 16)],
                              words[rng_below(&r, 16)], words[rng_below(&r, 16)],
                              (unsigned)rng_below(&r, 1000));
    return texts;
}

static double worst_us; // of a key, its best in all turns

// The letters of a text one after the other, as a person types them: each key's best of all turns.
static void type_out(struct list_view *l, const char *typed)
{
    size_t n = strlen(typed);

    for (size_t i = 0; i < n; i++) {
        double best = 1e9; // us

        for (int turn = 0; turn < TURNS / 10; turn++) {
            double began;

            edit_set(&l->edit, "");
            list_view_update(l);
            for (size_t k = 0; k < i; k++)
                (void)list_view_event(
                    l, &(struct event){.kind = EVENT_KEY, .key = (unsigned char)typed[k]});
            began = now_us();
            (void)list_view_event(
                l, &(struct event){.kind = EVENT_KEY, .key = (unsigned char)typed[i]});
            began = now_us() - began;
            best = began < best ? began : best;
        }
        worst_us = best > worst_us ? best : worst_us;
    }
}

static void bench_list(void)
{
    static const char *const typed[] = {"", "a", "soft", "vpdata", "direngsales", "zzz"};
    char **texts = texts_new();
    struct list_source source = {.self = texts, .count = count, .text = item_text};
    struct scene s = {0};

    canvas_size(&s.canvas, HEIGHT, WIDTH);
    list_view_init(&s.list, &source, true);
    for (size_t i = 0; i < ARRAY_LEN(typed); i++) {
        char name[64];

        edit_set(&s.list.edit, typed[i]);
        list_view_update(&s.list);
        (void)snprintf(name, sizeof(name), "filter 20,000 items by \"%s\" (%zu fit)", typed[i],
                       s.list.n_ranks);
        measure(name, update_list, &s.list);
        type_out(&s.list, typed[i]);
    }
    (void)printf("%-56s %10.1f us (aim 5000)\n", "the dearest key of all of them, typed", worst_us);
    edit_set(&s.list.edit, "");
    list_view_update(&s.list);
    measure("draw a list of 200x50", draw_list, &s);
    list_view_free(&s.list);
    canvas_free(&s.canvas);
    for (size_t i = 0; i < ITEMS; i++)
        free(texts[i]);
    free(texts);
}

// A JSON body of about 5 MB, pretty printed.
static char *body_new(void)
{
    struct str s = {0};
    struct rng r = rng_seed(2);

    while (s.len < BODY)
        str_addf(&s, "    \"jobTitle\": \"Vice President, %u\",\n    \"id\": %u,\n",
                 (unsigned)rng_below(&r, 1000000), (unsigned)rng_below(&r, 1000000));
    str_add(&s, "the end\n");
    return str_take(&s);
}

struct reading {
    struct text_view view;
    struct canvas canvas;
    const char *body;
};

static void set_text(void *self)
{
    struct reading *r = self;

    text_view_set(&r->view, r->body, true, false);
    text_view_draw(&r->view, canvas_area(&r->canvas), true);
}

static void draw_text(void *self)
{
    struct reading *r = self;

    text_view_draw(&r->view, canvas_area(&r->canvas), true);
}

static void find_text(void *self)
{
    struct reading *r = self;

    (void)text_view_move(&r->view, MOVE_TOP);
    (void)text_view_find(&r->view, "the end", 1);
}

static void bench_text(void)
{
    char *body = body_new();
    struct reading r = {.body = body};

    canvas_size(&r.canvas, HEIGHT, WIDTH);
    measure("set a text of 5 MB and draw it, wrapped", set_text, &r);
    measure("draw it again", draw_text, &r);
    measure("find its last line", find_text, &r);
    text_view_free(&r.view);
    canvas_free(&r.canvas);
    free(body);
}

int main(void)
{
    if (!setlocale(LC_ALL, "C.UTF-8"))
        return 1;
    bench_table();
    bench_list();
    bench_text();
    return 0;
}
