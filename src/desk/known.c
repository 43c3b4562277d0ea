// What the library knows of rows whose search tells little more than an id: the cells of those that
// were looked at last. UI thread, but for the reading. Floor: desk.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "desk/page.h"
#include "flow/library.h"
#include "flow/more.h"
#include "flow/row.h"

enum {
    KNOWN_MAX = 4096, // rows: more than pages are ever looked at together
    CELL_CUT = 800    // bytes: what the widest column shows
};

// Texts one behind the other, each with its end; before them where each begins.
struct known_row {
    uint32_t n;
    uint32_t at[]; // from the start of this
};

struct reading {
    const struct entity *entity;
    const struct column **columns; // owned
    size_t n;
    struct map *out;
};

static size_t cut(const char *text)
{
    size_t n = strlen(text);

    if (n <= CELL_CUT)
        return n;
    for (n = CELL_CUT; n > 0 && ((unsigned char)text[n] & 0xc0) == 0x80;)
        n--;
    return n;
}

static struct known_row *pack(const char *const *cells, size_t n)
{
    size_t size = sizeof(struct known_row) + n * sizeof(uint32_t);
    struct known_row *row;

    for (size_t i = 0; i < n; i++)
        size += cut(cells[i]) + 1;
    row = mem_zalloc(size);
    row->n = (uint32_t)n;
    size = sizeof(*row) + n * sizeof(uint32_t);
    for (size_t i = 0; i < n; i++) {
        row->at[i] = (uint32_t)size;
        memcpy((char *)row + size, cells[i], cut(cells[i]));
        size += cut(cells[i]) + 1;
    }
    return row;
}

static bool add(void *self, const struct enriched_row *row, struct err *e)
{
    struct reading *r = self;
    struct page page = {0};

    (void)e;
    row_as_cells(r->entity, row, r->columns, r->n, &page);
    free(map_put(r->out, row->id, pack((const char *const *)page.rows[0].cells, r->n)));
    page_free(&page);
    return true;
}

static bool is_owned(const struct row_note *note)
{
    return note->standing == STANDING_HELD || note->standing == STANDING_OWNED;
}

// Owned ones that the library has nothing of are known to be that.
static size_t choose(const char *const *ids, const struct row_note *notes, size_t n,
                     const char **out, struct map *known)
{
    size_t n_out = 0;

    for (size_t i = 0; i < n; i++) {
        if (!is_owned(&notes[i]))
            continue;
        out[n_out++] = ids[i];
        free(map_put(known, ids[i], mem_zalloc(sizeof(struct known_row))));
    }
    return n_out;
}

void known_read(struct app *a, const struct entity *entity, const char *const *ids,
                const struct row_note *notes, size_t n, struct map *out)
{
    struct column *columns = mem_array(entity->enrich.n_columns, sizeof(*columns));
    struct reading r = {.entity = entity, .out = out, .n = more_of_library(entity, columns)};
    const char **owned = mem_array(n + 1, sizeof(*owned));
    size_t n_owned = choose(ids, notes, n, owned, out);
    struct err ignored;

    r.columns = mem_array(r.n, sizeof(*r.columns));
    for (size_t i = 0; i < r.n; i++)
        r.columns[i] = &columns[i];
    if (n_owned) // a library that cannot be read is no reason to show less than before
        (void)library_each(a, entity, owned, n_owned, add, &r, &ignored);
    free(r.columns);
    free(owned);
    free(columns);
}

void known_take(struct results *r, struct map *from)
{
    if (r->known.len + from->len > KNOWN_MAX)
        known_forget(r);
    for (size_t i = 0; i < from->cap; i++) {
        if (from->slots[i].key)
            free(map_put(&r->known, from->slots[i].key, from->slots[i].value));
    }
    map_free(from, NULL);
}

void known_forget(struct results *r)
{
    map_free(&r->known, free);
    r->arranged++; // rows on the screen are looked at anew
}

bool known_lacks(const struct results *r, const char *id, const struct row_note *note)
{
    return more_wanted(r->entity) && is_owned(note) && !map_get(&r->known, id);
}

const char *known_cell(const struct results *r, const char *id, size_t column)
{
    const struct known_row *row = map_get(&r->known, id);

    return row && column < row->n ? (const char *)row + row->at[column] : "";
}
