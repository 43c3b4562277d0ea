// Owned and enriched records as rows of a sheet, with what must travel with them. Main thread.
// Floor: cli.
#ifndef LODE_CLI_RECORDS_H
#define LODE_CLI_RECORDS_H

#include "flow/columns.h"
#include "cli/output.h"
#include "flow/row.h"

struct records {
    const struct entity *entity;
    struct columns columns;
    struct row_reader *reader;
    struct output out;
};

// Opens the output for these fields, with matchStatus, source and fetch date behind them.
// With --preset: its columns in their stead.
bool records_open(struct records *r, const struct invocation *in, const struct entity *entity,
                  const struct column *const *fields, size_t n, struct err *e);
// The same for columns that are chosen, which it takes over.
bool records_take(struct records *r, const struct invocation *in, const struct entity *entity,
                  struct columns *columns, struct err *e);
// For enrich_order.row and library_each(); self is the struct records.
bool records_row(void *self, const struct enriched_row *row, struct err *e);
bool records_close(struct records *r, struct err *e);
void records_abort(struct records *r);

#endif
