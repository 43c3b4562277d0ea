// A https server that writes down every byte that came through its encryption, and answers each
// request with what it was told. Tests.
#ifndef TESTS_SUPPORT_TLS_H
#define TESTS_SUPPORT_TLS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct tls_server;

struct tls_how {
    const char *folder, *name; // of cert_make()
    bool old;                  // nothing newer than TLS 1.1
    const char *answer;        // whole, head and body; NULL: none
};

// Starts it on a free port of 127.0.0.1.
struct tls_server *tls_start(const struct tls_how *how);
// "https://127.0.0.1:41233"; lives as long as s.
const char *tls_url(const struct tls_server *s);
// Ends it, and gives what came through the encryption; connections: how many were made.
struct str tls_stop(struct tls_server *s, int *connections);

#endif
