// What the library knows of rows whose search tells little more than an id: a line of words each.
// UI thread, but for the reading. Floor: desk.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "desk/page.h"
#include "flow/library.h"
#include "flow/row.h"

enum { SPARSE = 4, SHOWN_MAX = 8 }; // columns of a search; of a record, in the line

bool known_wanted(const struct entity *entity)
{
    return entity->search.n_columns <= SPARSE;
}

struct reading {
    const struct entity *entity;
    const struct column *columns[SHOWN_MAX];
    size_t n;
    struct map *out;
};

// Those of the catalogue's usual selection that the search has not told already.
static void choose(struct reading *r)
{
    const struct enrich_operation *op = &r->entity->enrich;
    const struct search_operation *search = &r->entity->search;

    for (size_t i = 0; i < op->n_columns && r->n < SHOWN_MAX; i++) {
        const struct column *c = &op->columns[i];
        bool told = false;

        for (size_t k = 0; k < search->n_columns; k++)
            told = told || str_eq(search->columns[k].path, c->path);
        if (c->marks & COLUMN_SHOWN && !told)
            r->columns[r->n++] = c;
    }
}

static bool add(void *self, const struct enriched_row *row, struct err *e)
{
    struct reading *r = self;
    struct page page = {0};
    struct str line = {0};

    (void)e;
    row_as_cells(r->entity, row, r->columns, r->n, &page);
    for (size_t i = 0; i < r->n; i++) {
        if (*page.rows[0].cells[i])
            str_addf(&line, "%s%s %s", line.len ? "; " : "", r->columns[i]->heading,
                     page.rows[0].cells[i]);
    }
    if (line.len)
        free(map_put(r->out, row->id, str_take(&line)));
    str_free(&line);
    page_free(&page);
    return true;
}

void known_read(struct app *a, const struct entity *entity, const char *const *ids,
                const struct row_note *notes, size_t n, struct map *out)
{
    struct reading r = {.entity = entity, .out = out};
    const char **owned = mem_array(n + 1, sizeof(*owned));
    size_t n_owned = 0;
    struct err ignored;

    for (size_t i = 0; i < n; i++) {
        if (notes[i].standing == STANDING_HELD || notes[i].standing == STANDING_OWNED)
            owned[n_owned++] = ids[i];
    }
    choose(&r);
    if (n_owned) // a library that cannot be read is no reason to show less than before
        (void)library_each(a, entity, owned, n_owned, add, &r, &ignored);
    free(owned);
}

void known_take(struct results *r, struct map *from)
{
    for (size_t i = 0; i < from->cap; i++) {
        if (from->slots[i].key)
            free(map_put(&r->known, from->slots[i].key, from->slots[i].value));
    }
    map_free(from, NULL);
}

const char *desk_known(const struct desk *d, const char *id)
{
    return map_get(&d->results.known, id);
}
