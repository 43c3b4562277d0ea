// Saved searches and history, which filter costs most, and a search parted: as the explorer shows
// them. UI thread. Floor: desk.
#ifndef LODE_DESK_SEARCHES_H
#define LODE_DESK_SEARCHES_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"
#include "flow/searches.h"
#include "flow/split.h"
#include "model/query.h"

struct desk;
struct task;

// A record that is new, changed or gone since the last run of a saved search.
struct change_row {
    char *id, *label; // owned; label "": nothing names it
    enum row_change change;
};

struct changes_view {
    char *name; // of the saved search; owned; NULL: none was looked at
    const struct entity *entity;
    bool first, partly;          // nothing to compare with; not every record was read, now or then
    size_t n[CHANGE_GONE + 1];   // rows of each kind
    VEC(struct change_row) rows; // new, then changed, then gone
};

struct waterfall_step {
    atomic_llong hits; // WATERFALL_WAITS, or -1 with why
    char why[ERR_TEXT_MAX];
};

enum { WATERFALL_WAITS = -2 };

struct waterfall_view {
    struct query query;           // as people say it; step i is without its filter i - 1
    struct waterfall_step *steps; // owned; NULL: none yet
    size_t n;
    struct task *task; // while it counts
    struct err err;    // why it ended early
};

struct split_view {
    struct query query; // as people say it
    const struct input *by;
    struct split plan; // once there
    bool there;
    atomic_llong counted; // requests so far
    struct task *task;    // while the parts are counted, or fetched
    bool fetching;
    struct err err;
};

struct searches_view {
    struct saved_list saved;
    struct past_list past;
    bool there;
    struct err err;
    struct changes_view changes;
    bool comparing; // a run for that is under way
    struct waterfall_view waterfall;
    struct split_view split;
};

// Reads list and history; DESK_SEARCHES when they came.
void desk_searches_read(struct desk *d);
// The filters under a name; replace: another one of that name makes way. How it went is said.
bool desk_search_save(struct desk *d, const char *name, const char *note, bool replace,
                      struct err *e);
// Is that the name of a saved one? NULL: no. Lives until the list changes.
const struct saved *desk_search_named(const struct desk *d, const char *name);
// A text takes the place of the filters, of its own entity. What is at fault in it is added to
// *faults, a line each, and left out; the rest holds. false: nothing of it could be used.
bool desk_search_bring(struct desk *d, const char *text, struct str *faults, struct err *e);
// ERR_INVALID for a name that is none.
bool desk_search_rename(struct desk *d, int64_t id, const char *name, struct err *e);
void desk_search_note(struct desk *d, int64_t id, const char *note);
void desk_search_duplicate(struct desk *d, int64_t id);
void desk_search_delete(struct desk *d, int64_t id);
// The one deleted last.
void desk_search_restore(struct desk *d);

// All of them into a file that is not there yet, as text; such a file's beside them. How it went is
// said. "~/" begins in the home.
void desk_searches_export(struct desk *d, const char *path);
void desk_searches_import(struct desk *d, const char *path);

// Runs one again, all that paging reaches, and tells what is new, changed and gone since: a task.
bool desk_search_compare(struct desk *d, int64_t id, struct err *e);
// Marks rows of changes.rows that are new or changed; returns how many were not marked before.
size_t desk_changes_mark(struct desk *d);

// Counts the filters without each of them: waterfall_price() requests.
bool desk_waterfall(struct desk *d, struct err *e);
void desk_waterfall_stop(struct desk *d);

// Counts the parts of the filters, first by an input (NULL: the catalogue's order), with at most so
// many requests (0: as many as it takes): plan.capped where they did not do.
bool desk_split(struct desk *d, const struct input *by, long long most, struct err *e);
// Fetches them all as the rows of one search, split_price() requests; or one of plan.parts alone.
enum { SPLIT_ALL = -1 };
bool desk_split_fetch(struct desk *d, long long part, struct err *e);

#endif
