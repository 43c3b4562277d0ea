// A table of the same rows with other columns: what the library has of them, by which rows are put
// in order, sifted and counted where their search does not tell it. UI thread, but for the making.
// Floor: desk.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "desk/inside.h"
#include "job/cancel.h"

bool shadow_wanted(const struct results *r, size_t column)
{
    return column != SIZE_MAX && desk_column_source(r, column) != COLUMN_OF_SEARCH;
}

void shadow_open(struct shadow *s, const struct results *r)
{
    more_sheet_open(&s->sheet, &r->query);
    s->columns = mem_array(s->sheet.n_all, sizeof(*s->columns));
    s->n = 0;
}

void shadow_free(struct shadow *s)
{
    if (s->columns)
        more_sheet_free(&s->sheet);
    free(s->columns);
    *s = (struct shadow){0};
}

size_t shadow_column(struct shadow *s, size_t column)
{
    size_t i = 0;

    while (i < s->n && s->columns[i] != &s->sheet.all[column])
        i++;
    if (i == s->n)
        s->columns[s->n++] = &s->sheet.all[column];
    return i;
}

// Rows of one page on their way from one table to the other.
struct copying {
    struct shadow *shadow;
    const struct table *from;
    struct table *to;
    char **ids; // owned, and so are they
    size_t *places;
    size_t n;
    int number;
};

static void add_row(struct copying *c, size_t i, struct page *page)
{
    struct shadow *s = c->shadow;
    struct row *row = page_add(page, s->n);

    row->id = page_text(page, c->ids[i], strlen(c->ids[i]));
    more_sheet_row(&s->sheet, c->ids[i]);
    for (size_t k = 0; k < s->n; k++) {
        const char *cell = more_sheet_cell(&s->sheet, k, true);

        if (!cell)
            cell = table_cell(c->from, c->places[i], s->sheet.numbers[k]);
        page_cell(page, row, k, cell, strlen(cell));
    }
}

static bool put_page(struct copying *c, struct app *a, struct err *e)
{
    struct page page = {.hits = -1};
    bool ok = more_sheet_read(&c->shadow->sheet, a, (const char *const *)c->ids, c->n, e);

    for (size_t i = 0; i < c->n; i++) {
        if (ok)
            add_row(c, i, &page);
        free(c->ids[i]);
    }
    if (ok && c->n)
        (void)table_put(c->to, c->number, &page, NULL);
    page_free(&page);
    c->n = 0;
    return ok;
}

static bool copy_rows(struct copying *c, struct task *t, bool shown)
{
    size_t rpp = (size_t)table_rpp(c->from), done = 0;
    bool ok = true;

    for (size_t i = 0; ok && i < table_rows(c->from); i++) {
        const char *id = table_id(c->from, i);
        int number = shown ? (int)(done / rpp) + 1 : table_page_of(c->from, i);

        if (!id)
            continue;
        if (number != c->number)
            ok =
                put_page(c, &t->app, &t->err) &&
                (!cancel_fired(t->cancel) || err_set(&t->err, ERR_CANCELLED, "stopped on request"));
        c->number = number;
        c->ids[c->n] = mem_strdup(table_id(c->from, i));
        c->places[c->n++] = i;
        done++;
    }
    return put_page(c, &t->app, &t->err) && ok;
}

struct table *shadow_table(struct shadow *s, struct task *t, const struct table *of, bool shown)
{
    size_t rpp = (size_t)table_rpp(of);
    struct table *plain = table_share(of);
    struct copying c = {.shadow = s,
                        .from = plain,
                        .to = table_new(s->n, (int)rpp),
                        .ids = mem_array(rpp + 1, sizeof(*c.ids)),
                        .places = mem_array(rpp + 1, sizeof(*c.places))};
    bool ok;

    if (!shown)
        table_unorder(plain);
    more_sheet_choose(&s->sheet, s->columns, s->n);
    ok = copy_rows(&c, t, shown);
    table_free(plain);
    free(c.ids);
    free(c.places);
    if (ok)
        return c.to;
    table_free(c.to);
    return NULL;
}
