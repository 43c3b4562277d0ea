// The front on the public port where faults may be played: it hands each request on to the real
// server behind and mangles, as the rules say, what the server's library could never send. One
// thread a connection. Started and stopped by the main thread. Floor: sandbox.
#ifndef LODE_SANDBOX_FRONT_H
#define LODE_SANDBOX_FRONT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct front;
struct sandbox;

// Takes listen_fd over either way. upstream: the server's port. NULL with *e filled.
struct front *front_start(struct sandbox *s, int listen_fd, uint16_t upstream, bool tls,
                          struct err *e);
// Ends all connections and waits for their threads. NULL is allowed.
void front_stop(struct front *f);

#endif
