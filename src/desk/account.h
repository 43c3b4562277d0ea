// Whom the desk talks to: the configuration's texts as its own, and what signing in takes. UI
// thread, but for what says otherwise. Floor: desk.
#ifndef LODE_DESK_ACCOUNT_H
#define LODE_DESK_ACCOUNT_H

#include <stdbool.h>

#include "desk/desk.h"
#include "flow/credentials.h"

struct account {
    bool named; // false: nobody was chosen
    bool sandbox;
    struct profile kept; // where known: a profile of its own, whose secret may be in the keyring
    bool known;
    char *base_url;       // NULL for the sandbox
    char *profile, *host; // as the top bar shows them
    bool profile_given;   // by a person, not made of the address
    char *user, *ca_file; // or NULL
    int rate;             // requests a second, -1: the usual
    struct login login;   // what a person gave to sign in with
    bool fresh;           // login has it, and it goes before what the keyring has
    bool keeps;           // once signed in, profile and secret are written where they belong
    bool chosen;          // by a person, out of the profiles: the one in use from now on
};

// false with *e where the configuration is wrong; *out names nobody then.
bool account_read(struct account *out, const struct desk_config *config, struct err *e);
void account_free(struct account *a);
// Its sign-in takes what the person gave: the password of the login, or the key; both are taken
// over.
void account_take_login(struct account *a, struct desk_login *login, struct private_key *key);
// On a worker, which may wait for the keyring's three seconds: signs in, and keeps what is to be
// kept.
bool account_sign_in(struct account *a, struct app *app, struct err *e);
// What the engine is opened with; the account must outlive it.
struct app_config account_config(struct account *a);

#endif
