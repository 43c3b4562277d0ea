// Signing in over real sockets: one forced renewal after a 401, refusals in plain words, tries
// after what the network broke, signing out, and no token in any text. Tests.
#include "support/test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "auth/client.h"
#include "job/queue.h"

static const char *const unlimited[] = {"--unlimited", NULL};

static void the_first_call_signs_in(void **state)
{
    struct client c;

    (void)state;
    open_client(&c, unlimited, by_password("sandbox"));
    assert_int_equal(auth_status(c.auth).state, AUTH_SIGNED_OUT);
    assert_int_equal(call(&c), 200);
    assert_int_equal(auth_status(c.auth).state, AUTH_SIGNED_IN);
    assert_int_equal(call(&c), 200);
    assert_int_equal(auth_status(c.auth).sign_ins, 1);
    close_client(&c);
}

// It goes on while the caller does something else; the call that follows waits for that one.
static void a_sign_in_begins_before_the_first_call(void **state)
{
    struct client c;

    (void)state;
    open_client(&c, unlimited, by_password("sandbox"));
    auth_begin(c.auth);
    auth_begin(c.auth);
    assert_int_equal(call(&c), 200);
    auth_begin(c.auth);
    assert_int_equal(call(&c), 200);
    assert_int_equal(auth_status(c.auth).sign_ins, 1);
    close_client(&c);
}

static void one_401_costs_one_sign_in(void **state)
{
    static const char *const options[] = {"--unlimited", "--faults",
                                          "GET /lookup/usage 401 first=1", NULL};
    struct client c;

    (void)state;
    open_client(&c, options, by_password("sandbox"));
    assert_int_equal(call(&c), 200);
    assert_int_equal(auth_status(c.auth).sign_ins, 2);
    close_client(&c);
}

static void endless_401_ends_at_once(void **state)
{
    static const char *const options[] = {"--unlimited", "--faults", "GET /lookup/usage 401", NULL};
    struct client c;

    (void)state;
    open_client(&c, options, by_password("sandbox"));
    assert_int_equal(call(&c), 401);
    assert_int_equal(call(&c), 401);
    assert_int_equal(auth_status(c.auth).sign_ins, 2);
    close_client(&c);
}

static void a_wrong_password_stops_everything_and_says_so(void **state)
{
    struct client c;
    struct err e;

    (void)state;
    open_client(&c, unlimited, by_password("guess"));
    assert_int_equal(call(&c), -ERR_UNAUTHORISED);
    assert_int_equal(call(&c), -ERR_UNAUTHORISED);
    assert_int_equal(auth_status(c.auth).sign_ins, 1);
    assert_false(auth_sign_in(c.auth, &e));
    assert_non_null(strstr(e.text, "password is wrong"));
    assert_int_equal(auth_status(c.auth).sign_ins, 2);
    close_client(&c);
}

struct refusal {
    const char *fault;
    enum err_kind kind;
    const char *says;
};

static void every_refusal_has_its_sentence(void **state)
{
    static const struct refusal refusals[] = {
        {"missing-jwt", ERR_UNAUTHORISED, "without a token"},
        {"html-403", ERR_FORBIDDEN, "edge"},
        {"403", ERR_FORBIDDEN, "may not use the API"},
        {"429 retry-after=3600", ERR_RATE_LIMITED, "too many sign-ins"},
        {"500", ERR_OFFLINE, "failed at the sign-in"},
        {"400", ERR_UNAUTHORISED, "HTTP 400"},
        {"302", ERR_INVALID, "sends the sign-in elsewhere"},
        {"404", ERR_INVALID, "base URL"},
        {"html-200", ERR_UNAUTHORISED, "without a token"},
        {"reset", ERR_OFFLINE, "127.0.0.1"},
    };

    static const char *const options[] = {"--unlimited", "--faults", "", NULL};
    struct client c = {.server = server_start(options)};

    (void)state;
    for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
        char *rule = str_format("POST /authenticate %s", refusals[i].fault);
        struct err e;

        server_faults(c.server, rule);
        connect_client(&c, by_password("sandbox"));
        assert_false(auth_sign_in(c.auth, &e));
        if (e.kind != refusals[i].kind || !strstr(e.text, refusals[i].says))
            fail_msg("%s: kind %d: %s", rule, (int)e.kind, e.text);
        assert_null(strstr(e.text, "sandbox\""));
        assert_null(strstr(e.text, "eyJ"));
        disconnect_client(&c);
        free(rule);
    }
    assert_int_equal(server_stop(c.server), 0);
}

static void closing_does_not_wait_for_a_sign_in_that_hangs(void **state)
{
    static const char *const options[] = {"--unlimited", "--faults", "POST /authenticate stall",
                                          NULL};
    struct clock clock = clock_system();
    struct queue *back = queue_open();
    struct net_request *r;
    struct client c;
    int64_t began;

    (void)state;
    open_client(&c, options, by_password("sandbox"));
    r = net_request_new("GET", str_format("%s/lookup/usage", c.server->url));
    r->job.reply = back;
    net_submit(c.net, r);
    server_await(c.server, "requests.POST /authenticate", 1);
    began = clock_boot_ms(&clock);
    auth_stop(c.auth);
    net_close(c.net);
    auth_close(c.auth);
    assert_true(clock_boot_ms(&clock) - began < 10000); // half of what a silent call is given
    assert_ptr_equal(queue_wait(back, -1), r);
    assert_int_not_equal(r->err.kind, ERR_NONE);
    net_request_free(r);
    queue_close(back);
    server_kill(c.server);
}

static void what_the_network_broke_is_tried_three_times_a_second_apart(void **state)
{
    static const char *const options[] = {"--faults", "POST /authenticate reset first=2", NULL};
    struct clock clock = clock_system();
    int64_t began = clock_boot_ms(&clock);
    struct client c;

    (void)state;
    open_client(&c, options, by_password("sandbox"));
    assert_int_equal(call(&c), 200);
    assert_int_equal(auth_status(c.auth).sign_ins, 3);
    assert_true(clock_boot_ms(&clock) - began >= 2000);
    close_client(&c);
}

static void an_outage_does_not_stick(void **state)
{
    static const char *const options[] = {"--unlimited", "--faults",
                                          "POST /authenticate reset first=3", NULL};
    struct client c;

    (void)state;
    open_client(&c, options, by_password("sandbox"));
    assert_int_equal(call(&c), -ERR_OFFLINE);
    assert_int_equal(auth_status(c.auth).state, AUTH_SIGNED_OUT);
    assert_int_equal(call(&c), 200);
    assert_int_equal(auth_status(c.auth).sign_ins, 4);
    close_client(&c);
}

static void a_server_that_asks_to_wait_is_obeyed(void **state)
{
    static const char *const options[] = {"--unlimited", "--faults",
                                          "POST /authenticate 429 retry-after=1 first=1", NULL};
    struct client c;

    (void)state;
    open_client(&c, options, by_password("sandbox"));
    assert_int_equal(call(&c), 200);
    close_client(&c);
}

// Requests go on with the token that is still good, and the renewal is tried again later.
static void a_renewal_that_fails_takes_nothing_away(void **state)
{
    static const char *const options[] = {"--unlimited", "--faults", "", NULL};
    struct client c;
    uint64_t n;

    (void)state;
    open_client(&c, options, by_password("sandbox"));
    assert_int_equal(call(&c), 200);
    server_faults(c.server, "POST /authenticate 503");
    (void)atomic_fetch_add(&c.moved.ms, 56LL * 60 * 1000);
    auth_clock_moved(c.auth);
    assert_int_equal(call(&c), 200);
    for (int i = 0; i < 2000 && auth_status(c.auth).err.kind == ERR_NONE; i++)
        (void)usleep(10000);
    assert_int_equal(auth_status(c.auth).err.kind, ERR_OFFLINE);
    n = auth_status(c.auth).sign_ins;
    assert_int_equal(n, 4);
    assert_int_equal(call(&c), 200);
    assert_int_equal(auth_status(c.auth).state, AUTH_SIGNED_IN);
    server_faults(c.server, "");
    (void)atomic_fetch_add(&c.moved.ms, 31LL * 1000);
    auth_clock_moved(c.auth);
    for (int i = 0; i < 1000 && auth_status(c.auth).sign_ins == n; i++)
        (void)usleep(10000);
    assert_int_equal(auth_status(c.auth).sign_ins, n + 1);
    close_client(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_call_signs_in),
        cmocka_unit_test(a_sign_in_begins_before_the_first_call),
        cmocka_unit_test(one_401_costs_one_sign_in),
        cmocka_unit_test(endless_401_ends_at_once),
        cmocka_unit_test(a_wrong_password_stops_everything_and_says_so),
        cmocka_unit_test(every_refusal_has_its_sentence),
        cmocka_unit_test(what_the_network_broke_is_tried_three_times_a_second_apart),
        cmocka_unit_test(an_outage_does_not_stick),
        cmocka_unit_test(a_server_that_asks_to_wait_is_obeyed),
        cmocka_unit_test(a_renewal_that_fails_takes_nothing_away),
        cmocka_unit_test(closing_does_not_wait_for_a_sign_in_that_hangs),
    };

    return cmocka_run_group_tests_name("auth", tests, NULL, NULL);
}
