// One question to the keyring: what is asked, and what came of it. On the keyring's thread but for
// making, freeing and explaining it. For this folder only. Floor: auth.
#ifndef LODE_AUTH_KEYRING_CALL_H
#define LODE_AUTH_KEYRING_CALL_H

#include <stdbool.h>

#include "auth/keyring.h"
#include "auth/libsecret.h"
#include "job/job.h"

struct keyring_call {
    struct job job;
    // One try. False with error set, or with state or fault set where libsecret itself saw none.
    bool (*run)(struct keyring_call *c, SecretService *service, GError **error);
    const struct libsecret *lib;
    GCancellable *cancellable;
    char *profile; // owned, and so is in: the call may outlive whoever asked
    enum keyring_kind kind;
    struct secret *in;

    bool done;          // the worker's lock is over it
    bool late, stopped; // why it was cancelled; the asking thread's
    bool ok;
    enum keyring_state state;
    const char *fault; // a sentence's middle, where the item itself is wrong
    GError *error;
    bool bus_failed; // it came from the bus, before any service was asked
    struct secret *out;
    struct keyring_item item;
};

// profile and in (NULL: none) are copied.
struct keyring_call *keyring_call_new(const struct libsecret *lib, const char *profile,
                                      enum keyring_kind kind, const struct secret *in);
void keyring_call_free(struct keyring_call *c);
// At the thread's start and end. GLib leaves notes for later (signals, references that go) with a
// thread's context; nobody else would ever read them, and an old connection would live for ever.
GMainContext *keyring_call_begin(const struct libsecret *lib);
void keyring_call_end(const struct libsecret *lib, GMainContext *context);
// Runs it, and once more over a new connection where the first try failed: a service that was
// started anew is not found over the old one.
void keyring_call_run(struct keyring_call *c, GMainContext *context);
// What a person is told of a call that failed.
void keyring_call_explain(const struct keyring_call *c, struct err *e);

// What may be asked.
bool keyring_call_probe(struct keyring_call *c, SecretService *service, GError **error);
bool keyring_call_unlock(struct keyring_call *c, SecretService *service, GError **error);
bool keyring_call_get(struct keyring_call *c, SecretService *service, GError **error);
bool keyring_call_put(struct keyring_call *c, SecretService *service, GError **error);
bool keyring_call_remove(struct keyring_call *c, SecretService *service, GError **error);
bool keyring_call_find(struct keyring_call *c, SecretService *service, GError **error);

#endif
