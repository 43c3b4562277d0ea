// Caps on credits that hold however many calls, runs and jobs are under way: charged + reserved +
// in doubt never passes any of them. Any thread. Floor: flow.
#ifndef LODE_FLOW_BUDGET_H
#define LODE_FLOW_BUDGET_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"

enum cap_kind { CAP_JOB, CAP_SESSION, CAP_DAY, CAPS };

enum { CAP_NONE = -1 };

struct cap {
    long long most; // CAP_NONE: as much as there is
    long long charged, reserved, in_doubt;
};

// What all runs of this process share: the session's cap and the day's, which begins at midnight
// where the person is.
struct purse {
    pthread_mutex_t lock;
    struct clock clock;
    struct cap session, day;
    int64_t day_began_ms, day_ends_ms; // UTC
};

// One run's: a cap of its own below those of the purse, which must outlive it.
struct budget {
    struct purse *purse;
    struct cap job;
};

void purse_init(struct purse *p, struct clock clock);
void purse_destroy(struct purse *p);
void purse_cap(struct purse *p, enum cap_kind kind, long long most);
// When the day began; UTC.
int64_t purse_day(struct purse *p);
// What the ledger says of the day. While something is reserved it is passed over: calls under way
// would be counted twice.
void purse_load(struct purse *p, long long charged, long long in_doubt);
struct cap purse_look(struct purse *p, enum cap_kind kind);

// charged, in_doubt: what the job cost in earlier runs.
void budget_init(struct budget *b, struct purse *p, long long most, long long charged,
                 long long in_doubt);
// Sets credits aside for a call; false where a cap would be passed, and *which says which.
bool budget_reserve(struct budget *b, long long credits, enum cap_kind *which);
// The call has ended: of what was reserved, so much was charged and the rest is free again.
void budget_settle(struct budget *b, long long reserved, long long charged);
// The call was not answered: what was reserved for it stays taken.
void budget_doubt(struct budget *b, long long reserved);
// Credits that could still be reserved once every call under way has ended at its cheapest.
long long budget_hope(struct budget *b);
// "--max-credits", "this session's budget", "the day's budget": which cap it was, for people.
const char *cap_name(enum cap_kind kind);

#endif
