// What a person allows to be spent, how long a record stays free, and how long it is kept, as
// lode.conf says it: "set budget-day 500", "set free-months 12". Any thread. Floor: flow.
#ifndef LODE_FLOW_LIMITS_H
#define LODE_FLOW_LIMITS_H

#include "base/str.h"
#include "flow/budget.h"

// The free window in lode.conf, and for how long records are kept.
#define FREE_MONTHS_NAME "free-months"
#define RETAIN_MONTHS_NAME "retain-months"
enum { FREE_MONTHS_MIN = 1, FREE_MONTHS_MAX = 120, RETAIN_MONTHS_MAX = 120 };

// As lode.conf and options name them.
struct limit_def {
    const char *name; // "budget-day"
    const char *help;
};

// CAPS rows, by kind.
const struct limit_def *limit_defs(void);

struct limits {
    long long most[CAPS]; // CAP_NONE: no cap
    int free_months;      // 0: as each entity's charging rule says
    int retain_months;    // 0: records are kept until somebody purges them
};

struct limits limits_none(void);
// A number of credits, or "none". false where it is neither.
bool limit_parse(const char *text, long long *most);
// From lode.conf in the system's folders and the person's own. faults gets a line for each line of
// these that makes no sense ("/home/ana/.config/lode/lode.conf:3:16: ..."): such a cap is one of
// nothing, months as at first. Other lines are left to whoever reads them.
struct limits limits_read(struct str *faults);

#endif
