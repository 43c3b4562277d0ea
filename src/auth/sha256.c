// SHA-256, by OpenSSL. Floor: auth.
#include "auth/sha256.h"

#include <stdlib.h>

#include "base/mem.h"
#include "net/openssl.h"

struct sha256 {
    EVP_MD_CTX *context;
};

static void begin(struct sha256 *d)
{
    if (openssl()->EVP_DigestInit_ex(d->context, openssl()->EVP_sha256(), NULL) != 1)
        abort(); // out of memory
}

struct sha256 *sha256_new(struct err *e)
{
    struct sha256 *d;

    if (!openssl_load(e))
        return NULL;
    d = mem_zalloc(sizeof(*d));
    d->context = openssl()->EVP_MD_CTX_new();
    begin(d);
    return d;
}

void sha256_add(struct sha256 *d, const void *bytes, size_t len)
{
    if (openssl()->EVP_DigestUpdate(d->context, bytes, len) != 1)
        abort();
}

void sha256_hex(struct sha256 *d, char hex[static SHA256_HEX_MAX])
{
    static const char digits[] = "0123456789abcdef";
    unsigned char sum[EVP_MAX_MD_SIZE];
    unsigned int len = 0;

    if (openssl()->EVP_DigestFinal_ex(d->context, sum, &len) != 1)
        abort();
    for (unsigned int i = 0; i < len; i++) {
        hex[i * 2] = digits[sum[i] >> 4];
        hex[i * 2 + 1] = digits[sum[i] & 15];
    }
    hex[len * 2] = '\0';
    begin(d);
}

void sha256_free(struct sha256 *d)
{
    if (!d)
        return;
    openssl()->EVP_MD_CTX_free(d->context);
    free(d);
}
