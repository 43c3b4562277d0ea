// An enriched row as cells or as JSON with what Lode knows of it. Any thread. Floor: flow.
#ifndef LODE_FLOW_ROW_H
#define LODE_FLOW_ROW_H

#include "flow/enrich.h"
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
// Writes the row with what is added to it: as JSON where the sheet wants that, else n cells and
// ROW_NOTES.
bool row_to_sheet(struct sheet *s, bool json, const struct entity *entity,
                  const struct enriched_row *row, const struct column *const *columns, size_t n,
                  struct err *e);

#endif
