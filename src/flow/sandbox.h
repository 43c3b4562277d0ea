// The offline sandbox: one for all Lodes of a person, its account kept between runs. One owner.
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
    pid_t pid; // -1: none, or another's child
    int hold;  // -1: none; while it is open the sandbox lives
    char *url; // owned
};

#define SANDBOX_NONE ((struct sandbox_child){.pid = -1, .hold = -1})

// The sandbox of this person's account: the one that another Lode runs, else it starts one and
// waits until it is ready. It lives as long as any Lode uses it, however those end. c is filled
// anew. May take seconds. false with *e filled.
bool sandbox_join(struct sandbox_child *c, struct err *e);
// It runs still, and listens there.
bool sandbox_runs(const struct sandbox_child *c);
// Where all who use this account's sandbox count their calls; begun anew with each sandbox. The
// caller frees it. NULL with *e filled where its folder cannot be made.
char *sandbox_rates(struct err *e);
// Uses it no longer; the last one waits until it has ended.
void sandbox_stop(struct sandbox_child *c);
// Forgets the sandbox's account and all that was bought from it. ERR_STORAGE, also where a sandbox
// runs on it now: then nothing is forgotten.
bool sandbox_reset(struct err *e);

#endif
