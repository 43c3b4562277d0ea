// A few worker threads, each started when there is work that no other is free for. Floor: job.
#include "job/pool.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/mem.h"
#include "job/cancel.h"
#include "job/queue.h"
#include "job/thread.h"

struct pool {
    struct queue *work;
    int most;
    bool gives_way;
    pthread_mutex_t lock; // of what follows
    pthread_t *threads;
    int n, busy; // busy: jobs that wait or run
};

static void count(struct pool *p, int step)
{
    (void)pthread_mutex_lock(&p->lock);
    p->busy += step;
    (void)pthread_mutex_unlock(&p->lock);
}

static void *work(void *arg)
{
    struct pool *p = arg;
    struct job *j;

    if (p->gives_way)
        thread_give_way();
    while ((j = queue_wait(p->work, -1)) != NULL) {
        if (!cancel_fired(j->cancel))
            j->run(j);
        count(p, -1);
        if (j->reply)
            queue_put(j->reply, j);
    }
    return NULL;
}

struct pool *pool_open(int workers)
{
    struct pool *p = mem_zalloc(sizeof(*p));

    p->work = queue_open();
    p->most = workers;
    p->threads = mem_array((size_t)workers, sizeof(*p->threads));
    (void)pthread_mutex_init(&p->lock, NULL);
    return p;
}

void pool_give_way(struct pool *p)
{
    p->gives_way = true;
}

void pool_close(struct pool *p)
{
    (void)pthread_mutex_lock(&p->lock);
    p->most = p->n;
    (void)pthread_mutex_unlock(&p->lock);
    queue_stop(p->work);
    for (int i = 0; i < p->n; i++)
        (void)pthread_join(p->threads[i], NULL);
    queue_close(p->work);
    (void)pthread_mutex_destroy(&p->lock);
    free(p->threads);
    free(p);
}

static void start_where_needed(struct pool *p)
{
    (void)pthread_mutex_lock(&p->lock);
    p->busy++;
    if (p->busy > p->n && p->n < p->most && thread_start(&p->threads[p->n], work, p))
        p->n++;
    if (p->n == 0)
        abort();
    (void)pthread_mutex_unlock(&p->lock);
}

void pool_submit(struct pool *p, struct job *j)
{
    start_where_needed(p);
    queue_put(p->work, j);
}
