// The queue: order, waiting, stopping, and its descriptor in a poll.
#include "support/test.h"

#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <time.h>

#include "base/mem.h"
#include "job/queue.h"

enum { PRODUCERS = 4, CONSUMERS = 3, EACH = 5000 };

struct numbered {
    struct job job;
    int producer, number;
};

static bool readable(int fd)
{
    struct pollfd p = {.fd = fd, .events = POLLIN};

    return poll(&p, 1, 0) == 1;
}

static void test_first_in_first_out(void **state)
{
    struct queue *q = queue_open();
    struct job jobs[3] = {0};

    (void)state;
    assert_null(queue_take(q));
    for (int i = 0; i < 3; i++)
        queue_put(q, &jobs[i]);
    for (int i = 0; i < 3; i++)
        assert_ptr_equal(queue_take(q), &jobs[i]);
    assert_null(queue_take(q));
    queue_close(q);
}

static void test_descriptor_follows_the_content(void **state)
{
    struct queue *q = queue_open();
    struct job jobs[3] = {0};
    int fd;

    (void)state;
    queue_put(q, &jobs[0]);
    fd = queue_fd(q);
    assert_int_equal(queue_fd(q), fd);
    assert_true(readable(fd));
    queue_put(q, &jobs[1]);
    assert_ptr_equal(queue_take(q), &jobs[0]);
    assert_true(readable(fd));
    assert_ptr_equal(queue_wait(q, 0), &jobs[1]);
    assert_false(readable(fd));
    queue_put(q, &jobs[2]);
    assert_true(readable(fd));
    (void)queue_take(q);
    assert_false(readable(fd));
    queue_close(q);
}

static int64_t now_ms(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void test_wait_gives_up(void **state)
{
    struct queue *q = queue_open();
    int64_t began = now_ms();

    (void)state;
    assert_null(queue_wait(q, 30));
    assert_true(now_ms() - began >= 30);
    assert_null(queue_wait(q, 0));
    queue_close(q);
}

static void *wait_for_end(void *arg)
{
    return queue_wait(arg, -1);
}

static void test_stop_lets_waiters_go(void **state)
{
    struct queue *q = queue_open();
    struct job left = {0};
    pthread_t threads[3];
    void *got;

    (void)state;
    for (int i = 0; i < 3; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, wait_for_end, q), 0);
    queue_stop(q);
    for (int i = 0; i < 3; i++) {
        (void)pthread_join(threads[i], &got);
        assert_null(got);
    }
    queue_put(q, &left);
    assert_ptr_equal(queue_wait(q, -1), &left);
    assert_null(queue_wait(q, -1));
    queue_close(q);
}

struct producer {
    struct queue *q;
    struct numbered *jobs;
};

static void *produce(void *arg)
{
    struct producer *p = arg;

    for (int i = 0; i < EACH; i++)
        queue_put(p->q, &p->jobs[i].job);
    return NULL;
}

// Takes until the queue stops; within one producer, numbers only rise.
static void *consume(void *arg)
{
    int last[PRODUCERS];
    intptr_t taken = 0;
    struct job *j;

    for (int i = 0; i < PRODUCERS; i++)
        last[i] = -1;
    while ((j = queue_wait(arg, -1)) != NULL) {
        struct numbered *n = (struct numbered *)j;

        assert_true(n->number > last[n->producer]);
        last[n->producer] = n->number;
        taken++;
    }
    return (void *)taken;
}

static void test_many_threads(void **state)
{
    struct queue *q = queue_open();
    struct producer producers[PRODUCERS];
    pthread_t makers[PRODUCERS], takers[CONSUMERS];
    intptr_t taken = 0;
    void *got;

    (void)state;
    (void)queue_fd(q);
    for (int i = 0; i < CONSUMERS; i++)
        assert_int_equal(pthread_create(&takers[i], NULL, consume, q), 0);
    for (int i = 0; i < PRODUCERS; i++) {
        producers[i] = (struct producer){q, mem_array(EACH, sizeof(struct numbered))};
        for (int k = 0; k < EACH; k++)
            producers[i].jobs[k] = (struct numbered){.producer = i, .number = k};
        assert_int_equal(pthread_create(&makers[i], NULL, produce, &producers[i]), 0);
    }
    for (int i = 0; i < PRODUCERS; i++)
        (void)pthread_join(makers[i], NULL);
    queue_stop(q);
    for (int i = 0; i < CONSUMERS; i++) {
        (void)pthread_join(takers[i], &got);
        taken += (intptr_t)got;
    }
    assert_int_equal(taken, PRODUCERS * EACH);
    assert_false(readable(queue_fd(q)));
    for (int i = 0; i < PRODUCERS; i++)
        free(producers[i].jobs);
    queue_close(q);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first_in_first_out),
        cmocka_unit_test(test_descriptor_follows_the_content),
        cmocka_unit_test(test_wait_gives_up),
        cmocka_unit_test(test_stop_lets_waiters_go),
        cmocka_unit_test(test_many_threads),
    };

    return cmocka_run_group_tests_name("job-queue", tests, NULL, NULL);
}
