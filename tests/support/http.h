// HTTP for tests: one call, everything that came back. Handles may be kept for their connection.
// One thread a handle. Tests.
#ifndef TESTS_SUPPORT_HTTP_H
#define TESTS_SUPPORT_HTTP_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

#include "base/str.h"

struct http; // a client with its own connections

struct http *http_open(void);
void http_close(struct http *h);

struct http_ask {
    const char *method; // NULL: GET, or POST where there is a body
    const char *url;
    const char *token; // sent as Authorization: Bearer; NULL: none
    const char *body;  // NULL: none
    const char *type;  // of the body; NULL: application/json
    const char *const
        *headers;    // more of them, "Name: value", NULL-terminated; "Name:" takes one out
    const char *ca;  // file of the certificate to trust; NULL: the system's
    bool gzip;       // accept it
    bool fresh;      // over a new connection
    long timeout_ms; // 0: 30 seconds
    size_t cap;      // of the body: more ends it with CURLE_WRITE_ERROR; 0: none
};

struct http_reply {
    int curl;         // CURLcode; 0: a whole answer came
    long status;      // 0: not even a status line
    struct str head;  // all header lines
    struct str body;  // decoded, as far as it came
    size_t wire_body; // bytes of the body before decoding
    long connects;    // new connections made for this call
    double seconds;
};

// h NULL: over a connection of its own. The User-Agent is "lode-test" unless headers say otherwise.
struct http_reply http_call(struct http *h, const struct http_ask *ask);
// The same with little to say. token and body may be NULL.
struct http_reply http_get(const char *url, const char *token);
struct http_reply http_post(const char *url, const char *token, const char *body);
void http_reply_free(struct http_reply *r);

// A header without case: its value in buf, or NULL where it is absent.
const char *http_header(const struct http_reply *r, const char *name, char *buf, size_t cap);
// The body as JSON; fails the test where it is none. The caller drops it.
json_t *http_json(const struct http_reply *r);
// POST, and the answer as JSON: fails the test unless the status is this one. The caller drops it.
json_t *http_post_json(const char *url, const char *token, const char *body, long status);
json_t *http_get_json(const char *url, const char *token, long status);

#endif
