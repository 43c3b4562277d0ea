// The caps hold however many threads and jobs reserve, settle and doubt at once. How often may be
// given as an argument: flow-budget 100000000. Tests.
#include "support/test.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/rng.h"
#include "flow/budget.h"

enum {
    THREADS = 8,
    STEPS = 1000000, // of all threads together, unless an argument says otherwise
    JOB = 1000,
    SESSION = 3500, // less than four jobs together
    DAY = 3000
};

// A clock that tests turn.
static int64_t now_ms;

static int64_t read_clock(void *self)
{
    return *(int64_t *)self;
}

static struct purse purse_at(int64_t ms, long long session, long long day)
{
    struct purse p;

    now_ms = ms;
    purse_init(&p, (struct clock){&now_ms, read_clock, read_clock});
    purse_cap(&p, CAP_SESSION, session);
    purse_cap(&p, CAP_DAY, day);
    return p;
}

// Credits the "server" took or may have taken.
struct truth {
    pthread_mutex_t lock;
    long long all, by_job[THREADS];
};

struct spender {
    struct budget *budget;
    struct truth *truth;
    int job, steps, broken;
    uint64_t seed;
};

static void spend(struct spender *s, long long credits, struct rng *rng)
{
    long long charged = (long long)rng_below(rng, (uint32_t)credits + 1);
    bool doubt = rng_below(rng, 50) == 0;
    struct truth *t = s->truth;

    (void)pthread_mutex_lock(&t->lock);
    t->all += doubt ? credits : charged;
    t->by_job[s->job] += doubt ? credits : charged;
    s->broken += t->all > DAY || t->all > SESSION || t->by_job[s->job] > JOB;
    (void)pthread_mutex_unlock(&t->lock);
    if (doubt)
        budget_doubt(s->budget, credits);
    else
        budget_settle(s->budget, credits, charged);
}

static void *run(void *arg)
{
    struct spender *s = arg;
    struct rng rng = rng_seed(s->seed);
    enum cap_kind which;

    for (int i = 0; i < s->steps; i++) {
        long long credits = 1 + rng_below(&rng, 25);

        if (budget_reserve(s->budget, credits, &which))
            spend(s, credits, &rng);
    }
    return NULL;
}

// Two threads a job, four jobs, one purse.
static void no_interleaving_passes_a_cap(void **state)
{
    struct purse purse = purse_at(0, SESSION, DAY);
    struct budget budgets[THREADS / 2];
    struct truth truth = {PTHREAD_MUTEX_INITIALIZER, 0, {0}};
    pthread_t threads[THREADS];
    struct spender spenders[THREADS];
    struct cap day;

    for (int i = 0; i < THREADS / 2; i++)
        budget_init(&budgets[i], &purse, JOB, 0, 0);
    for (int i = 0; i < THREADS; i++) {
        spenders[i] = (struct spender){&budgets[i / 2],          &truth, i / 2,
                                       *(int *)*state / THREADS, 0,      (uint64_t)i + 1};
        assert_int_equal(pthread_create(&threads[i], NULL, run, &spenders[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        (void)pthread_join(threads[i], NULL);
        assert_int_equal(spenders[i].broken, 0);
    }
    day = purse_look(&purse, CAP_DAY);
    assert_int_equal(day.reserved, 0);
    assert_int_equal(day.charged + day.in_doubt, truth.all);
    for (int i = 0; i < THREADS / 2; i++)
        assert_int_equal(budgets[i].job.charged + budgets[i].job.in_doubt, truth.by_job[i]);
    assert_true(truth.all <= DAY && truth.all > DAY - 50);
    purse_destroy(&purse);
}

static void a_cap_of_nothing_lets_free_calls_through(void **state)
{
    struct purse purse = purse_at(0, CAP_NONE, CAP_NONE);
    struct budget budget;
    enum cap_kind which = CAP_DAY;

    (void)state;
    budget_init(&budget, &purse, 0, 0, 0);
    assert_true(budget_reserve(&budget, 0, &which));
    assert_false(budget_reserve(&budget, 1, &which));
    assert_int_equal(which, CAP_JOB);
    assert_int_equal(budget_hope(&budget), 0);
    purse_destroy(&purse);
}

static void what_a_call_did_not_cost_is_free_again(void **state)
{
    struct purse purse = purse_at(0, CAP_NONE, CAP_NONE);
    struct budget budget;
    enum cap_kind which;

    (void)state;
    budget_init(&budget, &purse, 30, 3, 2);
    assert_true(budget_reserve(&budget, 25, &which));
    assert_false(budget_reserve(&budget, 1, &which));
    assert_int_equal(budget_hope(&budget), 25);
    budget_settle(&budget, 25, 20);
    assert_true(budget_reserve(&budget, 5, &which));
    budget_doubt(&budget, 5);
    assert_int_equal(budget_hope(&budget), 0);
    purse_destroy(&purse);
}

static void the_next_day_begins_with_nothing(void **state)
{
    const int64_t day_ms = (int64_t)24 * 3600 * 1000;
    struct purse purse = purse_at(day_ms * 1000 + day_ms / 2, CAP_NONE, 10);
    struct budget budget;
    enum cap_kind which = CAP_JOB;

    (void)state;
    budget_init(&budget, &purse, CAP_NONE, 0, 0);
    purse_load(&purse, 4, 2);
    assert_true(budget_reserve(&budget, 4, &which));
    assert_false(budget_reserve(&budget, 1, &which));
    assert_int_equal(which, CAP_DAY);
    now_ms += day_ms;
    assert_true(budget_reserve(&budget, 6, &which));
    assert_false(budget_reserve(&budget, 1, &which));
    now_ms -= 2 * day_ms; // a clock that goes back begins no day
    assert_false(budget_reserve(&budget, 1, &which));
    purse_load(&purse, 0, 0); // calls are under way: passed over
    budget_settle(&budget, 10, 10);
    assert_int_equal(purse_look(&purse, CAP_DAY).charged, 10);
    assert_int_equal(purse_look(&purse, CAP_SESSION).charged, 10);
    purse_destroy(&purse);
}

int main(int argc, char **argv)
{
    int steps = argc > 1 ? atoi(argv[1]) : STEPS;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(no_interleaving_passes_a_cap, &steps),
        cmocka_unit_test(a_cap_of_nothing_lets_free_calls_through),
        cmocka_unit_test(what_a_call_did_not_cost_is_free_again),
        cmocka_unit_test(the_next_day_begins_with_nothing),
    };

    return cmocka_run_group_tests_name("budget", tests, NULL, NULL);
}
