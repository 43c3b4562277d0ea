// SHA-256, by OpenSSL. A sum has one owner at a time. Floor: auth.
#ifndef LODE_AUTH_SHA256_H
#define LODE_AUTH_SHA256_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum { SHA256_HEX_MAX = 65 }; // 64 digits and a NUL

struct sha256;

// NULL with *e (ERR_INTERNAL) where OpenSSL is not there.
struct sha256 *sha256_new(struct err *e);
void sha256_add(struct sha256 *d, const void *bytes, size_t len);
// Writes it in hex and begins anew.
void sha256_hex(struct sha256 *d, char hex[static SHA256_HEX_MAX]);
void sha256_free(struct sha256 *d);

#endif
