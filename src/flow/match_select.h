// What a file names, quoted: all of it is counted, and its beginning is kept to be looked at. Any
// thread but the UI's. Floor: flow.
#ifndef LODE_FLOW_MATCH_SELECT_H
#define LODE_FLOW_MATCH_SELECT_H

#include "flow/match.h"
#include "flow/match_sum.h"

enum { MATCH_SHOWN_MAX = 4000 }; // lines; those behind are counted alone

// A line that asks for nothing.
struct match_left {
    enum standing standing; // DUPLICATE, SUPPRESSED or MISSING
    char *why;              // "line 7: ..."; owned
};

struct match_selected {
    bool by_line; // its lines are what is bought; else the ids of all, which are in the selection
    size_t lines, lacking, same;
    struct match_left *left; // of the lines that are kept; owned
    size_t n_left;
    char lacks[MATCH_REASON_MAX]; // the first reason, with its line, or ""
    char **labels;                // of each record of the selection; owned
    size_t n_labels;
    struct quoted quoted; // sums of all lines; standings of the selection's records
    struct match_sum sum; // by_line: of the file
};

// Reads the file at path (as match_take() does, or by its lines where the plan is another than what
// would be guessed) and quotes it: s, which has its entity alone, gets the fields of those names
// (NULL: the usual ones) and the first records; the plan becomes what it was read by. One request;
// the app's cancel token stops it. ERR_INVALID where it names nobody.
bool match_select(struct app *a, const char *path, struct match_plan *plan, const char *fields,
                  struct selection *s, struct match_selected *out, struct err *e);
void match_selected_free(struct match_selected *m);

#endif
