// The account's meters. Values. Floor: model.
#ifndef LODE_MODEL_USAGE_H
#define LODE_MODEL_USAGE_H

#include <stdbool.h>

enum meter_kind {
    METER_CREDITS,
    METER_RECORDS,
    METER_REQUESTS,
    METER_WEBSIGHTS_RECORDS,
    METER_WEBSIGHTS_REQUESTS,
    METERS
};

struct meter_def {
    const char *name;       // "credits"
    const char *limit_type; // in GET /lookup/usage: "uniqueIdLimit"
    const char *header;     // the middle of X-Usage-<header>-Limit-Remaining: "Unique-Id"
    const char *about;      // one line for people
};

struct meter {
    bool known;
    long long limit, used, remaining; // -1: the server did not say
};

struct usage {
    struct meter meters[METERS];
};

// METERS rows, in the order of enum meter_kind (FACTS 2, 3).
const struct meter_def *meter_defs(void);

#endif
