// The engine: what every use case stands on. Parts start when they are first needed. One owner (the
// main thread) opens and closes; use cases run on any thread but the UI's. Floor: flow.
#ifndef LODE_FLOW_APP_H
#define LODE_FLOW_APP_H

#include <stdbool.h>

#include "auth/auth.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/log.h"
#include "job/cancel.h"
#include "job/pool.h"
#include "model/usage.h"
#include "net/net.h"
#include "store/store.h"

// Where use cases talk while they run; any thread.
struct talk {
    void *self;
    // One plain sentence for the person.
    void (*say)(void *self, const char *sentence);
    // How far a long work is: done of total (-1: unknown) things called what.
    void (*step)(void *self, const char *what, long long done, long long total);
};

struct app_config {
    const char *profile;        // names the account's folder
    const char *base_url;       // without a slash at the end
    const char *source;         // what ledger and library call it: the address, or "sandbox"
    const char *ca_file;        // or NULL
    int per_second, per_minute; // 0: no limit
    struct talk talk;
    // Asked once, when a request first needs signing in; false with *e where nobody can be asked.
    bool (*credentials)(void *self, struct auth_method *method, struct err *e);
    void *credentials_self;
};

struct app {
    struct app_config config;
    struct clock clock;
    char *folder; // of the profile
    struct log *log;
    struct net *net;
    struct auth *auth;
    struct store *store;
    struct pool *pool;
    struct cancel *abort;  // everything at once; calls that may charge then end in doubt
    struct cancel *cancel; // below it: no new work; calls that may charge are waited for
    struct usage usage;    // as last answered
};

// Starts nothing yet. config's texts must outlive the app.
void app_open(struct app *a, const struct app_config *config);
void app_close(struct app *a);
// Each makes sure that a part is there; called again it costs nothing.
bool app_need_store(struct app *a, struct err *e);
bool app_need_net(struct app *a, struct err *e);
// Store, net, and this process the one that spends.
bool app_need_spending(struct app *a, struct err *e);

void app_say(const struct app *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
void app_step(const struct app *a, const char *what, long long done, long long total);
// Sends a free request and waits; the app's cancel token is put on it. r stays the caller's.
bool app_call(struct app *a, struct net_request *r, struct err *e);

#endif
