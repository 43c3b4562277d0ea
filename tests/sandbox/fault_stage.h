// A sandbox with rules of faults, and an enrich to meet them. Tests.
#ifndef TESTS_SANDBOX_FAULT_STAGE_H
#define TESTS_SANDBOX_FAULT_STAGE_H

#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "support/http.h"
#include "support/server.h"
#include "support/test.h"

enum { BODY_MAX = 1 << 22 };

struct stage {
    struct server *server;
    char *token, *url, *body;
};

static inline int open_stage(void **state)
{
    struct stage *s = mem_zalloc(sizeof(*s));
    long long id;

    s->server = server_start((const char *[]){"--unlimited", "--faults", "", NULL});
    s->token = server_token(s->server);
    s->url = server_at(s->server, "/enrich/company");
    server_ids(s->server, "company", 1, &id);
    s->body =
        str_format("{\"outputFields\":[\"id\"],\"matchCompanyInput\":[{\"companyId\":%lld}]}", id);
    *state = s;
    return 0;
}

static inline int close_stage(void **state)
{
    struct stage *s = *state;
    int code = server_stop(s->server);

    free(s->token);
    free(s->url);
    free(s->body);
    free(s);
    return code;
}

// Only what waits in vain is given up early: a busy machine may be long about all else.
static inline struct http_reply enrich(const struct stage *s, long timeout_ms)
{
    return http_call(NULL, &(struct http_ask){.url = s->url,
                                              .token = s->token,
                                              .body = s->body,
                                              .gzip = true,
                                              .timeout_ms = timeout_ms,
                                              .cap = BODY_MAX});
}

#define WITH_FAULTS(f) cmocka_unit_test_setup_teardown(f, open_stage, close_stage)

#endif
