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

// tls NULL: plain. false where the handshake fails; wire_close() is due either way.
bool wire_open(struct wire *w, int fd, SSL_CTX *tls);
// Reads what is there onto in, waiting for at least a byte. false at the end or on an error.
bool wire_fill(struct wire *w);
// All of the bytes; false where the other side is gone.
bool wire_send(struct wire *w, const char *bytes, size_t len);
// True where the other side ended the connection or stop_fd became readable within ms (-1: wait
// without end).
bool wire_gone(const struct wire *w, int stop_fd, int ms);
// Ends the connection in order: what was sent arrives.
void wire_close(struct wire *w);
// Ends it by a reset.
void wire_reset(struct wire *w);

#endif
