// The filters being built, and how many records they match. UI thread. Floor: desk.
#ifndef LODE_DESK_FILTERS_H
#define LODE_DESK_FILTERS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "model/query.h"

struct desk;

enum count_state { COUNT_UNKNOWN, COUNT_WAITING, COUNT_ASKED, COUNT_KNOWN, COUNT_FAILED };

// A value that the list of its filter does not have (any more).
struct filter_stale {
    const struct input *input;
    char *value, *nearest; // owned; nearest NULL: none is near
};

// Values for one input, as desk_filter_set() takes them.
struct filter_values {
    const struct input *input;
    const char *values;
};

struct filters {
    const struct entity *entity;
    struct query query; // with the values as people say them
    enum count_state state;
    long long hits; // COUNT_KNOWN (of several requests together, so at the most); else the last one
                    // known, or -1
    int64_t kept_ms;    // COUNT_KNOWN from rows that were kept: when they were fetched, UTC; else 0
    struct err err;     // COUNT_FAILED: one plain sentence
    long long requests; // a count takes, and a search at the least: more than 1 for long lists
    struct str faults;  // what keeps it from being sent, as far as the lists at hand tell, a line
                        // each
    const struct input *faulty; // the first of them is its; NULL: no one input's
    struct str remarks; // query_remarks() and what the account may not search by, a line each
    struct filter_stale *stale; // owned
    size_t n_stale;
    bool changed; // since the results shown were asked for
};

// "FIELD=VALUE", "!=", ">=", "<=": as lode search --where. The same field again adds values where
// it takes several.
bool desk_where(struct desk *d, const char *line, struct err *e);
// Sets the values of one input ("" takes the filter away); values parted by commas, each may be
// quoted.
bool desk_filter_set(struct desk *d, const struct input *input, const char *values, struct err *e);
// Several inputs at once, all or none, as one step of undo.
bool desk_filters_set(struct desk *d, const struct filter_values *values, size_t n, struct err *e);
// Puts the nearest value of the list in the place of each that the list does not have. ERR_INVALID
// where there is none.
bool desk_filter_mend(struct desk *d, const struct input *input, struct err *e);
// The text of an input's values, "" where it has no filter. Lives until the filters change.
const char *desk_filter_get(const struct desk *d, const struct input *input);
void desk_filters_clear(struct desk *d);
// The server's order for the next search; NULL: its own.
bool desk_server_sort(struct desk *d, const char *field, struct err *e);
// The filters, their entity and order as text and back (model/query_text.h). Back is all or
// nothing; *e then names every fault that there is room for, with its line and column.
void desk_filters_text(const struct desk *d, struct str *out);
bool desk_filters_read(struct desk *d, const char *text, struct err *e);
// Counts now, whatever live_count says: one request, or as many as `requests` says. say: what came
// of it is said, for where the filters are not in sight.
void desk_count(struct desk *d, bool say);

#endif
