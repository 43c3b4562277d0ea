// Owned and enriched records as rows of a sheet. Main thread. Floor: cli.
#include "cli/records.h"

#include "base/str.h"
#include "cli/preset.h"

bool records_take(struct records *r, const struct invocation *in, const struct entity *entity,
                  struct columns *columns, struct err *e)
{
    *r = (struct records){.entity = entity, .columns = *columns};
    *columns = (struct columns){0};
    for (size_t i = 0; i < ROW_NOTES; i++)
        columns_add(&r->columns, row_notes[i]);
    if (!output_open_named(&r->out, in, r->columns.sheet, r->columns.n_sheet, e)) {
        columns_free(&r->columns);
        return false;
    }
    r->reader = row_reader_new(entity, r->columns.from, r->columns.n);
    r->out.facts.entity = entity->name;
    r->out.facts.profile = in->app.config.profile;
    r->out.facts.source = in->app.config.source;
    return true;
}

bool records_open(struct records *r, const struct invocation *in, const struct entity *entity,
                  const struct column *const *fields, size_t n, struct err *e)
{
    const struct enrich_operation *op = &entity->enrich;
    struct columns c;

    if (!opt_has(&in->opts, "preset") || str_eq(opt_value(&in->opts, "preset", ""), "plain")) {
        columns_take(&c, fields, n);
        return records_take(r, in, entity, &c, e);
    }
    // What was bought is told by --fields; how it is laid out, by the preset.
    if (!preset_columns(&c, in, entity, "layout", op->columns, op->n_columns, e))
        return false;
    columns_comply(&c, op->columns, op->n_columns);
    return records_take(r, in, entity, &c, e);
}

bool records_row(void *self, const struct enriched_row *row, struct err *e)
{
    struct records *r = self;

    r->out.rows++;
    return row_export(r->reader, r->out.x, r->out.json, row, e);
}

bool records_close(struct records *r, struct err *e)
{
    bool ok = output_close(&r->out, e);

    row_reader_free(r->reader);
    columns_free(&r->columns);
    return ok;
}

void records_abort(struct records *r)
{
    output_abort(&r->out);
    row_reader_free(r->reader);
    columns_free(&r->columns);
}
