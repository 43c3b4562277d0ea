// libsecret and the GLib below it, loaded at the first word with the keyring. Any thread.
// Floor: auth.
#include "auth/libsecret.h"

#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/str.h"

// Where each function goes in struct libsecret. The libraries below libsecret are found through it.
static const struct symbol {
    const char *name;
    size_t offset;
} symbols[] = {
#define LIBSECRET_SYMBOL(name) {#name, offsetof(struct libsecret, name)},
    LIBSECRET_FUNCTIONS(LIBSECRET_SYMBOL)
#undef LIBSECRET_SYMBOL
};

// Written once, by load_once() under pthread_once.
static struct {
    struct libsecret functions;
    bool loaded;
    struct err err;
} once;

// GLib takes one writer for the life of the process, so it outlives every log.
static struct {
    pthread_mutex_t lock;
    struct log *log;
} sink = {.lock = PTHREAD_MUTEX_INITIALIZER};

static GLogWriterOutput write_log(GLogLevelFlags level, const GLogField *fields, gsize n,
                                  void *self)
{
    (void)level;
    (void)self;
    for (gsize i = 0; i < n; i++) {
        if (!str_eq(fields[i].key, "MESSAGE") || fields[i].length >= 0)
            continue;
        (void)pthread_mutex_lock(&sink.lock);
        log_write(sink.log, LOG_WARNING, "keyring: %s", (const char *)fields[i].value);
        (void)pthread_mutex_unlock(&sink.lock);
    }
    return G_LOG_WRITER_HANDLED;
}

static bool load(struct err *e)
{
    void *library = dlopen("libsecret-1.so.0", RTLD_NOW | RTLD_LOCAL);

    if (!library)
        return err_set(
            e, ERR_STORAGE,
            "the keyring cannot be reached without libsecret (%s); install it, on Debian "
            "with: apt install libsecret-1-0; or pass --session-only",
            dlerror());
    for (size_t i = 0; i < ARRAY_LEN(symbols); i++) {
        void *found = dlsym(library, symbols[i].name);

        if (!found)
            return err_set(e, ERR_STORAGE,
                           "the keyring cannot be reached, because this libsecret is too old: it "
                           "lacks %s",
                           symbols[i].name);
        memcpy((char *)&once.functions + symbols[i].offset, &found, sizeof(found));
    }
    once.functions.g_log_set_writer_func(write_log, NULL, NULL);
    return true;
}

static void load_once(void)
{
    once.loaded = load(&once.err);
}

const struct libsecret *libsecret_load(struct err *e)
{
    static pthread_once_t control = PTHREAD_ONCE_INIT;

    (void)pthread_once(&control, load_once);
    if (once.loaded)
        return &once.functions;
    *e = once.err;
    return NULL;
}

void libsecret_log(struct log *log)
{
    (void)pthread_mutex_lock(&sink.lock);
    sink.log = log;
    (void)pthread_mutex_unlock(&sink.lock);
}
