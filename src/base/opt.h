// Command lines by a const table, over getopt_long. Main thread only (getopt is global).
// Floor: base.
#ifndef LODE_BASE_OPT_H
#define LODE_BASE_OPT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum opt_kind {
    OPT_FLAG,  // --quiet
    OPT_VALUE, // --limit N; the last one wins
    OPT_LIST   // --where A=B, repeatable
};

struct opt {
    const char *name; // long name without dashes
    char letter;      // short form, or 0
    enum opt_kind kind;
    const char *arg;  // how help shows the value; NULL for a flag
    const char *help; // one line
};

struct opt_seen {
    const struct opt *opt;
    const char *value; // points into argv; "" for a flag
};

struct opts {
    struct opt_seen *seen; // in the order given; owned
    size_t n_seen;
    char **args; // what is no option, in order; owned, the words are argv's
    size_t n_args;
};

// Reads argv[1..]. tables: NULL-terminated array of option tables, each ended by a row whose name
// is NULL. Options and arguments may mix; "--" ends the options, a number below zero is an
// argument; long names are never abbreviated. ERR_INVALID names the bad word and the nearest known
// option.
bool opt_parse(const struct opt *const *tables, int argc, char **argv, struct opts *out,
               struct err *e);
void opt_free(struct opts *o);
bool opt_has(const struct opts *o, const char *name);
// The last value given for name, or fallback.
const char *opt_value(const struct opts *o, const char *name, const char *fallback);
// A whole number within min..max; where the option is absent *out keeps its value.
bool opt_int(const struct opts *o, const char *name, long long min, long long max, long long *out,
             struct err *e);

#endif
