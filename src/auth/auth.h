// Signing in and the token's life. One refresher thread owns the token; requests pass auth_gate()
// on the network thread. FACTS 1. Floor: auth.
#ifndef LODE_AUTH_AUTH_H
#define LODE_AUTH_AUTH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "net/net.h"

struct auth;
struct private_key;
struct secret;
struct log;

// How to ask for a token: user name and password, or a client JWT signed with a key.
struct auth_method {
    void *self;
    // Fills body and headers of POST /authenticate; called on the refresher thread for each
    // sign-in. What it puts into r is wiped after use.
    bool (*prepare)(void *self, struct net_request *r, struct err *e);
    void (*free)(void *self);
    // Told UTC by the server's clock before each prepare(); NULL where it does not matter.
    void (*set_time)(void *self, int64_t utc_ms);
};

// user is copied; password becomes the method's (NULL is not allowed).
struct auth_method auth_password(const char *user, struct secret *password);
// user and client_id are copied; key becomes the method's.
struct auth_method auth_pki(const char *user, const char *client_id, struct private_key *key);

enum auth_state { AUTH_SIGNED_OUT, AUTH_SIGNING_IN, AUTH_SIGNED_IN, AUTH_REFUSED };

struct auth_status {
    enum auth_state state;
    int64_t expires_ms; // UTC; 0 where there is no token
    struct err err;     // why the last sign-in failed; ERR_NONE where it did not
    uint64_t sign_ins;  // authentications sent so far
    bool skew_known;
    int64_t skew_ms; // the server's clock less this machine's, to a second
};

struct auth_config {
    struct net *net;
    struct clock clock;
    struct log *log; // or NULL
    const char *base_url;
};

// Starts the refresher thread and sets itself as the net's gate. Signs in at the first request that
// needs it (or auth_begin, auth_sign_in), refreshes 5 minutes before `exp` (55 minutes after
// signing in where `exp` cannot be read) or up to 30 seconds later, by a clock that counts suspend;
// one authentication in flight and at most one a second, one forced refresh after a 401, never
// more. What the network breaks is tried three times; those who waited then fail, the next request
// begins anew. A refusal stays until auth_sign_in(). The method becomes auth's.
struct auth *auth_open(const struct auth_config *config, struct auth_method method, struct err *e);
// Ends the refresher thread; who still waits for a token is told. Then close the net, whose thread
// asks the gate to its end, and after it:
void auth_stop(struct auth *a);
// Wipes the token and frees. After net_close().
void auth_close(struct auth *a);
// Asks for a token where there is none and none is on its way; waits for nothing. What came of it
// is told to the first request, or by auth_status().
void auth_begin(struct auth *a);
// Waits until there is a token, or *e says why not. Not from the network thread.
bool auth_sign_in(struct auth *a, struct err *e);
struct auth_status auth_status(struct auth *a);
// The clock was set by hand or came back from suspend: looks at it again.
void auth_clock_moved(struct auth *a);

#endif
