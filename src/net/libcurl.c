// libcurl, loaded when the first request is near. Any thread. Floor: net.
#include "net/libcurl.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/library.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/wipe.h"
#include "net/openssl.h"

static const struct library_symbol symbols[] = {
#define LIBCURL_SYMBOL(name) {"curl_" #name, offsetof(struct libcurl, name)},
    LIBCURL_FUNCTIONS(LIBCURL_SYMBOL)
#undef LIBCURL_SYMBOL
};

static const struct library library = {.file = "libcurl.so.4",
                                       .name = "libcurl",
                                       .package = "libcurl4",
                                       .without = "no request can be sent",
                                       .symbols = symbols,
                                       .n_symbols = ARRAY_LEN(symbols)};

// Written once, by load_once() under pthread_once.
static struct {
    struct libcurl functions;
    bool loaded, on_openssl;
    struct err err;
} once;

static bool load(struct err *e)
{
    const curl_version_info_data *version;

    if (!openssl_load(e) || !library_load(&library, &once.functions, e))
        return false;
    if (once.functions.global_init_mem(CURL_GLOBAL_DEFAULT, wipe_malloc, wipe_free, wipe_realloc,
                                       wipe_strdup, wipe_calloc) != CURLE_OK)
        return err_set(e, ERR_INTERNAL, "libcurl could not be set up, so no request can be sent");
    version = once.functions.version_info(CURLVERSION_NOW);
    once.on_openssl = version->ssl_version && str_starts(version->ssl_version, "OpenSSL/3");
    return true;
}

static void load_once(void)
{
    once.loaded = load(&once.err);
}

bool libcurl_load(struct err *e)
{
    static pthread_once_t control = PTHREAD_ONCE_INIT;

    (void)pthread_once(&control, load_once);
    if (!once.loaded)
        *e = once.err;
    return once.loaded;
}

const struct libcurl *libcurl(void)
{
    struct err e;

    if (!libcurl_load(&e))
        abort();
    return &once.functions;
}

bool libcurl_on_openssl(void)
{
    (void)libcurl();
    return once.on_openssl;
}
