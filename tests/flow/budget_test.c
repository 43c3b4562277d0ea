// The cap holds however many threads reserve, settle and doubt at once. Tests.
#include "support/test.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/rng.h"
#include "flow/budget.h"

enum { THREADS = 8, STEPS = 125000, CAP = 1000 };

struct spender {
    struct budget *budget;
    pthread_mutex_t *lock;
    long long *really; // credits the "server" took or may have taken, under the lock
    uint64_t seed;
    int broken;
};

static void spend(struct spender *s, long long credits, struct rng *rng)
{
    long long charged = (long long)rng_below(rng, (uint32_t)credits + 1);
    bool doubt = rng_below(rng, 50) == 0;

    (void)pthread_mutex_lock(s->lock);
    *s->really += doubt ? credits : charged;
    s->broken += *s->really > CAP;
    (void)pthread_mutex_unlock(s->lock);
    if (doubt)
        budget_doubt(s->budget, credits);
    else
        budget_settle(s->budget, credits, charged);
}

static void *run(void *arg)
{
    struct spender *s = arg;
    struct rng rng = rng_seed(s->seed);

    for (int i = 0; i < STEPS; i++) {
        long long credits = 1 + rng_below(&rng, 25);

        if (budget_reserve(s->budget, credits))
            spend(s, credits, &rng);
    }
    return NULL;
}

static void a_million_interleavings_never_pass_the_cap(void **state)
{
    struct budget budget;
    pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_t threads[THREADS];
    struct spender spenders[THREADS];
    long long really = 0;

    (void)state;
    budget_init(&budget, CAP);
    for (int i = 0; i < THREADS; i++) {
        spenders[i] = (struct spender){&budget, &lock, &really, (uint64_t)i + 1, 0};
        assert_int_equal(pthread_create(&threads[i], NULL, run, &spenders[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        (void)pthread_join(threads[i], NULL);
        assert_int_equal(spenders[i].broken, 0);
    }
    assert_int_equal(budget.reserved, 0);
    assert_int_equal(budget.charged + budget.in_doubt, really);
    assert_true(really <= CAP && really > CAP - 50);
    budget_destroy(&budget);
}

static void a_cap_of_nothing_lets_free_calls_through(void **state)
{
    struct budget budget;

    (void)state;
    budget_init(&budget, 0);
    assert_true(budget_reserve(&budget, 0));
    assert_false(budget_reserve(&budget, 1));
    assert_int_equal(budget_hope(&budget), 0);
    budget_destroy(&budget);
}

static void what_a_call_did_not_cost_is_free_again(void **state)
{
    struct budget budget;

    (void)state;
    budget_init(&budget, 25);
    assert_true(budget_reserve(&budget, 25));
    assert_false(budget_reserve(&budget, 1));
    assert_int_equal(budget_hope(&budget), 25);
    budget_settle(&budget, 25, 20);
    assert_true(budget_reserve(&budget, 5));
    budget_doubt(&budget, 5);
    assert_int_equal(budget_hope(&budget), 0);
    budget_destroy(&budget);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_million_interleavings_never_pass_the_cap),
        cmocka_unit_test(a_cap_of_nothing_lets_free_calls_through),
        cmocka_unit_test(what_a_call_did_not_cost_is_free_again),
    };

    return cmocka_run_group_tests_name("budget", tests, NULL, NULL);
}
