// A private RSA key to sign in with, and the doctor that says what is wrong with one before
// anything is sent. One owner at a time. Floor: auth.
#ifndef LODE_AUTH_KEY_H
#define LODE_AUTH_KEY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

struct private_key;
struct secret;

enum { PRIVATE_KEY_FILE_MAX = 64 * 1024, PRIVATE_KEY_BITS_MIN = 2048 };

// Who is asked for the passphrase of an encrypted key. NULL from passphrase(): *e says why there is
// none. again: the one given before was wrong.
struct private_key_ask {
    void *self;
    struct secret *(*passphrase)(void *self, bool again, struct err *e);
};

// Reads a key from PEM text: PKCS#8 as the portal gives it, PKCS#1, both also encrypted, and with
// its newlines lost. ask may be NULL. NULL: *e (ERR_INVALID, or what ask said) names the fault and
// its mend. pem stays the caller's.
struct private_key *private_key_read(const struct secret *pem, const struct private_key_ask *ask,
                                     struct err *e);
// Wipes and frees; NULL is allowed.
void private_key_free(struct private_key *k);
int private_key_bits(const struct private_key *k);
// What a person should know of how the key was read, as one sentence, or "". Lives as long as k.
const char *private_key_remark(const struct private_key *k);
// The key as PKCS#8 PEM without a passphrase, for the keyring. Lives as long as k.
const struct secret *private_key_pem(const struct private_key *k);
// Appends the RS256 signature of text (RSA PKCS#1 v1.5 over SHA-256) as raw bytes.
bool private_key_sign(const struct private_key *k, const char *text, size_t len, struct str *out,
                      struct err *e);

#endif
