// The little of HTTP/1.1 that the fault front needs: a request as it came, an answer taken apart.
// The thread of the connection. Floor: sandbox.
#ifndef LODE_SANDBOX_HTTP1_H
#define LODE_SANDBOX_HTTP1_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "sandbox/wire.h"

enum { HTTP1_METHOD_MAX = 16, HTTP1_PATH_MAX = 1024 };

struct http1_request {
    char method[HTTP1_METHOD_MAX], path[HTTP1_PATH_MAX]; // path without the query
    struct str head;                                     // lines with CRLF, no empty one; owned
    struct str body;                                     // owned
    size_t length;                                       // of the body to come
    bool last;                                           // the client asks to close after it
};

struct http1_answer {
    struct str head; // status line and headers with CRLF, no empty line; owned
    struct str raw;  // the body as it came, chunks and all; owned
    struct str body; // the body itself; owned
};

// Reads one head and says 100 Continue where that is waited for. false where none comes, or one
// that this front cannot read (over 64 KiB; a body in chunks).
bool http1_read_head(struct wire *w, struct http1_request *out);
// Reads on until at least want bytes of the body are there.
bool http1_read_body(struct wire *w, struct http1_request *r, size_t want);
void http1_request_free(struct http1_request *r);

// Sends the request to 127.0.0.1:port over a connection of its own and takes the answer. plain: in
// no gzip.
bool http1_forward(uint16_t port, const struct http1_request *r, bool plain,
                   struct http1_answer *out);
void http1_answer_free(struct http1_answer *a);

// The value of a header without case, copied into out; false where it is absent or too long.
bool http1_header(const struct str *head, const char *name, char *out, size_t cap);
// Takes a header out.
void http1_drop(struct str *head, const char *name);

#endif
