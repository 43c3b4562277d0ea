// Connections that are reset at a byte of a charging call's request or answer, whichever byte it
// is: what the server charged is what the ledger charged and has in doubt. Without an argument a
// few bytes; cli-bytes STEP takes every STEP-th: cli-bytes 1 is all of them. Tests.
#include "cli/world.h"

#include <stdio.h>

#include "support/money.h"

enum { RECORDS = 10, PER_WORLD = 900, REQUEST_BYTES = 700, ANSWER_BYTES = 5200, STEP = 491 };

struct campaign {
    struct world *w;
    int step, bought, calls;
};

static int step_wanted = STEP;

static int set_up(void **state)
{
    static const char *const options[] = {"--unlimited", "--credits=1000000",
                                          "--faults=", "--contacts=20000", NULL};
    struct world *w;

    world_open(state, options);
    w = *state;
    free(printed(w, "search contact --limit 10000 --rate 0 --columns personId --output all.csv "
                    "--quiet"));
    return 0;
}

static int tear_down(void **state)
{
    return world_close(state);
}

static void take_ids(struct campaign *c)
{
    char *command = str_format("cd '%s' && (echo personId; tail -n +%d all.csv | head -n %d) > "
                               "ids.csv",
                               c->w->home.path, 2 + RECORDS * (c->bought++ % PER_WORLD), RECORDS);

    assert_int_equal(system(command), 0);
    free(command);
}

static void reset_at(struct campaign *c, const char *fault, int at)
{
    char *rule = str_format("POST /enrich/contact %s at=%d first=1", fault, at);
    struct money m;
    struct run r;

    take_ids(c);
    server_faults(c->w->server, rule);
    r = lode(c->w,
             "enrich contact --from ids.csv --max-credits 100 --fields email --rate 0 --quiet "
             "--output out.csv --force");
    server_faults(c->w->server, "");
    // Behind the last byte nothing is cut.
    if (r.status != 0 && r.status != 3)
        fail_msg("%s: exit %d: %s", rule, r.status, str_text(&r.err));
    m = money_read(&c->w->home, c->w->server);
    money_agrees(&m);
    if (m.sent_twice || m.open)
        fail_msg("%s: %zu records sent twice, %zu charges open", rule, m.sent_twice, m.open);
    c->calls++;
    run_free(&r);
    free(rule);
}

static void audit_is_charged_and_in_doubt(void **state)
{
    struct world *w = *state;
    struct campaign c = {.w = w, .step = step_wanted};
    struct money m;
    struct run r;

    for (int at = 1; at <= REQUEST_BYTES; at += c.step)
        reset_at(&c, "reset-in-request", at);
    for (int at = 1; at <= ANSWER_BYTES; at += c.step)
        reset_at(&c, "reset-in-answer", at);
    m = money_read(&w->home, w->server);
    r = lode(w, "ledger --reconcile");
    (void)printf("%d calls reset: server charged %lld, ledger %lld and at most %lld in doubt\n",
                 c.calls, m.audited, m.charged, m.in_doubt);
    assert_int_equal(r.status, 0);
    run_free(&r);
    m = money_read(&w->home, w->server);
    money_agrees(&m);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(audit_is_charged_and_in_doubt),
    };

    if (argc > 1)
        step_wanted = atoi(argv[1]);
    return cmocka_run_group_tests_name("bytes", tests, set_up, tear_down);
}
