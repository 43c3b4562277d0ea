// Purchases that outlive a start. Floor: flow.
#include "flow/jobs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/map.h"
#include "base/near.h"
#include "flow/job_turn.h"
#include "store/ledger.h"

static const char *keep_text(struct str *text, const char *s)
{
    size_t at = text->len;

    str_add_len(text, s, strlen(s) + 1);
    return text->data + at;
}

// The row's own, behind one another; room is made first, so that none moves.
static void keep_texts(struct job_info *info)
{
    struct job_row *r = &info->row;
    const char **texts[] = {&r->name,        &r->entity,       &r->fields,
                            &r->reason,      &r->origin,       &r->file.path,
                            &r->file.sha256, &r->file.mapping, &r->file.format};
    size_t len = 0;

    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        len += strlen(*texts[i]) + 1;
    str_reserve(&info->text, len);
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        *texts[i] = keep_text(&info->text, *texts[i]);
}

static bool take(void *arg, const struct job_row *row)
{
    struct job_infos *l = arg;
    struct job_info *info;

    l->items = mem_regrow(l->items, l->n + 1, sizeof(*l->items));
    info = &l->items[l->n++];
    *info = (struct job_info){.row = *row};
    keep_texts(info);
    return true;
}

void jobs_free(struct job_infos *l)
{
    for (size_t i = 0; i < l->n; i++)
        str_free(&l->items[i].text);
    free(l->items);
    *l = (struct job_infos){0};
}

bool jobs_find(struct app *a, const char *name, struct job_infos *out, struct err *e)
{
    struct near near = near_start(name);
    struct job_infos all;
    bool found = false;

    *out = (struct job_infos){0};
    if (!jobs_list(a, &all, e))
        return false;
    for (size_t i = 0; i < all.n; i++) {
        near_try(&near, all.items[i].row.name);
        if (!str_eq(all.items[i].row.name, name))
            continue;
        found = true;
        (void)take(out, &all.items[i].row);
    }
    if (!found)
        (void)err_set(e, ERR_NOT_FOUND, "there is no job \"%.64s\"%s%s", name,
                      near.best ? "; did you mean " : "", near.best ? near.best : "");
    jobs_free(&all);
    return found;
}

bool jobs_name(struct app *a, const struct entity *entity, char name[static JOB_NAME_MAX],
               struct err *e)
{
    struct job_infos all;
    bool taken = true;

    if (!jobs_list(a, &all, e))
        return false;
    for (size_t k = all.n + 1; taken; k++) {
        (void)snprintf(name, JOB_NAME_MAX, "%.40s-%zu", entity->name, k);
        taken = false;
        for (size_t i = 0; i < all.n; i++)
            taken = taken || str_eq(all.items[i].row.name, name);
    }
    jobs_free(&all);
    return true;
}

static bool check_name(const char *name, struct err *e)
{
    size_t len = strlen(name);

    return (len > 0 && len < JOB_NAME_MAX && !strpbrk(name, "\n\t\r")) ||
           err_set(e, ERR_INVALID, "a job's name is 1 to %d bytes on one line", JOB_NAME_MAX - 1);
}

bool jobs_add(struct app *a, const struct job_order *order, int64_t *id, struct err *e)
{
    const struct selection *s = order->selection;
    struct str fields = {0};
    struct job_new job = {.name = order->name,
                          .entity = s->entity->name,
                          .records = (const char *const *)s->ids,
                          .n = order->file ? order->lines : s->n,
                          .outside = s->from_outside,
                          .max_credits = order->max_credits,
                          .quoted_min = order->quoted.min,
                          .quoted_max = order->quoted.max,
                          .priority = order->priority,
                          .origin = order->origin,
                          .file = order->file};
    bool ok;

    if (!order->file && s->matches)
        return err_set(e, ERR_INVALID,
                       "a job goes by record ids or by a file: nobody can be known by what else "
                       "names them");
    selection_names(s, &fields);
    job.fields = str_text(&fields);
    ok =
        check_name(order->name, e) && app_need_store(a, e) && store_job_make(a->store, &job, id, e);
    str_free(&fields);
    return ok;
}

static bool add_record(void *arg, const char *record)
{
    selection_add(arg, record);
    return true;
}

bool jobs_selection(struct app *a, const struct job_row *job, struct selection *out, struct err *e)
{
    *out = (struct selection){.entity = entity_find(job->entity), .from_outside = job->outside};
    if (!out->entity)
        return err_set(e, ERR_INVALID, "the job %s is of \"%.40s\", which this lode does not know",
                       job->name, job->entity);
    if (app_need_store(a, e) && store_job_records(a->store, job->id, add_record, out, e) &&
        selection_fields(out, a, job->fields, e))
        return true;
    selection_free(out);
    return false;
}

// How many of its records are in doubt; of lines all, where any call is.
static size_t count_doubtful(struct app *a, const struct job_row *job)
{
    struct ledger_totals totals;
    struct selection s;
    struct row_note *notes;
    struct err ignored;
    size_t n = 0;

    if (*job->file.path)
        return store_ledger_totals(a->store, &totals, &ignored) &&
                       totals.charges[CHARGE_IN_DOUBT] + totals.charges[CHARGE_INTENT] > 0
                   ? SIZE_MAX
                   : 0;
    if (!jobs_selection(a, job, &s, &ignored))
        return 0;
    notes = mem_array(s.n, sizeof(*notes));
    if (quote_notes(a, s.entity, (const char *const *)s.ids, s.n, notes, &ignored)) {
        for (size_t i = 0; i < s.n; i++)
            n += notes[i].standing == STANDING_IN_DOUBT;
    }
    free(notes);
    selection_free(&s);
    return n;
}

bool jobs_blocked(struct app *a, const struct job_row *job)
{
    size_t then = job_turn_doubts_of_others(job);

    return job->doubts || (then && count_doubtful(a, job) >= then);
}

// Where that cannot be told it stands as it was said.
static bool is_cleared(struct app *a, const struct job_row *job)
{
    struct err ignored;
    bool doubted = true;

    return store_job_doubted(a->store, job, &doubted, &ignored) && !doubted;
}

bool jobs_list(struct app *a, struct job_infos *out, struct err *e)
{
    *out = (struct job_infos){0};
    if (!app_need_store(a, e) || !store_job_each(a->store, take, out, e)) {
        jobs_free(out);
        return false;
    }
    // What others had in doubt may have been cleared up since.
    for (size_t i = 0; i < out->n; i++) {
        struct job_row *row = &out->items[i].row;

        if (job_turn_doubts_of_others(row) && is_cleared(a, row))
            row->reason = job_doubts_cleared;
    }
    return true;
}

bool jobs_stop(struct app *a, const struct job_row *job, enum job_wish wish, struct err *e)
{
    bool pause = wish == JOB_WISH_PAUSE;

    if (job->state == JOB_DONE || job->state == JOB_CANCELLED)
        return err_set(e, ERR_INVALID, "the job %s is %s already", job->name,
                       job_state_name(job->state));
    if (job->state == JOB_RUNS)
        return store_job_wish(a->store, job->id, wish, e);
    return store_job_set(a->store, job->id, pause ? JOB_PAUSED : JOB_CANCELLED,
                         pause ? "paused on request" : "cancelled on request", e);
}

bool jobs_drop(struct app *a, const struct job_row *job, struct err *e)
{
    if (job->state == JOB_RUNS)
        return err_set(e, ERR_REFUSED, "the job %s runs; cancel it first", job->name);
    return store_job_drop(a->store, job->id, e);
}

bool jobs_priority(struct app *a, const struct job_row *job, int priority, struct err *e)
{
    return store_job_priority(a->store, job->id, priority, e);
}

struct letters {
    struct map places; // of a record: its letter
    char *of;          // for each record of the selection; 0: nothing was answered
};

static bool take_letter(void *arg, const char *record, char letter)
{
    const struct match_status *status = match_status_of(letter);
    char *at = map_get(&((struct letters *)arg)->places, record);

    // What may be otherwise by now is asked for again.
    if (at && status && !status->unserved)
        *at = letter;
    return true;
}

char *jobs_letters(struct app *a, const struct job_row *job, const struct selection *s,
                   struct err *e)
{
    struct letters l = {.of = mem_array(s->n + 1, 1)};

    for (size_t i = 0; i < s->n; i++) {
        if (!map_has(&l.places, s->ids[i]))
            (void)map_put(&l.places, s->ids[i], &l.of[i]);
    }
    if (!store_job_absent(a->store, job->id, take_letter, &l, e)) {
        free(l.of);
        l.of = NULL;
    }
    map_free(&l.places, NULL);
    return l.of;
}

// Is the answer of an earlier run what there is to tell of it? Who opted out by it is suppressed
// since.
static bool stands_answered(enum standing s)
{
    return s == STANDING_NEW || s == STANDING_UNSURE || s == STANDING_OWNED ||
           s == STANDING_SUPPRESSED;
}

bool jobs_quote(struct app *a, const struct job_row *job, const struct selection *s, bool again,
                struct quoted *out, struct err *e)
{
    char *letters;

    if (!quote_make(a, s, again, out, e))
        return false;
    letters = jobs_letters(a, job, s, e);
    if (!letters) {
        quote_free(out);
        return false;
    }
    for (size_t i = 0; i < s->n; i++) {
        if (!letters[i] || !stands_answered(out->standings[i]))
            continue;
        out->quote.count[out->standings[i]]--;
        out->quote.outside -= quote_is_outside(s, out->standings[i], i);
        out->quote.count[STANDING_ANSWERED]++;
        out->standings[i] = STANDING_ANSWERED;
    }
    free(letters);
    quote_sum(&out->quote, again);
    return true;
}

// An id that is there already is not asked for a second time.
static void mark_same(const struct selection *s, struct row_note *notes)
{
    struct map seen = {0};

    for (size_t i = 0; i < s->n; i++) {
        if (map_put(&seen, s->ids[i], &notes[i]) && notes[i].standing != STANDING_INVALID)
            notes[i].standing = STANDING_DUPLICATE;
    }
    map_free(&seen, NULL);
}

bool jobs_notes(struct app *a, const struct job_row *job, const struct selection *s,
                struct row_note *out, struct err *e)
{
    char *letters;

    if (!quote_notes(a, s->entity, (const char *const *)s->ids, s->n, out, e))
        return false;
    letters = jobs_letters(a, job, s, e);
    for (size_t i = 0; letters && i < s->n; i++) {
        if (letters[i] && stands_answered(out[i].standing))
            out[i].standing = STANDING_ANSWERED;
    }
    mark_same(s, out);
    free(letters);
    return letters != NULL;
}

static bool buy_left(struct app *a, const struct job_row *job, const struct job_terms *terms,
                     const struct enrich_order *order, struct enrich_summary *out, struct err *e)
{
    struct job_turn *turn = order->job_self;
    bool ran;

    if (!job_turn_begin(turn, a, job, terms->max_credits, order->quoted->quote.credits,
                        terms->again, e))
        return false;
    ran = enrich_run(a, order, out, e);
    job_turn_end(turn, out, ran, e);
    return ran;
}

bool jobs_buy(struct app *a, const struct job_row *job, const struct job_terms *terms,
              struct selection *s, const struct quoted *q, struct enrich_summary *out,
              struct err *e)
{
    struct job_turn turn;
    struct enrich_watch watch = {0};
    char *letters = q->quote.count[STANDING_ANSWERED] ? jobs_letters(a, job, s, e) : NULL;
    const struct enrich_order order = {.selection = s,
                                       .n = s->n,
                                       .quoted = q,
                                       .max_credits = terms->max_credits,
                                       .again = terms->again,
                                       .origin = *job->origin ? job->origin : job->name,
                                       .row = terms->row,
                                       .self = terms->self,
                                       .job = job->id,
                                       .answered = letters,
                                       .go_on = job_turn_go_on,
                                       .job_self = &turn,
                                       .watch = s->n >= JOB_WATCHED_FROM ? &watch : NULL};
    bool ok =
        (letters || !q->quote.count[STANDING_ANSWERED]) && buy_left(a, job, terms, &order, out, e);

    free(letters);
    return ok;
}

bool jobs_run(struct app *a, const struct job_row *job, const struct job_terms *terms,
              struct enrich_summary *out, struct err *e)
{
    struct selection s;
    struct quoted q;
    bool ok;

    *out = (struct enrich_summary){.unsent = (size_t)job->n};
    if (!job_turn_may(job, terms->again, e) || !app_need_net(a, e) ||
        !jobs_selection(a, job, &s, e))
        return false;
    ok = jobs_quote(a, job, &s, terms->again, &q, e);
    if (ok) {
        ok = jobs_buy(a, job, terms, &s, &q, out, e);
        quote_free(&q);
    }
    selection_free(&s);
    return ok;
}

bool jobs_finish(struct app *a, const struct job_row *job, struct err *e)
{
    return app_need_store(a, e) && store_job_set(a->store, job->id, JOB_DONE, "", e);
}
