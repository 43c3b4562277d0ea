// Secrets in the desktop's keyring (the Secret Service of D-Bus, by libsecret). Its attributes are
// stored in clear, so they carry a profile's name and a kind and nothing else. Every call blocks
// its thread, but for no more than KEYRING_WAIT_MS and a little: call from a worker, not from the
// UI. Floor: auth.
#ifndef LODE_AUTH_KEYRING_H
#define LODE_AUTH_KEYRING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct cancel;
struct keyring;
struct log;
struct secret;

enum { KEYRING_WAIT_MS = 3000 };

enum keyring_kind {
    KEYRING_PASSWORD,
    KEYRING_KEY, // client id and private key
    KEYRING_WEBHOOK,
    KEYRING_KINDS
};

enum keyring_state {
    KEYRING_READY,
    KEYRING_LOCKED,
    KEYRING_EMPTY, // a service without any keyring
    KEYRING_ABSENT // no service, no bus, no library, or no answer
};

struct keyring_item {
    bool found;
    int64_t changed_ms; // UTC, when it was put there
};

// Starts nothing: library and thread come with the first call. log may be NULL.
struct keyring *keyring_open(struct log *log);
// NULL is allowed.
void keyring_close(struct keyring *k);
// Whether it can be used now. For all but KEYRING_READY *e says why not, and how to mend it.
enum keyring_state keyring_probe(struct keyring *k, struct err *e);
// Asks the keyring's own prompt to unlock it and waits for the person at most wait_ms, or until
// cancel (may be NULL) fires. True where it is unlocked then.
bool keyring_unlock(struct keyring *k, int wait_ms, struct cancel *cancel, struct err *e);
// Below: false with *e (ERR_STORAGE, kept or mended as it says) where the keyring cannot be used.
// The secret, the caller's to free; *out is NULL where there is none.
bool keyring_get(struct keyring *k, const char *profile, enum keyring_kind kind,
                 struct secret **out, struct err *e);
// Puts it there, in place of what was there.
bool keyring_put(struct keyring *k, const char *profile, enum keyring_kind kind,
                 const struct secret *secret, struct err *e);
// Removes all there is of it; true where there was none.
bool keyring_remove(struct keyring *k, const char *profile, enum keyring_kind kind, struct err *e);
// Whether it is there, without reading it.
bool keyring_find(struct keyring *k, const char *profile, enum keyring_kind kind,
                  struct keyring_item *out, struct err *e);
// Takes the option of the command line that goes without a keyring out of what a call has said: for
// a screen, which offers the same in its own way.
void keyring_for_screen(char *text);
// "password", "key", "webhook token": as people are told.
const char *keyring_kind_name(enum keyring_kind kind);

#endif
