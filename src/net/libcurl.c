// libcurl, loaded when the first request is near. Any thread. Floor: net.
#include "net/libcurl.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/wipe.h"
#include "net/prepare.h"

// Where each function goes in struct libcurl.
static const struct symbol {
    const char *name;
    size_t offset;
} symbols[] = {
#define LIBCURL_SYMBOL(name) {"curl_" #name, offsetof(struct libcurl, name)},
    LIBCURL_FUNCTIONS(LIBCURL_SYMBOL)
#undef LIBCURL_SYMBOL
};

// Written once, by load_once() under pthread_once.
static struct {
    struct libcurl functions;
    bool loaded;
    struct err err;
} once;

static bool load(struct err *e)
{
    void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);

    if (!library)
        return err_set(e, ERR_INTERNAL,
                       "libcurl is not here, so no request can be sent (%s); install it, on Debian "
                       "with: apt install libcurl4",
                       dlerror());
    for (size_t i = 0; i < ARRAY_LEN(symbols); i++) {
        void *found = dlsym(library, symbols[i].name);

        if (!found)
            return err_set(e, ERR_INTERNAL,
                           "libcurl is too old, so no request can be sent: it lacks %s",
                           symbols[i].name);
        memcpy((char *)&once.functions + symbols[i].offset, &found, sizeof(found));
    }
    net_prepare();
    if (once.functions.global_init_mem(CURL_GLOBAL_DEFAULT, wipe_malloc, wipe_free, wipe_realloc,
                                       wipe_strdup, wipe_calloc) != CURLE_OK)
        return err_set(e, ERR_INTERNAL, "libcurl could not be set up, so no request can be sent");
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
