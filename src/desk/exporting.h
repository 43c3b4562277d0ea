// An export on its way from the desk to a worker and back. For exports alone. Floor: desk.
#ifndef LODE_DESK_EXPORTING_H
#define LODE_DESK_EXPORTING_H

#include "desk/inside.h"
#include "flow/columns.h"
#include "flow/export.h"
#include "flow/more_sheet.h"

struct exporting {
    struct task task;
    const struct entity *entity;
    enum export_what what;
    struct export_options options; // path and columns are the run's
    char *path;                    // owned
    char *filters;                 // the search as text; owned
    char **ids;                    // of the marked, or found by the run in the library; owned
    size_t n_ids;
    int64_t *numbers; // EXPORT_LIBRARY: of the answers; owned
    size_t n_numbers;
    struct table *table;           // a share of the rows shown; NULL: from the library
    struct more_sheet more;        // what those rows can have; EXPORT_OWNED: nothing
    const struct column **columns; // of more.all; owned array
    size_t n_columns, n_shown;     // the first ones are written, the flags behind them looked at
    struct columns named; // of a preset, with its headings; none: as shown, or all that was bought
    struct str basis;
    // What came of it:
    size_t rows;
    size_t bare;    // with nothing but their id
    size_t missing; // marked and not owned
    struct export_result result;
};

// Is it of what the library has, and not of a search's rows?
static inline bool export_of_library(enum export_what what)
{
    return what == EXPORT_OWNED || what == EXPORT_LIBRARY;
}

// The one that the path's ending names, CSV where it names none.
const struct sheet_format *export_format(const char *path);
// May this file be written? ERR_EXISTS where it is there and may not be replaced.
bool export_check_path(const char *path, bool replace, struct err *e);
// How an export ended: the sentence where it came to its end, with what kind of talk that is; else
// that it was stopped, or why it failed.
void export_ended(struct desk *d, struct task *t, enum err_kind kind, const char *sentence);
// On a worker.
bool export_run(struct task *t);

#endif
