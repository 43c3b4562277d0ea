// Clients that sign in with a key (PKI): their public keys, and whether a client JWT is good by our
// own reading of FACTS 1. Immutable after opening: any thread. Floor: sandbox.
#ifndef LODE_SANDBOX_CLIENTS_H
#define LODE_SANDBOX_CLIENTS_H

#include <stdint.h>

#include "base/err.h"

struct clients;
struct options;

enum client_verdict {
    CLIENT_GOOD,
    CLIENT_UNREADABLE,   // no JWT, another algorithm, another key, not of this time
    CLIENT_INCOMPLETE,   // signed, but a claim is missing or not as it must be
    CLIENT_UNKNOWN_USER, // all right but for the user
    CLIENT_VERDICTS
};

// Longer than the vendor's own clients ask for is refused.
enum { CLIENT_LIFE_MAX_S = 300 };

// Reads the public keys of --client. NULL: *e names the file.
struct clients *clients_open(const struct options *options, struct err *e);
void clients_close(struct clients *c);
// Judges what came as a bearer token at now_s; user: the only one that may sign in.
enum client_verdict clients_check(const struct clients *c, const char *jwt, const char *user,
                                  int64_t now_s);

#endif
