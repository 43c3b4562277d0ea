// How wide the columns of a table are, and which of them a terminal has room for. Floor: flow.
#include "flow/sheet_layout.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "model/date.h"

enum {
    WIDEST = 40,   // but for the last column
    READABLE = 10, // of a text that is cut
    HEADING = 8,   // of a heading that is
    NARROWEST = 4
};

struct table {
    const struct sheet_options *o;
    const char *const *cells;
    size_t n_rows;
};

static int larger(int a, int b)
{
    return a > b ? a : b;
}

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

// A number, date or id that is cut is none; a text may be, as long as it can be read.
static int least_of(enum column_type type, const char *cell)
{
    bool whole = type == COLUMN_ID || type == COLUMN_NUMBER || type == COLUMN_MONEY;
    int width = text_width(cell);
    char date[DATE_MAX];

    return width <= READABLE || whole || date_normal(cell, date) ? width : READABLE;
}

static int least_width(const struct table *t, size_t column)
{
    const struct sheet_column *c = &t->o->columns[column];
    int least = smaller(text_width(c->heading), HEADING);

    for (size_t r = 0; r < t->n_rows; r++)
        least = larger(least, least_of(c->type, t->cells[r * t->o->n_columns + column]));
    return least;
}

static int data_width(const struct table *t, size_t column)
{
    int widest = 0;

    for (size_t r = 0; r < t->n_rows; r++)
        widest = larger(widest, text_width(t->cells[r * t->o->n_columns + column]));
    return widest;
}

static size_t column_of(const struct sheet_options *o, const char *name)
{
    size_t i = 0;

    while (!str_eq(o->columns[i].name, name))
        i++;
    return i;
}

// The column that matters most but for so many others; n_columns: there is none.
static size_t ranked(const struct sheet_options *o, size_t rank)
{
    if (!o->shown || !o->width)
        return rank;
    return o->shown[rank] ? column_of(o, o->shown[rank]) : o->n_columns;
}

// Those that fit at their least widths, which they get; one at any rate.
static void choose(const struct sheet_options *o, const int *least, struct sheet_layout *l)
{
    int left = o->width + SHEET_GAP;
    size_t n = 0;

    for (size_t i; (i = ranked(o, n)) < o->n_columns; n++) {
        left -= least[i] + SHEET_GAP;
        if (o->fit && o->width && left < 0 && n)
            break;
        l->widths[i] = least[i];
        l->last = i > l->last ? i : l->last;
    }
    l->left_out = o->n_columns - n;
}

static int total_width(const struct sheet_layout *l, size_t n)
{
    int total = -SHEET_GAP;

    for (size_t i = 0; i < n; i++)
        total += l->widths[i] ? l->widths[i] + SHEET_GAP : 0;
    return total;
}

// Takes width off the column that has most over its least, until the table fits its terminal or
// nothing is left to take.
static void squeeze(const struct sheet_options *o, const int *least, struct sheet_layout *l)
{
    int over = total_width(l, o->n_columns) - o->width;

    for (; o->width > 0 && over > 0; over--) {
        size_t widest = 0;

        for (size_t i = 1; i < o->n_columns; i++) {
            if (l->widths[i] - least[i] > l->widths[widest] - least[widest])
                widest = i;
        }
        if (l->widths[widest] <= least[widest])
            break;
        l->widths[widest]--;
    }
}

// Headings give way first, then texts; then all where columns that were asked for have no room,
// but for ids.
struct sheet_layout sheet_layout_make(const struct sheet_options *o, const char *const *cells,
                                      size_t n_rows)
{
    const struct table t = {o, cells, n_rows};
    size_t n = o->n_columns;
    struct sheet_layout l = {.widths = mem_array(n, sizeof(*l.widths))};
    int *least = mem_array(n, sizeof(*least)), *data = mem_array(n, sizeof(*data));

    for (size_t i = 0; i < n; i++)
        least[i] = least_width(&t, i);
    choose(o, least, &l);
    for (size_t i = 0; i < n; i++) {
        data[i] = data_width(&t, i);
        if (i != l.last && o->width)
            data[i] = smaller(data[i], WIDEST);
        if (l.widths[i])
            l.widths[i] = larger(data[i], text_width(o->columns[i].heading));
        data[i] = larger(data[i], least[i]);
    }
    squeeze(o, data, &l);
    squeeze(o, least, &l);
    for (size_t i = 0; i < n; i++)
        least[i] = o->columns[i].type == COLUMN_ID ? least[i] : smaller(least[i], NARROWEST);
    squeeze(o, least, &l);
    free(least);
    free(data);
    return l;
}
