// Owned and enriched records as rows of a sheet. Main thread. Floor: cli.
#include "cli/records.h"

#include "flow/row.h"

bool records_open(struct records *r, const struct invocation *in, const struct entity *entity,
                  const struct column *const *fields, size_t n, struct err *e)
{
    *r = (struct records){.entity = entity};
    columns_take(&r->columns, fields, n);
    for (size_t i = 0; i < ROW_NOTES; i++)
        columns_add(&r->columns, row_notes[i]);
    if (output_open(&r->out, in, r->columns.sheet, r->columns.n_sheet, e))
        return true;
    columns_free(&r->columns);
    return false;
}

bool records_row(void *self, const struct enriched_row *row, struct err *e)
{
    struct records *r = self;

    r->out.rows++;
    return row_to_sheet(r->out.sheet, r->out.json, r->entity, row, r->columns.from, r->columns.n,
                        e);
}

bool records_close(struct records *r, struct err *e)
{
    bool ok = output_close(&r->out, e);

    columns_free(&r->columns);
    return ok;
}
