// All that one running sandbox holds, and its clock. Read-only after opening but for what locks
// itself. Any thread. Floor: sandbox.
#ifndef LODE_SANDBOX_SANDBOX_H
#define LODE_SANDBOX_SANDBOX_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "sandbox/token.h"

struct account;
struct clients;
struct contract;
struct faults;
struct limits;
struct lookups;
struct options;
struct search;
struct stats;
struct world;

struct sandbox {
    const struct options *options;
    struct contract *contract;
    struct lookups *lookups;
    struct world *world;
    struct search *search;
    struct account *account;
    struct limits *limits;
    struct stats *stats;
    struct faults *faults; // NULL: started without --faults
    struct clients *clients;
    struct token_key key;
    int stop_fd; // readable once the sandbox is to end
};

// Invents the data and opens the account. options is borrowed.
bool sandbox_open(struct sandbox *s, const struct options *options, struct err *e);
void sandbox_close(struct sandbox *s);

// Milliseconds since 1970, --clock-offset included.
int64_t sandbox_now_ms(const struct sandbox *s);
// Waits, but no longer than until the sandbox is to end.
void sandbox_wait(const struct sandbox *s, int ms);
// Makes every wait end. Harmless to call twice.
void sandbox_stop(const struct sandbox *s);

#endif
