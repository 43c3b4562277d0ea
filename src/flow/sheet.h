// Rows to a file or a stream in one of the output formats. One owner at a time. Floor: flow.
#ifndef LODE_FLOW_SHEET_H
#define LODE_FLOW_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "model/entity.h"

struct sheet;
struct sheet_format;

struct sheet_column {
    const char *name;    // heading in data formats, key in JSON
    const char *heading; // heading in tables
    enum column_type type;
};

struct sheet_options {
    const struct sheet_format *format;
    const struct sheet_column *columns;
    size_t n_columns;
    int fd;
    int width; // of the terminal, for tables; 0: as wide as it gets
    bool fit;  // columns of a table for which that has no room are left out
    // Names of those that are shown there at all, what matters most first, up to a NULL. NULL: all,
    // as they stand.
    const char *const *shown;
    bool clean;       // fd is a terminal: nothing may drive it
    bool raw_formula; // leave cells that look like formulas as they are
    bool crlf, bom;   // of CSV and TSV: line ends, and the three bytes before the first one
    const char *path; // what fd writes to is called in messages; for formats that need a file
};

// "table", "csv", "tsv", "json", "jsonl", "sqlite"; NULL where unknown.
const struct sheet_format *sheet_format_find(const char *name);
// True where rows are written as JSON, so that raw rows are of use.
bool sheet_wants_json(const struct sheet_format *format);
// True for the table, whose cells may be laid out for the eye.
bool sheet_for_people(const struct sheet_format *format);
// True where a format makes a file of its own, and no stream.
bool sheet_needs_file(const struct sheet_format *format);
// The format that an ending ("csv", "db", "txt") stands for, or NULL.
const struct sheet_format *sheet_format_by_ending(const char *ending);
const char *sheet_format_name(const struct sheet_format *format);
// All names with '|' between, for help and messages.
const char *sheet_format_names(void);

// columns must outlive the sheet; fd stays the caller's.
// NULL with *e where a file of its own cannot be begun; other formats never fail here.
struct sheet *sheet_open(const struct sheet_options *options, struct err *e);
// cells: n_columns texts. json: the row as a compact object, or NULL to make one of the cells; with
// it, cells may be NULL where sheet_wants_json().
bool sheet_row(struct sheet *s, const char *const *cells, const char *json, struct err *e);
struct sheet_sums {
    uint64_t guarded; // cells that were kept from being formulas
    size_t left_out;  // columns of a table
};

// Writes what is left and frees.
bool sheet_close(struct sheet *s, struct sheet_sums *out, struct err *e);
// The same where the work on it has failed: what no row came for is not begun.
void sheet_abort(struct sheet *s);

#endif
