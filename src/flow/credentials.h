// The secrets of a profile: from the keyring, into it, out of it; and what signing in takes from a
// person. Calls that take a keyring may block for its three seconds: not on the UI's thread.
// Floor: flow.
#ifndef LODE_FLOW_CREDENTIALS_H
#define LODE_FLOW_CREDENTIALS_H

#include <stdbool.h>
#include <stdint.h>

#include "auth/key.h"
#include "auth/keyring.h"
#include "flow/app.h"
#include "flow/profiles.h"

struct secret;

enum { KEY_OLD_DAYS = 90 }; // then it is time for another

// Password, or client id and key. A zeroed struct holds none.
struct credentials {
    struct secret *password;
    char *client_id;
    struct private_key *key;
};

bool credentials_empty(const struct credentials *c);
void credentials_free(struct credentials *c);
// How to sign in with them; takes them over, *c is empty after.
struct auth_method credentials_method(struct credentials *c, const char *user);
// Those that the keyring has of a profile. ERR_UNAUTHORISED where it has none: nobody signed in, or
// they are kept for a session only.
bool credentials_load(struct keyring *k, const struct profile *p, struct credentials *out,
                      struct err *e);
// Keeps the token that webhooks of a profile are known by, in place of the one before.
bool credentials_keep_webhook(struct keyring *k, const struct profile *p,
                              const struct secret *token, struct err *e);
// Removes all that the keyring has of a profile, webhook token included; *removed: how many.
bool credentials_forget(struct keyring *k, const char *profile, int *removed, struct err *e);

// A private key's file as it is, ~/ is home; ERR_INVALID where it cannot be opened or is too large.
// The caller's to free.
struct secret *key_file_read(const char *path, struct err *e);

// A person signs in to an account for the first time, or anew.
struct login {
    struct profile profile;         // as it will be written; borrowed texts
    struct credentials credentials; // taken over by login_credentials()
    struct secret *kept;            // what will be put into the keyring
};

// Before anything is asked of the person: what stands in the way of keeping their secret. True at
// once where it is kept for the session only.
bool login_ready(struct keyring *k, const struct profile *p, struct err *e);
// For app_config.credentials, with the login as its self.
bool login_credentials(void *login, struct auth_method *method, struct err *e);
// Signs in over the app; then keeps the secret, writes the profile and makes it the one in use. A
// sign-in that failed keeps nothing.
bool login_run(struct login *l, struct app *a, struct keyring *k, struct err *e);
// Wipes what it holds. The profile's texts are the caller's.
void login_free(struct login *l);

// Where one secret of a profile is, for lode status and the like.
struct secret_place {
    const struct profile *profile;
    const char *what;        // "password", "key", "webhook token"
    const char *where;       // "keyring", "session only", "nowhere", "unknown"
    int64_t since_ms;        // UTC, 0: not known
    int age_days;            // -1: not known
    char note[ERR_TEXT_MAX]; // what a person should know or do, or ""
};

// Every secret of a profile, one by one; a webhook token only where there is one.
void credentials_places(struct keyring *k, const struct profile *p, const struct clock *clock,
                        void (*each)(void *self, const struct secret_place *place), void *self);

#endif
