// One accepted connection of the fault front: plain or TLS, read through a buffer. The thread of
// the connection. Floor: sandbox.
#ifndef LODE_SANDBOX_WIRE_H
#define LODE_SANDBOX_WIRE_H

#include <stdbool.h>
#include <stddef.h>

#include <openssl/ssl.h>

#include "base/str.h"

struct wire {
    int fd;
    SSL *ssl;      // NULL: plain
    struct str in; // read and not yet used
};

// fd stays the caller's. tls NULL: plain. false where the handshake fails; wire_end() is due either
// way.
bool wire_open(struct wire *w, int fd, SSL_CTX *tls);
// Reads what is there onto in, waiting for at least a byte. false at the end or on an error.
bool wire_fill(struct wire *w);
// All of the bytes; false where the other side is gone.
bool wire_send(struct wire *w, const char *bytes, size_t len);
// True where the other side ended the connection or stop_fd became readable within ms (-1: wait
// without end).
bool wire_gone(const struct wire *w, int stop_fd, int ms);
// Says goodbye and frees what is not the socket, which the caller closes: what was sent arrives.
void wire_end(struct wire *w);
// Makes that close a reset.
void wire_abort(struct wire *w);

#endif
