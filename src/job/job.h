// A job goes in, the same job comes out: whoever takes one (pool, network, store) fills in its
// result and puts it on its reply queue. Embed as the first member. Floor: job.
#ifndef LODE_JOB_JOB_H
#define LODE_JOB_JOB_H

struct queue;
struct cancel;

struct job {
    struct job *next;              // the queue's that holds it
    void (*run)(struct job *self); // for pool and store: the work, on their thread
    struct queue *reply;           // where it goes when done; it is the owner's again there
    struct cancel *cancel;         // or NULL; borrowed
};

#endif
