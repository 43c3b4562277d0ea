// What lode-sandbox is asked to be: its command line. Main thread. Floor: sandbox.
#ifndef LODE_SANDBOX_OPTIONS_H
#define LODE_SANDBOX_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

enum { OPTIONS_CLIENTS_MAX = 16 };

enum options_package { PACKAGE_STANDARD, PACKAGE_SCALING };

// Texts point into argv or are static.
struct options {
    uint16_t port;          // 0: any that is free
    const char *cert, *key; // PEM files; NULL: plain http
    uint64_t seed;
    uint32_t companies, contacts;
    bool has_day;
    int32_t day;              // whose data is invented, since 1970; else today's
    const char *state;        // file of the account's journal; NULL: forgotten at exit
    const char *while_locked; // file; NULL: until a signal ends it
    int64_t credits, records, requests;
    enum options_package package;
    int64_t token_life_s;
    int latency_ms;
    const char *faults; // rules or a file of them; NULL: no fault can ever be set
    int64_t clock_offset_s;
    uint32_t depth;
    bool unlimited, refuse_ungranted, die_with_parent;
    bool no_roles; // the user has no API role
    const char *user, *password;
    const char *clients[OPTIONS_CLIENTS_MAX]; // "ID=FILE": who may sign in with a key
    size_t n_clients;
    bool help, version; // asked for; the rest is then as it came
};

// ERR_INVALID in words that name the option.
bool options_read(int argc, char **argv, struct options *out, struct err *e);
// What --help prints.
void options_help(struct str *out);

#endif
