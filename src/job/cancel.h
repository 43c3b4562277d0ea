// The cancel tree: app > pane > job. Firing a node fires all below it. Any thread. Floor: job.
#ifndef LODE_JOB_CANCEL_H
#define LODE_JOB_CANCEL_H

#include <stdbool.h>

struct cancel;

struct cancel_hook {
    void (*fired)(void *arg); // on the firing thread; must not block, nor touch the tree
    void *arg;
    struct cancel_hook *next, *prev; // the node's
};

// A node below parent (NULL: a root). One reference is the caller's.
struct cancel *cancel_new(struct cancel *parent);
// NULL is allowed. A node lives until its last reference and its last child are gone.
void cancel_unref(struct cancel *c);
void cancel_fire(struct cancel *c);
// false for NULL.
bool cancel_fired(const struct cancel *c);
// hook->fired is called once, at once where c has fired already. The hook stays the caller's and
// must be unwatched before it goes; after cancel_unwatch() returns it is not running.
void cancel_watch(struct cancel *c, struct cancel_hook *hook);
void cancel_unwatch(struct cancel *c, struct cancel_hook *hook);

#endif
