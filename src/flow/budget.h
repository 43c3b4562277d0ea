// A cap on credits that holds however many calls are under way: charged + reserved + in doubt never
// passes it. Any thread. Floor: flow.
#ifndef LODE_FLOW_BUDGET_H
#define LODE_FLOW_BUDGET_H

#include <pthread.h>
#include <stdbool.h>

struct budget {
    pthread_mutex_t lock;
    long long cap, charged, reserved, in_doubt;
};

void budget_init(struct budget *b, long long cap);
void budget_destroy(struct budget *b);
// Sets credits aside for a call; false where the cap would be passed.
bool budget_reserve(struct budget *b, long long credits);
// The call has ended: of what was reserved, so much was charged and the rest is free again.
void budget_settle(struct budget *b, long long reserved, long long charged);
// The call was not answered: what was reserved for it stays taken.
void budget_doubt(struct budget *b, long long reserved);
// Credits that could still be reserved once every call under way has ended at its cheapest.
long long budget_hope(struct budget *b);

#endif
