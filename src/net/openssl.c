// OpenSSL, loaded when it is first needed: requests, TLS records and keys lie in its memory, which
// it is told to overwrite. Any thread. Floor: net.
#include "net/openssl.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/library.h"
#include "base/mem.h"
#include "base/wipe.h"

// The secure heap is locked and left out of core dumps.
enum { SECURE_HEAP = 128 * 1024, SECURE_LEAST = 64 };

static const struct library_symbol symbols[] = {
#define OPENSSL_SYMBOL(name) {#name, offsetof(struct openssl, name)},
    OPENSSL_FUNCTIONS(OPENSSL_SYMBOL)
#undef OPENSSL_SYMBOL
};

// Written once, by load_once() under pthread_once.
static struct {
    struct openssl functions;
    bool loaded;
    struct err err;
} once;

static void *allocate(size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    return wipe_malloc(size);
}

static void *reallocate(void *p, size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    return wipe_realloc(p, size);
}

static void release(void *p, const char *file, int line)
{
    (void)file;
    (void)line;
    wipe_free(p);
}

static void load_once(void)
{
    static const struct library library = {.file = "libssl.so.3",
                                           .name = "OpenSSL",
                                           .package = "libssl3",
                                           .without = "neither a request nor a key can be made",
                                           .symbols = symbols,
                                           .n_symbols = ARRAY_LEN(symbols)};

    (void)unsetenv("SSLKEYLOGFILE");
    once.loaded = library_load(&library, &once.functions, &once.err);
    if (!once.loaded)
        return;
    // Both are refused once OpenSSL has been used, as a test may have done.
    (void)once.functions.CRYPTO_set_mem_functions(allocate, reallocate, release);
    (void)once.functions.CRYPTO_secure_malloc_init(SECURE_HEAP, SECURE_LEAST);
}

bool openssl_load(struct err *e)
{
    static pthread_once_t control = PTHREAD_ONCE_INIT;

    (void)pthread_once(&control, load_once);
    if (!once.loaded)
        *e = once.err;
    return once.loaded;
}

const struct openssl *openssl(void)
{
    struct err e;

    if (!openssl_load(&e))
        abort();
    return &once.functions;
}
