// What a sign-in's answer holds: the token and how long it is good. For this folder only.
// Floor: auth.
#ifndef LODE_AUTH_TOKEN_H
#define LODE_AUTH_TOKEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "net/net.h"

struct secret;

struct token {
    struct secret *text; // owned by whoever holds the struct
    int64_t life_ms;     // from the answer on; the documented hour where `exp` cannot be read
};

// Takes the token out of the answer to POST /authenticate; false: *e explains the refusal in plain
// words (FACTS 1). local_ms: UTC by this machine's clock, used only where the answer has no Date of
// its own.
bool token_read(struct net_request *r, int64_t local_ms, struct token *out, struct err *e);

#endif
