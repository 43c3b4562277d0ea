// Some thousand lines of a file on their way: what they hold, and what they ask for. For match*.c
// only. Floor: flow.
#ifndef LODE_FLOW_MATCH_WINDOW_H
#define LODE_FLOW_MATCH_WINDOW_H

#include "auth/sha256.h"
#include "base/vec.h"
#include "flow/match.h"
#include "flow/match_seen.h"

enum { WINDOW_LINES = 4000, NOT_ASKED = -1 }; // MATCH_SHOWN_MAX is one window

struct window_line {
    size_t line;   // of the file
    uint64_t hash; // of what it asks for
    long at;       // place in the selection; NOT_ASKED: it lacks something or came before
    size_t text;   // in the texts: the key of what it asks for, or what is lacking
    bool same;     // an earlier line asks for the same
    bool answered; // an earlier run of the job asked for it: nothing came
    bool passed;   // of others than those that are wanted
    bool suppressed;
};

struct window {
    struct store *store; // says whom nothing may be asked of
    struct sha256 *sum;
    struct match_line read;
    struct match_seens seens;
    VEC(struct window_line) lines;
    struct str texts;        // cells and reasons, NUL-terminated
    VEC(size_t) cells;       // where each begins, as many a line as there are columns
    VEC(const char *) shown; // the cells of the line at hand
    VEC(size_t) asked;       // the line of each record of the selection
};

bool window_open(struct window *w, struct app *a, const struct match_order *order, struct err *e);
void window_close(struct window *w);
// Reads the next lines, and puts what they ask for into the order's selection, which is emptied
// first. false where reading fails; no lines: the end.
bool window_fill(struct window *w, const struct match_order *order, struct err *e);
// The cells of line i; live until the next call.
const char *const *window_cells(struct window *w, size_t i, size_t columns);
// The key of what line i asks for (the id of a record, or of an input a hash of it), or why it asks
// for nothing.
const char *window_text(const struct window *w, size_t i);
// What the record of a line of the file asks for, by its number there: its place in the selection,
// or NOT_ASKED where it is not in this window.
long window_place(const struct window *w, size_t line);

#endif
