// A line of a file joined with what came of it, as cells or as JSON. Any thread. Floor: flow.
#ifndef LODE_FLOW_MATCH_ROW_H
#define LODE_FLOW_MATCH_ROW_H

#include "flow/match.h"
#include "flow/row.h"

struct match_rows {
    const struct match_plan *plan;
    const struct entity *entity;
    const struct column **fields; // in the order bought for; owned
    size_t n_fields;
    struct sheet_column *sheet; // the file's columns, the fields, what Lode adds; owned
    size_t n_sheet;
    struct row_reader *reader; // owned
    const char **cells;        // of the row at hand; owned
    char **names;              // of fields whose name the file has as well; owned
    size_t n_names;
};

// The columns: those of the file first and as they are called there; a field that is called like
// one of them gets "found_" before its name.
struct match_rows match_rows_new(const struct match_plan *plan, const struct selection *s);
void match_rows_free(struct match_rows *r);
// As JSON: {"line":7,"input":{...},"record":{...} or null,"matchStatus":...,"reason":...}.
bool match_row_export(const struct match_rows *r, struct export *x, bool json,
                      const struct matched_row *row, struct err *e);

#endif
