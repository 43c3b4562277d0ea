// Meters that move with every answer, the pulse of the connection, the log of requests, and a desk
// that sleeps when nothing happens.
#include "support/test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/desk.h"

struct state {
    struct office office;
    struct desk *desk;
};

static int set_up(void **state)
{
    static const char *const options[] = {"--faults", "", NULL};
    static struct state s;

    office_open(&s.office, options);
    *state = &s;
    return 0;
}

static int tear_down(void **state)
{
    office_close(&((struct state *)*state)->office);
    return 0;
}

static int fresh(void **state)
{
    struct state *s = *state;

    s->desk = desk_open(&(struct desk_config){.base_url = s->office.server->url, .rate = 20});
    desk_set_live_count(s->desk, false);
    office_sign_in(&s->office, s->desk);
    DESK_WAIT(s->desk, s->desk->state == DESK_READY);
    (void)desk_parts();
    return 0;
}

static int closed(void **state)
{
    struct state *s = *state;

    desk_close(s->desk);
    server_faults(s->office.server, "");
    return 0;
}

static void search(struct desk *d)
{
    struct err e;

    assert_true(desk_search(d, &e));
    DESK_WAIT(d, d->results.state != RESULTS_ASKED);
}

static void test_meters_move_with_every_answer(void **state)
{
    struct state *s = *state;
    struct desk *d = s->desk;
    long long before = d->usage.meters[METER_REQUESTS].remaining;
    long long asked = server_stat(s->office.server, "requests.GET /lookup/usage");

    assert_true(before > 0);
    search(d);
    DESK_WAIT(d, d->usage.meters[METER_REQUESTS].remaining == before - 1);
    assert_true(desk_parts() & DESK_USAGE);
    assert_int_equal(server_stat(s->office.server, "requests.GET /lookup/usage"), asked);
    desk_refresh_usage(d);
    DESK_WAIT(d, server_stat(s->office.server, "requests.GET /lookup/usage") > asked &&
                     d->ledger.known);
    assert_int_equal(d->ledger.totals.charges[CHARGE_CHARGED], 0);
}

static void test_the_pulse_falls_by_itself(void **state)
{
    struct desk *d = ((struct state *)*state)->desk;

    search(d);
    DESK_WAIT(d, d->pulse.rate_used > 0);
    assert_int_equal(d->pulse.rate_limit, 20);
    assert_true(d->pulse.token_expires_ms > desk_utc_ms(d) + 3000 * 1000);
    assert_false(d->pulse.signing_in);
    DESK_WAIT(d, d->pulse.rate_used == 0 && d->pulse.in_flight == 0);
    DESK_WAIT(d, desk_tick_ms(d) == -1);
}

static void block(const struct home *h, const char *name)
{
    char *path = str_format("%s/%s", h->path, name), *away = str_format("%s.away", path);
    int fd;

    (void)rename(path, away);
    fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    (void)close(fd);
    free(away);
    free(path);
}

static void unblock(const struct home *h, const char *name)
{
    char *path = str_format("%s/%s", h->path, name), *away = str_format("%s.away", path);

    assert_int_equal(unlink(path), 0);
    (void)rename(away, path);
    free(away);
    free(path);
}

// A file stands where a folder is wanted: calls go on, and the person sees the sign.
static void test_calls_that_no_other_counts(void **state)
{
    struct state *s = *state;

    assert_false(s->desk->pulse.alone);
    desk_close(s->desk);
    block(&s->office.home, "state/lode/rates");
    block(&s->office.home, "run/lode");
    (void)fresh(state);
    search(s->desk);
    DESK_WAIT(s->desk, s->desk->pulse.alone);
    unblock(&s->office.home, "run/lode");
    unblock(&s->office.home, "state/lode/rates");
}

static void test_an_idle_desk_wakes_nobody(void **state)
{
    struct desk *d = ((struct state *)*state)->desk;
    int64_t until = desk_clock_ms() + DESK_WAIT_MS;

    search(d);
    desk_look(d, 0, 40);
    do { // what was asked for may be long in coming
        assert_true(desk_clock_ms() < until);
        (void)desk_parts();
        desk_serve_for(d, 1500);
    } while (desk_parts() || desk_tick_ms(d) != -1);
}

static void test_the_log(void **state)
{
    struct state *s = *state;
    struct desk *d = s->desk;
    struct trace_line line;
    struct str text = {0}, curl = {0};
    struct err e;

    assert_true(desk_where(d, "Job title=\"it's\"", &e));
    search(d);
    DESK_WAIT(d, trace_line(d->trace, 0, &line) && str_eq(line.path, "/search/contact"));
    DESK_WAIT(d, desk_parts() & DESK_TRACE);
    assert_string_equal(line.method, "POST");
    assert_int_equal(line.status, 200);
    assert_true(line.at_ms > desk_utc_ms(d) - 60000 && line.at_ms <= desk_utc_ms(d));
    assert_true(*line.request_id);
    assert_true(trace_text(d->trace, line.number, &text));
    assert_non_null(strstr(str_text(&text), "\"jobTitle\": \"it's\""));
    assert_non_null(strstr(str_text(&text), "\"maxResults\": "));
    assert_null(strstr(str_text(&text), "eyJ")); // a token begins so
    assert_true(trace_curl(d->trace, line.number, &curl));
    assert_non_null(strstr(str_text(&curl), "Bearer $TOKEN"));
    assert_null(strstr(str_text(&curl), "eyJ"));
    str_free(&text);
    str_free(&curl);
    for (size_t i = 0; trace_line(d->trace, i, &line); i++) {
        str_clear(&text);
        if (!str_eq(line.path, "/authenticate"))
            continue;
        assert_true(trace_text(d->trace, line.number, &text));
        assert_null(strstr(str_text(&text), "sandbox\""));
        assert_null(strstr(str_text(&text), "eyJ"));
    }
    str_free(&text);
}

static void test_a_sign_in_that_is_lost(void **state)
{
    struct state *s = *state;
    struct desk *d = s->desk;

    server_faults(s->office.server, "POST /search/contact 401");
    search(d);
    assert_int_equal(d->state, DESK_FAILED);
    assert_int_equal(d->failed.kind, ERR_UNAUTHORISED);
    server_faults(s->office.server, "");
    desk_start(d);
    DESK_WAIT(d, d->state == DESK_READY);
    search(d);
    assert_int_equal(d->results.state, RESULTS_THERE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_meters_move_with_every_answer, fresh, closed),
        cmocka_unit_test_setup_teardown(test_the_pulse_falls_by_itself, fresh, closed),
        cmocka_unit_test_setup_teardown(test_calls_that_no_other_counts, fresh, closed),
        cmocka_unit_test_setup_teardown(test_an_idle_desk_wakes_nobody, fresh, closed),
        cmocka_unit_test_setup_teardown(test_the_log, fresh, closed),
        cmocka_unit_test_setup_teardown(test_a_sign_in_that_is_lost, fresh, closed),
    };

    return cmocka_run_group_tests_name("usage", tests, set_up, tear_down);
}
