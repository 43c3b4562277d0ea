// The doctor: what has to be right before Lode can work, looked at one by one. Each check ends in
// one sentence, with the mend in it where there is one to make. Checks talk with the keyring and
// the network: not on the UI's thread. Floor: flow.
#ifndef LODE_FLOW_DOCTOR_H
#define LODE_FLOW_DOCTOR_H

#include <stdbool.h>
#include <stddef.h>

#include "flow/credentials.h"

enum doctor_state {
    DOCTOR_PASS,
    DOCTOR_WARNING, // it works, and a person should know
    DOCTOR_MEND,    // it does not work: the sentence says what to do
    DOCTOR_SKIPPED, // it stands on a check that failed
    DOCTOR_STATES
};

struct doctor_result {
    const char *check; // "keyring"
    enum doctor_state state;
    char text[ERR_TEXT_MAX];
};

// What only who shows all this knows.
struct doctor_terminal {
    bool present;      // false: output goes elsewhere
    const char *type;  // TERM, or NULL
    int columns, rows; // 0: not known
    bool utf8;
    int colors; // 0: none or not known
};

struct doctor {
    struct app *app; // its net need not be open
    struct keyring *keyring;
    const struct profile *profile; // user NULL: to be asked for
    bool known;                    // a kept profile
    struct doctor_terminal terminal;
    const char *faults; // what is wrong in lode.conf, a sentence a line; NULL or "": nothing
    // Left by earlier checks for later ones.
    bool offline, signed_out;
    struct net_tls tls;
    bool dated;
    int64_t skew_ms;
};

// The terminal of standard input and output.
struct doctor_terminal doctor_terminal_here(void);
// How many checks there are, and what each is called.
size_t doctor_count(void);
const char *doctor_name(size_t i);
// Check i, after those before it. Fills *out.
void doctor_check(struct doctor *d, size_t i, struct doctor_result *out);
// "pass", "warning", "mend", "skipped".
const char *doctor_state_name(enum doctor_state state);

#endif
