// HTTP and HTTPS over libmicrohttpd: one thread a connection, answers in chunks and in gzip where
// it is taken. FACTS 2. Main thread. Floor: sandbox.
#ifndef LODE_SANDBOX_HTTPD_H
#define LODE_SANDBOX_HTTPD_H

#include <stdbool.h>

#include "base/err.h"

struct sandbox;
struct httpd;

// Serves what arrives at listen_fd, which it takes over either way. tls: with the certificate of
// the options. count: its connections are the ones to count in the stats. NULL with *e filled.
struct httpd *httpd_start(struct sandbox *s, int listen_fd, bool tls, bool count, struct err *e);
// Ends all connections and waits for their threads. NULL is allowed.
void httpd_stop(struct httpd *httpd);

#endif
