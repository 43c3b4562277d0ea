// A disk that fails in the middle of a purchase: whichever write or sync it is, and whether it
// fails once or from then on, no call leaves without its intent in the ledger, and the ledger
// agrees with what was charged. strace injects the failures. How many may be given as an argument:
// cli-disk 500. Tests.
#include "cli/world.h"

#include <stdio.h>
#include <unistd.h>

#include "base/rng.h"
#include "flow/sandbox.h"
#include "support/money.h"

#define STRACE "/usr/bin/strace"

enum { FAILURES = 12, RECORDS = 75, BEFORE_START_ANEW = 100 };

static const struct failure {
    const char *calls, *error;
    bool stays;   // every one from then on
    uint32_t max; // a run makes about so many
} failures[] = {
    {"pwrite64", "ENOSPC", false, 60},       {"fdatasync,fsync", "EIO", false, 16},
    {"pwrite64", "EIO", true, 60},           {"fdatasync,fsync", "EIO", true, 16},
    {"ftruncate,fallocate", "EIO", true, 4}, {"pwrite64", "EDQUOT", true, 60},
};

static int failures_wanted = FAILURES;

static int set_up(void **state)
{
    static const char *const options[] = {"--unlimited", "--credits=1000000",
                                          "--faults=", "--contacts=20000", NULL};

    return world_open_with_ids(state, options, 10000);
}

static void take_ids(const struct world *w, int first)
{
    char *command = str_format("cd '%s' && (echo personId; tail -n +%d all.csv | head -n %d) > "
                               "ids.csv",
                               w->home.path, 2 + first, RECORDS);

    assert_int_equal(system(command), 0);
    free(command);
}

// A purchase under strace, as a job of its own.
static struct run buy(const struct world *w, const struct failure *f, uint32_t at, int round)
{
    char *inject =
        str_format("inject=%s:error=%s:when=%u%s", f->calls, f->error, at, f->stays ? "+" : "");
    char *trace = str_format("trace=%s", f->calls), *job = str_format("disk-%d", round);
    char *url = str_format("--base-url=%s", w->server->url);
    const char *const argv[] = {STRACE,
                                "-f",
                                "-qq",
                                "-o",
                                "/dev/null",
                                "-E",
                                "ASAN_OPTIONS=detect_leaks=0",
                                "-e",
                                trace,
                                "-e",
                                inject,
                                LODE_BINARY,
                                "enrich",
                                "contact",
                                "--from",
                                "ids.csv",
                                "--max-credits",
                                "1000",
                                "--fields",
                                "id",
                                "--rate",
                                "0",
                                "--quiet",
                                "--job",
                                job,
                                url,
                                "--user",
                                SANDBOX_USER,
                                "--password-stdin",
                                "--output",
                                "out.csv",
                                "--force",
                                NULL};
    struct run r = run_program(&w->home, argv, SANDBOX_PASSWORD "\n");

    free(url);
    free(job);
    free(trace);
    free(inject);
    return r;
}

// Charges of the ledger, whatever became of them.
static size_t intents(const struct world *w)
{
    char *line = str_format("ledger --format jsonl --quiet --base-url=%s", w->server->url);
    struct run r = run_lode(&w->home, NULL, line);
    size_t n = 0;

    if (r.status != 0)
        fail_msg("ledger: exit %d: %s", r.status, str_text(&r.err));
    for (size_t i = 0; i < r.out.len; i++)
        n += r.out.data[i] == '\n';
    run_free(&r);
    free(line);
    return n;
}

static long long calls(const struct world *w)
{
    return server_stat(w->server, "requests.POST /enrich/contact");
}

static void check(const struct world *w, const char *what)
{
    struct money m = money_read(&w->home, w->server);

    if (calls(w) > (long long)intents(w))
        fail_msg("%s: %lld calls left, the ledger has %zu intents", what, calls(w), intents(w));
    money_agrees(&m);
    if (m.sent_twice)
        fail_msg("%s: %zu records were sent twice", what, m.sent_twice);
}

static void no_call_leaves_without_its_intent(void **state)
{
    struct world *w = *state;
    struct rng rng = rng_seed(20261126);
    int failed = 0, count = failures_wanted;

    if (access(STRACE, X_OK) != 0) {
        print_message("SKIPPED: there is no " STRACE ": no disk failures were injected\n");
        skip();
    }
    for (int i = 0; i < count; i++) {
        const struct failure *f = &failures[(size_t)i % ARRAY_LEN(failures)];
        uint32_t at = 1 + rng_below(&rng, f->max);
        char *what = str_format("%s %s at %u%s", f->calls, f->error, at, f->stays ? "+" : "");
        struct run r;

        take_ids(w, i % BEFORE_START_ANEW * RECORDS);
        r = buy(w, f, at, i);
        failed += r.status != 0;
        // 127: strace could not run it.
        if (r.status == 127 || r.status < 0)
            fail_msg("%s: exit %d: %s", what, r.status, str_text(&r.err));
        check(w, what);
        run_free(&r);
        free(what);
    }
    (void)printf("%d disk failures, %d purchases stopped by them: %lld calls, %zu intents\n", count,
                 failed, calls(w), intents(w));
    assert_true(failed > 0);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_call_leaves_without_its_intent),
    };

    if (argc > 1)
        failures_wanted = atoi(argv[1]);
    return cmocka_run_group_tests_name("disk", tests, set_up, world_close);
}
