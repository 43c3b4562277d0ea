// The network thread: takes requests in, starts them as gate, limiter and connections allow, and
// gives them back. Floor: net.
#include "net/net.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/rng.h"
#include "job/queue.h"
#include "job/thread.h"
#include "net/flight.h"
#include "net/libcurl.h"
#include "net/request.h"
#include "net/slots.h"

enum {
    CONNECTIONS = 8,
    LONGEST_POLL_MS = 3600 * 1000,
    WINDOW_MS = 1001, // until a slot of the second's window is free again
    BUDGET = 40       // repeats of all requests together, each success giving one back
};

struct net {
    struct net_config config;
    struct net_gate gate;
    pthread_t thread;
    CURLM *multi;

    struct queue *inbox;
    atomic_bool stop, released, cancelled;
    pthread_mutex_t lock; // over shown
    struct net_stats shown;
    int64_t shown_ms; // when, by the boot clock

    // The network thread's:
    struct slots slots;
    struct rng rng;
    struct flights waiting[NET_PRIORITIES], held, put_off, flying;
    struct flights called; // at their turn: the request is its owner's until it says what to do
    int budget;
    struct net_stats stats;
};

static int64_t boot(const struct net *n)
{
    return clock_boot_ms(&n->config.clock);
}

static void hook_fired(void *arg)
{
    struct net *n = arg;

    atomic_store(&n->cancelled, true);
    (void)libcurl()->multi_wakeup(n->multi);
}

static void watch(struct net *n, struct flight *f, struct cancel *c)
{
    f->hook = (struct cancel_hook){.fired = hook_fired, .arg = n};
    f->cancel = c;
    if (c)
        cancel_watch(c, &f->hook);
}

static void unwatch(struct flight *f)
{
    if (f->cancel)
        cancel_unwatch(f->cancel, &f->hook);
    f->cancel = NULL;
}

// Gives the request back; the flight is in no list any more.
static void finish(struct net *n, struct flight *f)
{
    struct net_request *r = f->request;

    unwatch(f);
    slots_give(&n->slots, f, f->left);
    if (f->easy)
        flight_clean(f);
    request_wipe_authorization(r);
    log_write(n->config.log, r->err.kind == ERR_NONE ? LOG_DEBUG : LOG_WARNING,
              "%s %s%s: %d, %lld ms%s%s", r->method, f->target.host ? f->target.host : "",
              f->target.path ? f->target.path : "", r->status, (long long)r->took_ms,
              r->err.kind == ERR_NONE ? "" : ", ", r->err.kind == ERR_NONE ? "" : r->err.text);
    target_free(&f->target);
    free(f);
    if (n->config.seen)
        n->config.seen(n->config.seen_self, r);
    queue_put(r->job.reply, &r->job);
}

static void accept_request(struct net *n, struct net_request *r)
{
    struct flight *f = mem_zalloc(sizeof(*f));

    f->request = r;
    r->err = (struct err){.retry_after = -1};
    r->final = r->at_turn = r->declined = false;
    r->sendings = 0;
    watch(n, f, r->until_turn ? r->until_turn : r->job.cancel);
    if (target_read(&f->target, r->url, &r->err))
        flights_add(&n->waiting[r->priority], f);
    else
        finish(n, f);
}

static void move_all(struct flights *from, struct net *n)
{
    while (from->last) {
        struct flight *f = from->last;

        flights_remove(from, f);
        flights_add_first(&n->waiting[f->request->priority], f);
    }
}

static void sweep_list(struct net *n, struct flights *l, bool all)
{
    for (struct flight *f = l->first, *next; f; f = next) {
        next = f->next;
        if (!all && !cancel_fired(f->cancel))
            continue;
        flights_remove(l, f);
        if (f->easy)
            (void)libcurl()->multi_remove_handle(n->multi, f->easy);
        flight_cancelled(f);
        finish(n, f);
    }
}

// Ends what was cancelled, or everything.
static void sweep(struct net *n, bool all)
{
    for (int p = 0; p < NET_PRIORITIES; p++)
        sweep_list(n, &n->waiting[p], all);
    sweep_list(n, &n->held, all);
    sweep_list(n, &n->put_off, all);
    sweep_list(n, &n->flying, all);
}

static int connections(const struct net *n)
{
    return n->config.connections ? n->config.connections : CONNECTIONS;
}

// Shows a request to the gate; false where it does not go now, and is in the right place for that.
static bool pass_gate(struct net *n, struct flight *f)
{
    enum net_pass pass = f->request->ungated ? NET_GO : n->gate.admit(n->gate.self, f->request);

    if (pass == NET_GO)
        return true;
    slots_give(&n->slots, f, false);
    if (pass == NET_HOLD)
        flights_add(&n->held, f);
    else
        finish(n, f);
    return false;
}

static void launch(struct net *n, struct flight *f)
{
    struct net_request *r = f->request;

    if (!flight_prepare(f, &n->config, &r->err) ||
        libcurl()->multi_add_handle(n->multi, f->easy) != CURLM_OK) {
        if (r->err.kind == ERR_NONE)
            (void)err_set(&r->err, ERR_INTERNAL, "a request could not be started");
        finish(n, f);
        return;
    }
    r->began_ms = boot(n);
    r->sendings++;
    n->stats.requests++;
    flights_add(&n->flying, f);
}

// Its slot stays taken, and its place among the connections.
static void call_up(struct net *n, struct flight *f)
{
    struct net_request *r = f->request;

    unwatch(f);
    r->at_turn = true;
    flights_add(&n->called, f);
    queue_put(r->job.reply, &r->job);
}

static void start(struct net *n, struct flight *f)
{
    if (!pass_gate(n, f))
        return;
    if (f->request->until_turn && !f->request->at_turn)
        call_up(n, f);
    else
        launch(n, f);
}

// What the owner of one that was at its turn says.
static void go_on(struct net *n, struct net_request *r)
{
    struct flight *f = n->called.first;

    while (f->request != r)
        f = f->next;
    flights_remove(&n->called, f);
    watch(n, f, r->job.cancel);
    if (!r->declined && !cancel_fired(f->cancel)) {
        launch(n, f);
        return;
    }
    flight_cancelled(f);
    finish(n, f);
}

static void take_in(struct net *n)
{
    struct job *job;

    while ((job = queue_take(n->inbox)) != NULL) {
        struct net_request *r = (struct net_request *)job;

        if (r->at_turn)
            go_on(n, r);
        else
            accept_request(n, r);
    }
}

static int64_t sooner(int64_t a, int64_t b)
{
    return a < 0 || (b >= 0 && b < a) ? b : a;
}

static void set_aside(struct net *n, struct flight *f, int64_t wait_ms)
{
    f->not_before_ms = boot(n) + wait_ms;
    flights_add(&n->put_off, f);
}

// Starts what may start now; returns when to look again, in milliseconds, or -1. Signing in waits
// aside, for what has a token may go on.
static int64_t start_all(struct net *n)
{
    int64_t wait = -1, soonest = -1;

    for (int p = 0; p < NET_PRIORITIES; p++) {
        int room = connections(n) - (p == NET_WAITED ? 0 : 1);

        while (n->waiting[p].first && n->flying.n + n->called.n < room) {
            struct flight *f = n->waiting[p].first;
            bool may = slots_take(&n->slots, f, &wait);

            if (!may && !f->request->ungated)
                return sooner(soonest, wait);
            flights_remove(&n->waiting[p], f);
            if (may) {
                start(n, f);
            } else {
                set_aside(n, f, wait);
                soonest = sooner(soonest, wait);
            }
        }
    }
    return soonest;
}

static void put_off(struct net *n, struct flight *f, int64_t wait_ms)
{
    n->stats.retries++;
    set_aside(n, f, wait_ms);
}

static void land(struct net *n, struct flight *f, CURLcode code)
{
    struct net_request *r = f->request;
    struct landing how;

    r->took_ms = boot(n) - r->began_ms;
    how = flight_land(f, code, &n->config, &n->budget, rng_next(&n->rng));
    n->stats.bytes_in += r->answer.len;
    n->stats.limited += how.limited && !r->ungated;
    slots_learn(&n->slots, f, &how);
    slots_give(&n->slots, f, f->left);
    if (how.verdict == VERDICT_GATE && !n->gate.refused(n->gate.self, r))
        how.verdict = VERDICT_DONE;
    if (how.verdict == VERDICT_DONE) {
        n->budget += r->err.kind == ERR_NONE && n->budget < BUDGET;
        finish(n, f);
        return;
    }
    flight_clean(f);
    if (!r->ungated) // the gate puts another on
        request_wipe_authorization(r);
    if (how.verdict == VERDICT_GATE)
        flights_add_first(&n->waiting[r->priority], f);
    else
        put_off(n, f, how.wait_ms);
}

// Lands what has ended; true where anything did.
static bool read_messages(struct net *n)
{
    bool any = false;
    CURLMsg *m;
    int left;

    while ((m = libcurl()->multi_info_read(n->multi, &left)) != NULL) {
        struct flight *f = NULL;
        CURLcode code = m->data.result;

        if (m->msg != CURLMSG_DONE)
            continue;
        (void)libcurl()->easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, (char **)&f);
        (void)libcurl()->multi_remove_handle(n->multi, f->easy);
        flights_remove(&n->flying, f);
        land(n, f, code);
        any = true;
    }
    return any;
}

// Brings back what was put off long enough; returns when the next one is due, or -1.
static int64_t bring_back(struct net *n)
{
    int64_t now = boot(n), soonest = -1;

    for (struct flight *f = n->put_off.first, *next; f; f = next) {
        int64_t left = f->not_before_ms - now;

        next = f->next;
        if (left <= 0) {
            flights_remove(&n->put_off, f);
            flights_add_first(&n->waiting[f->request->priority], f);
        } else if (soonest < 0 || left < soonest) {
            soonest = left;
        }
    }
    return soonest;
}

static void publish(struct net *n)
{
    n->stats.alone = slots_alone(&n->slots);
    n->stats.in_flight = n->flying.n + n->called.n;
    n->stats.waiting = n->held.n + n->put_off.n;
    for (int p = 0; p < NET_PRIORITIES; p++)
        n->stats.waiting += n->waiting[p].n;
    limiter_show(n->slots.limiter, boot(n), &n->stats.used, &n->stats.limit);
    (void)pthread_mutex_lock(&n->lock);
    n->shown = n->stats;
    n->shown_ms = boot(n);
    (void)pthread_mutex_unlock(&n->lock);
}

// One round of the thread; returns how long it may sleep.
static int64_t turn(struct net *n)
{
    int64_t wait;
    int running;

    take_in(n);
    if (atomic_exchange(&n->released, false))
        move_all(&n->held, n);
    if (atomic_exchange(&n->cancelled, false))
        sweep(n, false);
    if (atomic_load(&n->stop))
        sweep(n, true);
    (void)libcurl()->multi_perform(n->multi, &running);
    (void)read_messages(n);
    wait = bring_back(n);
    wait = sooner(wait, start_all(n));
    (void)libcurl()->multi_perform(n->multi, &running);
    if (read_messages(n))
        wait = 0; // there is room again
    publish(n);
    return wait;
}

static void *run(void *arg)
{
    struct net *n = arg;

    while (!atomic_load(&n->stop)) {
        int64_t wait = turn(n);

        (void)libcurl()->multi_poll(
            n->multi, NULL, 0, wait < 0 || wait > LONGEST_POLL_MS ? LONGEST_POLL_MS : (int)wait,
            NULL);
    }
    (void)turn(n);
    return NULL;
}

static void drop(struct net *n)
{
    for (struct flight *f; (f = n->called.first) != NULL;) {
        flights_remove(&n->called, f);
        target_free(&f->target);
        free(f);
    }
    if (n->multi)
        (void)libcurl()->multi_cleanup(n->multi);
    queue_close(n->inbox);
    slots_close(&n->slots);
    (void)pthread_mutex_destroy(&n->lock);
    free(n);
}

struct net *net_open(const struct net_config *config, struct err *e)
{
    struct net *n;

    if (!libcurl_load(e))
        return NULL;
    n = mem_zalloc(sizeof(*n));
    n->config = *config;
    n->inbox = queue_open();
    slots_open(&n->slots, config);
    n->rng = rng_seed((uint64_t)boot(n) ^ (uint64_t)getpid() << 32);
    n->budget = BUDGET;
    (void)pthread_mutex_init(&n->lock, NULL);
    n->multi = libcurl()->multi_init();
    if (n->multi && thread_start(&n->thread, run, n))
        return n;
    (void)err_set(e, ERR_INTERNAL, "the network part could not be started");
    drop(n);
    return NULL;
}

void net_close(struct net *n)
{
    atomic_store(&n->stop, true);
    (void)libcurl()->multi_wakeup(n->multi);
    (void)pthread_join(n->thread, NULL);
    drop(n);
}

void net_set_gate(struct net *n, struct net_gate gate)
{
    n->gate = gate;
}

void net_submit(struct net *n, struct net_request *r)
{
    queue_put(n->inbox, &r->job);
    (void)libcurl()->multi_wakeup(n->multi);
}

void net_decline(struct net *n, struct net_request *r)
{
    r->declined = true;
    net_submit(n, r);
}

bool net_call(struct net *n, struct net_request *r)
{
    r->job.reply = queue_open();
    net_submit(n, r);
    (void)queue_wait(r->job.reply, -1);
    queue_close(r->job.reply);
    r->job.reply = NULL;
    return r->err.kind == ERR_NONE;
}

void net_release(struct net *n)
{
    atomic_store(&n->released, true);
    (void)libcurl()->multi_wakeup(n->multi);
}

struct net_stats net_stats(struct net *n)
{
    struct net_stats stats;

    (void)pthread_mutex_lock(&n->lock);
    stats = n->shown;
    // The thread sleeps while slots cool down.
    if (stats.in_flight == 0 && boot(n) > n->shown_ms + WINDOW_MS)
        stats.used = 0;
    (void)pthread_mutex_unlock(&n->lock);
    return stats;
}
