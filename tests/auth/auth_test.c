// The token's life over real sockets: one sign-in however many wait, renewal by the clock, one
// forced renewal after a 401, refusals in plain words, and no token in any text. Tests.
#include "support/test.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "auth/auth.h"
#include "base/secret.h"
#include "base/str.h"
#include "job/queue.h"
#include "support/http.h"
#include "support/server.h"

enum { THREADS = 64, DAY_STEPS = 26 };

// The system's clock moved on by so many milliseconds.
struct moved {
    atomic_llong ms;
};

static int64_t moved_utc(void *self)
{
    struct clock real = clock_system();

    return clock_utc_ms(&real) + atomic_load(&((struct moved *)self)->ms);
}

static int64_t moved_boot(void *self)
{
    struct clock real = clock_system();

    return clock_boot_ms(&real) + atomic_load(&((struct moved *)self)->ms);
}

struct client {
    struct server *server;
    struct moved moved;
    struct net *net;
    struct auth *auth;
};

static void open_client(struct client *c, const char *const *options, const char *password)
{
    struct clock clock = {&c->moved, moved_utc, moved_boot};
    struct net_config net = {
        .clock = clock, .user_agent = "lode-test", .backoff_ms = 20, .connections = 16};
    struct auth_config auth = {.clock = clock};
    struct err e;

    *c = (struct client){.server = server_start(options)};
    c->net = net_open(&net, &e);
    assert_non_null(c->net);
    auth.net = c->net;
    auth.base_url = c->server->url;
    c->auth = auth_open(
        &auth, auth_password("analyst@example.com", secret_new(password, strlen(password))), &e);
    assert_non_null(c->auth);
}

static void close_client(struct client *c)
{
    auth_stop(c->auth);
    net_close(c->net);
    auth_close(c->auth);
    assert_int_equal(server_stop(c->server), 0);
}

// Status of one free call, or minus the kind of its failure.
static int call(struct client *c)
{
    struct net_request *r = net_request_new("GET", str_format("%s/lookup/usage", c->server->url));
    int status;

    r->repeat = NET_FREE;
    status = net_call(c->net, r) ? r->status : -(int)r->err.kind;
    net_request_free(r);
    return status;
}

static const char *const unlimited[] = {"--unlimited", NULL};

static void the_first_call_signs_in(void **state)
{
    struct client c;

    (void)state;
    open_client(&c, unlimited, "sandbox");
    assert_int_equal(auth_status(c.auth).state, AUTH_SIGNED_OUT);
    assert_int_equal(call(&c), 200);
    assert_int_equal(auth_status(c.auth).state, AUTH_SIGNED_IN);
    assert_int_equal(call(&c), 200);
    assert_int_equal(auth_status(c.auth).sign_ins, 1);
    close_client(&c);
}

struct caller {
    struct client *client;
    pthread_barrier_t *start;
    int status;
};

static void *call_together(void *arg)
{
    struct caller *caller = arg;

    (void)pthread_barrier_wait(caller->start);
    caller->status = call(caller->client);
    return NULL;
}

static void all_together(struct client *c)
{
    struct caller callers[THREADS];
    pthread_t threads[THREADS];
    pthread_barrier_t start;

    (void)pthread_barrier_init(&start, NULL, THREADS);
    for (int i = 0; i < THREADS; i++) {
        callers[i] = (struct caller){c, &start, 0};
        assert_int_equal(pthread_create(&threads[i], NULL, call_together, &callers[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        (void)pthread_join(threads[i], NULL);
        assert_int_equal(callers[i].status, 200);
    }
    (void)pthread_barrier_destroy(&start);
}

static void an_expired_token_is_renewed_once_for_all_who_wait(void **state)
{
    struct client c;

    (void)state;
    open_client(&c, unlimited, "sandbox");
    all_together(&c);
    assert_int_equal(auth_status(c.auth).sign_ins, 1);
    for (uint64_t round = 2; round < 5; round++) {
        (void)atomic_fetch_add(&c.moved.ms, 61LL * 60 * 1000);
        all_together(&c);
        assert_int_equal(auth_status(c.auth).sign_ins, round);
    }
    close_client(&c);
}

// Waits for sign-in number n to have brought another token than the one that ended at old_ms.
static void wait_for_token(struct client *c, uint64_t n, int64_t old_ms)
{
    for (int i = 0; i < 500 && auth_status(c->auth).expires_ms == old_ms; i++)
        (void)usleep(10000);
    assert_int_not_equal(auth_status(c->auth).expires_ms, old_ms);
    assert_int_equal(auth_status(c->auth).sign_ins, n);
}

static void a_day_takes_one_sign_in_each_55_minutes(void **state)
{
    struct client c;
    int64_t old;

    (void)state;
    open_client(&c, unlimited, "sandbox");
    assert_int_equal(call(&c), 200);
    for (int step = 1; step < DAY_STEPS; step++) {
        (void)atomic_fetch_add(&c.moved.ms, 54LL * 60 * 1000 + 50 * 1000);
        auth_clock_moved(c.auth);
        (void)usleep(20000);
        assert_int_equal(auth_status(c.auth).sign_ins, step);
        old = auth_status(c.auth).expires_ms;
        (void)atomic_fetch_add(&c.moved.ms, 10LL * 1000 + 200);
        auth_clock_moved(c.auth);
        wait_for_token(&c, (uint64_t)step + 1, old);
    }
    assert_int_equal(call(&c), 200);
    close_client(&c);
}

static void one_401_costs_one_sign_in(void **state)
{
    static const char *const options[] = {"--unlimited", "--faults",
                                          "GET /lookup/usage 401 first=1", NULL};
    struct client c;

    (void)state;
    open_client(&c, options, "sandbox");
    assert_int_equal(call(&c), 200);
    assert_int_equal(auth_status(c.auth).sign_ins, 2);
    close_client(&c);
}

static void endless_401_ends_at_once(void **state)
{
    static const char *const options[] = {"--unlimited", "--faults", "GET /lookup/usage 401", NULL};
    struct client c;

    (void)state;
    open_client(&c, options, "sandbox");
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
    open_client(&c, unlimited, "guess");
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
        {"404", ERR_INVALID, "base URL"},
        {"html-200", ERR_UNAUTHORISED, "without a token"},
        {"reset", ERR_OFFLINE, "127.0.0.1"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
        char *rule = str_format("POST /authenticate %s", refusals[i].fault);
        const char *options[] = {"--unlimited", "--faults", rule, NULL};
        struct client c;
        struct err e;

        open_client(&c, options, "sandbox");
        assert_false(auth_sign_in(c.auth, &e));
        if (e.kind != refusals[i].kind || !strstr(e.text, refusals[i].says))
            fail_msg("%s: %s: %s", rule, err_kind_name(e.kind), e.text);
        assert_null(strstr(e.text, "sandbox\""));
        assert_null(strstr(e.text, "eyJ"));
        close_client(&c);
        free(rule);
    }
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
    open_client(&c, options, "sandbox");
    r = net_request_new("GET", str_format("%s/lookup/usage", c.server->url));
    r->job.reply = back;
    net_submit(c.net, r);
    while (auth_status(c.auth).state != AUTH_SIGNING_IN)
        (void)usleep(1000);
    (void)usleep(50000);
    began = clock_boot_ms(&clock);
    auth_stop(c.auth);
    net_close(c.net);
    auth_close(c.auth);
    assert_true(clock_boot_ms(&clock) - began < 5000);
    assert_ptr_equal(queue_wait(back, -1), r);
    assert_int_not_equal(r->err.kind, ERR_NONE);
    net_request_free(r);
    queue_close(back);
    server_kill(c.server);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_call_signs_in),
        cmocka_unit_test(an_expired_token_is_renewed_once_for_all_who_wait),
        cmocka_unit_test(a_day_takes_one_sign_in_each_55_minutes),
        cmocka_unit_test(one_401_costs_one_sign_in),
        cmocka_unit_test(endless_401_ends_at_once),
        cmocka_unit_test(a_wrong_password_stops_everything_and_says_so),
        cmocka_unit_test(every_refusal_has_its_sentence),
        cmocka_unit_test(closing_does_not_wait_for_a_sign_in_that_hangs),
    };

    return cmocka_run_group_tests_name("auth", tests, NULL, NULL);
}
