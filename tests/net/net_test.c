// The client against the real server and its faults: what is sent once, what again, caps,
// cancelling, and where nothing is sent at all. Tests.
#include "support/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "job/cancel.h"
#include "job/queue.h"
#include "net/net.h"
#include "support/http.h"
#include "support/server.h"

enum { PATIENCE_MS = 10000 }; // half of what the client itself has with a server that is silent

struct client {
    struct server *server;
    struct net *net;
    char *token;
};

static enum net_pass admit(void *self, struct net_request *r)
{
    str_clear(&r->authorization);
    str_addf(&r->authorization, "Bearer %s", ((struct client *)self)->token);
    return NET_GO;
}

static bool refused(void *self, struct net_request *r)
{
    (void)self;
    (void)r;
    return false;
}

static void open_client(struct client *c, const char *const *options, int per_second)
{
    struct net_config config = {.clock = clock_system(),
                                .user_agent = "lode-test",
                                .per_second = per_second,
                                .backoff_ms = 10};
    struct err e;

    c->server = server_start(options);
    c->token = server_token(c->server);
    c->net = net_open(&config, &e);
    assert_non_null(c->net);
    net_set_gate(c->net, (struct net_gate){c, admit, refused});
}

static void close_client(struct client *c)
{
    net_close(c->net);
    free(c->token);
    assert_int_equal(server_stop(c->server), 0);
}

static struct net_request *enrich(const struct client *c)
{
    struct net_request *r =
        net_request_new("POST", str_format("%s/enrich/contact", c->server->url));

    str_add(&r->body, "{\"matchPersonInput\":[{\"personId\":1}],\"outputFields\":[\"id\"]}");
    r->content_type = "application/json";
    return r;
}

static struct net_request *usage(const struct client *c)
{
    struct net_request *r = net_request_new("GET", str_format("%s/lookup/usage", c->server->url));

    r->repeat = NET_FREE;
    return r;
}

// How many calls the fault rule was asked about: what the server saw of them.
static long long seen(const struct client *c)
{
    char *url = str_format("%s/_sandbox/faults", c->server->direct);
    json_t *root = http_get_json(url, NULL, 200), *rule = json_array_get(root, 0);
    long long n;

    if (!rule)
        rule = json_array_get(json_object_get(root, "rules"), 0);
    n = json_integer_value(json_object_get(rule, "seen"));
    json_decref(root);
    free(url);
    return n;
}

static void a_charging_call_is_seen_once_whatever_breaks(void **state)
{
    static const char *const breaks[] = {"close", "reset", "reset-in-answer", "truncate"};

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        char *rule = str_format("POST /enrich/contact %s", breaks[i]);
        const char *options[] = {"--unlimited", "--faults", rule, NULL};
        struct client c;
        struct net_request *r;

        open_client(&c, options, 0);
        // A kept connection stands ready; libcurl would repeat the call over a new one.
        r = usage(&c);
        assert_true(net_call(c.net, r));
        net_request_free(r);
        r = enrich(&c);
        assert_false(net_call(c.net, r));
        assert_int_equal(r->err.kind, ERR_IN_DOUBT);
        assert_int_equal(seen(&c), 1);
        assert_int_equal(r->sendings, 1);
        net_request_free(r);
        close_client(&c);
        free(rule);
    }
}

static void a_free_call_is_repeated_three_times(void **state)
{
    static const char *const options[] = {"--unlimited", "--faults", "GET /lookup/usage 503", NULL};
    struct client c;
    struct net_request *r;

    (void)state;
    open_client(&c, options, 0);
    r = usage(&c);
    assert_true(net_call(c.net, r));
    assert_int_equal(r->status, 503);
    assert_int_equal(r->sendings, 4);
    assert_int_equal(seen(&c), 4);
    net_request_free(r);
    close_client(&c);
}

static void an_answer_over_the_cap_is_not_taken(void **state)
{
    static const char *const options[] = {"--unlimited", "--faults", "GET /lookup/usage endless",
                                          NULL};
    struct client c;
    struct net_request *r;

    (void)state;
    open_client(&c, options, 0);
    r = usage(&c);
    r->cap = 1 << 20;
    assert_false(net_call(c.net, r));
    assert_int_equal(r->err.kind, ERR_OFFLINE);
    assert_true(r->answer.len <= 1 << 20);
    net_request_free(r);
    close_client(&c);
}

// Each was sent, and its answer never comes.
static void cancelling_waits_for_no_answer(void **state)
{
    static const char *const options[] = {"--unlimited", "--faults", "* stall", NULL};
    struct client c;

    (void)state;
    open_client(&c, options, 0);
    for (int i = 0; i < 10; i++) {
        struct queue *back = queue_open();
        struct cancel *cancel = cancel_new(NULL);
        struct net_request *r = i % 2 ? enrich(&c) : usage(&c);

        r->job.reply = back;
        r->job.cancel = cancel;
        net_submit(c.net, r);
        server_await(c.server,
                     i % 2 ? "requests.POST /enrich/contact" : "requests.GET /lookup/usage",
                     i / 2 + 1);
        cancel_fire(cancel);
        assert_ptr_equal(queue_wait(back, PATIENCE_MS), r);
        assert_int_equal(r->err.kind, i % 2 ? ERR_IN_DOUBT : ERR_CANCELLED);
        net_request_free(r);
        queue_close(back);
        cancel_unref(cancel);
    }
    close_client(&c);
}

static void nothing_goes_in_clear_to_another_machine(void **state)
{
    static const char *const options[] = {"--unlimited", NULL};
    static const char *const urls[] = {"http://api.example.com/x",
                                       "http://127.0.0.1.example.com/",
                                       "ftp://127.0.0.1/",
                                       "file:///etc/passwd",
                                       "no url",
                                       "https://user:secret@example.com/"};
    struct client c;

    (void)state;
    open_client(&c, options, 0);
    for (size_t i = 0; i < sizeof(urls) / sizeof(urls[0]); i++) {
        struct net_request *r = net_request_new("GET", str_format("%s", urls[i]));

        assert_false(net_call(c.net, r));
        assert_int_equal(r->err.kind, ERR_INVALID);
        assert_int_equal(r->sendings, 0);
        assert_null(strstr(r->err.text, "secret"));
        net_request_free(r);
    }
    close_client(&c);
}

static void the_limit_is_kept_without_a_single_429(void **state)
{
    enum { CALLS = 100 };
    static const char *const options[] = {"--latency=50", NULL};
    struct queue *back = queue_open();
    struct clock clock = clock_system();
    struct client c;
    int64_t began;

    (void)state;
    open_client(&c, options, 25);
    began = clock_boot_ms(&clock);
    for (int i = 0; i < CALLS; i++) {
        struct net_request *r = usage(&c);

        r->job.reply = back;
        net_submit(c.net, r);
    }
    for (int i = 0; i < CALLS; i++) {
        struct net_request *r = (struct net_request *)queue_wait(back, 30000);

        assert_non_null(r);
        assert_int_equal(r->status, 200);
        assert_int_equal(r->sendings, 1);
        net_request_free(r);
    }
    assert_int_equal(net_stats(c.net).limited, 0);
    // Four windows of 25 need three waits of a second and the latency each.
    assert_true(clock_boot_ms(&clock) - began >= 3000);
    queue_close(back);
    close_client(&c);
}

static struct net_request *asking(const struct client *c, struct queue *back, struct cancel *until)
{
    struct net_request *r = enrich(c);

    r->job.reply = back;
    r->until_turn = until;
    net_submit(c->net, r);
    return r;
}

// Three ask and the limit lets one go: it is told so before anything leaves. What is declined gives
// its slot to the next, and what waits ends without having been called.
static void a_turn_is_told_of_before_anything_leaves(void **state)
{
    static const char *const options[] = {"--unlimited", "--faults",
                                          "POST /enrich/contact 503 after=9", NULL};
    struct queue *back = queue_open();
    struct cancel *until = cancel_new(NULL);
    struct net_request *asked[3], *r;
    struct client c;

    (void)state;
    open_client(&c, options, 1);
    for (int i = 0; i < 3; i++)
        asked[i] = asking(&c, back, until);
    assert_ptr_equal(queue_wait(back, 10000), asked[0]);
    assert_true(asked[0]->at_turn);
    assert_int_equal(asked[0]->sendings, 0);
    assert_null(queue_wait(back, 50)); // the others' has not come
    net_decline(c.net, asked[0]);
    for (int i = 0; i < 2; i++) {
        r = (struct net_request *)queue_wait(back, 10000);
        assert_true(r == asked[0] || r == asked[1]);
    }
    assert_int_equal(asked[0]->err.kind, ERR_CANCELLED);
    assert_true(asked[1]->at_turn);
    assert_int_equal(seen(&c), 0);
    cancel_fire(until); // is of no concern any more to what is at its turn
    assert_ptr_equal(queue_wait(back, 10000), asked[2]);
    assert_int_equal(asked[2]->err.kind, ERR_CANCELLED);
    assert_false(asked[2]->at_turn);
    net_submit(c.net, asked[1]);
    assert_ptr_equal(queue_wait(back, 10000), asked[1]);
    assert_int_equal(asked[1]->err.kind, ERR_NONE);
    assert_int_equal(asked[1]->status, 200);
    assert_int_equal(seen(&c), 1);
    for (int i = 0; i < 3; i++)
        net_request_free(asked[i]);
    cancel_unref(until);
    queue_close(back);
    close_client(&c);
}

static void closing_gives_everything_back(void **state)
{
    static const char *const options[] = {"--unlimited", "--latency=2000", NULL};
    struct queue *back = queue_open();
    struct client c;

    (void)state;
    open_client(&c, options, 0);
    for (int i = 0; i < 20; i++) {
        struct net_request *r = usage(&c);

        r->job.reply = back;
        net_submit(c.net, r);
    }
    close_client(&c);
    for (int i = 0; i < 20; i++) {
        struct net_request *r = (struct net_request *)queue_wait(back, 0);

        assert_non_null(r);
        assert_int_equal(r->err.kind, ERR_CANCELLED);
        net_request_free(r);
    }
    queue_close(back);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_charging_call_is_seen_once_whatever_breaks),
        cmocka_unit_test(a_free_call_is_repeated_three_times),
        cmocka_unit_test(an_answer_over_the_cap_is_not_taken),
        cmocka_unit_test(cancelling_waits_for_no_answer),
        cmocka_unit_test(nothing_goes_in_clear_to_another_machine),
        cmocka_unit_test(the_limit_is_kept_without_a_single_429),
        cmocka_unit_test(a_turn_is_told_of_before_anything_leaves),
        cmocka_unit_test(closing_gives_everything_back),
    };

    return cmocka_run_group_tests_name("net", tests, NULL, NULL);
}
