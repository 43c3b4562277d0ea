// The limiter: its rules one by one, then simulated servers that count every closed window.
#include "support/test.h"

#include <stdbool.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/rng.h"
#include "net/limiter.h"

enum { SECOND_US = 1000000, MINUTE_US = 60 * SECOND_US, REQUESTS = 40000, FLYING_MAX = 64 };

static int take_all(struct limiter *l, int64_t now, int64_t *wait)
{
    int n = 0;

    while (limiter_take(l, now, wait))
        n++;
    return n;
}

static void test_slot_is_free_one_second_after_the_response(void **state)
{
    struct limiter *l = limiter_new(2, 0);
    int64_t wait = 0;

    (void)state;
    assert_int_equal(take_all(l, 1000, &wait), 2);
    assert_int_equal(wait, -1);
    limiter_done(l, 1300, true);
    assert_false(limiter_take(l, 1300, &wait));
    assert_int_equal(wait, 1001);
    assert_false(limiter_take(l, 2300, &wait));
    assert_int_equal(wait, 1);
    assert_true(limiter_take(l, 2301, &wait));
    limiter_free(l);
}

static void test_what_was_not_sent_costs_nothing(void **state)
{
    struct limiter *l = limiter_new(1, 1);
    int64_t wait = 0;

    (void)state;
    for (int i = 0; i < 5; i++) {
        assert_true(limiter_take(l, 10, &wait));
        limiter_done(l, 10, false);
    }
    limiter_free(l);
}

static void test_minute(void **state)
{
    struct limiter *l = limiter_new(0, 3);
    int64_t wait = 0;

    (void)state;
    assert_int_equal(take_all(l, 0, &wait), 3);
    for (int i = 0; i < 3; i++)
        limiter_done(l, 100 + i, true);
    assert_false(limiter_take(l, 5000, &wait));
    assert_int_equal(wait, 60101 - 5000);
    assert_int_equal(take_all(l, 60102, &wait), 2);
    limiter_free(l);
}

static void test_no_limit(void **state)
{
    struct limiter *l = limiter_new(0, 0);
    int64_t wait = 0;
    int used = -1, limit = -1;

    (void)state;
    for (int i = 0; i < 1000; i++)
        assert_true(limiter_take(l, 5, &wait));
    limiter_learn(l, 5, 25, 0);
    assert_true(limiter_take(l, 5, &wait));
    limiter_show(l, 5, &used, &limit);
    assert_int_equal(used, 1001);
    assert_int_equal(limit, 0);
    limiter_free(l);
    limiter_free(NULL);
}

static void test_shrinks_to_what_remains(void **state)
{
    struct limiter *l = limiter_new(10, 100);
    int64_t wait = 0;

    (void)state;
    limiter_learn(l, 0, 10, 3);
    assert_int_equal(take_all(l, 0, &wait), 3);
    assert_int_equal(wait, 1001);
    assert_int_equal(take_all(l, 1001, &wait), 7);
    for (int i = 0; i < 10; i++)
        limiter_done(l, 1001, true);
    limiter_learn(l, 1001, 1500, 4); // of the minute: the limit says so
    assert_int_equal(take_all(l, 2002, &wait), 4);
    assert_int_equal(wait, 61002 - 2002);
    for (int i = 0; i < 4; i++)
        limiter_done(l, 2003, true);
    assert_int_equal(take_all(l, 3005, &wait), 0);
    assert_int_equal(wait, 61002 - 3005);
    limiter_learn(l, 3005, -1, -1);
    limiter_learn(l, 3005, 1500, -1);
    assert_int_equal(take_all(l, 3005, &wait), 0);
    limiter_learn(l, 3005, 1500, 1400); // newer news replace the older
    assert_int_equal(take_all(l, 3005, &wait), 10);
    limiter_free(l);
}

static void test_a_429_pauses_halves_and_grows_back(void **state)
{
    struct limiter *l = limiter_new(24, 0);
    int64_t wait = 0;
    int used = 0, limit = 0;

    (void)state;
    limiter_pause(l, 5000, 1000);
    limiter_pause(l, 4000, 1000); // the others that were under way
    assert_false(limiter_take(l, 1000, &wait));
    assert_int_equal(wait, 4000);
    assert_int_equal(take_all(l, 5000, &wait), 12);
    for (int i = 0; i < 12; i++)
        limiter_done(l, 5000, true);
    limiter_show(l, 5500, &used, &limit);
    assert_int_equal(used, 12);
    assert_int_equal(limit, 12);
    assert_int_equal(take_all(l, 7001, &wait), 14);
    for (int i = 0; i < 14; i++)
        limiter_done(l, 7001, true);
    limiter_show(l, 8002, &used, &limit);
    assert_int_equal(used, 0);
    assert_int_equal(take_all(l, 60000, &wait), 24);
    limiter_free(l);
}

static void test_never_halved_to_nothing(void **state)
{
    struct limiter *l = limiter_new(25, 0);
    int64_t wait = 0;

    (void)state;
    for (int i = 0; i < 20; i++)
        limiter_pause(l, 2000 * i, 2000 * i);
    assert_int_equal(take_all(l, 38000, &wait), 1);
    limiter_free(l);
}

// One simulated server: how long an answer takes, and where in that time the request arrives.
struct law {
    const char *name;
    double (*latency_ms)(struct rng *r);
    double (*arrival)(struct rng *r); // 0: when it is sent, 1: when it is answered
    double unsent;                    // part of the requests that never leave
};

static double at_once(struct rng *r)
{
    (void)r;
    return 0;
}

static double at_the_end(struct rng *r)
{
    (void)r;
    return 1;
}

static double anywhere(struct rng *r)
{
    return rng_unit(r);
}

static double either_end(struct rng *r)
{
    return rng_below(r, 2);
}

static double steady(struct rng *r)
{
    (void)r;
    return 100;
}

static double even(struct rng *r)
{
    return 400 * rng_unit(r);
}

static double tailed(struct rng *r)
{
    return 4 / (1.0002 - rng_unit(r));
}

static double two_kinds(struct rng *r)
{
    return rng_below(r, 10) ? 5 + rng_unit(r) : 1500;
}

static double tiny(struct rng *r)
{
    return 0.01 + 0.9 * rng_unit(r);
}

static const struct law laws[] = {
    {"steady", steady, anywhere, 0},
    {"steady, either end", steady, either_end, 0},
    {"even", even, either_end, 0},
    {"heavy tail", tailed, either_end, 0},
    {"two kinds", two_kinds, either_end, 0},
    {"under a millisecond, first", tiny, at_once, 0},
    {"under a millisecond, last", tiny, at_the_end, 0},
    {"some never leave", even, anywhere, 0.1},
};

struct flight {
    int64_t end_us;
    bool sent;
};

struct run {
    struct limiter *limiter;
    struct flight flying[FLYING_MAX];
    int n_flying;
    int64_t *arrivals; // microseconds
    int n_arrivals;
    double latency_sum_ms;
    int64_t now_us;
};

static void send_one(struct run *run, const struct law *law, struct rng *rng)
{
    double latency = law->latency_ms(rng);
    bool sent = rng_unit(rng) >= law->unsent;

    assert_true(run->n_flying < FLYING_MAX);
    run->flying[run->n_flying++] = (struct flight){run->now_us + (int64_t)(latency * 1000), sent};
    run->latency_sum_ms += latency;
    if (sent)
        run->arrivals[run->n_arrivals++] =
            run->now_us + (int64_t)(latency * 1000 * law->arrival(rng));
}

static int first_to_land(const struct run *run)
{
    int first = 0;

    for (int i = 1; i < run->n_flying; i++) {
        if (run->flying[i].end_us < run->flying[first].end_us)
            first = i;
    }
    return first;
}

// On to the next thing that happens: an answer, or the moment the limiter named.
static void advance(struct run *run, int64_t wait_ms)
{
    int64_t asked_us = wait_ms < 0 ? INT64_MAX : (run->now_us / 1000 + wait_ms) * 1000;
    int first = first_to_land(run);

    assert_true(wait_ms != 0);
    assert_true(run->n_flying || wait_ms > 0);
    if (!run->n_flying || run->flying[first].end_us > asked_us) {
        run->now_us = asked_us;
        return;
    }
    if (run->flying[first].end_us > run->now_us)
        run->now_us = run->flying[first].end_us;
    limiter_done(run->limiter, run->now_us / 1000, run->flying[first].sent);
    run->flying[first] = run->flying[--run->n_flying];
}

static int rising(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

static int fullest_window(const struct run *run, int64_t span_us)
{
    int most = 0;

    for (int first = 0, i = 0; i < run->n_arrivals; i++) {
        while (run->arrivals[i] - run->arrivals[first] > span_us)
            first++;
        if (i - first + 1 > most)
            most = i - first + 1;
    }
    return most;
}

static struct run simulate(const struct law *law, struct limiter *limiter, int requests)
{
    struct run run = {.limiter = limiter, .arrivals = mem_array((size_t)requests, sizeof(int64_t))};
    struct rng rng = rng_seed(2026);
    int64_t wait = 0;

    run.now_us = 123;
    for (int i = 0; i < requests;) {
        if (limiter_take(limiter, run.now_us / 1000, &wait)) {
            send_one(&run, law, &rng);
            i++;
        } else {
            advance(&run, wait);
        }
    }
    qsort(run.arrivals, (size_t)run.n_arrivals, sizeof(int64_t), rising);
    return run;
}

static void test_no_window_holds_more(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(laws); i++) {
        struct limiter *l = limiter_new(25, 0);
        struct run run = simulate(&laws[i], l, REQUESTS);
        double mean_s = run.latency_sum_ms / REQUESTS / 1000;
        double rate = REQUESTS / (run.now_us / 1e6), ideal = 25 / (1 + mean_s);
        int most = fullest_window(&run, SECOND_US);

        if (most > 25 || rate < 0.95 * ideal)
            fail_msg("%s: %d in a second, %.2f of %.2f a second", laws[i].name, most, rate, ideal);
        free(run.arrivals);
        limiter_free(l);
    }
}

static void test_no_minute_holds_more(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(laws); i++) {
        struct limiter *l = limiter_new(25, 600);
        struct run run = simulate(&laws[i], l, REQUESTS);

        assert_in_range(fullest_window(&run, SECOND_US), 20, 25);
        assert_in_range(fullest_window(&run, MINUTE_US), 500, 600);
        free(run.arrivals);
        limiter_free(l);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_slot_is_free_one_second_after_the_response),
        cmocka_unit_test(test_what_was_not_sent_costs_nothing),
        cmocka_unit_test(test_minute),
        cmocka_unit_test(test_no_limit),
        cmocka_unit_test(test_shrinks_to_what_remains),
        cmocka_unit_test(test_a_429_pauses_halves_and_grows_back),
        cmocka_unit_test(test_never_halved_to_nothing),
        cmocka_unit_test(test_no_window_holds_more),
        cmocka_unit_test(test_no_minute_holds_more),
    };

    return cmocka_run_group_tests_name("net-limiter", tests, NULL, NULL);
}
