// An enriched row as cells or as JSON with what Lode knows of it. Any thread. Floor: flow.
#include "flow/row.h"

#include <string.h>

#include "api/row.h"
#include "base/mem.h"
#include "base/str.h"

char *row_as_json(const struct entity *entity, const struct enriched_row *row, const char *fetched)
{
    const struct row_note notes[] = {
        {"matchStatus", row->status}, {"source", row->source}, {"fetchedAt", fetched}};

    return row_annotate(row->raw, entity, row->id, notes, ARRAY_LEN(notes));
}

void row_as_cells(const struct entity *entity, const struct enriched_row *row,
                  const struct column *const *columns, size_t n, struct page *page)
{
    const struct row_want want = {.columns = columns, .n_columns = n};

    row_from_json(row->raw ? row->raw : "{}", entity, &want, page);
    for (size_t i = 0; i < n; i++) {
        if (str_eq(columns[i]->path, entity->id_path))
            page_cell(page, &page->rows[page->n_rows - 1], i, row->id, strlen(row->id));
    }
}
