// Pages made ready on another thread, so that the table's owner has little left to do with them.
// Floor: model.
#include "model/table_ready.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/table_inside.h"

struct lookout lookout_new(size_t n_columns, int rpp)
{
    return (struct lookout){.n_columns = n_columns, .rpp = (size_t)rpp};
}

struct lookout table_lookout(const struct table *t)
{
    struct lookout l = {.n_columns = t->n_columns, .rpp = t->rpp, .forgot = t->forgot};

    if (t->shelf.self) {
        l.shelf = t->shelf;
        l.shelf.self = t->shelf.ref(t->shelf.self);
    }
    return l;
}

void lookout_free(struct lookout *l)
{
    if (l->shelf.self)
        l->shelf.unref(l->shelf.self);
    *l = (struct lookout){0};
}

// Of two ids with one hash the other may be meant: whoever has time looks again.
static bool on_shelf(const struct lookout *l, const char *id)
{
    size_t from = 0;
    uint32_t row;

    return l->shelf.self && l->shelf.find(l->shelf.self, shelf_hash(id), &from, &row);
}

static bool is_fresh(const struct lookout *l, const struct page *page)
{
    if (page->n_rows > l->rpp)
        return false;
    for (size_t i = 0; i < page->n_rows; i++) {
        const char *id = page->rows[i].id;

        if (*id && (page_stands_before(page, i) || on_shelf(l, id)))
            return false;
    }
    return true;
}

struct page_ready lookout_ready(const struct lookout *l, const struct page *page)
{
    struct page_ready r = {.forgot = l->forgot};
    bool *keep;

    if (!is_fresh(l, page))
        return r;
    keep = mem_array(page->n_rows, sizeof(*keep));
    memset(keep, true, page->n_rows);
    r.rows = packed_new(page, keep, l->n_columns);
    free(keep);
    return r;
}
