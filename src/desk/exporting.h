// An export on its way from the desk to a worker and back. For export*.c only. Floor: desk.
#ifndef LODE_DESK_EXPORTING_H
#define LODE_DESK_EXPORTING_H

#include "desk/inside.h"
#include "flow/sheet.h"

struct exporting {
    struct task task;
    const struct entity *entity;
    enum export_what what;
    const struct sheet_format *format;
    char *path; // owned
    bool replace, raw_formulas;
    char **ids; // of the marked; owned
    size_t n_ids;
    struct table *table;           // a share of the rows shown; NULL: from the library
    const struct column **columns; // of the search; owned array
    size_t n_columns;
    struct str basis;
    // What came of it:
    size_t rows;
    size_t bare;    // with nothing but their id
    size_t missing; // marked and not owned
    uint64_t guarded;
};

// On a worker.
bool export_run(struct task *t);

#endif
