// The records that a file names as a selection: for files that a person looks at. Floor: flow.
#ifndef LODE_FLOW_MATCH_SELECT_H
#define LODE_FLOW_MATCH_SELECT_H

#include "flow/match.h"

enum { MATCH_SELECT_MAX = 4000 }; // lines; larger files are for match_run()

// A line that asks for nothing.
struct match_left {
    enum standing standing; // DUPLICATE, SUPPRESSED or MISSING
    char *why;              // "line 7: ..."; owned
};

struct match_selected {
    size_t lines, lacking, same;
    struct match_left *left; // owned
    size_t n_left;
    char lacks[MATCH_REASON_MAX]; // the first reason, with its line, or ""
    char **labels;                // of each record of the selection; owned
    size_t n_labels;
};

// Reads the file at path by the plan (by its ids, where it has them and the plan says nothing else)
// into s, which has no records yet. ERR_INVALID where it has too many lines or names nobody.
bool match_select(struct app *a, const char *path, const struct match_plan *plan,
                  struct selection *s, struct match_selected *out, struct err *e);
void match_selected_free(struct match_selected *m);

#endif
