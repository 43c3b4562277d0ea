// Faults to play on the wire: rules, and which of them a call meets. The format is described in
// assets/sandbox/FAULTS.md. Any thread. Floor: sandbox.
#ifndef LODE_SANDBOX_FAULT_H
#define LODE_SANDBOX_FAULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

enum fault_act {
    FAULT_REFUSE,
    FAULT_RESET_READING,
    FAULT_RESET,
    FAULT_CLOSE,
    FAULT_STALL,
    FAULT_HOLD,
    FAULT_CANNED,
    FAULT_RESET_ANSWER,
    FAULT_STALL_ANSWER,
    FAULT_DRIP,
    FAULT_TRUNCATE,
    FAULT_LENGTH_SHORT,
    FAULT_LENGTH_LONG,
    FAULT_BAD_CHUNK,
    FAULT_BAD_GZIP,
    FAULT_ENDLESS,
    FAULT_HUGE_HEADER,
    FAULT_BAD_JSON,
    FAULT_WRONG_TYPES,
    FAULT_BAD_UTF8,
    FAULT_UNKNOWN_FIELDS,
    FAULT_ACTS
};

// What a kind of fault takes beside first, every, after and p.
enum fault_option {
    FAULT_AT = 1,
    FAULT_BY = 2,
    FAULT_MS = 4,
    FAULT_BPS = 8,
    FAULT_FIELD = 16,
    FAULT_RETRY_AFTER = 32,
    FAULT_LOCATION = 64
};

struct fault_kind {
    const char *name;
    enum fault_act act;
    unsigned options;
    bool timed;      // may be told -before-work or -after-work
    bool after_work; // without being told
};

enum { FAULT_METHOD_MAX = 16, FAULT_PATH_MAX = 128, FAULT_TEXT_MAX = 128 };

struct fault_rule {
    char method[FAULT_METHOD_MAX]; // "": any
    char path[FAULT_PATH_MAX];
    bool prefix; // path is the start of many
    const struct fault_kind *kind;
    bool after_work;
    int64_t at, by, ms, bps; // -1: not given
    char field[FAULT_TEXT_MAX], retry_after[FAULT_TEXT_MAX], location[FAULT_TEXT_MAX];
    // which of the calls that come to this rule meet the fault; 0: all
    int64_t first, every, after;
    double p; // 1: always
    uint64_t seen, fired;
    uint64_t set; // faults_set() of which it is
};

// The kinds by index, or NULL past the last.
const struct fault_kind *fault_kind(size_t i);

// Reads rules, one a line or separated by ';'. *rules: an array the caller frees. ERR_INVALID names
// line and column.
bool fault_parse(const char *text, struct fault_rule **rules, size_t *n, struct err *e);

struct faults;

// seed: of the draws that p asks for.
struct faults *faults_open(uint64_t seed);
void faults_close(struct faults *f);
// Puts these rules in the place of all others. ERR_INVALID leaves those there.
bool faults_set(struct faults *f, const char *text, struct err *e);
// How often rules were put; a rule whose set is another is of former ones.
uint64_t faults_sets(struct faults *f);
// Copies the first rule that fires for this call; false where none does. Every rule that is asked
// counts the call.
bool faults_pick(struct faults *f, const char *method, const char *path, struct fault_rule *out);
// The same for a connection that was just made: only FAULT_REFUSE.
bool faults_refuse(struct faults *f);
// Starts all counts and draws again.
void faults_reset(struct faults *f);
// Appends a JSON array: operation, fault, seen and fired of each rule.
void faults_json(struct faults *f, struct str *out);

#endif
