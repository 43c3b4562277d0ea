// Small tables from texts, for the tests of tables. Tests.
#ifndef TESTS_MODEL_TABLE_STAGE_H
#define TESTS_MODEL_TABLE_STAGE_H

#include "support/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "model/table.h"

enum { RPP = 4, COLUMNS = 3, NAME = 0, SCORE = 1, DATE = 2 };

// "7,Ana,90,2024-01-01|..." to a page; an id "-" is none.
static inline struct page page_of(const char *rows)
{
    struct page p = {.hits = -1};
    char *copy = mem_strdup(rows), *rest = copy, *line;

    while ((line = strsep(&rest, "|")) != NULL) {
        const char *id = strsep(&line, ","), *cell;
        struct row *r = page_add(&p, COLUMNS);

        r->id = page_text(&p, id, str_eq(id, "-") ? 0 : strlen(id));
        for (size_t i = 0; i < COLUMNS && (cell = strsep(&line, ",")) != NULL; i++)
            page_cell(&p, r, i, cell, strlen(cell));
    }
    free(copy);
    return p;
}

static inline size_t put(struct table *t, int number, const char *rows)
{
    struct page p = page_of(rows);
    size_t dropped = table_put(t, number, &p, NULL);

    page_free(&p);
    return dropped;
}

// Orders the rows there are by up to two keys, the first counting most.
static inline void arrange(struct table *t, const struct arrangement *how)
{
    struct row_order order;

    assert_true(table_arrange(t, how, NULL, &order));
    table_take_order(t, &order);
}

static inline void sort(struct table *t, size_t column, enum column_type type, bool ascending)
{
    arrange(t, &(struct arrangement){.keys = {{column, type, ascending}}, .n_keys = 1});
}

static inline long long find(const struct table *t, const char *text, size_t from, int step)
{
    static const size_t columns[] = {NAME};
    struct err e;
    struct pattern *pattern = pattern_read(text, &e);
    long long place;

    assert_non_null(pattern);
    place = table_find(t, pattern, columns, 1, from, step, NULL);
    pattern_unref(pattern);
    return place;
}

// The ids in the order shown: "1 2 . 4"; a place not fetched is a dot.
static inline void expect(const struct table *t, const char *ids)
{
    struct str out = {0};

    for (size_t i = 0; i < table_rows(t); i++) {
        const char *id = table_id(t, i);

        str_addf(&out, "%s%s", i ? " " : "", id ? id : ".");
    }
    assert_string_equal(str_text(&out), ids);
    str_free(&out);
}

#endif
