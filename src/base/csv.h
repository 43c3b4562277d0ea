// CSV and TSV as RFC 4180 has them, with spreadsheet formulas made harmless. Any thread.
// Floor: base.
#ifndef LODE_BASE_CSV_H
#define LODE_BASE_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct csv_style {
    char separator;   // ',' or '\t'
    bool crlf;        // line ends
    bool raw_formula; // leave cells that start with = + - @ TAB CR as they are
};

// Appends one cell, quoted where needed. Where it starts like a formula (numbers as such, like -5
// or +1.5, do not count; a + with seven digits or more is a phone and does) it gets a ' before it,
// and *guarded is counted up. A cell that came with such a ' gets one more.
void csv_cell(struct str *out, const struct csv_style *style, const char *text, bool first,
              uint64_t *guarded);
// n cells, and the line's end.
void csv_line(struct str *out, const struct csv_style *style, const char *const *cells, size_t n,
              uint64_t *guarded);
void csv_line_end(struct str *out, const struct csv_style *style);

// Reads records out of a whole text: quotes, doubled quotes, line ends of any kind, a BOM. An empty
// line is no record.
struct csv_reader {
    const char *at, *end;
    char separator;
    size_t line; // of the record read last, from 1
    size_t next_line;
    struct str cells; // NUL-separated; owned
    const char **values;
    size_t n_values, cap;
};

// bytes must outlive the reader. The separator (, ; or TAB) is guessed from the first line.
struct csv_reader csv_open(const char *bytes, size_t len);
// false at the end (e->kind ERR_NONE) or where a quote is wrong (ERR_INVALID naming the line).
// values live until the next call. A leading ' before a formula sign, as csv_cell() writes it,
// goes.
bool csv_next(struct csv_reader *r, struct err *e);
void csv_close(struct csv_reader *r);

#endif
