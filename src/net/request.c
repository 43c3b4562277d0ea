// A request and what came back with it. One owner at a time. Floor: net.
#include "net/request.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/secret.h"
#include "net/libcurl.h"

struct net_request *net_request_new(const char *method, char *url)
{
    struct net_request *r = mem_zalloc(sizeof(*r));

    r->method = method;
    r->url = url;
    r->err.retry_after = -1;
    return r;
}

void net_request_free(struct net_request *r)
{
    if (!r)
        return;
    request_wipe_authorization(r);
    str_free(&r->authorization);
    request_clear_answer(r);
    free(r->headers);
    str_free(&r->answer);
    str_free(&r->body);
    free(r->url);
    free(r);
}

void request_clear_answer(struct net_request *r)
{
    for (size_t i = 0; i < r->n_headers; i++) {
        free(r->headers[i].name);
        free(r->headers[i].value);
    }
    r->n_headers = 0;
    r->status = 0;
    str_clear(&r->answer);
}

void request_add_header(struct net_request *r, char *name, char *value)
{
    assert(r->n_headers < REQUEST_HEADERS_MAX);
    if (!r->headers)
        r->headers = mem_array(REQUEST_HEADERS_MAX, sizeof(*r->headers));
    r->headers[r->n_headers++] = (struct net_header){name, value};
}

void request_wipe_authorization(struct net_request *r)
{
    if (r->authorization.data)
        secret_wipe(r->authorization.data, r->authorization.cap);
    r->authorization.len = 0;
}

const char *net_header_value(const struct net_request *r, const char *name)
{
    for (size_t i = 0; i < r->n_headers; i++) {
        if (str_eq_case(r->headers[i].name, name))
            return r->headers[i].value;
    }
    return NULL;
}

bool net_header_date(const struct net_request *r, const char *name, int64_t *utc_ms)
{
    const char *value = net_header_value(r, name);
    time_t t = value ? libcurl()->getdate(value, NULL) : -1;

    if (t < 0)
        return false;
    *utc_ms = (int64_t)t * 1000;
    return true;
}
