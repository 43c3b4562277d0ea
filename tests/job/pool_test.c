// The pool: work comes back done, in parallel, deaf to signals, and not at all once cancelled.
#include "support/test.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "base/mem.h"
#include "job/cancel.h"
#include "job/pool.h"
#include "job/queue.h"
#include "job/thread.h"

enum { JOBS = 1000 };

struct sum {
    struct job job;
    int n, result;
    bool deaf;
};

static void add_up(struct job *self)
{
    struct sum *s = (struct sum *)self;
    sigset_t blocked;

    for (int i = 1; i <= s->n; i++)
        s->result += i;
    (void)pthread_sigmask(SIG_SETMASK, NULL, &blocked);
    s->deaf = sigismember(&blocked, SIGTERM) == 1 && sigismember(&blocked, SIGWINCH) == 1;
}

static void test_the_same_job_comes_back(void **state)
{
    struct sum *sums = mem_array(JOBS, sizeof(*sums));
    struct queue *done = queue_open();
    struct pool *p = pool_open(4);
    sigset_t before, after;

    (void)state;
    (void)pthread_sigmask(SIG_SETMASK, NULL, &before);
    for (int i = 0; i < JOBS; i++) {
        sums[i] = (struct sum){.job = {.run = add_up, .reply = done}, .n = i};
        pool_submit(p, &sums[i].job);
    }
    for (int i = 0; i < JOBS; i++) {
        struct sum *s = (struct sum *)queue_wait(done, -1);

        assert_int_equal(s->result, s->n * (s->n + 1) / 2);
        assert_true(s->deaf);
    }
    pool_close(p);
    queue_close(done);
    free(sums);
    (void)pthread_sigmask(SIG_SETMASK, NULL, &after);
    assert_int_equal(sigismember(&before, SIGTERM), sigismember(&after, SIGTERM));
}

struct meeting {
    struct job job;
    pthread_barrier_t *barrier;
};

static void meet(struct job *self)
{
    (void)pthread_barrier_wait(((struct meeting *)self)->barrier);
}

// Hangs where fewer than three run at a time.
static void test_runs_side_by_side(void **state)
{
    struct queue *done = queue_open();
    struct pool *p = pool_open(3);
    pthread_barrier_t barrier;
    struct meeting meetings[3];

    (void)state;
    (void)pthread_barrier_init(&barrier, NULL, 3);
    for (int i = 0; i < 3; i++) {
        meetings[i] = (struct meeting){{.run = meet, .reply = done}, &barrier};
        pool_submit(p, &meetings[i].job);
    }
    for (int i = 0; i < 3; i++)
        assert_non_null(queue_wait(done, -1));
    pool_close(p);
    (void)pthread_barrier_destroy(&barrier);
    queue_close(done);
}

static void test_cancelled_before_its_turn(void **state)
{
    struct cancel *cancel = cancel_new(NULL);
    struct queue *done = queue_open();
    struct pool *p = pool_open(1);
    struct sum s = {.job = {.run = add_up, .reply = done, .cancel = cancel}, .n = 3};

    (void)state;
    cancel_fire(cancel);
    pool_submit(p, &s.job);
    assert_ptr_equal(queue_wait(done, -1), &s.job);
    assert_int_equal(s.result, 0);
    pool_close(p);
    queue_close(done);
    cancel_unref(cancel);
}

static void test_close_waits_for_all(void **state)
{
    struct sum *sums = mem_array(JOBS, sizeof(*sums));
    struct queue *done = queue_open();
    struct pool *p = pool_open(2);
    int back = 0;

    (void)state;
    for (int i = 0; i < JOBS; i++) {
        sums[i] = (struct sum){.job = {.run = add_up, .reply = done}, .n = i};
        pool_submit(p, &sums[i].job);
    }
    pool_close(p);
    while (queue_take(done))
        back++;
    assert_int_equal(back, JOBS);
    queue_close(done);
    free(sums);
}

struct rank {
    struct job job;
    int nice, policy, child_nice, child_policy;
};

static void *ask_rank(void *arg)
{
    struct rank *r = arg;

    r->child_nice = getpriority(PRIO_PROCESS, 0);
    r->child_policy = sched_getscheduler(0);
    return NULL;
}

static void tell_rank(struct job *self)
{
    struct rank *r = (struct rank *)self;
    pthread_t child;

    r->nice = getpriority(PRIO_PROCESS, 0);
    r->policy = sched_getscheduler(0);
    assert_true(thread_start(&child, ask_rank, r));
    (void)pthread_join(child, NULL);
}

// Workers behind the others, those that they start too; nobody else.
static void test_gives_way(void **state)
{
    int own = getpriority(PRIO_PROCESS, 0);

    (void)state;
    thread_answer_soon();
    for (int i = 0; i < 2; i++) {
        struct queue *done = queue_open();
        struct pool *p = pool_open(1);
        struct rank r = {.job = {.run = tell_rank, .reply = done}};

        if (i)
            pool_give_way(p);
        pool_submit(p, &r.job);
        (void)queue_wait(done, -1);
        pool_close(p);
        queue_close(done);
        assert_int_equal(r.child_nice, r.nice);
        assert_int_equal(r.child_policy, r.policy);
        assert_true(i ? r.nice >= own && r.nice >= 5 : r.nice == own);
        assert_int_equal(r.policy, i ? SCHED_BATCH : SCHED_OTHER);
    }
    assert_int_equal(getpriority(PRIO_PROCESS, 0), own);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_same_job_comes_back),
        cmocka_unit_test(test_runs_side_by_side),
        cmocka_unit_test(test_cancelled_before_its_turn),
        cmocka_unit_test(test_close_waits_for_all),
        cmocka_unit_test(test_gives_way),
    };

    return cmocka_run_group_tests_name("job-pool", tests, NULL, NULL);
}
