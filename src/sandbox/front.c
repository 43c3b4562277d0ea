// The front on the public port where faults may be played. Floor: sandbox.
#include "sandbox/front.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/mem.h"
#include "sandbox/fault.h"
#include "sandbox/http1.h"
#include "sandbox/options.h"
#include "sandbox/plan.h"
#include "sandbox/sandbox.h"
#include "sandbox/stats.h"
#include "sandbox/wire.h"

enum { SLICES_A_SECOND = 20, TAIL_BLOCK = 4096, MS = 1000, LOOK_MS = 10 };

struct link;

struct front {
    struct sandbox *sandbox;
    int listen_fd;
    uint16_t upstream;
    SSL_CTX *tls; // NULL: plain
    pthread_t acceptor;
    pthread_mutex_t lock;
    pthread_cond_t all_gone;
    // under the lock
    struct link *links;
    bool stopping;
};

// One connection, in the list of its front from its accept to its end.
struct link {
    struct front *front;
    struct wire wire;
    int fd;
    struct link *next, **back;
};

// Bytes at the plan's speed; false where the client is gone.
static bool send_slowly(struct link *l, const char *bytes, size_t len, int64_t bps)
{
    size_t slice = bps > SLICES_A_SECOND ? (size_t)bps / SLICES_A_SECOND : 1;
    int pause_ms = (int)(MS * (int64_t)slice / bps);

    for (size_t at = 0; at < len; at += slice) {
        size_t n = len - at < slice ? len - at : slice;

        if (!wire_send(&l->wire, bytes + at, n) ||
            wire_gone(&l->wire, l->front->sandbox->stop_fd, pause_ms))
            return false;
    }
    return true;
}

static bool send_part(struct link *l, const struct plan *p, size_t from, size_t to)
{
    const char *bytes = str_text(&p->bytes) + from;

    return p->bps ? send_slowly(l, bytes, to - from, p->bps)
                  : wire_send(&l->wire, bytes, to - from);
}

static bool send_tail(struct link *l, int64_t n)
{
    struct str chunk = {0};
    bool ok = true;

    str_addf(&chunk, "%x\r\n%*s\r\n", (unsigned)TAIL_BLOCK, TAIL_BLOCK, "");
    for (int64_t sent = 0; ok && (n < 0 || sent < n); sent += TAIL_BLOCK)
        ok = wire_send(&l->wire, chunk.data, chunk.len);
    str_free(&chunk);
    return ok;
}

// True where the connection lives on.
static bool carry_out(struct link *l, const struct plan *p)
{
    size_t first = p->hold_ms ? p->hold_at : p->bytes.len;

    if (!send_part(l, p, 0, first))
        return false;
    if (p->hold_ms && wire_gone(&l->wire, l->front->sandbox->stop_fd, (int)p->hold_ms))
        return false;
    if (!send_part(l, p, first, p->bytes.len) || (p->tail && !send_tail(l, p->tail)))
        return false;
    if (p->end == PLAN_RESET)
        wire_abort(&l->wire);
    return p->end == PLAN_KEEP;
}

static bool carry_out_free(struct link *l, struct plan *p)
{
    bool lives = carry_out(l, p);

    plan_free(p);
    return lives;
}

// Waits until the rules are others; false where the client is gone before.
static bool hold(const struct link *l, const struct fault_rule *rule)
{
    struct sandbox *s = l->front->sandbox;
    bool gone = false;

    while (!gone && faults_sets(s->faults) == rule->set)
        gone = wire_gone(&l->wire, s->stop_fd, LOOK_MS);
    return !gone;
}

static bool leaves_whole(const struct fault_rule *rule)
{
    return !rule || rule->kind->act == FAULT_STALL || rule->kind->act == FAULT_HOLD ||
           rule->kind->act == FAULT_DRIP;
}

// The request goes on to the server; what comes back leaves as the rule has it.
static bool answer(struct link *l, struct http1_request *r, const struct fault_rule *rule)
{
    struct http1_answer a;
    struct plan p;
    bool ok = http1_forward(l->front->upstream, r, !leaves_whole(rule), &a);

    if (ok && rule && rule->kind->act == FAULT_HOLD)
        ok = hold(l, rule);
    if (ok && rule)
        plan_mangle(rule, &a, &p);
    else if (ok)
        plan_pass(&a, &p);
    http1_answer_free(&a);
    return ok && carry_out_free(l, &p);
}

// What a rule does that keeps the request from the server; *lives where the connection goes on.
static bool end_before_work(struct link *l, const struct fault_rule *rule, bool *lives)
{
    struct plan p;

    if (rule->kind->act == FAULT_STALL) {
        *lives = false;
        return wire_gone(&l->wire, l->front->sandbox->stop_fd, (int)rule->ms);
    }
    if (rule->kind->act == FAULT_HOLD) {
        *lives = false;
        return !hold(l, rule);
    }
    if (rule->kind->act == FAULT_CANNED)
        plan_canned(rule, &p);
    else
        plan_end(rule->kind->act == FAULT_CLOSE ? PLAN_CLOSE : PLAN_RESET, &p);
    *lives = carry_out_free(l, &p);
    return true;
}

static bool play(struct link *l, struct http1_request *r, const struct fault_rule *rule)
{
    bool in_request = rule->kind->act == FAULT_RESET_READING, lives;
    size_t half = r->length / 2, at = rule->at >= 0 ? (size_t)rule->at : half;

    if (!http1_read_body(&l->wire, r, in_request && at < r->length ? at : r->length))
        return false;
    if (!rule->after_work && end_before_work(l, rule, &lives))
        return lives;
    return answer(l, r, rule);
}

// One request and its answer; true where another may follow.
static bool serve_one(struct link *l)
{
    struct http1_request r;
    struct fault_rule rule;
    bool lives = http1_read_head(&l->wire, &r);

    if (lives && faults_pick(l->front->sandbox->faults, r.method, r.path, &rule))
        lives = play(l, &r, &rule);
    else if (lives)
        lives = http1_read_body(&l->wire, &r, r.length) && answer(l, &r, NULL);
    lives = lives && !r.last;
    http1_request_free(&r);
    return lives;
}

static void leave(struct link *l)
{
    struct front *f = l->front;

    (void)pthread_mutex_lock(&f->lock);
    *l->back = l->next;
    if (l->next)
        l->next->back = l->back;
    (void)close(l->fd);
    free(l);
    if (!f->links)
        (void)pthread_cond_signal(&f->all_gone);
    (void)pthread_mutex_unlock(&f->lock);
}

static void *run_link(void *self)
{
    struct link *l = self;

    if (faults_refuse(l->front->sandbox->faults)) {
        wire_abort(&l->wire);
    } else if (wire_open(&l->wire, l->fd, l->front->tls)) {
        while (serve_one(l))
            ;
    }
    wire_end(&l->wire);
    leave(l);
    return NULL;
}

static void join(struct front *f, int fd)
{
    struct link *l = mem_zalloc(sizeof(*l));
    pthread_attr_t detached;
    pthread_t thread;

    l->front = f;
    l->fd = fd;
    l->wire.fd = fd;
    (void)pthread_attr_init(&detached);
    (void)pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
    (void)pthread_mutex_lock(&f->lock);
    l->next = f->links;
    l->back = &f->links;
    if (l->next)
        l->next->back = &l->next;
    f->links = l;
    (void)pthread_mutex_unlock(&f->lock);
    if (pthread_create(&thread, &detached, run_link, l) != 0)
        leave(l);
    (void)pthread_attr_destroy(&detached);
}

static void *run_acceptor(void *self)
{
    struct front *f = self;
    int fd;

    while ((fd = accept4(f->listen_fd, NULL, NULL, SOCK_CLOEXEC)) >= 0) {
        stats_connection(f->sandbox->stats);
        join(f, fd);
    }
    return NULL;
}

static SSL_CTX *open_tls(const struct options *o, struct err *e)
{
    SSL_CTX *tls = SSL_CTX_new(TLS_server_method());

    if (tls && SSL_CTX_use_certificate_chain_file(tls, o->cert) == 1 &&
        SSL_CTX_use_PrivateKey_file(tls, o->key, SSL_FILETYPE_PEM) == 1 &&
        SSL_CTX_check_private_key(tls) == 1)
        return tls;
    SSL_CTX_free(tls);
    (void)err_set(e, ERR_INVALID, "the files of --tls hold no PEM that belongs together");
    return NULL;
}

struct front *front_start(struct sandbox *s, int listen_fd, uint16_t upstream, bool tls,
                          struct err *e)
{
    struct front *f = mem_zalloc(sizeof(*f));

    f->sandbox = s;
    f->listen_fd = listen_fd;
    f->upstream = upstream;
    (void)pthread_mutex_init(&f->lock, NULL);
    (void)pthread_cond_init(&f->all_gone, NULL);
    if (tls)
        f->tls = open_tls(s->options, e);
    if ((!tls || f->tls) && pthread_create(&f->acceptor, NULL, run_acceptor, f) == 0)
        return f;
    if (!tls || f->tls)
        (void)err_set(e, ERR_INTERNAL, "cannot start a thread");
    f->listen_fd = -1;
    (void)close(listen_fd);
    front_stop(f);
    return NULL;
}

void front_stop(struct front *f)
{
    if (!f)
        return;
    if (f->listen_fd >= 0) {
        (void)shutdown(f->listen_fd, SHUT_RDWR);
        (void)pthread_join(f->acceptor, NULL);
        (void)close(f->listen_fd);
    }
    (void)pthread_mutex_lock(&f->lock);
    for (struct link *l = f->links; l; l = l->next)
        (void)shutdown(l->fd, SHUT_RDWR);
    while (f->links)
        (void)pthread_cond_wait(&f->all_gone, &f->lock);
    (void)pthread_mutex_unlock(&f->lock);
    SSL_CTX_free(f->tls);
    (void)pthread_cond_destroy(&f->all_gone);
    (void)pthread_mutex_destroy(&f->lock);
    free(f);
}
