// A two-way-safe queue of jobs that gives ownership away: many may put, one or many take. It can
// wake a poll(2) by a file descriptor. Floor: job.
#ifndef LODE_JOB_QUEUE_H
#define LODE_JOB_QUEUE_H

#include <stdbool.h>

#include "job/job.h"

struct queue;

struct queue *queue_open(void);
// Must be empty: jobs in it would leak.
void queue_close(struct queue *q);
void queue_put(struct queue *q, struct job *j);
// The oldest job, or NULL at once. Any thread.
struct job *queue_take(struct queue *q);
// Waits for a job; NULL after timeout_ms (-1: never) or queue_stop(). Any thread.
struct job *queue_wait(struct queue *q, int timeout_ms);
// Every waiter, now and later, returns once the queue is empty.
void queue_stop(struct queue *q);
// Readable while the queue holds a job; for poll only. Made at the first call.
int queue_fd(struct queue *q);

#endif
