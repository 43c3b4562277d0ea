// Filling an answer. The thread of the connection. Floor: sandbox.
#include "sandbox/request.h"

#include <assert.h>
#include <stdio.h>

#include "base/json.h"

static const char type_json[] = "application/json;charset=utf-8";

void reply_header(struct reply *r, const char *name, const char *format, ...)
{
    struct reply_header *h = &r->headers[r->n_headers];
    va_list args;

    assert(r->n_headers < REPLY_HEADERS_MAX);
    h->name = name;
    va_start(args, format);
    (void)vsnprintf(h->value, sizeof(h->value), format, args);
    va_end(args);
    r->n_headers++;
}

void reply_error(struct reply *r, int status, const char *text)
{
    r->status = status;
    r->type = type_json;
    str_clear(&r->body);
    str_add(&r->body, "{\"success\":false,\"error\":");
    json_quote(text, &r->body);
    str_addf(&r->body, ",\"statusCode\":%d}", status);
}

void reply_plain(struct reply *r, int status, const char *text)
{
    r->status = status;
    r->type = "text/plain;charset=utf-8";
    str_clear(&r->body);
    str_add(&r->body, text);
}

json_t *request_json(const struct request *r, struct reply *reply)
{
    json_t *body = json_loadb(str_text(&r->body), r->body.len, JSON_REJECT_DUPLICATES, NULL);

    if (json_is_object(body))
        return body;
    json_decref(body);
    reply_error(reply, 400, "Request body has malformed JSON");
    return NULL;
}
