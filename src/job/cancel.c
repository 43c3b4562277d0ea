// The cancel tree. One lock for a whole tree, held by its root. Any thread. Floor: job.
#include "job/cancel.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/mem.h"

// What all nodes of a tree share.
struct tree {
    pthread_mutex_t lock;
    pthread_cond_t ran; // a hook has returned
    int nodes;
    struct cancel_hook *running; // one at a time in a tree
    pthread_t runner;
};

struct cancel {
    struct tree *tree;
    struct cancel *parent, *children, *next, *prev; // under the tree's lock
    struct cancel_hook *hooks;
    int refs;
    atomic_bool fired;
};

static struct tree *tree_new(void)
{
    struct tree *t = mem_zalloc(sizeof(*t));

    (void)pthread_mutex_init(&t->lock, NULL);
    (void)pthread_cond_init(&t->ran, NULL);
    return t;
}

static void tree_free(struct tree *t)
{
    (void)pthread_cond_destroy(&t->ran);
    (void)pthread_mutex_destroy(&t->lock);
    free(t);
}

struct cancel *cancel_new(struct cancel *parent)
{
    struct cancel *c = mem_zalloc(sizeof(*c));

    c->tree = parent ? parent->tree : tree_new();
    c->parent = parent;
    c->refs = 1;
    (void)pthread_mutex_lock(&c->tree->lock);
    c->tree->nodes++;
    if (parent) {
        parent->refs++;
        atomic_store(&c->fired, atomic_load(&parent->fired));
        c->next = parent->children;
        if (c->next)
            c->next->prev = c;
        parent->children = c;
    }
    (void)pthread_mutex_unlock(&c->tree->lock);
    return c;
}

static void unlink_node(struct cancel *c)
{
    if (c->prev)
        c->prev->next = c->next;
    else if (c->parent)
        c->parent->children = c->next;
    if (c->next)
        c->next->prev = c->prev;
}

void cancel_unref(struct cancel *c)
{
    struct tree *t;
    bool last;

    if (!c)
        return;
    t = c->tree;
    (void)pthread_mutex_lock(&t->lock);
    while (c && --c->refs == 0) {
        struct cancel *parent = c->parent;

        unlink_node(c);
        free(c);
        t->nodes--;
        c = parent;
    }
    last = t->nodes == 0;
    (void)pthread_mutex_unlock(&t->lock);
    if (last)
        tree_free(t);
}

// Runs the hooks of c one by one, each outside the lock; called with it held.
static void run_hooks(struct cancel *c)
{
    struct tree *t = c->tree;

    while (c->hooks) {
        struct cancel_hook *hook = c->hooks;

        if (t->running) { // another thread fires as well
            (void)pthread_cond_wait(&t->ran, &t->lock);
            continue;
        }
        c->hooks = hook->next;
        if (c->hooks)
            c->hooks->prev = NULL;
        hook->next = hook->prev = hook; // marks it as run, for cancel_unwatch()
        t->running = hook;
        t->runner = pthread_self();
        (void)pthread_mutex_unlock(&t->lock);
        hook->fired(hook->arg);
        (void)pthread_mutex_lock(&t->lock);
        t->running = NULL;
        (void)pthread_cond_broadcast(&t->ran);
    }
}

// Marks all below c as fired first, so that whoever looks sees it before any hook runs.
static void mark(struct cancel *c)
{
    atomic_store(&c->fired, true);
    for (struct cancel *child = c->children; child; child = child->next)
        mark(child);
}

// The first node at or below c that still has hooks.
static struct cancel *hooked(struct cancel *c)
{
    struct cancel *found = c->hooks ? c : NULL;

    for (struct cancel *child = c->children; child && !found; child = child->next)
        found = hooked(child);
    return found;
}

void cancel_fire(struct cancel *c)
{
    struct cancel *node;

    (void)pthread_mutex_lock(&c->tree->lock);
    c->refs++;
    mark(c);
    while ((node = hooked(c)) != NULL) {
        node->refs++;
        run_hooks(node);
        (void)pthread_mutex_unlock(&c->tree->lock);
        cancel_unref(node);
        (void)pthread_mutex_lock(&c->tree->lock);
    }
    (void)pthread_mutex_unlock(&c->tree->lock);
    cancel_unref(c);
}

bool cancel_fired(const struct cancel *c)
{
    return c && atomic_load(&c->fired);
}

void cancel_watch(struct cancel *c, struct cancel_hook *hook)
{
    bool now;

    (void)pthread_mutex_lock(&c->tree->lock);
    now = atomic_load(&c->fired);
    hook->prev = NULL;
    hook->next = now ? hook : c->hooks;
    if (now) {
        hook->prev = hook;
    } else {
        if (c->hooks)
            c->hooks->prev = hook;
        c->hooks = hook;
    }
    (void)pthread_mutex_unlock(&c->tree->lock);
    if (now)
        hook->fired(hook->arg);
}

void cancel_unwatch(struct cancel *c, struct cancel_hook *hook)
{
    struct tree *t = c->tree;

    (void)pthread_mutex_lock(&t->lock);
    while (t->running == hook && !pthread_equal(t->runner, pthread_self()))
        (void)pthread_cond_wait(&t->ran, &t->lock);
    if (hook->next != hook) {
        if (hook->prev)
            hook->prev->next = hook->next;
        else
            c->hooks = hook->next;
        if (hook->next)
            hook->next->prev = hook->prev;
    }
    (void)pthread_mutex_unlock(&t->lock);
}
