// The last requests as they went and came, for the log and the request inspector: in memory only,
// without secrets; bodies within a budget, oldest dropped first. Any thread. Floor: flow.
#ifndef LODE_FLOW_TRACE_H
#define LODE_FLOW_TRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "model/usage.h"

struct net_request;
struct trace;

enum { TRACE_KEPT = 500, TRACE_BODY_MAX = 256 << 10, TRACE_BODIES_MAX = 1 << 20 };

// One line of the log.
struct trace_line {
    uint64_t number; // from 1
    int64_t at_ms;   // UTC, when it was sent last
    int64_t took_ms;
    const char *method; // a literal
    char path[160];     // without the host
    int status;         // 0: no answer
    char request_id[64];
    char note[160]; // why there is no answer, or ""
    int sendings;
    size_t sent, received; // bytes of the bodies
};

struct trace *trace_new(void);
void trace_free(struct trace *t);
// The network thread's hook (net_config.seen): copies what it keeps. Sign-ins without their bodies.
void trace_seen(void *trace, const struct net_request *r);
// Called after each request, on the network thread; must not block. Before the first one.
void trace_watch(struct trace *t, void (*news)(void *self), void *self);
// The account's meters as the newest answers tell them, in X-Usage headers or to GET /lookup/usage;
// what no answer told stays as it is in *u. Returns how many answers told any.
uint64_t trace_usage(struct trace *t, struct usage *u);
// What was told was of another account.
void trace_forget_usage(struct trace *t);
// How many there are, and line i (0: the newest). false where there is none.
size_t trace_count(struct trace *t);
bool trace_line(struct trace *t, size_t i, struct trace_line *out);
// One request in full, for people: method, URL, headers without secrets, body and answer as
// indented JSON where they are JSON. false where it is not kept any more.
bool trace_text(struct trace *t, uint64_t number, struct str *out);
// The same request as a curl command, with $TOKEN for the token.
bool trace_curl(struct trace *t, uint64_t number, struct str *out);
// The body of its answer alone, as trace_text() shows it. false where there is none or it is not
// kept.
bool trace_answer(struct trace *t, uint64_t number, struct str *out);

#endif
