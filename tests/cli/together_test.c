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

// The exit status.
static int enrich(const struct world *w, const char *more)
{
    char *line =
        str_format("enrich contact --from all.csv --max-credits 1000 --rate 0 --quiet%s", more);
    struct run r = lode(w, line);
    int status = r.status;

    run_free(&r);
    free(line);
    return status;
}

// doubt: a first purchase ends at a call that is charged and not answered.
static void assert_sum(const char *latency, unsigned share, bool doubt)
{
    const char *options[] = {latency, "--faults", "", NULL};
    struct world *w;
    long long before;
    struct money m;
    void *opened;

    assert_int_equal(world_open_with_ids(&opened, options, RECORDS), 0);
    w = opened;
    buy_beside(w, share, share);
    before = money_read(&w->home, w->server).audited;
    if (doubt) {
        server_faults(w->server, "POST /enrich/contact reset-after-work first=1");
        assert_int_not_equal(enrich(w, ""), 0);
        server_faults(w->server, "");
    }
    assert_int_equal(enrich(w, " --resend"), 0);
    m = money_read(&w->home, w->server);
    assert_int_equal(m.charged, m.audited - before);
    assert_int_equal(m.in_doubt + (long long)m.open, 0);
    assert_int_equal(world_close(&opened), 0);
}

static void the_sum_is_what_was_charged(void **state)
{
    (void)state;
    assert_sum("--latency=60", 30, false);
    assert_sum("--latency=5", 60, false);
    assert_sum("--latency=200", 95, false);
}

static void a_doubt_is_counted_once(void **state)
{
    (void)state;
    assert_sum("--latency=40", 30, true);
    assert_sum("--latency=5", 60, true);
    assert_sum("--latency=100", 5, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sum_is_what_was_charged),
        cmocka_unit_test(a_doubt_is_counted_once),
    };

    return cmocka_run_group_tests_name("together", tests, NULL, NULL);
}
