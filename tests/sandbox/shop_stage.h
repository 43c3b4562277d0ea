// A sandbox that sells firms, over real sockets: what is bought of it and what that cost. Tests.
#ifndef TESTS_SANDBOX_SHOP_STAGE_H
#define TESTS_SANDBOX_SHOP_STAGE_H

#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "support/http.h"
#include "support/server.h"
#include "support/test.h"

enum { BATCH = 25 };

struct shop {
    struct server *server;
    char *token, *url;
    long long ids[4 * BATCH];
};

static inline struct shop open_shop(const char *const *options)
{
    struct shop s = {.server = server_start(options)};

    s.token = server_token(s.server);
    s.url = server_at(s.server, "/enrich/company");
    server_ids(s.server, "company", ARRAY_LEN(s.ids), s.ids);
    return s;
}

static inline void free_shop(struct shop *s)
{
    free(s->token);
    free(s->url);
}

static inline void close_shop(struct shop *s)
{
    assert_int_equal(server_stop(s->server), 0);
    free_shop(s);
}

static char *batch_of(const long long *ids, size_t n)
{
    struct str body = {0};

    str_add(&body, "{\"outputFields\":[\"id\",\"name\"],\"matchCompanyInput\":[");
    for (size_t i = 0; i < n; i++)
        str_addf(&body, "%s{\"companyId\":%lld}", i ? "," : "", ids[i]);
    str_add(&body, "]}");
    return str_take(&body);
}

// Buys and expects this status; how many rows are FULL_MATCH.
static inline size_t buy(const struct shop *s, const long long *ids, size_t n, long status)
{
    char *body = batch_of(ids, n);
    json_t *answer = http_post_json(s->url, s->token, body, status), *row;
    size_t full = 0, i;

    json_array_foreach(json_object_get(json_object_get(answer, "data"), "result"), i, row)
    {
        bool match = str_eq(json_string_value(json_object_get(row, "matchStatus")), "FULL_MATCH");

        assert_int_equal(json_array_size(json_object_get(row, "data")), match);
        full += match;
    }
    json_decref(answer);
    free(body);
    return full;
}

static inline void expect_spent(const struct shop *s, long long credits, long long records,
                                long long requests)
{
    assert_int_equal(server_total(s->server, "credits"), credits);
    assert_int_equal(server_total(s->server, "records"), records);
    assert_int_equal(server_total(s->server, "requests"), requests);
}

#endif
