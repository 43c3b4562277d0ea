// The rate limit: a slot is freed one window after the *response*, so that no closed window at the
// server can hold more than the limit, whatever the latency (RELIABILITY 0.7). Pure: time is given.
// One owner (the network thread). Floor: net.
#ifndef LODE_NET_LIMITER_H
#define LODE_NET_LIMITER_H

#include <stdbool.h>
#include <stdint.h>

struct limiter;

// 0: no limit of that kind.
struct limiter *limiter_new(int per_second, int per_minute);
void limiter_free(struct limiter *l);
// True takes a slot; else *wait_ms says when to ask again (-1: when a request under way has ended).
bool limiter_take(struct limiter *l, int64_t now_ms, int64_t *wait_ms);
// A request that took a slot has been answered, failed or gone. sent: false gives the slot back at
// once (no byte left).
void limiter_done(struct limiter *l, int64_t now_ms, bool sent);
// What the server says of its own window (X-RateLimit-Limit, -Remaining); -1: unknown. Others may
// use the same account: the room shrinks to it for one window.
void limiter_learn(struct limiter *l, int64_t now_ms, int64_t limit, int64_t remaining);
// After a 429: nothing leaves before until_ms, and the rate is halved, growing back by itself.
void limiter_pause(struct limiter *l, int64_t until_ms, int64_t now_ms);
// Slots used now and the limit of the second's window, for the screen.
void limiter_show(const struct limiter *l, int64_t now_ms, int *used, int *limit);

#endif
