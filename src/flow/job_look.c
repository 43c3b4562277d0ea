// What has come of a job so far, input by input. Floor: flow.
#include "flow/job_look.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"
#include "flow/library.h"
#include "job/cancel.h"

enum { CHUNK = 4000, REASON_MAX = 200 }; // records asked of the library at once

struct look {
    const struct selection *s;
    struct row_note *notes; // owned
    char *letters;          // owned
    bool (*row)(void *self, const struct matched_row *row, struct err *e);
    void *self;
    struct match_summary *sum;
    size_t at;        // those before have been handed out
    struct map first; // of an id: its first note
};

static enum match_fate fate_of(const struct look *l, size_t i)
{
    if (l->notes[i].standing == STANDING_SUPPRESSED)
        return MATCH_SUPPRESSED;
    if (l->letters[i])
        return MATCH_ABSENT;
    if (l->notes[i].standing == STANDING_IN_DOUBT)
        return MATCH_DOUBTFUL;
    return l->notes[i].standing == STANDING_OWNED ? MATCH_OWNED : MATCH_OPEN;
}

// Why the library does not have record i.
static void explain(const struct look *l, size_t i, struct matched_row *row)
{
    const struct match_status *status = l->letters[i] ? match_status_of(l->letters[i]) : NULL;
    enum standing standing = l->notes[i].standing;

    row->status = status ? status->name : "";
    if (standing == STANDING_SUPPRESSED)
        row->status = match_status_withheld()->name;
    if (standing == STANDING_SUPPRESSED || standing == STANDING_INVALID)
        row->reason = standing_defs()[standing].reason;
    else
        row->reason = status ? status->about : match_fate_reason(fate_of(l, i));
}

static void count(struct look *l, size_t i, bool same, bool there)
{
    struct match_summary *sum = l->sum;
    enum standing standing = l->notes[i].standing;

    sum->lines++;
    if (same)
        sum->sums.skipped[STANDING_DUPLICATE]++;
    else if (!there && (standing == STANDING_INVALID || standing == STANDING_SUPPRESSED))
        sum->sums.skipped[standing]++;
    else
        sum->fates[there ? MATCH_FOUND : fate_of(l, i)]++;
}

// Where the same id stood first.
static size_t first_of(struct look *l, size_t i)
{
    const struct row_note *first = map_get(&l->first, l->s->ids[i]);

    if (!first)
        (void)map_put(&l->first, l->s->ids[i], &l->notes[i]);
    return first ? (size_t)(first - l->notes) : i;
}

static bool hand_out(struct look *l, const struct enriched_row *record, struct err *e)
{
    size_t i = l->at++, first = first_of(l, i);
    const char *id = l->s->ids[i];
    struct matched_row row = {.cells = &id,
                              .line = i + 1,
                              .record = record,
                              .standing = l->notes[i].standing,
                              .status = "",
                              .reason = ""};
    char same[REASON_MAX];

    if (record)
        row.status = record->status;
    else
        explain(l, first, &row);
    count(l, first, first != i, record);
    if (first != i) {
        (void)snprintf(same, sizeof(same), "the same as record %zu%s%s", first + 1,
                       *row.reason ? ": " : "", row.reason);
        row.reason = same;
    }
    return l->row(l->self, &row, e);
}

static bool found(void *self, const struct enriched_row *record, struct err *e)
{
    struct look *l = self;
    bool ok = true;

    while (ok && !str_eq(l->s->ids[l->at], record->id))
        ok = hand_out(l, NULL, e);
    return ok && hand_out(l, record, e);
}

static bool look_at_all(struct app *a, struct look *l, struct err *e)
{
    const struct selection *s = l->s;
    bool ok = true;

    while (ok && l->at < s->n) {
        size_t first = l->at, n = s->n - first < CHUNK ? s->n - first : CHUNK;

        ok = library_each(a, s->entity, (const char *const *)s->ids + first, n, found, l, e);
        while (ok && l->at < first + n)
            ok = hand_out(l, NULL, e);
        app_step(a, s->entity->plural, (long long)l->at, (long long)s->n);
        if (ok && cancel_fired(a->cancel))
            ok = err_set(e, ERR_CANCELLED, "stopped on request");
    }
    return ok;
}

static bool look_at_ids(struct app *a, const struct job_row *job, struct look *l, struct err *e)
{
    bool ok;

    l->notes = mem_array(l->s->n + 1, sizeof(*l->notes));
    ok = jobs_notes(a, job, l->s, l->notes, e) && (l->letters = jobs_letters(a, job, l->s, e)) &&
         look_at_all(a, l, e);
    map_free(&l->first, NULL);
    free(l->letters);
    free(l->notes);
    return ok;
}

bool job_look_open(struct app *a, const struct job_row *job, struct match_job *out, struct err *e)
{
    if (match_job_is(job))
        return match_job_open(a, job, out, e);
    *out = (struct match_job){0};
    if (!jobs_selection(a, job, &out->selection, e))
        return false;
    out->plan = match_plan_guess(out->selection.entity, &out->selection.entity->enrich.id_input, 1);
    return true;
}

bool job_look(struct app *a, const struct job_row *job, struct match_job *m,
              bool (*row)(void *self, const struct matched_row *row, struct err *e), void *self,
              struct match_summary *out, struct err *e)
{
    struct look look = {.s = &m->selection, .row = row, .self = self, .sum = out};

    if (match_job_is(job))
        return match_job_look(a, job, m, row, self, out, e);
    *out = (struct match_summary){0};
    return look_at_ids(a, job, &look, e);
}
