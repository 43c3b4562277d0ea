// kill -9 at any moment of an enrich: nothing is charged twice, nothing paid for is lost, every
// unknown is listed. How often may be given as an argument: cli-kill 1000. Tests.
#include "support/test.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#include "base/rng.h"
#include "support/money.h"

enum { KILLS = 25, ALL = 10000, MOST_EACH = 200, LONGEST_MS = 400 };

struct world {
    struct home home;
    struct server *server;
    int kills;
};

static int set_up(void **state)
{
    static const char *const options[] = {"--unlimited", "--credits=100000", "--latency=40",
                                          "--contacts=20000", NULL};
    struct world *w = *state;

    w->home = home_make();
    w->server = server_start(options);
    return 0;
}

static int tear_down(void **state)
{
    struct world *w = *state;

    home_remove(&w->home);
    return server_stop(w->server);
}

static void must(const struct world *w, const char *line, int status)
{
    struct run r = run_lode(&w->home, w->server->url, line);

    if (r.status != status)
        fail_msg("%s: exit %d: %s", line, r.status, str_text(&r.err));
    run_free(&r);
}

static void sleep_ms(uint32_t ms)
{
    struct timespec t = {ms / 1000, (long)(ms % 1000) * 1000000};

    (void)nanosleep(&t, NULL);
}

// Every round buys records that nobody has bought yet.
static void next_ids(const struct world *w, int round, int each)
{
    char *command = str_format("cd '%s' && (echo personId; tail -n +%d all.csv | head -n %d) > "
                               "ids.csv",
                               w->home.path, 2 + round * each % ALL, each);

    assert_int_equal(system(command), 0);
    free(command);
}

// True where the kill came before the run had ended by itself.
static bool kill_once(const struct world *w, uint32_t after_ms)
{
    pid_t pid = run_lode_start(&w->home, w->server->url,
                               "enrich contact --from ids.csv --max-credits 100000 --rate 0 "
                               "--format jsonl --output out.jsonl --force --fields email");
    int status;

    sleep_ms(after_ms);
    (void)kill(pid, SIGKILL);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFSIGNALED(status);
}

static void kills_lose_nothing(void **state)
{
    struct world *w = *state;
    struct rng rng = rng_seed(20261124);
    int killed = 0, each = ALL / w->kills < MOST_EACH ? ALL / w->kills : MOST_EACH;
    size_t most_doubtful = 0;
    struct money m;

    must(w, "search contact --limit 10000 --rate 0 --columns personId --output all.csv", 0);
    for (int i = 0; i < w->kills; i++) {
        next_ids(w, i, each);
        killed += kill_once(w, rng_below(&rng, LONGEST_MS));
        m = money_read(&w->home, w->server);
        money_agrees(&m);
        most_doubtful = m.doubtful + m.open > most_doubtful ? m.doubtful + m.open : most_doubtful;
    }
    // What is left is bought or free; what is in doubt is sent again by id on the user's word.
    must(w,
         "enrich contact --from all.csv --max-credits 100000 --rate 0 --resend --fields email "
         "--output end.csv",
         0);
    m = money_read(&w->home, w->server);
    (void)printf(
        "%d of %d killed, %zu calls in doubt: server charged %lld, ledger %lld and %lld in "
        "doubt, %zu records twice\n",
        killed, w->kills, most_doubtful, m.audited, m.charged, m.in_doubt, m.charged_twice);
    money_agrees(&m);
    assert_int_equal(m.open, 0);
    assert_true(killed * 3 > w->kills);
}

int main(int argc, char **argv)
{
    struct world world = {.kills = argc > 1 ? atoi(argv[1]) : KILLS};
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(kills_lose_nothing, &world),
    };
    void *state = &world;
    int failed;

    (void)set_up(&state);
    failed = cmocka_run_group_tests_name("kill", tests, NULL, NULL);
    return tear_down(&state) || failed;
}
