// One call as a handler sees it: what was asked, and the answer it fills. The thread of the
// connection. Floor: sandbox.
#ifndef LODE_SANDBOX_REQUEST_H
#define LODE_SANDBOX_REQUEST_H

#include <stdbool.h>
#include <stdint.h>

#include <jansson.h>

#include "base/str.h"
#include "sandbox/uuid.h"

enum { REPLY_HEADERS_MAX = 24 };

struct request {
    const char *method, *path; // as they came; path without the query
    struct str body;
    void *connection; // httpd.c's own
};

// A header without case, or NULL; "" where it came empty. Lives as long as the request.
const char *request_header(const struct request *r, const char *name);
// An argument of the query, decoded, or NULL where it is absent. Lives as long as the request.
const char *request_query(const struct request *r, const char *name);

struct reply_header {
    const char *name; // static
    char value[96];
};

struct reply {
    int status;
    const char *type; // static
    char id[UUID_LEN + 1];
    struct str body;
    struct reply_header headers[REPLY_HEADERS_MAX];
    size_t n_headers;
};

void reply_header(struct reply *r, const char *name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
// Throws away the body so far and answers {"success":false,"error":text,"statusCode":status}.
// FACTS 7, shape (a).
void reply_error(struct reply *r, int status, const char *text);
// The same in plain text, as 401 comes. FACTS 1.
void reply_plain(struct reply *r, int status, const char *text);

// The body as a JSON object, which the caller drops; NULL with the reply filled (400) where it is
// none.
json_t *request_json(const struct request *r, struct reply *reply);

#endif
