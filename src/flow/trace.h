// The last requests as they went and came, for the log and the request inspector: in memory only,
// without secrets; bodies within a budget, oldest dropped first. Any thread. Floor: flow.
#ifndef LODE_FLOW_TRACE_H
#define LODE_FLOW_TRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

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
// The network thread's hook (net_config.seen): copies what it keeps.
void trace_seen(void *trace, const struct net_request *r);
// How many there are, and line i (0: the newest). false where there is none.
size_t trace_count(struct trace *t);
bool trace_line(struct trace *t, size_t i, struct trace_line *out);
// One request in full, for people: method, URL, headers without secrets, body and answer as
// indented JSON where they are JSON. false where it is not kept any more.
bool trace_text(struct trace *t, uint64_t number, struct str *out);
// The same request as a curl command, with $TOKEN for the token.
bool trace_curl(struct trace *t, uint64_t number, struct str *out);

#endif
