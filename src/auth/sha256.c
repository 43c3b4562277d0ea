// SHA-256, by the functions of OpenSSL that stand below its EVP: to have an algorithm fetched would
// load 2 MB for what a hash does not need. Floor: auth.
#include "auth/sha256.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>

#include "base/library.h"
#include "base/mem.h"

struct functions {
    __typeof__(SHA256_Init) *init;
    __typeof__(SHA256_Update) *update;
    __typeof__(SHA256_Final) *final;
};

static const struct library_symbol symbols[] = {
    {"SHA256_Init", offsetof(struct functions, init)},
    {"SHA256_Update", offsetof(struct functions, update)},
    {"SHA256_Final", offsetof(struct functions, final)},
};

// Written once, by load_once() under pthread_once.
static struct {
    struct functions functions;
    bool loaded;
    struct err err;
} once;

struct sha256 {
    SHA256_CTX context;
};

static void load_once(void)
{
    static const struct library library = {.file = "libcrypto.so.3",
                                           .name = "OpenSSL",
                                           .package = "libssl3",
                                           .without = "nothing can be hashed",
                                           .symbols = symbols,
                                           .n_symbols = ARRAY_LEN(symbols)};

    once.loaded = library_load(&library, &once.functions, &once.err);
}

static bool load(struct err *e)
{
    static pthread_once_t control = PTHREAD_ONCE_INIT;

    (void)pthread_once(&control, load_once);
    if (!once.loaded)
        *e = once.err;
    return once.loaded;
}

struct sha256 *sha256_new(struct err *e)
{
    struct sha256 *d;

    if (!load(e))
        return NULL;
    d = mem_zalloc(sizeof(*d));
    (void)once.functions.init(&d->context);
    return d;
}

void sha256_add(struct sha256 *d, const void *bytes, size_t len)
{
    (void)once.functions.update(&d->context, bytes, len);
}

void sha256_hex(struct sha256 *d, char hex[static SHA256_HEX_MAX])
{
    static const char digits[] = "0123456789abcdef";
    unsigned char sum[SHA256_DIGEST_LENGTH];

    (void)once.functions.final(sum, &d->context);
    for (size_t i = 0; i < sizeof(sum); i++) {
        hex[i * 2] = digits[sum[i] >> 4];
        hex[i * 2 + 1] = digits[sum[i] & 15];
    }
    hex[2 * sizeof(sum)] = '\0';
    (void)once.functions.init(&d->context);
}

void sha256_free(struct sha256 *d)
{
    if (!d)
        return;
    explicit_bzero(d, sizeof(*d));
    free(d);
}
