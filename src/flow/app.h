// The engine: what every use case stands on. Parts start when they are first needed. One owner (the
// main thread) opens and closes; use cases run on any thread but the UI's. Floor: flow.
#ifndef LODE_FLOW_APP_H
#define LODE_FLOW_APP_H

#include <stdbool.h>

#include "auth/auth.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/log.h"
#include "flow/limits.h"
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
    const char *user;           // who signs in, for the ledger; or NULL
    const char *base_url;       // without a slash at the end
    const char *source;         // what ledger and library call it: the address, or "sandbox"
    const char *ca_file;        // or NULL
    int per_second, per_minute; // of this process; 0: no limit
    int all_per_second, all_per_minute; // of all processes of this user that call as this account
    struct limits limits;               // what may be spent
    struct talk talk;
    // Asked once, when a request first needs signing in; false with *e where nobody can be asked.
    bool (*credentials)(void *self, struct auth_method *method, struct err *e);
    void *credentials_self;
    // Each request that was made, for a trace; on the network thread. May be NULL.
    void (*seen)(void *self, const struct net_request *r);
    void *seen_self;
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
    struct purse *purse;   // what all runs may spend together
    bool stopped;          // app_stop() was called
    bool view;             // borrows its parts from another and opens none
};

// Starts nothing yet. config's texts must outlive the app.
void app_open(struct app *a, const struct app_config *config);
// Ends the refresher: whoever waits for a token is told, and gets none. app_close() does it as
// well.
void app_stop(struct app *a);
void app_close(struct app *a);
// The same parts for one piece of work among several: with its own cancel token (borrowed, below
// a->cancel), voice and meters. What is not open yet is ERR_REFUSED there. Never closed; ends
// before a.
struct app app_view(const struct app *a, struct cancel *cancel, struct talk talk);
// Each makes sure that a part is there; called again it costs nothing.
bool app_need_store(struct app *a, struct err *e);
bool app_need_net(struct app *a, struct err *e);
// How long records stay free from now on, in months; 0: as their charging rule says.
void app_free_months(struct app *a, int months);
// Store, and this process the one that spends, with the workers that settle.
bool app_need_claim(struct app *a, struct err *e);
// Store, net, claim.
bool app_need_spending(struct app *a, struct err *e);
// Waits until there is a token; asks for one again where that was refused before.
bool app_sign_in(struct app *a, struct err *e);

struct app_pulse {
    int64_t token_expires_ms; // UTC, 0: no token
    bool signed_in, signing_in;
    int rate_used, rate_limit; // slots of this second's window
    const char *alone;         // why calls of other processes are not counted with these; or NULL
    int in_flight, waiting;    // requests
};

// How it goes right now. Never waits.
struct app_pulse app_pulse(const struct app *a);
// The file in which all processes of this user count this account's calls. NULL where there is no
// limit to keep, or no folder for it. The caller frees it.
char *app_rates(const struct app *a);

enum { APP_REPEATS = 2 };

// Gives a job to the workers; it comes back on its reply queue. In a view without workers it is
// done at once. On the app's thread.
void app_work(struct app *a, struct job *j);

void app_say(const struct app *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
void app_step(const struct app *a, const char *what, long long done, long long total);
// Sends a free request and waits; the app's cancel token is put on it. r stays the caller's. Where
// the answer came damaged it goes again, APP_REPEATS times at most, and is handed on as it then is.
bool app_call(struct app *a, struct net_request *r, struct err *e);

#endif
