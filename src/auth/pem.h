// Private keys as PEM text: which block it is, and its text mended. Any thread. For this folder
// only. Floor: auth.
#ifndef LODE_AUTH_PEM_H
#define LODE_AUTH_PEM_H

#include <stdbool.h>

#include "base/err.h"

struct secret;

struct pem {
    struct secret
        *text;     // one block with lines as PEM wants them; owned by whoever holds the struct
    bool rebuilt;  // its lines had been lost
    bool old_form; // PKCS#1
    bool encrypted;
};

// Finds the private key in given. false: *e names what is there instead, and the mend.
bool pem_find(const struct secret *given, struct pem *out, struct err *e);

#endif
