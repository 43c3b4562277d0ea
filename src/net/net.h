// The one HTTP client. Requests go in from any thread and come back, filled, on their reply queue;
// one network thread owns the connections and the limiter. Knows nothing of endpoints, tokens or
// JSON. Floor: net.
#ifndef LODE_NET_NET_H
#define LODE_NET_NET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/str.h"
#include "job/job.h"

struct net;
struct log;

enum net_priority {
    NET_WAITED, // somebody looks at the screen
    NET_AHEAD,  // read-ahead
    NET_BATCH,  // long work
    NET_PRIORITIES
};

// How often a request may be sent.
enum net_repeat {
    NET_ONCE, // a charging call: own connection, never sent again once a byte may have left; the
              // safe default of a new request
    NET_FREE, // sent again after refusals, resets, 429 and 5xx, within limits
    NET_LONE // as NET_ONCE, but it cannot charge: what broke it is ERR_OFFLINE, and whether it goes
             // again is the caller's to decide (signing in)
};

enum { NET_BODY_CAP = 64 << 20, NET_TIMEOUT_MS = 60000 };

struct net_header {
    char *name, *value; // as sent by the server; owned by the request
};

// How a secure connection was made. until_ms 0: it was not, or over a connection that stood
// already.
struct net_tls {
    char version[12];          // "TLSv1.3"
    int64_t from_ms, until_ms; // UTC: when the server's certificate is good
};

struct net_request {
    struct job job; // reply, cancel

    // The caller's, before net_submit(); all owned by the request.
    const char *method; // a literal
    char *url;
    struct str body;          // sent where len > 0
    const char *content_type; // a literal or NULL
    enum net_priority priority;
    enum net_repeat repeat;
    bool ungated; // goes without passing the gate (signing in)
    // Where set it comes back once before it is sent, with at_turn, as soon as nothing but its
    // owner keeps it from leaving: net_submit() then sends it at once, net_decline() gives its turn
    // up. Fired, it ends the waiting for the turn.
    struct cancel *until_turn;
    size_t cap;     // bytes of answer body taken; 0: NET_BODY_CAP
    int timeout_ms; // for each sending; 0: NET_TIMEOUT_MS
    void *context;  // the caller's own

    // The gate's, or the caller's where it is ungated. authorization is added as "Authorization:
    // ..." and wiped after use.
    struct str authorization;
    uint64_t mark; // the gate's own note on it

    bool declined; // net_decline()'s

    // Filled when it comes back. err.kind is ERR_NONE where a whole answer came, whatever its
    // status; ERR_OFFLINE (no whole answer, or one over the cap), ERR_CANCELLED, ERR_IN_DOUBT
    // (NET_ONCE, and a byte may have left), ERR_INVALID (plain http to another machine) otherwise.
    struct err err;
    bool at_turn; // its turn has come; from then on job.cancel alone ends it
    int status;
    struct str answer; // NUL-terminated, not checked in any way
    struct net_header *headers;
    size_t n_headers;
    bool final;                // err: trying again cannot help (a certificate that is not trusted)
    struct net_tls tls;        // of the last sending
    int sendings;              // how often it left
    int64_t began_ms, took_ms; // boot clock; of the last sending
};

// What stands between a request and the wire: puts a token on it, holds it until there is one.
enum net_pass { NET_GO, NET_HOLD, NET_STOP };

struct net_gate {
    void *self;
    // On the network thread, must not block. NET_STOP: r->err says why.
    enum net_pass (*admit)(void *self, struct net_request *r);
    // After a 401: true puts r back before the gate (once a request). On the network thread.
    bool (*refused)(void *self, struct net_request *r);
};

struct net_config {
    struct clock clock;
    struct log *log;            // or NULL
    const char *user_agent;     // never empty: the edge refuses clients without one (FACTS 1)
    const char *ca_file;        // NULL: the system's roots
    int per_second, per_minute; // of this process; 0: no limit
    // Of all processes of this user that call as the same account, counted in this file, whose
    // folder is there. path NULL: this one counts alone. Only read by net_open().
    struct {
        const char *path;
        int per_second, per_minute;
    } share;
    int connections; // requests at once, the last place kept for NET_WAITED; 0: 8
    int backoff_ms;  // most of the first wait before a repeat, doubled each time; 0: 500
    int stall_s;     // seconds without a byte until a sending is given up; 0: 20
    // Shown each request before it goes back, its authorization wiped; on the network thread, must
    // not block. NULL: nobody looks.
    void (*seen)(void *self, const struct net_request *r);
    void *seen_self;
};

struct net_stats {
    uint64_t requests, retries, limited; // sendings, repeats, answers of 429
    uint64_t bytes_in;
    int in_flight, waiting;
    int used, limit;   // slots of the second's window
    const char *alone; // why other processes are not counted with this one, a literal; or NULL
};

// Starts the network thread. NULL only with *e filled.
struct net *net_open(const struct net_config *config, struct err *e);
// Cancels what is under way (it comes back on its queue first), then ends the thread.
void net_close(struct net *n);
// The gate must stay until net_close(). Call before the first gated request.
void net_set_gate(struct net *n, struct net_gate gate);
// A zeroed request; free with net_request_free(). url is taken over.
struct net_request *net_request_new(const char *method, char *url);
void net_request_free(struct net_request *r);
// Gives r away until it is on r->job.reply. Any thread.
void net_submit(struct net *n, struct net_request *r);
// The same with one that is at its turn: nothing is sent, and it comes back as ERR_CANCELLED.
void net_decline(struct net *n, struct net_request *r);
// Submits and waits; r is the caller's again. false: r->err is set. Not from the network thread.
bool net_call(struct net *n, struct net_request *r);
// Requests held by the gate are shown to it again. Any thread.
void net_release(struct net *n);
// The value of an answer header by name without case, or NULL. Lives as long as r.
const char *net_header_value(const struct net_request *r, const char *name);
// An answer header that holds a date, as milliseconds since 1970; false where there is none.
bool net_header_date(const struct net_request *r, const char *name, int64_t *utc_ms);
struct net_stats net_stats(struct net *n);

#endif
