// The charges' own state, shared by the files of desk that show and send them. UI thread.
// Floor: desk.
#ifndef LODE_DESK_LEDGER_INSIDE_H
#define LODE_DESK_LEDGER_INSIDE_H

#include "desk/chunks.h"
#include "desk/inside.h"

enum { CHARGES_CHUNK = 64 }; // rows that are read together

struct charges_private {
    struct chunks chunks; // of struct ledger_row
    uint64_t asked;       // the number of the last find
    uint64_t telling;     // and of the last one told in full
    int64_t *ids;         // that fit, newest first; NULL: all; owned
};

// The ledger has moved: looks again.
void charges_stale(struct desk *d);
// Empties it: another account.
void charges_reset(struct desk *d);
void charges_free(struct desk *d);
// Reads one in full, in a task's run. False: what was read of it is freed.
bool charge_read(struct app *a, int64_t id, struct charge_told *out, struct err *e);
void charge_told_free(struct charge_told *t);
// Names its records as the marks and the rows that are looked at do, where the library has no name.
void charge_labels(struct desk *d, struct charge_told *t);
void charges_judged_free(struct desk *d);
// What the marks or the rows that are looked at call a record; the caller frees it, NULL: unknown.
char *charge_label(struct desk *d, struct seat *s, const char *id);

#endif
