// Signing in from the screen, and changing from one account to another. UI thread; whatever takes
// time runs on a worker and comes back as DESK_ACCOUNT. Floor: desk.
#ifndef LODE_DESK_SIGN_IN_H
#define LODE_DESK_SIGN_IN_H

#include <stdbool.h>

#include "base/err.h"

struct desk;
struct private_key;
struct secret;

enum key_state {
    KEY_NONE,
    KEY_READING,
    KEY_ENCRYPTED, // its passphrase is wanted; err says so, or that the one given was wrong
    KEY_FAULT,     // err names the fault and its mend
    KEY_READY
};

// What the key doctor says of the key that was given last.
struct key_view {
    enum key_state state;
    struct err err;
    int bits;
    char remark[ERR_TEXT_MAX]; // what a person should know of how it was read, or ""
};

enum keyring_asked { KEYRING_UNASKED, KEYRING_ASKED, KEYRING_FINE, KEYRING_FAULT };

struct keyring_view {
    enum keyring_asked state;
    struct err err; // KEYRING_FAULT: why, and how to mend it
};

// Looks at a key before anything is sent: of a file, or its text, which is taken over.
void desk_key_file(struct desk *d, const char *path);
void desk_key_text(struct desk *d, struct secret *pem);
// For KEY_ENCRYPTED; taken over.
void desk_key_passphrase(struct desk *d, struct secret *passphrase);
void desk_key_forget(struct desk *d);
// Asks whether the keyring is there and unlocked.
void desk_keyring_ask(struct desk *d);

// What a person gave to sign in with: a password, or a client id and the desk's key.
struct desk_login {
    const char *profile;  // NULL: named after the address
    const char *base_url; // NULL: the API's own
    const char *user;
    bool session_only;       // the secret is kept until Lode ends and nowhere
    struct secret *password; // taken over; NULL where there is a client id
    const char *client_id;   // or NULL
};

// Another account: what runs is cancelled and comes to its end first. Once signed in, the profile
// is the one in use.
void desk_sign_in(struct desk *d, struct desk_login *login);
void desk_use_sandbox(struct desk *d);
// A profile by name. false with *e where there is none, or it is the one in use.
bool desk_use_profile(struct desk *d, const char *name, struct err *e);
// Whom the desk would sign in, as far as it is known: borrowed texts, NULL where it is not.
void desk_login_known(const struct desk *d, struct desk_login *out, bool *by_key);

#endif
