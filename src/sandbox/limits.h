// How often the account may call: closed sliding windows of a second and a minute, and one sign-in
// a second. A refused call takes no place in a window. Any thread. Floor: sandbox.
#ifndef LODE_SANDBOX_LIMITS_H
#define LODE_SANDBOX_LIMITS_H

#include <stdbool.h>
#include <stdint.h>

#include "sandbox/options.h"

struct limits;

enum limits_kind { LIMITS_CALLS, LIMITS_SIGN_IN, LIMITS_KINDS };

struct limits_verdict {
    bool allowed;
    uint32_t limit, remaining; // of the minute, after this call; of the second for a sign-in
    int64_t reset_ms;          // until the window has more room
};

struct limits *limits_open(enum options_package package, bool unlimited);
void limits_close(struct limits *l);
// One call arrives now (window_now_us()). FACTS 2.
struct limits_verdict limits_take(struct limits *l, enum limits_kind kind, int64_t now_us);
bool limits_unlimited(const struct limits *l);
// Forgets all calls.
void limits_reset(struct limits *l);

#endif
