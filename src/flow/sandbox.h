// The offline sandbox as a child of this process, with its account kept between runs. One owner.
// Floor: flow.
#ifndef LODE_FLOW_SANDBOX_H
#define LODE_FLOW_SANDBOX_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/err.h"

#define SANDBOX_PROFILE "sandbox"
#define SANDBOX_USER "analyst@example.com"
#define SANDBOX_PASSWORD "sandbox" // of an invented account: no secret

struct sandbox_child {
    pid_t pid; // -1: none, or another's
    char *url; // owned
};

// Starts lode-sandbox (beside this program, else by PATH) and waits until it is ready. It dies with
// this process, however that ends. extra: NULL-terminated further arguments, or NULL.
bool sandbox_start(struct sandbox_child *c, char *const *extra, struct err *e);
// The one that another Lode runs on this account and does not end within two seconds, which ends
// with that Lode; else one of our own.
bool sandbox_join(struct sandbox_child *c, struct err *e);
// Where all who use this account's sandbox count their calls; begun anew with each sandbox. The
// caller frees it. NULL with *e filled where its folder cannot be made.
char *sandbox_rates(struct err *e);
void sandbox_stop(struct sandbox_child *c);
// Forgets the sandbox's account and all that was bought from it.
bool sandbox_reset(struct err *e);

#endif
