// The libraries below are told to overwrite what they free: requests and TLS records hold tokens.
// Any thread. Floor: net.
#include "net/prepare.h"

#include <pthread.h>
#include <stdlib.h>

#include <openssl/crypto.h>

#include "base/wipe.h"

static void *openssl_malloc(size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    return wipe_malloc(size);
}

static void *openssl_realloc(void *p, size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    return wipe_realloc(p, size);
}

static void openssl_free(void *p, const char *file, int line)
{
    (void)file;
    (void)line;
    wipe_free(p);
}

static void prepare(void)
{
    (void)unsetenv("SSLKEYLOGFILE"); // libcurl would write the keys of every connection there
    // Refused once OpenSSL has been used, as a test may have done.
    (void)CRYPTO_set_mem_functions(openssl_malloc, openssl_realloc, openssl_free);
}

void net_prepare(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    (void)pthread_once(&once, prepare);
}
