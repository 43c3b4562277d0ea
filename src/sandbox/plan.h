// What the fault front sends for one request, byte for byte, and how. Pure but for plan_canned()'s
// request id. Any thread. Floor: sandbox.
#ifndef LODE_SANDBOX_PLAN_H
#define LODE_SANDBOX_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "sandbox/fault.h"
#include "sandbox/http1.h"

enum plan_end { PLAN_KEEP, PLAN_CLOSE, PLAN_RESET };

struct plan {
    struct str bytes; // owned
    size_t hold_at;   // how many go out before the wait
    int64_t hold_ms;  // 0: no wait; -1: one without end
    int64_t bps;      // bytes a second; 0: as fast as it goes
    int64_t tail;     // blanks in chunks after the bytes; -1: without end
    enum plan_end end;
};

// The answer as it came.
void plan_pass(const struct http1_answer *a, struct plan *out);
// What the rule makes of the answer. rule's fault is none that is played before the work.
void plan_mangle(const struct fault_rule *rule, const struct http1_answer *a, struct plan *out);
// The ready answer of a rule with FAULT_CANNED.
void plan_canned(const struct fault_rule *rule, struct plan *out);
// Nothing, and the end of the connection.
void plan_end(enum plan_end end, struct plan *out);
void plan_free(struct plan *p);

// The body with the JSON in it changed: by FAULT_BAD_JSON, FAULT_WRONG_TYPES, FAULT_BAD_UTF8 or
// FAULT_UNKNOWN_FIELDS.
void plan_change_body(const struct fault_rule *rule, const struct str *body, struct str *out);

#endif
