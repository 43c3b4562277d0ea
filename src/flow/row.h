// Enriched rows as cells or as JSON with what Lode knows of them. Any thread. Floor: flow.
#ifndef LODE_FLOW_ROW_H
#define LODE_FLOW_ROW_H

#include "flow/enrich.h"
#include "flow/export.h"
#include "flow/sheet.h"
#include "model/page.h"

enum { ROW_NOTES = 3 };
// What Lode adds behind an enriched row's columns: matchStatus, source, fetchedAt.
extern const struct sheet_column row_notes[ROW_NOTES];

// The record as answered with matchStatus, source and fetchedAt added; the caller frees it.
char *row_as_json(const struct entity *entity, const struct enriched_row *row, const char *fetched);
// Adds one row with a cell for each column to *page; its id cell is there even without data.
void row_as_cells(const struct entity *entity, const struct enriched_row *row,
                  const struct column *const *columns, size_t n, struct page *page);

// Rows of one entity on their way, one after another.
struct row_reader;

struct row_reader *row_reader_new(const struct entity *entity, const struct column *const *columns,
                                  size_t n);
void row_reader_free(struct row_reader *r);
// A cell for each column, and ROW_NOTES behind them; they live until the next row. *duties: what
// hangs on the record by its flags, whether these are among the columns or not.
const char *const *row_read(struct row_reader *r, const struct enriched_row *row,
                            struct export_duties *duties);
// Writes the row with what is added to it: as JSON where that is wanted, else as these cells.
bool row_export(struct row_reader *r, struct export *x, bool json, const struct enriched_row *row,
                struct err *e);

#endif
