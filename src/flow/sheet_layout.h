// How wide the columns of a table are, and which of them a terminal has room for. Floor: flow.
#ifndef LODE_FLOW_SHEET_LAYOUT_H
#define LODE_FLOW_SHEET_LAYOUT_H

#include <stddef.h>

#include "flow/sheet.h"

enum { SHEET_GAP = 2 }; // between columns

struct sheet_layout {
    int *widths;     // one a column, 0: it is left out; the caller frees them
    size_t last;     // the last one that is shown
    size_t left_out; // how many are
};

// By the first rows, n_columns cells each.
struct sheet_layout sheet_layout_make(const struct sheet_options *o, const char *const *cells,
                                      size_t n_rows);

#endif
