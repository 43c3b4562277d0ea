// The cancel tree: who is fired, when hooks run, and many threads at it at once.
#include "support/test.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <time.h>

#include "base/rng.h"
#include "job/cancel.h"

enum { ROUNDS = 2000, HOOKS = 8 };

static void count(void *arg)
{
    atomic_fetch_add((atomic_int *)arg, 1);
}

static void test_fires_below_only(void **state)
{
    struct cancel *app = cancel_new(NULL), *pane = cancel_new(app), *other = cancel_new(app);
    struct cancel *job = cancel_new(pane);

    (void)state;
    assert_false(cancel_fired(NULL));
    cancel_fire(pane);
    assert_true(cancel_fired(pane));
    assert_true(cancel_fired(job));
    assert_false(cancel_fired(app));
    assert_false(cancel_fired(other));
    cancel_fire(app);
    assert_true(cancel_fired(other));
    cancel_unref(app);
    cancel_unref(job);
    cancel_unref(other);
    cancel_unref(pane);
    cancel_unref(NULL);
}

static void test_born_below_a_fired_one(void **state)
{
    struct cancel *app = cancel_new(NULL), *late;

    (void)state;
    cancel_fire(app);
    late = cancel_new(app);
    assert_true(cancel_fired(late));
    cancel_unref(app);
    assert_true(cancel_fired(late));
    cancel_unref(late);
}

static void test_parent_outlives_its_references(void **state)
{
    struct cancel *app = cancel_new(NULL), *job = cancel_new(app), *below = cancel_new(job);

    (void)state;
    cancel_unref(app);
    cancel_fire(job);
    cancel_unref(job);
    assert_true(cancel_fired(below));
    cancel_unref(below);
}

static void test_hooks_run_once(void **state)
{
    struct cancel *app = cancel_new(NULL), *job = cancel_new(app);
    atomic_int runs[4] = {0};
    struct cancel_hook hooks[4];

    (void)state;
    for (int i = 0; i < 4; i++)
        hooks[i] = (struct cancel_hook){.fired = count, .arg = &runs[i]};
    cancel_watch(app, &hooks[0]);
    cancel_watch(job, &hooks[1]);
    cancel_watch(job, &hooks[2]);
    cancel_unwatch(job, &hooks[1]);
    cancel_fire(app);
    cancel_fire(app);
    cancel_fire(job);
    assert_int_equal(runs[0], 1);
    assert_int_equal(runs[1], 0);
    assert_int_equal(runs[2], 1);
    cancel_watch(job, &hooks[3]);
    assert_int_equal(runs[3], 1);
    cancel_unwatch(app, &hooks[0]);
    cancel_unwatch(job, &hooks[2]);
    cancel_unwatch(job, &hooks[3]);
    cancel_unref(job);
    cancel_unref(app);
}

struct slow {
    atomic_bool began, ended;
};

static void be_slow(void *arg)
{
    struct slow *s = arg;

    atomic_store(&s->began, true);
    (void)nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
    atomic_store(&s->ended, true);
}

static void *fire(void *arg)
{
    cancel_fire(arg);
    return NULL;
}

static void test_unwatch_waits_for_a_running_hook(void **state)
{
    struct cancel *app = cancel_new(NULL);
    struct slow slow = {0};
    struct cancel_hook hook = {.fired = be_slow, .arg = &slow};
    pthread_t thread;

    (void)state;
    cancel_watch(app, &hook);
    assert_int_equal(pthread_create(&thread, NULL, fire, app), 0);
    while (!atomic_load(&slow.began))
        (void)sched_yield();
    cancel_unwatch(app, &hook);
    assert_true(atomic_load(&slow.ended));
    (void)pthread_join(thread, NULL);
    cancel_unref(app);
}

// Hooks on the stack of a thread that leaves, while two others fire above and below.
static void watch_and_leave(struct cancel *job, struct rng *rng)
{
    atomic_int runs[HOOKS] = {0};
    struct cancel_hook hooks[HOOKS];

    for (int i = 0; i < HOOKS; i++) {
        hooks[i] = (struct cancel_hook){.fired = count, .arg = &runs[i]};
        cancel_watch(job, &hooks[i]);
    }
    for (uint32_t spin = rng_below(rng, 300); spin; spin--)
        (void)cancel_fired(job);
    for (int i = 0; i < HOOKS; i++)
        cancel_unwatch(job, &hooks[i]);
    for (int i = 0; i < HOOKS; i++)
        assert_true(runs[i] <= 1);
}

static void test_races(void **state)
{
    struct rng rng = rng_seed(7);

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        struct cancel *app = cancel_new(NULL), *job = cancel_new(app);
        pthread_t above, below;

        assert_int_equal(pthread_create(&above, NULL, fire, app), 0);
        assert_int_equal(pthread_create(&below, NULL, fire, job), 0);
        watch_and_leave(job, &rng);
        (void)pthread_join(above, NULL);
        (void)pthread_join(below, NULL);
        cancel_unref(app);
        cancel_unref(job);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fires_below_only),
        cmocka_unit_test(test_born_below_a_fired_one),
        cmocka_unit_test(test_parent_outlives_its_references),
        cmocka_unit_test(test_hooks_run_once),
        cmocka_unit_test(test_unwatch_waits_for_a_running_hook),
        cmocka_unit_test(test_races),
    };

    return cmocka_run_group_tests_name("job-cancel", tests, NULL, NULL);
}
