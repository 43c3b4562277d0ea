// Rows into a file that appears whole, or into a stream: what is done with people who must not be
// called, and a manifest that says where it all came from. One owner at a time. Floor: flow.
#ifndef LODE_FLOW_EXPORT_H
#define LODE_FLOW_EXPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "flow/sheet.h"

// Rows with a flag that forbids calling.
enum export_dnc { DNC_KEEP, DNC_DROP, DNC_SPLIT };

// "keep", "drop", "split"; false where it is none of them.
bool export_dnc_find(const char *name, enum export_dnc *out);
const char *export_dnc_name(enum export_dnc dnc);

struct export_options {
    struct sheet_options sheet; // fd: where there is no path
    const char *path;           // NULL: a stream
    bool replace;               // what is there may go
    bool manifest;              // write PATH.manifest.json beside it
    enum export_dnc dnc;        // DNC_SPLIT needs a path: the others go to export_apart(path)
};

// What a manifest says beside what is counted here. Each may be NULL or negative: unknown.
struct export_facts {
    const char *entity, *profile, *source;
    const char *basis;   // "40 of 1,197 records that match"
    const char *filters; // the search as text
    long long credits;   // that the rows cost in this run
    int64_t at_ms;       // UTC
};

// What hangs on a row beside its cells.
struct export_duties {
    bool do_not_call;     // it has a flag that forbids calling
    int64_t notice_by_ms; // until when a notice is due to the person (model/notice.h), 0: none is
};

// Notices that are due to people of whom there are rows in the files.
struct export_notices {
    size_t rows;
    int64_t first_ms; // until when the first one is; UTC, 0: none is
};

struct export_result {
    size_t rows;        // in the file or stream
    size_t do_not_call; // rows with such a flag: kept, dropped or apart
    struct export_notices notices;
    uint64_t guarded; // cells that were kept from being formulas
    size_t left_out;  // columns of a table
};

struct export;

// The format that a path's ending names (".txt": the table), the other where it has none. NULL with
// ERR_INVALID where the ending stands for none.
const struct sheet_format *export_format(const char *path, const char *otherwise, struct err *e);
// Where a file stands at one of the paths and may not go: ERR_INVALID, and nothing is made.
struct export *export_open(const struct export_options *options, struct err *e);
// As sheet_row(); duties may be NULL: none.
bool export_row(struct export *x, const char *const *cells, const char *json,
                const struct export_duties *duties, struct err *e);
// Writes what is left, gives the files their names and frees. On failure none of them is there.
bool export_close(struct export *x, const struct export_facts *facts, struct export_result *out,
                  struct err *e);
// Leaves nothing behind. Harmless on NULL.
void export_abort(struct export *x);
// Appends a sentence about them, behind a blank where something stands there; nothing where none is
// due.
void export_say_notices(const struct export_notices *notices, struct str *out);
// "people.csv": "people.do-not-call.csv"; the caller frees it.
char *export_apart(const char *path);
char *export_manifest(const char *path);

#endif
