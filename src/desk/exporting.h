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

// Rows of another kind on their way to a file.
struct export_file {
    char *path; // owned
    bool replace;
    const struct sheet_format *format; // by the path's ending, CSV where it has none
    struct export_result result;       // of the run
};

// By a typed path (~/ is home). ERR_INVALID where its ending stands for no format, and as
// export_check_path().
bool export_file_open(struct export_file *f, const char *path, bool replace, struct err *e);
void export_file_free(struct export_file *f);
struct export_options export_file_options(const struct export_file *f);
// How it ended, as export_ended() says it: the sentence is freed.
void export_file_ended(struct desk *d, struct task *t, const struct export_file *f, char *sentence);

// May this file be written? ERR_EXISTS where it is there and may not be replaced.
bool export_check_path(const char *path, bool replace, struct err *e);
// How an export ended: the sentence where it came to its end, with what kind of talk that is; else
// that it was stopped, or why it failed.
void export_ended(struct desk *d, struct task *t, enum err_kind kind, const char *sentence);
// Appends how many cells were kept from being formulas, where any was.
void export_say_guarded(uint64_t guarded, struct str *out);
// On a worker.
bool export_run(struct task *t);

#endif
