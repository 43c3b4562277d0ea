// What stands before every handler: User-Agent, path, access token, calls a second and a minute;
// and behind it: the X-Usage headers. The thread of the connection. Floor: sandbox.
#ifndef LODE_SANDBOX_GATE_H
#define LODE_SANDBOX_GATE_H

#include "sandbox/routes.h"

// Answers one whole call.
void gate_handle(struct sandbox *s, const struct request *r, struct reply *reply);

#endif
