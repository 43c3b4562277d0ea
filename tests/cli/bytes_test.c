// Connections that are reset at a byte of a charging call's request or answer, whichever byte it
// is: what the server charged is what the ledger charged and has in doubt. Without an argument a
// few bytes; cli-bytes STEP takes every STEP-th: cli-bytes 1 is all of them. Tests.
#include "cli/world.h"

#include <stdio.h>

#include "support/money.h"

enum { RECORDS = 10, PER_WORLD = 900, REQUEST_BYTES = 700, ANSWER_BYTES = 5200, STEP = 491 };

struct campaign {
    struct world *w;
    int step, calls;
    long long audited, charged, in_doubt; // of the worlds before
};

static int step_wanted = STEP;

static int set_up(void **state)
{
    static const char *const options[] = {"--unlimited", "--credits=1000000",
                                          "--faults=", "--contacts=20000", NULL};

    return world_open_with_ids(state, options, 10000);
}

static void take_ids(struct campaign *c)
{
    char *command = str_format("cd '%s' && (echo personId; tail -n +%d all.csv | head -n %d) > "
                               "ids.csv",
                               c->w->home.path, 2 + RECORDS * (c->calls % PER_WORLD), RECORDS);

    assert_int_equal(system(command), 0);
    free(command);
}

static void judge(struct campaign *c)
{
    struct money m = money_read(&c->w->home, c->w->server);
    struct run r = lode(c->w, "ledger --reconcile");

    c->audited += m.audited;
    c->charged += m.charged;
    c->in_doubt += m.in_doubt;
    assert_int_equal(r.status, 0);
    run_free(&r);
    m = money_read(&c->w->home, c->w->server);
    money_agrees(&m);
}

// What is in doubt is not bought again: once all records of a world were asked for, another begins.
// It takes the place of the one that tear_down() knows.
static void turn_world(struct campaign *c)
{
    struct world old = *c->w;
    void *fresh;

    if (c->calls == 0 || c->calls % PER_WORLD)
        return;
    judge(c);
    assert_int_equal(set_up(&fresh), 0);
    *c->w = *(struct world *)fresh;
    *(struct world *)fresh = old;
    assert_int_equal(world_close(&fresh), 0);
}

static void reset_at(struct campaign *c, const char *fault, int at)
{
    char *rule = str_format("POST /enrich/contact %s at=%d first=1", fault, at);
    struct money m;
    struct run r;

    turn_world(c);
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
    struct campaign c = {.w = *state, .step = step_wanted};

    for (int at = 1; at <= REQUEST_BYTES; at += c.step)
        reset_at(&c, "reset-in-request", at);
    for (int at = 1; at <= ANSWER_BYTES; at += c.step)
        reset_at(&c, "reset-in-answer", at);
    judge(&c);
    (void)printf("%d calls reset: server charged %lld, ledger %lld and at most %lld in doubt\n",
                 c.calls, c.audited, c.charged, c.in_doubt);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(audit_is_charged_and_in_doubt),
    };

    if (argc > 1)
        step_wanted = atoi(argv[1]);
    return cmocka_run_group_tests_name("bytes", tests, set_up, world_close);
}
