// Owned and enriched records as rows of a sheet. Main thread. Floor: cli.
#include "cli/records.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "flow/row.h"

enum { NOTES = 3 };

bool records_open(struct records *r, const struct invocation *in, const struct entity *entity,
                  const struct column *const *fields, size_t n, struct err *e)
{
    static const struct sheet_column notes[NOTES] = {{"matchStatus", "Match", COLUMN_TEXT},
                                                     {"source", "Source", COLUMN_TEXT},
                                                     {"fetchedAt", "Fetched", COLUMN_TEXT}};

    *r = (struct records){.entity = entity};
    columns_take(&r->columns, fields, n);
    for (size_t i = 0; i < NOTES; i++)
        columns_add(&r->columns, notes[i]);
    if (output_open(&r->out, in, r->columns.sheet, r->columns.n_sheet, e))
        return true;
    columns_free(&r->columns);
    return false;
}

static bool write_json(struct records *r, const struct enriched_row *row, const char *fetched,
                       struct err *e)
{
    char *json = row_as_json(r->entity, row, fetched);
    const char **nothing = mem_array(r->columns.n_sheet, sizeof(*nothing));
    bool ok;

    for (size_t i = 0; i < r->columns.n_sheet; i++)
        nothing[i] = "";
    ok = output_row(&r->out, nothing, json, e);
    free(nothing);
    free(json);
    return ok;
}

static bool write_cells(struct records *r, const struct enriched_row *row, const char *fetched,
                        struct err *e)
{
    const char **cells = mem_array(r->columns.n_sheet, sizeof(*cells));
    struct page page = {0};
    bool ok;

    row_as_cells(r->entity, row, r->columns.from, r->columns.n, &page);
    for (size_t i = 0; i < r->columns.n; i++)
        cells[i] = page.rows[0].cells[i];
    cells[r->columns.n] = row->status;
    cells[r->columns.n + 1] = row->source;
    cells[r->columns.n + 2] = fetched;
    ok = output_row(&r->out, cells, NULL, e);
    page_free(&page);
    free(cells);
    return ok;
}

bool records_row(void *self, const struct enriched_row *row, struct err *e)
{
    struct records *r = self;
    char fetched[CLOCK_ISO_MAX] = "";

    if (row->fetched_ms)
        (void)clock_iso(row->fetched_ms, fetched);
    return r->out.json ? write_json(r, row, fetched, e) : write_cells(r, row, fetched, e);
}

bool records_close(struct records *r, struct err *e)
{
    bool ok = output_close(&r->out, e);

    columns_free(&r->columns);
    return ok;
}
