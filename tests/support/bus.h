// A session bus and a keyring daemon of the test's own, both real, in a throw-away home: to be
// stopped, locked and killed as a test likes. Environment is the process's: one at a time. Tests.
#ifndef TESTS_SUPPORT_BUS_H
#define TESTS_SUPPORT_BUS_H

#include <stdbool.h>
#include <sys/types.h>

#include "support/run.h"

struct bus {
    struct home home;
    pid_t bus, keyring;
};

#define BUS_PASSWORD "ci-only-password" // of the keyring

enum bus_services {
    BUS_NO_SERVICES, // nothing starts by itself
    BUS_DESKTOP,     // what is installed is started when it is asked for, as on a desktop
    BUS_UNLOCKING    // and so is a keyring, unlocked with BUS_PASSWORD
};

// Starts the bus and puts its address into the environment.
struct bus bus_start(enum bus_services services);
// Ends all, removes the home and takes the address out of the environment.
void bus_stop(struct bus *b);
// Starts a keyring daemon and waits until it answers. password NULL: it unlocks nothing, and a new
// one has no keyring.
void bus_start_keyring(struct bus *b, const char *password);
// Ends the daemon by SIGKILL, and waits until its name is free.
void bus_kill_keyring(struct bus *b);
// Ends the bus itself.
void bus_kill(struct bus *b);
// Runs keyring-client with up to three words (NULL: none) in the bus's home; its output. Fails the
// test where that fails.
struct str bus_client(const struct bus *b, const char *command, const char *a, const char *c,
                      const char *d);

#endif
