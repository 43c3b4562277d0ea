// Calls under way together, of records that the account owns in part: what the ledger counts is
// what the server charged. Tests.
#include "cli/world.h"

#include "base/rng.h"
#include "support/money.h"

enum { RECORDS = 400 };

// Somebody else of the account buys some of all.csv.
static void buy_beside(const struct world *w, uint64_t seed, unsigned share)
{
    struct world other = {.home = home_make(), .server = w->server};
    struct rng r = rng_seed(seed);
    char *all = file_text(w, "all.csv"), *rest = NULL;
    struct str some = {0};

    for (char *line = strtok_r(all, "\r\n", &rest); line; line = strtok_r(NULL, "\r\n", &rest)) {
        if (!some.len || rng_below(&r, 100) < share)
            str_addf(&some, "%s\n", line);
    }
    write_file(&other, "some.csv", str_text(&some));
    expect_line(&other, "enrich contact --from some.csv --max-credits 1000 --rate 0 --quiet", 0,
                NULL, NULL);
    str_free(&some);
    free(all);
    home_remove(&other.home);
}

static void the_sum_is_what_was_charged(void **state)
{
    static const struct {
        const char *latency;
        unsigned share; // percent owned
    } worlds[] = {{"--latency=60", 30}, {"--latency=5", 60}, {"--latency=200", 95}};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(worlds); i++) {
        const char *options[] = {worlds[i].latency, NULL};
        struct world *w;
        long long before;
        struct money m;
        void *opened;

        assert_int_equal(world_open_with_ids(&opened, options, RECORDS), 0);
        w = opened;
        buy_beside(w, i, worlds[i].share);
        before = money_read(&w->home, w->server).audited;
        expect_line(w, "enrich contact --from all.csv --max-credits 1000 --rate 0 --quiet", 0, NULL,
                    NULL);
        m = money_read(&w->home, w->server);
        assert_int_equal(m.charged, m.audited - before);
        assert_int_equal(m.open, 0);
        assert_int_equal(world_close(&opened), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sum_is_what_was_charged),
    };

    return cmocka_run_group_tests_name("together", tests, NULL, NULL);
}
