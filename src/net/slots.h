// What lets a request leave now: a slot of this process's limiter and one of all processes that
// call as its account. Network thread only. Floor: net.
#ifndef LODE_NET_SLOTS_H
#define LODE_NET_SLOTS_H

#include <stdbool.h>
#include <stdint.h>

#include "net/flight.h"
#include "net/limiter.h"
#include "net/share.h"

struct slots {
    struct clock clock;
    struct limiter *limiter;
    struct share *share; // or NULL
    bool limited;        // there is a limit to keep
    bool unlimited;      // the server, on this machine, names no limit
};

void slots_open(struct slots *s, const struct net_config *config);
void slots_close(struct slots *s);
// Takes what f still lacks. false: *wait says when to ask again, or -1.
bool slots_take(struct slots *s, struct flight *f, int64_t *wait);
// Gives back what f has. sent: a byte may have left.
void slots_give(struct slots *s, struct flight *f, bool sent);
// What the answer says of the limits; before its slots are given back.
void slots_learn(struct slots *s, const struct flight *f, const struct landing *how);
// Why calls of other processes are not counted with these, a literal; NULL where they are, or where
// there is no limit to keep.
const char *slots_alone(const struct slots *s);

#endif
