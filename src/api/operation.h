// Which operations the API has and which of them charge; what a raw request may be. Immutable: any
// thread. Floor: api.
#ifndef LODE_API_OPERATION_H
#define LODE_API_OPERATION_H

#include <stdbool.h>

struct operation {
    const char *method;
    const char *path; // a trailing * stands for any rest
    bool charges;     // credits or records (FACTS 3): never sent outside the ledger
};

// NULL where the API has no such operation. A query in path ("?...") does not count.
const struct operation *operation_find(const char *method, const char *path);

#endif
