// A net and an auth of the test's own against a sandbox, with a clock that can be moved on. One
// thread unless said. Tests.
#ifndef TESTS_AUTH_CLIENT_H
#define TESTS_AUTH_CLIENT_H

#include <stdatomic.h>
#include <string.h>

#include "auth/auth.h"
#include "base/secret.h"
#include "base/str.h"
#include "support/server.h"
#include "support/test.h"

// The system's clock moved on by so many milliseconds.
struct moved {
    atomic_llong ms;
    atomic_llong utc_ms; // more of it, for the calendar alone
};

static inline int64_t moved_utc(void *self)
{
    struct clock real = clock_system();
    struct moved *m = self;

    return clock_utc_ms(&real) + atomic_load(&m->ms) + atomic_load(&m->utc_ms);
}

static inline int64_t moved_boot(void *self)
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

// A net and an auth for the server that c has.
static inline void connect_client(struct client *c, struct auth_method method)
{
    struct clock clock = {&c->moved, moved_utc, moved_boot};
    struct net_config net = {
        .clock = clock, .user_agent = "lode-test", .backoff_ms = 20, .connections = 64};
    struct auth_config auth = {.clock = clock, .base_url = c->server->url};
    struct err e;

    atomic_store(&c->moved.ms, 0);
    atomic_store(&c->moved.utc_ms, 0);
    c->net = net_open(&net, &e);
    assert_non_null(c->net);
    auth.net = c->net;
    c->auth = auth_open(&auth, method, &e);
    assert_non_null(c->auth);
}

static inline void disconnect_client(struct client *c)
{
    auth_stop(c->auth);
    net_close(c->net);
    auth_close(c->auth);
}

static inline void open_client(struct client *c, const char *const *options,
                               struct auth_method method)
{
    c->server = server_start(options);
    connect_client(c, method);
}

static inline struct auth_method by_password(const char *password)
{
    return auth_password("analyst@example.com", secret_new(password, strlen(password)));
}

static inline void close_client(struct client *c)
{
    disconnect_client(c);
    assert_int_equal(server_stop(c->server), 0);
}

// Status of one free call, or minus the kind of its failure. Any thread.
static inline int call(struct client *c)
{
    struct net_request *r = net_request_new("GET", str_format("%s/lookup/usage", c->server->url));
    int status;

    r->repeat = NET_FREE;
    status = net_call(c->net, r) ? r->status : -(int)r->err.kind;
    net_request_free(r);
    return status;
}

#endif
