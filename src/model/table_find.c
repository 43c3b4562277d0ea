// Finding a pattern in a table's fetched rows, from a place on. One owner at a time. Floor: model.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/table_inside.h"

enum { ASK_EVERY = 64 };

struct search {
    const struct table *t;
    struct scan scan;
    const struct stop *stop;
    size_t asked;
};

static bool is_stopped(struct search *s)
{
    return s->asked++ % ASK_EVERY == 0 && s->stop && s->stop->asked &&
           s->stop->asked(s->stop->self);
}

// The nearest hit of the page scanned last among its rows low..high - 1, by the way it goes.
static long long nearest(const struct search *s, size_t low, size_t high, int step)
{
    for (size_t i = low; i < high; i++) {
        size_t row = step > 0 ? i : high - 1 - (i - low);

        if (s->scan.hits[row])
            return (long long)row;
    }
    return TABLE_NONE;
}

// In the server's order: pages from the one of `from` on, round once, that one's other part last.
static long long look_by_page(struct search *s, size_t from, int step)
{
    const struct table *t = s->t;
    size_t at = (size_t)table_page_of(t, from) - 1, within = from - t->starts[at];
    size_t page = at;

    for (size_t i = 0; i <= t->n_pages && !is_stopped(s); i++) {
        size_t n = t->pages[page].n_rows, low = 0, high = n;
        long long row;

        if (i == 0 && step > 0)
            low = within + 1 < n ? within + 1 : n;
        if (i == 0 && step < 0)
            high = within < n ? within : n;
        if (page_there(&t->pages[page]) && scan_page(&s->scan, page) > 0 &&
            (row = nearest(s, low, high, step)) != TABLE_NONE)
            return (long long)t->starts[page] + row;
        if (step > 0)
            page = page + 1 < t->n_pages ? page + 1 : 0;
        else
            page = page > 0 ? page - 1 : t->n_pages - 1;
    }
    return TABLE_NONE;
}

// All rows at first, for their order leads from page to page.
static unsigned char *scan_all(struct search *s)
{
    const struct table *t = s->t;
    unsigned char *all = mem_array(t->n_pages * t->rpp + 1, 1);

    for (size_t i = 0; i < t->n_pages && !is_stopped(s); i++) {
        if (page_there(&t->pages[i]) && scan_page(&s->scan, i) > 0)
            memcpy(all + i * t->rpp, s->scan.hits, t->pages[i].n_rows);
    }
    return all;
}

static long long look_by_order(struct search *s, size_t from, int step)
{
    const struct table *t = s->t;
    unsigned char *all = scan_all(s);
    long long found = TABLE_NONE;

    if (from >= t->n_order)
        from = step > 0 ? t->n_order - 1 : 0;
    for (size_t i = 0; i < t->n_order && found == TABLE_NONE; i++) {
        if (step > 0)
            from = from + 1 < t->n_order ? from + 1 : 0;
        else
            from = from > 0 ? from - 1 : t->n_order - 1;
        if (all[t->order[from]])
            found = (long long)from;
    }
    free(all);
    return found;
}

long long table_find(const struct table *t, const struct pattern *pattern, const size_t *columns,
                     size_t n, size_t from, int step, const struct stop *stop)
{
    struct search s = {.t = t, .stop = stop};
    size_t rows = table_rows(t);
    long long place;

    if (t->fetched == 0 || rows == 0)
        return TABLE_NONE;
    s.scan = scan_begin(t, pattern, columns, n);
    if (t->order)
        place = look_by_order(&s, from, step);
    else if (from < rows)
        place = look_by_page(&s, from, step);
    else // past the end: as if just round
        place = look_by_page(&s, step > 0 ? rows - 1 : 0, step);
    scan_end(&s.scan);
    return place;
}
