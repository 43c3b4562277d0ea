// What a person allows to be spent, as lode.conf says it: "set budget-day 500". Any thread.
// Floor: flow.
#ifndef LODE_FLOW_LIMITS_H
#define LODE_FLOW_LIMITS_H

#include "flow/budget.h"

// As lode.conf and options name them.
struct limit_def {
    const char *name; // "budget-day"
    const char *help;
};

// CAPS rows, by kind.
const struct limit_def *limit_defs(void);

struct limits {
    long long most[CAPS]; // CAP_NONE: no cap
};

struct limits limits_none(void);
// A number of credits, or "none". false where it is neither.
bool limit_parse(const char *text, long long *most);
// From lode.conf in the system's folders and the person's own. What it cannot read is left to
// whoever tells of faults there: a line of these that makes no sense counts as a cap of nothing.
struct limits limits_read(void);

#endif
