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

enum { KILLS = 25, RECORDS = 1500 };

struct world {
    struct home home;
    struct server *server;
    int kills;
    uint32_t longest_ms; // a run that is left alone takes about this long
};

static const char enrich[] = "enrich contact --from all.csv --max-credits 100000 --rate 0 "
                             "--format jsonl --output out.jsonl --force --fields email";

static int set_up(void **state)
{
    static const char *const options[] = {"--unlimited", "--credits=100000", "--latency=2", NULL};
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

// True where the kill came before the run had ended by itself.
static bool kill_once(const struct world *w, uint32_t after_ms)
{
    pid_t pid = run_lode_start(&w->home, w->server->url, enrich);
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
    char *search = str_format("search contact --limit %d --rate 0 --columns personId --output "
                              "all.csv",
                              RECORDS);
    int killed = 0;
    struct money m;

    must(w, search, 0);
    for (int i = 0; i < w->kills; i++) {
        killed += kill_once(w, rng_below(&rng, w->longest_ms));
        m = money_read(&w->home, w->server);
        money_agrees(&m);
    }
    // What is left is bought or free; what is in doubt is sent again by id on the user's word.
    must(w,
         "enrich contact --from all.csv --max-credits 100000 --rate 0 --resend --fields email "
         "--output end.csv",
         0);
    m = money_read(&w->home, w->server);
    (void)printf("%d of %d killed: server charged %lld, ledger %lld, in doubt %zu calls\n", killed,
                 w->kills, m.audited, m.charged, m.doubtful);
    money_agrees(&m);
    assert_int_equal(m.open, 0);
    assert_true(killed > 0);
    free(search);
}

int main(int argc, char **argv)
{
    struct world world = {.kills = argc > 1 ? atoi(argv[1]) : KILLS, .longest_ms = 1500};
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(kills_lose_nothing, &world),
    };
    void *state = &world;
    int failed;

    (void)set_up(&state);
    failed = cmocka_run_group_tests_name("kill", tests, NULL, NULL);
    return tear_down(&state) || failed;
}
