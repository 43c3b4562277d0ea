// A queue of jobs that gives ownership away. Floor: job.
#include "job/queue.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"

struct queue {
    pthread_mutex_t lock;
    pthread_cond_t filled;
    struct job *first, *last;
    int fd; // -1 until somebody polls
    bool stopped;
};

struct queue *queue_open(void)
{
    struct queue *q = mem_zalloc(sizeof(*q));
    pthread_condattr_t attr;

    (void)pthread_condattr_init(&attr);
    (void)pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    (void)pthread_mutex_init(&q->lock, NULL);
    (void)pthread_cond_init(&q->filled, &attr);
    (void)pthread_condattr_destroy(&attr);
    q->fd = -1;
    return q;
}

void queue_close(struct queue *q)
{
    assert(!q->first);
    if (q->fd >= 0)
        (void)close(q->fd);
    (void)pthread_cond_destroy(&q->filled);
    (void)pthread_mutex_destroy(&q->lock);
    free(q);
}

// Makes the descriptor readable; an eventfd cannot fail here but for a programmer's mistake.
static void ring(const struct queue *q)
{
    const uint64_t one = 1;
    ssize_t n = q->fd >= 0 ? write(q->fd, &one, sizeof(one)) : 0;

    assert(n >= 0);
    (void)n;
}

static void hush(const struct queue *q)
{
    uint64_t count;
    ssize_t n = q->fd >= 0 ? read(q->fd, &count, sizeof(count)) : 0;

    (void)n; // EAGAIN: nobody rang
}

void queue_put(struct queue *q, struct job *j)
{
    j->next = NULL;
    (void)pthread_mutex_lock(&q->lock);
    if (q->last)
        q->last->next = j;
    else
        q->first = j;
    q->last = j;
    ring(q);
    (void)pthread_cond_signal(&q->filled);
    (void)pthread_mutex_unlock(&q->lock);
}

static struct job *take_locked(struct queue *q)
{
    struct job *j = q->first;

    if (!j)
        return NULL;
    q->first = j->next;
    if (!q->first) {
        q->last = NULL;
        hush(q);
    }
    j->next = NULL;
    return j;
}

struct job *queue_take(struct queue *q)
{
    struct job *j;

    (void)pthread_mutex_lock(&q->lock);
    j = take_locked(q);
    (void)pthread_mutex_unlock(&q->lock);
    return j;
}

static struct timespec after_ms(int timeout_ms)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    t.tv_sec += timeout_ms / 1000;
    t.tv_nsec += (long)(timeout_ms % 1000) * 1000000;
    if (t.tv_nsec >= 1000000000) {
        t.tv_sec++;
        t.tv_nsec -= 1000000000;
    }
    return t;
}

struct job *queue_wait(struct queue *q, int timeout_ms)
{
    struct timespec until = after_ms(timeout_ms > 0 ? timeout_ms : 0);
    struct job *j;
    int rc = 0;

    (void)pthread_mutex_lock(&q->lock);
    while (!q->first && !q->stopped && rc != ETIMEDOUT) {
        if (timeout_ms < 0)
            rc = pthread_cond_wait(&q->filled, &q->lock);
        else
            rc = pthread_cond_timedwait(&q->filled, &q->lock, &until);
    }
    j = take_locked(q);
    (void)pthread_mutex_unlock(&q->lock);
    return j;
}

void queue_stop(struct queue *q)
{
    (void)pthread_mutex_lock(&q->lock);
    q->stopped = true;
    (void)pthread_cond_broadcast(&q->filled);
    (void)pthread_mutex_unlock(&q->lock);
}

int queue_fd(struct queue *q)
{
    int fd;

    (void)pthread_mutex_lock(&q->lock);
    if (q->fd < 0) {
        q->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
        if (q->fd < 0)
            abort();
        if (q->first)
            ring(q);
    }
    fd = q->fd;
    (void)pthread_mutex_unlock(&q->lock);
    return fd;
}
