// A few worker threads. Floor: job.
#include "job/pool.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/mem.h"
#include "job/cancel.h"
#include "job/queue.h"
#include "job/thread.h"

struct pool {
    struct queue *work;
    pthread_t *threads;
    int n;
};

static void *work(void *arg)
{
    struct pool *p = arg;
    struct job *j;

    while ((j = queue_wait(p->work, -1)) != NULL) {
        if (!cancel_fired(j->cancel))
            j->run(j);
        if (j->reply)
            queue_put(j->reply, j);
    }
    return NULL;
}

struct pool *pool_open(int workers)
{
    struct pool *p = mem_zalloc(sizeof(*p));

    p->work = queue_open();
    p->threads = mem_array((size_t)workers, sizeof(*p->threads));
    while (p->n < workers && thread_start(&p->threads[p->n], work, p))
        p->n++;
    if (p->n == 0)
        abort();
    return p;
}

void pool_close(struct pool *p)
{
    queue_stop(p->work);
    for (int i = 0; i < p->n; i++)
        (void)pthread_join(p->threads[i], NULL);
    queue_close(p->work);
    free(p->threads);
    free(p);
}

void pool_submit(struct pool *p, struct job *j)
{
    queue_put(p->work, j);
}
