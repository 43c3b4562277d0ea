// What enriching by the ids of a file would cost, some thousand of them in memory at a time. Any
// thread but the UI's. Floor: flow.
#ifndef LODE_FLOW_ID_QUOTE_H
#define LODE_FLOW_ID_QUOTE_H

#include "flow/quote.h"

struct id_quote {
    struct match_file *file;     // at its start; read to its end
    struct selection *selection; // its fields; its records are the run's, its odd ones the file's
    bool again;                  // what is in doubt is sent again
    // Each id in the order of the file; false stops with *e filled. owned lives until it returns.
    // NULL: the sums alone are wanted.
    bool (*row)(void *self, const char *id, enum standing standing, const struct owned *owned,
                struct err *e);
    void *self;
};

// One request, nothing is sent of the file. Records without an id count as lacking.
bool id_quote(struct app *a, const struct id_quote *order, struct quote *out, struct err *e);

#endif
