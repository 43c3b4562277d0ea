// The quote of the marked records, buying them, and the ledger to look at. UI thread. Floor: desk.
#ifndef LODE_DESK_BUYING_H
#define LODE_DESK_BUYING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "flow/enrich.h"
#include "flow/quote.h"
#include "flow/jobs.h"
#include "flow/library.h"
#include "flow/match_job.h"
#include "flow/match_select.h"
#include "flow/spending.h"
#include "flow/usage_words.h"

struct desk;

// A quote older than that is stale.
enum { QUOTE_FRESH_MS = 10 * 60 * 1000 };

enum buying_state {
    BUYING_NONE,
    BUYING_ASKED,  // the quote is on its way
    BUYING_QUOTED, // quoted holds
    BUYING_STALE,  // marks, its search or the credits left moved since, or it is old: quote again
    BUYING_RUNS,   // a purchase is under way: see tasks
    BUYING_DONE,   // done holds
    BUYING_FAILED  // err holds; nothing was spent unless done says so
};

struct buying {
    enum buying_state state;
    struct selection selection; // the marked, in order
    char **labels;              // the marks' labels, one a record; owned
    struct match_left *left;    // lines of the file that ask for nothing; owned
    size_t n_left;              // they count in quoted.quote
    char **passed;              // labels of those that choosing the best left out; owned
    size_t n_passed;            // they count nowhere
    // A file whose lines are bought: the selection holds the records of its first ones.
    bool by_line;
    struct match_plan plan;
    struct match_sum sum;
    struct quoted quoted;
    int64_t quoted_ms; // boot clock
    bool again;        // what is in doubt among them is sent again, by id
    char *origin;      // where they were chosen, where it was no search: a file, a charge; owned
    bool fetching;     // ASKED: rows of the search come first; FAILED: they did not
    long long hits;    // it is of the search's rows, which has so many; 0: it is not
    struct enrich_summary done;
    struct err err;
};

// How many records, or lines of a file, are in the quote.
size_t desk_quote_rows(const struct desk *d);
// Quotes the marked records for the chosen output fields, which are kept for the next quotes and
// sessions (NULL: those kept, else the usual ones). One free request.
bool desk_quote(struct desk *d, const char *fields, struct err *e);
// Quotes the first so many hits of the search whose rows are shown (0: all that paging reaches):
// fetches what is missing of their rows, marks them in the place of what is marked, as one step
// that can be undone, and quotes the marks. How many requests fetching takes is said before
// (desk_quote_search_requests()). *e at once where there is no such search, its filters are not
// those that are shown, or a purchase is under way.
bool desk_quote_search(struct desk *d, size_t n, struct err *e);
int desk_quote_search_requests(const struct desk *d, size_t n);
// The same once more, for the same fields: of what is marked now, or what was named then.
bool desk_quote_again(struct desk *d, struct err *e);
// The fields kept for quotes of that entity, as selection_fields() reads them; NULL: the usual
// ones.
const char *desk_quote_fields(const struct desk *d, const struct entity *entity);
// Appends fields that an answer refused, names with ',' between, by their headings.
void desk_refused_fields(const struct entity *entity, const char *names, struct str *out);
// Buys what was quoted, for at most max_credits, and of the records not owned at most `most` (0:
// all; Try 5 is 5). *e at once and nothing sent where the lock is on, the quote is not fresh,
// another process spends, or max_credits is over what is left. The only way of the explorer to
// spend.
bool desk_buy(struct desk *d, long long max_credits, size_t most, struct err *e);
// Leaves the best so many of the quote's records that may cost, by what the rows of the search say:
// what they have, their score, how fresh they are; the others are in d->buying.passed. *e where
// there is no fresh quote, or one of the lines of a file, of which nothing is known.
bool desk_quote_best(struct desk *d, size_t most, struct err *e);
// How many of what may cost a purchase for at most top credits leaves out, the last in the quote's
// order; *surely: no fewer, for none of it is free.
size_t desk_quote_over(const struct desk *d, long long top, bool *surely);

// Jobs that are kept, of this start and those before: d->jobs, read again after each change. Every
// purchase by record ids is one.
// Looks for what other Lodes have made of them; does nothing where none wrote anything.
void desk_jobs_look(struct desk *d);
// Whether another Lode runs it.
bool desk_job_elsewhere(const struct desk *d, const struct job_row *job);
// NULL where there is none of that name.
const struct job_row *desk_job(const struct desk *d, const char *name);
// What going on with a job would cost, worked out for one at a time: d->job_quote. Of a job by the
// lines of a file that is read first, and refused where it is not as it was. One free request.
enum job_quote_state { JOB_QUOTE_NONE, JOB_QUOTE_ASKED, JOB_QUOTE_THERE, JOB_QUOTE_FAILED };

struct job_quote {
    enum job_quote_state state;
    char name[JOB_NAME_MAX];
    bool doubts;        // the price is of what is in doubt, which goes again
    struct quote quote; // THERE
    int64_t quoted_ms;  // boot clock
    struct err err;     // FAILED
};

// *e at once where there is no such job, it cannot go on, or nobody is signed in.
bool desk_job_quote(struct desk *d, const char *name, struct err *e);
// What it came to; NULL where it is not there, is old, or is another job's.
const struct quote *desk_job_quoted(const struct desk *d, const char *name);
// It was shown: what is asked later is worked out anew.
void desk_job_quote_drop(struct desk *d);
// Goes on with one for at most max_credits in all its runs together: the same rules as desk_buy().
// ERR_REFUSED also where it is no more what was priced last under its name.
bool desk_job_resume(struct desk *d, const char *name, long long max_credits, struct err *e);
// Whether it can go on: it waits or is paused.
bool desk_job_open(const struct job_row *job);
// Writes what a job asks for joined with what has come of it, as a task; sends nothing.
// The format is what the path's ending names, CSV where it has none; ERR_INVALID where that stands
// for no format. ERR_EXISTS where the file exists and replace is false.
bool desk_job_rows(struct desk *d, const char *name, const char *path, bool replace, struct err *e);
// Asked for; comes true in the background. A job that runs begins no more calls.
bool desk_job_pause(struct desk *d, const char *name, struct err *e);
bool desk_job_cancel(struct desk *d, const char *name, struct err *e);
bool desk_job_drop(struct desk *d, const char *name, struct err *e);
bool desk_job_priority(struct desk *d, const char *name, int priority, struct err *e);
// Asks the account's meters what became of calls in doubt; says it, and reads the ledger again.
bool desk_reconcile(struct desk *d, struct err *e);

// The most that a purchase of the quote may cost, and what is left for it (trim to budget): the
// account's credits, or that price where they are unknown.
long long desk_quote_price(const struct desk *d);
long long desk_budget_left(const struct desk *d);
// The same for what may cost so many, which is what is left where nothing bounds it.
long long desk_budget_left_for(const struct desk *d, long long price);
// May a purchase cost that many credits at most? ERR_REFUSED: there are fewer.
bool desk_budget_room(const struct desk *d, long long max_credits, struct err *e);

// The lowest cap below the account's credits, CAP_NONE: there is none; *which says which.
long long desk_budget_cap(const struct desk *d, enum cap_kind *which);

// What the ledger comes to; kept up to date after each purchase.
struct ledger_view {
    struct ledger_totals totals;
    struct spent today; // since midnight
    struct burn burn;   // days_left by the meters as they were when it was read
    struct spending spending[SPENT_KINDS];
    bool known;
};

// Is something bought right now, here or as a job of another Lode? Then the ledger grows.
bool desk_buys(const struct desk *d);
// Reads the ledger again, unless that is under way.
void desk_ledger_look(struct desk *d);

#endif
