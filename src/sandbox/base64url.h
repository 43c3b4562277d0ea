// RFC 4648, section 5: base64 as tokens have it, without padding. Any thread. Floor: sandbox.
#ifndef LODE_SANDBOX_BASE64URL_H
#define LODE_SANDBOX_BASE64URL_H

#include <stddef.h>

#include "base/str.h"

void base64url_add(struct str *out, const void *bytes, size_t len);
// The bytes and their length, or NULL where text is no base64url. The caller frees them.
unsigned char *base64url_read(const char *text, size_t len, size_t *out_len);

#endif
