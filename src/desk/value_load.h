// A list of values for one filter, pasted or from a file: what of it can be sent, how many searches
// that takes, which of them are found. UI thread. Floor: desk.
#ifndef LODE_DESK_VALUE_LOAD_H
#define LODE_DESK_VALUE_LOAD_H

#include <stdbool.h>
#include <stddef.h>

#include "flow/value_list.h"
#include "flow/value_match.h"

struct desk;

enum load_state { LOAD_NONE, LOAD_READING, LOAD_READ, LOAD_ASKING, LOAD_ASKED, LOAD_FAILED };

struct value_load {
    enum load_state state;
    const struct input *input;
    struct value_list list;
    long long searches;     // that it takes together with the other filters
    enum value_fate *fates; // of each value, from LOAD_READ on; owned
    size_t n_fates[FATES];
    struct err err; // LOAD_FAILED; or why asking ended early
};

// Reads text, or a file, in the background; DESK_FILTERS when it is done. column: of a table, or
// NULL. What was loaded before is forgotten.
void desk_load_text(struct desk *d, const struct input *input, const char *text, size_t len);
void desk_load_file(struct desk *d, const struct input *input, const char *path,
                    const char *column);
// Never NULL.
const struct value_load *desk_loaded(const struct desk *d);
// Asks which of the values are found, with max_requests at the most: searching them costs no
// credits.
void desk_load_ask(struct desk *d, long long max_requests);
// Puts what can be sent into the filter, in the place of what it had; only_found: of that, what was
// found or may be. One step of undo. ERR_INVALID where nothing is left.
bool desk_load_take(struct desk *d, bool only_found, struct err *e);
// Forgets it, and gives up what is under way.
void desk_load_close(struct desk *d);

#endif
