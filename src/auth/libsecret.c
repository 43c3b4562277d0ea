// libsecret and the GLib below it, loaded at the first word with the keyring. Any thread.
// Floor: auth.
#include "auth/libsecret.h"

#include <pthread.h>

#include "base/library.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/str.h"

static const struct library_symbol symbols[] = {
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

static void load_once(void)
{
    static const struct library library = {.file = "libsecret-1.so.0",
                                           .name = "libsecret",
                                           .package = "libsecret-1-0",
                                           .without =
                                               "the keyring cannot be reached" LIBSECRET_WITHOUT,
                                           .symbols = symbols,
                                           .n_symbols = ARRAY_LEN(symbols)};

    once.loaded = library_load(&library, &once.functions, &once.err);
    if (once.loaded)
        once.functions.g_log_set_writer_func(write_log, NULL, NULL);
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
