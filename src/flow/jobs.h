// Purchases that outlive a start: kept in a queue, run at a person's word, paused, gone on with.
// Any thread but the UI's. Floor: flow.
#ifndef LODE_FLOW_JOBS_H
#define LODE_FLOW_JOBS_H

#include <stdbool.h>
#include <stddef.h>

#include "flow/app.h"
#include "flow/enrich.h"
#include "store/jobs.h"

// A job as it stands, with texts of its own.
struct job_info {
    struct job_row row; // its texts point into text
    struct str text;
};

struct job_infos {
    struct job_info *items; // owned
    size_t n;
};

bool jobs_list(struct app *a, struct job_infos *out, struct err *e);
void jobs_free(struct job_infos *l);
// The job of that name, as one that jobs_free() takes; ERR_NOT_FOUND names the nearest.
bool jobs_find(struct app *a, const char *name, struct job_infos *out, struct err *e);
// A name for one that a person gave none: "contact-2", counting up.
bool jobs_name(struct app *a, const struct entity *entity, char name[static JOB_NAME_MAX],
               struct err *e);
struct job_order {
    const char *name;
    const struct selection *selection; // its records and fields; with a file the fields alone
    struct span quoted;                // credits
    long long max_credits;
    int priority;
    const char *origin;          // where the records were chosen, for people; NULL: not told
    const struct job_file *file; // the job is of so many lines of a file; or NULL
    size_t lines;
};

// Puts it into the queue; nothing is sent. ERR_INVALID where a selection asks for people by what
// names them and there is no file: only record ids are kept.
bool jobs_add(struct app *a, const struct job_order *order, int64_t *id, struct err *e);
// Its records and fields, as a selection to free.
bool jobs_selection(struct app *a, const struct job_row *job, struct selection *out, struct err *e);

// Is all that is left of it in doubt, by its own calls or by those of others? Of a job by lines the
// latter holds while anything is in doubt.
bool jobs_blocked(struct app *a, const struct job_row *job);
// Pauses or cancels: at once where it does not run, else with its next call. ERR_INVALID where it
// has ended.
bool jobs_stop(struct app *a, const struct job_row *job, enum job_wish wish, struct err *e);
// Forgets one that does not run.
bool jobs_drop(struct app *a, const struct job_row *job, struct err *e);
bool jobs_priority(struct app *a, const struct job_row *job, int priority, struct err *e);

// quote_make() of what is left of a job: what it was answered without a record is
// STANDING_ANSWERED, and not sent again.
bool jobs_quote(struct app *a, const struct job_row *job, const struct selection *s, bool again,
                struct quoted *out, struct err *e);

// quote_notes() of the same, where an id that stands before is a duplicate: no request.
bool jobs_notes(struct app *a, const struct job_row *job, const struct selection *s,
                struct row_note *out, struct err *e);

// What the job was answered without a record: the letter of its match status or 0 for each, the
// caller's to free; NULL where it cannot be read.
char *jobs_letters(struct app *a, const struct job_row *job, const struct selection *s,
                   struct err *e);

struct job_terms {
    long long max_credits; // of all its runs together
    bool again;            // send records in doubt again
    bool (*row)(void *self, const struct enriched_row *row, struct err *e);
    void *self;
};

// The same with records and quote as they are: s is of the job's records, q of jobs_quote() or, of
// one that was never begun, of quote_make().
bool jobs_buy(struct app *a, const struct job_row *job, const struct job_terms *terms,
              struct selection *s, const struct quoted *q, struct enrich_summary *out,
              struct err *e);
// Runs a job that waits or is paused: quotes what is left of it, then buys. It is done, cancelled
// or paused after that, and the queue says why. *out is filled in any case.
bool jobs_run(struct app *a, const struct job_row *job, const struct job_terms *terms,
              struct enrich_summary *out, struct err *e);
// What the cap has left of it is not wanted: it is done.
bool jobs_finish(struct app *a, const struct job_row *job, struct err *e);

#endif
