// What an HTTP answer means. Any thread. Floor: api.
#include "api/answer.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/plain.h"
#include "api/wire.h"
#include "base/mem.h"
#include "base/text.h"

enum { QUOTED_MAX = 300 };

// A text of a refusal and what it means, where the status alone does not say (FACTS 7).
struct meaning {
    int http;
    const char *text;
    enum err_kind kind;
};

static const struct meaning meanings[] = {
    {400, "max limit to enrich", ERR_OUT_OF_CREDITS},
    {400, "No roles found", ERR_FORBIDDEN},
    {403, "used up", ERR_OUT_OF_CREDITS},
    {403, "request limit", ERR_OUT_OF_CREDITS},
    {403, "record limit", ERR_OUT_OF_CREDITS},
    {403, "credit limit", ERR_OUT_OF_CREDITS},
};

bool answer_damaged(const struct net_request *r)
{
    struct wire_doc body;
    struct err ignored;

    if (r->err.kind != ERR_NONE || r->status < 200 || r->status > 299)
        return false;
    if (plain_is(str_text(&r->answer), r->answer.len))
        return false;
    if (!wire_open(&body, str_text(&r->answer), r->answer.len, &ignored))
        return true;
    wire_close(&body);
    return false;
}

const char *answer_request_id(const struct net_request *r)
{
    const char *id = net_header_value(r, "X-Request-Id");

    return id ? id : "";
}

// The sentence in an error body of any of the known shapes; false where there is none.
static bool error_text(const struct net_request *r, struct str *out)
{
    static const char *const keys[] = {"error", "message", "errorMessage"};
    struct err ignored;
    json_t *body = wire_parse(str_text(&r->answer), r->answer.len, &ignored);
    const char *text = NULL;

    for (size_t i = 0; !text && i < ARRAY_LEN(keys); i++)
        text = wire_string(body, keys[i]);
    if (text)
        text_clean(text, strlen(text), out);
    else if (!body && r->answer.len && *str_text(&r->answer) != '<')
        text_clean(str_text(&r->answer), r->answer.len < QUOTED_MAX ? r->answer.len : QUOTED_MAX,
                   out);
    json_decref(body);
    return out->len > 0;
}

static bool is_html(const struct net_request *r)
{
    const char *type = net_header_value(r, "Content-Type");
    const char *p = str_text(&r->answer);

    while (isspace((unsigned char)*p))
        p++;
    return (type && strncasecmp(type, "text/html", 9) == 0) || *p == '<';
}

static enum err_kind kind_of(const struct net_request *r, const char *text)
{
    for (size_t i = 0; i < ARRAY_LEN(meanings); i++) {
        if (meanings[i].http == r->status && str_find_case(text, meanings[i].text))
            return meanings[i].kind;
    }
    if (r->status == 408 || r->status >= 500)
        return r->repeat == NET_ONCE ? ERR_IN_DOUBT : ERR_OFFLINE;
    switch (r->status) {
    case 401:
        return ERR_UNAUTHORISED;
    case 403:
        return ERR_FORBIDDEN;
    case 404:
    case 405:
        return ERR_NOT_FOUND;
    case 429:
        return ERR_RATE_LIMITED;
    default:
        return ERR_INVALID;
    }
}

// How each kind of refusal is begun; the server's own words follow.
static const char *opening(enum err_kind kind, int status)
{
    if (status >= 300 && status < 400)
        return "the server answered with a redirect, which is never followed; check the base URL";
    switch (kind) {
    case ERR_UNAUTHORISED:
        return "the server does not accept the sign-in; sign in again";
    case ERR_FORBIDDEN:
        return "this account may not do that";
    case ERR_OUT_OF_CREDITS:
        return "a limit of this account is used up; nothing was charged";
    case ERR_NOT_FOUND:
        return "the server knows no such operation; check the base URL";
    case ERR_RATE_LIMITED:
        return "too many requests; wait a little and try again";
    case ERR_OFFLINE:
        return "the server failed; try again later";
    case ERR_IN_DOUBT:
        return "the server failed after the call was sent; it may have been charged";
    default:
        return "the server refused the request";
    }
}

static void add_fields(const struct net_request *r, struct str *out)
{
    struct str fields = {0};

    answer_refused_fields(r, &fields);
    if (fields.len)
        str_addf(out, " [%s]", fields.data);
    str_free(&fields);
}

static bool refuse(const struct net_request *r, struct err *e)
{
    struct str said = {0};
    bool has_text = !is_html(r) && error_text(r, &said);
    enum err_kind kind = kind_of(r, str_text(&said));
    const char *wait = net_header_value(r, "Retry-After");
    long long seconds;

    if (r->status == 403 && is_html(r)) {
        (void)err_set(
            e, ERR_FORBIDDEN,
            "the network edge in front of the API refused the request (HTTP 403); a proxy "
            "or the address you call from may be blocked");
    } else {
        add_fields(r, &said);
        (void)err_set(e, kind, "%s (HTTP %d)%s%.*s", opening(kind, r->status), r->status,
                      has_text || said.len ? ": " : "", QUOTED_MAX, str_text(&said));
    }
    e->http = r->status;
    if (wait && str_int64(wait, &seconds) && seconds >= 0 && seconds < 1000000)
        e->retry_after = (int)seconds;
    str_free(&said);
    return false;
}

bool answer_check(const struct net_request *r, struct err *e)
{
    bool ok = true;

    if (r->err.kind != ERR_NONE) {
        *e = r->err;
        ok = false;
    } else if (r->status < 200 || r->status > 299) {
        ok = refuse(r, e);
    }
    if (!ok)
        (void)snprintf(e->request_id, sizeof(e->request_id), "%.*s", ERR_ID_MAX - 1,
                       answer_request_id(r));
    return ok;
}

void answer_refused_fields(const struct net_request *r, struct str *out)
{
    static const char *const keys[] = {"invalidOutputFields", "invalidInputFields"};
    struct err ignored;
    json_t *body = wire_parse(str_text(&r->answer), r->answer.len, &ignored);

    for (size_t k = 0; k < ARRAY_LEN(keys); k++) {
        size_t i;
        json_t *name;

        json_array_foreach(json_object_get(body, keys[k]), i, name)
        {
            if (!json_is_string(name))
                continue;
            if (out->len)
                str_add(out, ",");
            text_clean(json_string_value(name), json_string_length(name), out);
        }
    }
    json_decref(body);
}

static bool header_number(const struct net_request *r, const char *middle, const char *end,
                          long long *out)
{
    char name[96];
    const char *value;

    (void)snprintf(name, sizeof(name), "X-Usage-%s-Limit-%s", middle, end);
    value = net_header_value(r, name);
    return value && str_int64(value, out);
}

void answer_meters(const struct net_request *r, struct usage *u)
{
    for (size_t i = 0; i < METERS; i++) {
        struct meter *m = &u->meters[i];
        const char *middle = meter_defs()[i].header;

        if (!header_number(r, middle, "Remaining", &m->remaining))
            continue;
        if (!m->known)
            m->limit = m->used = -1;
        (void)header_number(r, middle, "Limit", &m->limit);
        m->used = m->limit >= 0 && m->remaining >= 0 ? m->limit - m->remaining : -1;
        m->known = true;
    }
}
