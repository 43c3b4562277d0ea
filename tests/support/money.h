// What a ledger says against what the sandbox charged. Fails the test where the two cannot both be
// true. Main thread. Tests.
#ifndef TESTS_SUPPORT_MONEY_H
#define TESTS_SUPPORT_MONEY_H

#include <stddef.h>

#include "support/run.h"
#include "support/server.h"

struct money {
    long long charged;    // credits by the ledger
    long long in_doubt;   // credits that charges in doubt may have cost, by the ledger
    size_t settled;       // charges that were answered
    size_t doubtful;      // charges in doubt
    size_t open;          // charges without an end
    size_t kept;          // charges of which an unsound answer is kept
    long long audited;    // credits by the server
    size_t charged_twice; // records the server charged more than once
    size_t sent_twice;    // and that it answered more than once, charged again or not
};

struct money money_read(const struct home *h, const struct server *s);
// ledger <= audit <= ledger + in doubt, and no record was charged twice.
void money_agrees(const struct money *m);
// How many records of an entity the server charged and the library lacks; the whole audit must be
// of that entity.
size_t money_lost(const struct home *h, const struct server *s, const char *entity);

#endif
