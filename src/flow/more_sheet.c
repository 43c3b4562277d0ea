// Rows of a search on their way to a sheet with columns beyond those that the search tells. Floor:
// flow.
#include "flow/more_sheet.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/mem.h"
#include "flow/library.h"
#include "flow/row.h"
#include "model/notice.h"

void more_sheet_open(struct more_sheet *s, const struct query *query)
{
    const struct search_operation *op = &query->entity->search;

    *s = (struct more_sheet){.entity = query->entity};
    more_open(&s->more, query->entity);
    s->n_all = op->n_columns + s->more.n;
    s->all = mem_array(s->n_all, sizeof(*s->all));
    memcpy(s->all, op->columns, op->n_columns * sizeof(*s->all));
    for (size_t i = 0; i < s->more.n; i++)
        s->all[op->n_columns + i] = s->more.items[i];
    s->told = mem_array(s->more.n_filters, sizeof(*s->told));
    for (size_t i = 0; i < s->more.n_filters; i++)
        s->told[i] = mem_strdup(more_filter(&s->more, i, query));
}

static void forget_rows(struct more_sheet *s)
{
    page_free(&s->page);
    map_free(&s->places, NULL);
    s->notices.len = 0;
    s->known = NULL;
    s->notice_by_ms = 0;
}

void more_sheet_free(struct more_sheet *s)
{
    forget_rows(s);
    vec_free(&s->notices);
    for (size_t i = 0; i < s->more.n_filters; i++)
        free(s->told[i]);
    free(s->told);
    free(s->numbers);
    free(s->at);
    free(s->library);
    free(s->all);
    more_free(&s->more);
    *s = (struct more_sheet){0};
}

// Those of the entity's search come first.
static size_t number_of(const struct more_sheet *s, const struct column *column)
{
    const struct search_operation *op = &s->entity->search;

    for (size_t i = 0; i < op->n_columns; i++) {
        if (column == &op->columns[i])
            return i;
    }
    return (size_t)(column - s->all);
}

static bool of_filter(const struct more_sheet *s, size_t number)
{
    size_t n = s->entity->search.n_columns;

    return number >= n && number < n + s->more.n_filters;
}

static bool of_library(const struct more_sheet *s, size_t number)
{
    return number >= s->entity->search.n_columns + s->more.n_filters;
}

void more_sheet_choose(struct more_sheet *s, const struct column *const *columns, size_t n)
{
    s->numbers = mem_array(n + 1, sizeof(*s->numbers));
    s->at = mem_array(n + 1, sizeof(*s->at));
    s->library = mem_array(n + 1, sizeof(*s->library));
    for (size_t i = 0; i < n; i++) {
        size_t number = s->numbers[s->n++] = number_of(s, columns[i]);

        s->at[i] = s->n_library;
        s->n_filters += of_filter(s, number);
        if (of_library(s, number))
            s->library[s->n_library++] = columns[i];
    }
}

bool more_sheet_any(const struct more_sheet *s)
{
    return s->n_filters || s->n_library;
}

static bool add(void *self, const struct enriched_row *row, struct err *e)
{
    struct more_sheet *s = self;

    (void)e;
    row_as_cells(s->entity, row, s->library, s->n_library, &s->page);
    vec_push(&s->notices, notice_by(s->library, s->page.rows[s->page.n_rows - 1].cells,
                                    s->n_library, row->bought_ms, row->fetched_ms));
    (void)map_put(&s->places, row->id, (void *)(uintptr_t)s->page.n_rows);
    return true;
}

bool more_sheet_read(struct more_sheet *s, struct app *a, const char *const *ids, size_t n,
                     struct err *e)
{
    forget_rows(s);
    return s->n_library == 0 || library_each(a, s->entity, ids, n, add, s, e);
}

void more_sheet_row(struct more_sheet *s, const char *id)
{
    uintptr_t place = (uintptr_t)map_get(&s->places, id);

    s->known = place ? s->page.rows[place - 1].cells : NULL;
    s->notice_by_ms = place ? s->notices.items[place - 1] : 0;
    s->n_known += place != 0;
}

const char *more_sheet_cell(const struct more_sheet *s, size_t i, bool found)
{
    size_t number = s->numbers[i];

    if (of_filter(s, number))
        return found ? s->told[number - s->entity->search.n_columns] : "";
    if (!of_library(s, number))
        return NULL;
    return s->known ? s->known[s->at[i]] : "";
}

void more_sheet_basis(const struct more_sheet *s, struct str *out)
{
    char n[COUNT_MAX];

    if (s->n_filters)
        str_addf(out, "; %zu column%s as the filters say", s->n_filters,
                 s->n_filters == 1 ? "" : "s");
    if (s->n_library)
        str_addf(out, "; %zu column%s as the library knows %s of the rows", s->n_library,
                 s->n_library == 1 ? "" : "s", count_text((long long)s->n_known, n));
}
