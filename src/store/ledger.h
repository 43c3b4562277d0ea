// The credit ledger: append-only, synchronous=FULL. A charging call is one charge; each step of its
// life is a row that is never changed (DESIGN, Money). Floor: store.
#ifndef LODE_STORE_LEDGER_H
#define LODE_STORE_LEDGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "store/store.h"
#include "store/task.h"

enum charge_state {
    CHARGE_INTENT,     // durable before a byte leaves
    CHARGE_RELEASED,   // provably never sent
    CHARGE_REJECTED,   // answered: refused, nothing charged
    CHARGE_CHARGED,    // answered: its records are in the library, in the same transaction
    CHARGE_IN_DOUBT,   // sent and not answered, or the process ended before it knew
    CHARGE_RECONCILED, // was in doubt, and all its records were answered by later calls
    CHARGE_STATES
};

struct charge {
    int64_t id; // filled by store_charge_begin()
    const char *entity;
    const char *operation; // "POST /enrich/contact"
    const char *base_url;
    const char *const *records; // record ids sent
    size_t n_records;
    long long quoted_max; // credits it may cost
    int64_t job;          // 0: of none
    const char *origin;   // where its records were chosen, for people; NULL: not told
    const char *who;      // signed in as; NULL: not told
    const char *profile;  // NULL: not told
    const char *why;      // what the quote said of its records: "21 new, 4 unsure"; NULL: not told
    long long quoted_min; // credits; -1: not told
};

// A record that an answer brought, or its absence.
struct bought {
    const char *id;
    const char *input; // the key of the input that named it; NULL: it was asked for by id
    const char *match_status;
    const char *raw;         // compact JSON as answered; NULL where nothing came
    const char *fields;      // names of the output fields asked for, ',' between, sorted
    bool found;              // matched: it is under management from now on
    bool gone;               // opted out: what is held of it goes, and it is suppressed from now on
    const char *withheld_by; // of one that was found and is gone, the hash of the address that is
                             // on the suppression list; NULL: its id is, or it opted out
};

// What the account's meters say was used; -1: they do not say.
struct meters_used {
    long long credits, records;
};

// By what a call moved the account's meters; -1: not told.
struct meters_moved {
    long long credits, records;
    long long used_before; // credits, as the meter said before it
};

struct settlement {
    enum charge_state state; // any but INTENT
    int http;
    const char *request_id;               // or ""
    const char *reason;                   // one plain sentence where it is not CHARGED
    long long credits, records, requests; // by the rule and what was owned before; -1: work it out
    const char *meters;               // X-Usage values that remained afterwards as JSON, or NULL
    const char *meters_before;        // the same before, where no other call was under way; or NULL
    const struct meters_moved *moved; // by it, where no other call was under way; NULL: not told
    int64_t first;                    // charge of the calls under way together with it; 0: not told
    struct meters_moved together;     // by these, up to its answer or a later one of them
    int64_t sent_ms;                  // when it left, UTC; 0: not told
    const struct bought *bought;
    size_t n_bought;
    const struct str *came; // of IN_DOUBT: what came all the same, or NULL; its first MiB is kept
};

// A charge on its way through the ledger, its beginning or its end; back on task.job.reply. What
// its texts point at must live until then.
struct charge_task {
    struct store_task task;
    struct charge charge;
    struct settlement how;
    long long credits; // filled by store_charge_end()
    int64_t ended_ms;  // UTC; the same
};

// Writes the intent and syncs; many at once share one sync. Nothing may be sent where this fails.
// Needs store_claim_spending(). Any thread; waits for nobody.
void store_charge_begin(struct store *s, struct charge_task *t);
// Ends a charge: state, charged meters and records in one transaction. For CHARGED with credits -1
// a credit is counted for each found record that was not owned (or whose free window had ended);
// fewer where the meters moved by fewer, and what is in doubt may not have paid for the others. Of
// calls under way together the sum is exact once all are answered; which of them cost is not told.
// Ending it twice is ERR_INTERNAL. Any thread; waits for nobody.
void store_charge_end(struct store *s, struct charge_task *t);

// The reasons of those that end so.
extern const char reconciled_by_answers[], reconciled_as_charged[];
// Ends the charges in doubt whose records have all been answered by later ones, as reconciled:
// their credits are in those, but for what the meters moved by beyond that, where a record is there
// no longer. Where these do not tell such a charge stays in doubt. *ended: how many.
bool store_reconcile_answered(struct store *s, struct meters_used now, long long *ended,
                              struct err *e);

// A meter that was not told, before or afterwards, or that other calls moved as well.
#define METER_UNTOLD INT64_MIN

// Keeps what was used, while no call was under way, as the place that later looks count from. While
// one is, or where they did not say, it is passed over.
bool store_meters_mark(struct store *s, struct meters_used used, struct err *e);

enum verdict { VERDICT_CHARGED, VERDICT_NOT_CHARGED, VERDICT_UNCLEAR, VERDICTS };

struct judged {
    int64_t charge;
    enum verdict verdict;
    long long credits; // of CHARGED, but for what is recounted
    // Credits that the meter moved by beyond what the ledger knows of, or METER_UNTOLD; and what
    // all that was in doubt meanwhile may have cost.
    int64_t moved;
    long long most;
    long long maybe;     // credits that the ledger counts and that may be those of earlier doubts
    long long records;   // that it came to: where not CHARGED, owned ones
    long long recounted; // of CHARGED: credits that later charges of its records count
};

// Says of each charge in doubt what the meters tell, where they moved by what the ledger knows of
// and by that charge alone, and ends those of which that is clear, as reconciled. *n: how many
// there are; the list is the caller's to free. No call may be under way.
bool store_reconcile_meters(struct store *s, struct meters_used now, struct judged **out, size_t *n,
                            struct err *e);

// What became of one record of a charge; a letter of its outcome. Older charges do not tell. What
// came without a record may have another letter: that of its match_status.
enum fate {
    FATE_UNTOLD = '?',
    FATE_CHARGED = 'c',        // new: a credit
    FATE_OWNED = 'o',          // fetched again, or new here and owned by the account: none
    FATE_NO_MATCH = 'n',       // answered without a record
    FATE_GONE = 'g',           // opted out
    FATE_WITHHELD = 'w',       // new: a credit; suppressed, and not kept
    FATE_WITHHELD_OWNED = 'h', // the same, for none
    FATE_EITHER = 'm'          // new here; by the meter not all of these cost a credit
};

// Of the account's meters, each or METER_UNTOLD.
struct ledger_meters {
    int64_t credits, records, requests;
};

struct ledger_row {
    int64_t id;
    int64_t began_ms, sent_ms, ended_ms; // UTC; sent 0: not told; ended 0 while open
    enum charge_state state;
    const char *entity, *operation, *base_url, *request_id, *reason;
    const char *who, *profile, *origin, *why; // "": not told
    const char *outcome;                      // a letter of enum fate a record; "": not told
    const char *inputs; // the ids sent, or keys of what named them, ' ' between
    int http;
    long long n_records, quoted_min, quoted_max, credits, records, requests;
    // What was left before and after it; by how much it moved them, where no other call did.
    struct ledger_meters before, after, moved;
    long long answer_kept; // bytes that came and were no sound answer
};

// Do the meters say otherwise than the rule, as far as they tell?
bool ledger_row_drifts(const struct ledger_row *row);
// Credits of it that the meters do not show, as the call in doubt whose records it sent again had
// been charged for them; 0: none.
long long ledger_row_paid(const struct ledger_row *row);
// Is it in doubt, or was it cleared up without its answer, by the meters alone?
bool ledger_row_unanswered(const struct ledger_row *row);

struct ledger_totals {
    long long charges[CHARGE_STATES];
    long long credits, records, requests; // charged
    long long in_doubt_max;               // credits that charges in doubt may have cost
};

const char *charge_state_name(enum charge_state state);
// What a newer program may have added counts as in doubt.
enum charge_state charge_state_of(const char *name);
// Oldest first; each stops early where it returns false. state < 0: all. inputs: those of each are
// read as well, which takes most of the time; else they are "".
bool store_ledger_each(struct store *s, int state, bool inputs,
                       bool (*each)(void *arg, const struct ledger_row *row), void *arg,
                       struct err *e);
// The charges of those numbers, in that order; absent ones are left out.
bool store_ledger_rows(struct store *s, const int64_t *ids, size_t n,
                       bool (*each)(void *arg, const struct ledger_row *row), void *arg,
                       struct err *e);
// How many charges there are. They are numbered from 1 on without gaps.
bool store_ledger_count(struct store *s, int64_t *out, struct err *e);
// The record ids of one charge.
bool store_charge_records(struct store *s, int64_t id, bool (*each)(void *arg, const char *record),
                          void *arg, struct err *e);
// Those bytes; ERR_NOT_FOUND where there are none.
bool store_charge_answer(struct store *s, int64_t id, struct str *out, struct err *e);
bool store_ledger_totals(struct store *s, struct ledger_totals *out, struct err *e);

// Credits that were charged, and those that calls without an end may have cost; of these, by calls
// of a job that a process which is there still waits for.
struct spent {
    long long charged, in_doubt, under_way;
};

// Of which job a charge is; 0: of none.
bool store_charge_job(struct store *s, int64_t charge, int64_t *job, struct err *e);
// Of charges that began at since_ms or later, and of all of a job.
bool store_spent_since(struct store *s, int64_t since_ms, struct spent *out, struct err *e);
bool store_spent_by(struct store *s, int64_t job, struct spent *out, struct err *e);

// What was charged in one of the last so many times 24 hours.
struct burnt {
    int64_t oldest_ms; // when the first of its charges began, UTC
    long long credits;
};

bool store_burnt(struct store *s, int64_t now_ms, int days,
                 bool (*each)(void *arg, const struct burnt *day), void *arg, struct err *e);

// What charges came to, by the day they began on (local time, the newest first) or by where their
// records were chosen (the dearest first; "" where that was not told).
enum spending_by { SPENDING_DAY, SPENDING_ORIGIN };

struct spending_sum {
    const char *key;
    long long charges, credits, records, requests;
};

// At most SPENDING_MAX; stops early where each() returns false.
enum { SPENDING_MAX = 1000 };
bool store_spending(struct store *s, enum spending_by by,
                    bool (*each)(void *arg, const struct spending_sum *sum), void *arg,
                    struct err *e);

#endif
