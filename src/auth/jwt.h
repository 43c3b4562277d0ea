// The signed text by which a client with a key asks for a token (FACTS 1): always RS256, there is
// no choice to get wrong. Any thread. For this folder only. Floor: auth.
#ifndef LODE_AUTH_JWT_H
#define LODE_AUTH_JWT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct private_key;

// Back-dated for servers whose clock is behind; from issue to end the five minutes that are
// allowed.
enum { JWT_EARLY_S = 120, JWT_LIFE_S = 300 };

struct jwt {
    const char *user, *client_id;
    int64_t now_s; // UTC, by the server's clock
};

// Appends the JWT. What it puts into *out is a credential: the caller wipes it.
bool jwt_sign(const struct jwt *jwt, const struct private_key *key, struct str *out, struct err *e);

#endif
