// The random generator: known numbers, bounds, an even spread.
#include "support/test.h"

#include "base/rng.h"

// The first numbers of splitmix64 as published, for seed 1234567.
static void test_known_numbers(void **state)
{
    static const uint64_t known[] = {6457827717110365317u, 3203168211198807973u,
                                     9817491932198370423u, 4593380528125082431u,
                                     16408922859458223821u};
    struct rng r = rng_seed(1234567);

    (void)state;
    for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
        assert_true(rng_next(&r) == known[i]);
}

static void test_below(void **state)
{
    enum { N = 7, ROUNDS = 70000 };
    struct rng r = rng_seed(1);
    int counts[N] = {0};

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        uint32_t v = rng_below(&r, N);

        assert_true(v < N);
        counts[v]++;
    }
    for (int i = 0; i < N; i++)
        assert_in_range(counts[i], ROUNDS / N * 95 / 100, ROUNDS / N * 105 / 100);
    for (int i = 0; i < 100; i++)
        assert_int_equal(rng_below(&r, 1), 0);
}

static void test_below_reaches_far(void **state)
{
    struct rng r = rng_seed(2);
    uint32_t most = 0;

    (void)state;
    for (int i = 0; i < 1000; i++) {
        uint32_t v = rng_below(&r, UINT32_MAX);

        most = v > most ? v : most;
    }
    assert_true(most < UINT32_MAX && most > UINT32_MAX / 100 * 99);
}

static void test_unit(void **state)
{
    struct rng r = rng_seed(3);
    double sum = 0;

    (void)state;
    for (int i = 0; i < 10000; i++) {
        double v = rng_unit(&r);

        assert_true(v >= 0 && v < 1);
        sum += v;
    }
    assert_true(sum > 4900 && sum < 5100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_numbers),
        cmocka_unit_test(test_below),
        cmocka_unit_test(test_below_reaches_far),
        cmocka_unit_test(test_unit),
    };

    return cmocka_run_group_tests_name("base-rng", tests, NULL, NULL);
}
