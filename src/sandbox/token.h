// Access tokens: signed, with a life, checked without any memory of them. FACTS 1. Any thread.
// Floor: sandbox.
#ifndef LODE_SANDBOX_TOKEN_H
#define LODE_SANDBOX_TOKEN_H

#include <stdbool.h>
#include <stdint.h>

enum { TOKEN_KEY_LEN = 32, TOKEN_MAX = 2048, TOKEN_USER_MAX = 256 };

// A signing key lives as long as the process: a token of an earlier one is not taken.
struct token_key {
    unsigned char bytes[TOKEN_KEY_LEN];
};

// From the system's generator; aborts where there is none.
struct token_key token_key_new(void);
// A JWT (HS256) with iss, username, iat and exp; the caller frees it.
char *token_new(const struct token_key *key, const char *user, int64_t now_s, int64_t life_s);
// True where key signed the token and exp lies after now.
bool token_good(const struct token_key *key, const char *token, int64_t now_s);

#endif
