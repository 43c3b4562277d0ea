// Secrets in the desktop's keyring: a thread talks with it, and whoever asked watches the time.
// Floor: auth.
#include "auth/keyring.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "auth/keyring_call.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/secret.h"
#include "job/cancel.h"
#include "job/queue.h"
#include "job/thread.h"

enum { GRACE_MS = 500 }; // for a cancelled call to come back

// The thread that talks with the service. libsecret may hang for good where the service dies while
// its prompt stands; such a thread is left behind with its call, and the next call gets another.
struct worker {
    const struct libsecret *lib;
    struct queue *inbox;
    pthread_t thread;
    pthread_mutex_t lock; // over left and each call's done
    bool left;
};

struct keyring {
    struct log *log;
    pthread_mutex_t lock; // over worker
    struct worker *worker;
};

static const char *const kind_names[] = {
    [KEYRING_PASSWORD] = "password", [KEYRING_KEY] = "key", [KEYRING_WEBHOOK] = "webhook token"};

const char *keyring_kind_name(enum keyring_kind kind)
{
    return kind_names[kind];
}

struct keyring *keyring_open(struct log *log)
{
    struct keyring *k = mem_zalloc(sizeof(*k));

    k->log = log;
    (void)pthread_mutex_init(&k->lock, NULL);
    return k;
}

static void free_worker(struct worker *w)
{
    queue_close(w->inbox);
    (void)pthread_mutex_destroy(&w->lock);
    free(w);
}

void keyring_close(struct keyring *k)
{
    if (!k)
        return;
    if (k->worker) {
        queue_stop(k->worker->inbox);
        (void)pthread_join(k->worker->thread, NULL);
        free_worker(k->worker);
    }
    libsecret_log(NULL);
    (void)pthread_mutex_destroy(&k->lock);
    free(k);
}

// True where somebody still waits for the call.
static bool give_back(struct worker *w, struct keyring_call *c)
{
    bool left;

    (void)pthread_mutex_lock(&w->lock);
    left = w->left;
    c->done = true;
    if (!left)
        queue_put(c->job.reply, &c->job);
    (void)pthread_mutex_unlock(&w->lock);
    return !left;
}

static void *serve(void *arg)
{
    struct worker *w = arg;
    GMainContext *context = keyring_call_begin(w->lib);
    bool left = false;
    struct job *job;

    while (!left && (job = queue_wait(w->inbox, -1)) != NULL) {
        struct keyring_call *c = (struct keyring_call *)job;

        keyring_call_run(c, context);
        left = !give_back(w, c);
        if (left)
            keyring_call_free(c);
    }
    keyring_call_end(w->lib, context);
    if (left)
        free_worker(w);
    return NULL;
}

static struct worker *new_worker(const struct libsecret *lib, struct err *e)
{
    struct worker *w = mem_zalloc(sizeof(*w));

    w->lib = lib;
    w->inbox = queue_open();
    (void)pthread_mutex_init(&w->lock, NULL);
    if (thread_start(&w->thread, serve, w))
        return w;
    free_worker(w);
    (void)err_set(e, ERR_INTERNAL, "the system has no thread left for the keyring");
    return NULL;
}

// The thread starts with the first call, and so does the library.
static struct worker *start(struct keyring *k, struct err *e)
{
    const struct libsecret *lib = libsecret_load(e);
    struct worker *w;

    if (!lib)
        return NULL;
    (void)pthread_mutex_lock(&k->lock);
    if (!k->worker) {
        libsecret_log(k->log);
        k->worker = new_worker(lib, e);
    }
    w = k->worker;
    (void)pthread_mutex_unlock(&k->lock);
    return w;
}

// Leaves the worker behind with the call, unless it came back just now.
static bool leave(struct keyring *k, struct worker *w, struct keyring_call *c)
{
    bool done;

    (void)pthread_mutex_lock(&w->lock);
    done = c->done;
    w->left = !done;
    (void)pthread_mutex_unlock(&w->lock);
    if (done)
        return false;
    (void)pthread_detach(w->thread);
    (void)pthread_mutex_lock(&k->lock);
    if (k->worker == w)
        k->worker = NULL;
    (void)pthread_mutex_unlock(&k->lock);
    return true;
}

// Whoever waits for a call, to be woken by a cancel token as well.
struct waiter {
    struct job wake;
    struct queue *reply;
};

static void hook_fired(void *arg)
{
    struct waiter *w = arg;

    queue_put(w->reply, &w->wake);
}

// Waits for the call; past its time, or when it is not wanted any more, cancels it, which ends it
// wherever it is. False where even that does not bring it back.
static bool wait_for(struct keyring_call *c, int wait_ms, struct cancel *cancel)
{
    struct waiter waiter = {.reply = c->job.reply};
    struct cancel_hook hook = {.fired = hook_fired, .arg = &waiter};
    struct job *back;

    if (cancel)
        cancel_watch(cancel, &hook);
    back = queue_wait(c->job.reply, wait_ms);
    if (cancel)
        cancel_unwatch(cancel, &hook);
    if (back == &c->job) {
        (void)queue_take(c->job.reply); // the hook's, if it fired at last
        return true;
    }
    c->late = !back;
    c->stopped = back;
    c->lib->g_cancellable_cancel(c->cancellable);
    do
        back = queue_wait(c->job.reply, GRACE_MS);
    while (back && back != &c->job);
    return back;
}

// False where the call was left behind, with what is to be told of it in *told.
static bool run(struct keyring *k, struct worker *w, struct keyring_call *c, int wait_ms,
                struct cancel *cancel, struct keyring_call *told)
{
    queue_put(w->inbox, &c->job);
    if (wait_for(c, wait_ms, cancel))
        return true;
    *told = (struct keyring_call){.run = c->run, .late = c->late, .stopped = c->stopped};
    if (leave(k, w, c))
        return false;
    (void)queue_wait(c->job.reply, -1);
    return true;
}

// What is asked, and for whom it is done.
struct question {
    bool (*run)(struct keyring_call *c, SecretService *service, GError **error);
    const char *profile;
    enum keyring_kind kind;
    const struct secret *in;
};

// What came of it. ok: the rest is filled.
struct reply {
    bool ok;
    enum keyring_state state;
    struct secret *out;
    struct keyring_item item;
};

static struct reply take(struct keyring_call *c)
{
    struct reply r = {c->ok, c->state, NULL, c->item};

    if (c->ok) {
        r.out = c->out;
        c->out = NULL;
    } else if (c->state == KEYRING_READY) {
        r.state = KEYRING_ABSENT;
    }
    return r;
}

static struct reply ask(struct keyring *k, const struct question *q, int wait_ms,
                        struct cancel *cancel, struct err *e)
{
    struct reply r = {.state = KEYRING_ABSENT};
    struct worker *w = start(k, e);
    struct keyring_call *c, told;

    if (!w)
        return r;
    c = keyring_call_new(w->lib, q->profile, q->kind, q->in);
    c->run = q->run;
    if (run(k, w, c, wait_ms, cancel, &told)) {
        if (!c->ok)
            keyring_call_explain(c, e);
        r = take(c);
        keyring_call_free(c);
    } else {
        keyring_call_explain(&told, e);
    }
    if (!r.ok)
        log_write(k->log, LOG_WARNING, "keyring: %s", e->text);
    return r;
}

enum keyring_state keyring_probe(struct keyring *k, struct err *e)
{
    return ask(k, &(struct question){.run = keyring_call_probe}, KEYRING_WAIT_MS, NULL, e).state;
}

bool keyring_unlock(struct keyring *k, int wait_ms, struct cancel *cancel, struct err *e)
{
    return ask(k, &(struct question){.run = keyring_call_unlock}, wait_ms, cancel, e).ok;
}

bool keyring_get(struct keyring *k, const char *profile, enum keyring_kind kind,
                 struct secret **out, struct err *e)
{
    struct question q = {.run = keyring_call_get, .profile = profile, .kind = kind};
    struct reply r = ask(k, &q, KEYRING_WAIT_MS, NULL, e);

    *out = r.out;
    return r.ok;
}

bool keyring_put(struct keyring *k, const char *profile, enum keyring_kind kind,
                 const struct secret *secret, struct err *e)
{
    struct question q = {keyring_call_put, profile, kind, secret};

    return ask(k, &q, KEYRING_WAIT_MS, NULL, e).ok;
}

bool keyring_remove(struct keyring *k, const char *profile, enum keyring_kind kind, struct err *e)
{
    struct question q = {.run = keyring_call_remove, .profile = profile, .kind = kind};

    return ask(k, &q, KEYRING_WAIT_MS, NULL, e).ok;
}

bool keyring_find(struct keyring *k, const char *profile, enum keyring_kind kind,
                  struct keyring_item *out, struct err *e)
{
    struct question q = {.run = keyring_call_find, .profile = profile, .kind = kind};
    struct reply r = ask(k, &q, KEYRING_WAIT_MS, NULL, e);

    *out = r.item;
    return r.ok;
}
