// Enriching without a search. Floor: flow.
#include "flow/match.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "flow/library.h"
#include "flow/match_window.h"
#include "model/match.h"
#include "store/owned.h"

enum { REASON_MAX = 200, STATUSES_MAX = 200 };

// What came of one record of the selection.
struct result {
    enum match_fate fate;
    uint8_t status;
    char *id, *raw, *status_name, *source, *fields; // of MATCH_FOUND; owned
    int64_t fetched_ms;
};

struct run {
    struct app *app;
    const struct match_order *order;
    struct match_summary *sum;
    struct window window;
    struct result *results;       // one a record of the selection
    char *statuses[STATUSES_MAX]; // names met; owned
    size_t n_statuses;
    long long spent; // credits of the windows before, charged or in doubt
    size_t before;   // records of the windows before
    struct talk talk;
    bool stopped; // nothing more is sent: err says why
    bool lost;    // row() failed
    struct err err;
};

static void stop(struct run *run, const struct err *why)
{
    if (!run->stopped)
        run->err = *why;
    run->stopped = true;
}

static uint8_t status_place(struct run *run, const char *name)
{
    size_t i = 0;

    while (i < run->n_statuses && !str_eq(run->statuses[i], name))
        i++;
    if (i == run->n_statuses && i < STATUSES_MAX - 1)
        run->statuses[run->n_statuses++] = mem_strdup(name);
    return (uint8_t)(i < run->n_statuses ? i : run->n_statuses - 1);
}

static bool take_result(void *self, const struct enriched_row *row, struct err *e)
{
    struct run *run = self;
    struct result *r = &run->results[row->at];

    (void)e;
    if (!row->raw) {
        *r = (struct result){.fate = MATCH_ABSENT, .status = status_place(run, row->status)};
        return true;
    }
    *r = (struct result){.fate = MATCH_FOUND,
                         .id = mem_strdup(row->id),
                         .raw = mem_strdup(row->raw),
                         .status_name = mem_strdup(row->status),
                         .source = mem_strdup(row->source),
                         .fields = row->fields ? mem_strdup(row->fields) : NULL,
                         .fetched_ms = row->fetched_ms};
    return true;
}

static void result_free(struct result *r)
{
    free(r->id);
    free(r->raw);
    free(r->status_name);
    free(r->source);
    free(r->fields);
    *r = (struct result){0};
}

static void say_on(void *self, const char *sentence)
{
    struct run *run = self;

    if (run->talk.say)
        run->talk.say(run->talk.self, sentence);
}

// The windows are one work to the person; how many lines follow is not known.
static void step_on(void *self, const char *what, long long done, long long total)
{
    struct run *run = self;

    (void)total;
    if (run->talk.step)
        run->talk.step(run->talk.self, what, (long long)run->before + done, -1);
}

static enum match_fate fate_of(const struct run *run, enum standing standing)
{
    if (standing == STANDING_SUPPRESSED)
        return MATCH_SUPPRESSED;
    if (standing == STANDING_IN_DOUBT && !run->order->again)
        return MATCH_DOUBTFUL;
    return run->stopped ? MATCH_UNSENT : MATCH_LEFT;
}

// Of what was not answered: where it stands now, for a call that failed may be in doubt.
static void judge_rest(struct run *run, const struct usage *usage)
{
    const struct selection *s = run->order->selection;
    struct quoted now;
    struct err e;

    if (!quote_from(run->app, s, usage, false, &now, &e)) {
        stop(run, &e);
        return;
    }
    for (size_t i = 0; i < s->n; i++) {
        if (run->results[i].fate == MATCH_PENDING)
            run->results[i].fate = fate_of(run, now.standings[i]);
    }
    quote_free(&now);
}

// Who was purged here does not come back by another way.
static void drop_suppressed(struct run *run)
{
    const struct selection *s = run->order->selection;
    const char **ids = mem_array(s->n + 1, sizeof(*ids));
    struct owned *owned = mem_array(s->n + 1, sizeof(*owned));
    bool *covered = mem_array(s->n + 1, sizeof(*covered));
    struct err e;

    for (size_t i = 0; i < s->n; i++)
        ids[i] = run->results[i].id ? run->results[i].id : s->ids[i];
    if (!store_owned_find(run->app->store, s->entity->name, ids, s->n, "", owned, covered, &e))
        stop(run, &e);
    for (size_t i = 0; i < s->n; i++) {
        if (run->results[i].fate == MATCH_FOUND && owned[i].suppressed) {
            result_free(&run->results[i]);
            run->results[i].fate = MATCH_SUPPRESSED;
        }
    }
    free(covered);
    free(owned);
    free(ids);
}

static void buy(struct run *run)
{
    struct selection *s = run->order->selection;
    struct enrich_order order = {.selection = s,
                                 .max_credits = run->order->max_credits - run->spent,
                                 .again = run->order->again,
                                 .row = take_result,
                                 .self = run};
    struct quoted quoted;
    struct enrich_summary sum = {0};
    struct usage usage = run->app->usage;
    struct err e;

    if (!quote_from(run->app, s, &usage, run->order->again, &quoted, &e)) {
        stop(run, &e);
        return;
    }
    order.quoted = &quoted;
    if (!enrich_run(run->app, &order, &sum, &e))
        stop(run, &e);
    quote_free(&quoted);
    enrich_add_up(&run->sum->sums, &sum);
    run->spent += sum.credits + (long long)sum.doubtful * s->entity->charging.credits_new;
    drop_suppressed(run);
    judge_rest(run, &usage);
}

static bool remember_line(struct run *run, const struct window_line *line, struct err *e)
{
    const struct result *r = &run->results[line->at];
    struct match_seen seen;
    size_t place;

    if (!match_seen(&run->window.seens, line->hash, &seen, &place, e))
        return false;
    seen.fate = (uint8_t)r->fate;
    seen.status = r->status;
    return match_seen_keep(&run->window.seens, line->hash, &seen, place, e);
}

// What the lines of this window asked for is known now, also to later lines.
static void remember(struct run *run)
{
    struct err e;

    for (size_t i = 0; i < run->window.lines.len; i++) {
        const struct window_line *line = &run->window.lines.items[i];

        if (line->at != NOT_ASKED && !remember_line(run, line, &e))
            stop(run, &e);
    }
}

static const char *const reasons[] = {
    [MATCH_PENDING] = "",
    [MATCH_FOUND] = "",
    [MATCH_SUPPRESSED] = "opted out or purged: never sent",
    [MATCH_DOUBTFUL] = "in doubt: sent and not answered",
    [MATCH_LEFT] = "not sent: the cap on credits was reached",
    [MATCH_UNSENT] = "not sent: the run stopped before",
};

static bool hand_out(struct run *run, struct matched_row *row, struct err *e)
{
    return run->order->row(run->order->self, row, e);
}

static bool hand_out_result(struct run *run, struct matched_row *row, const struct result *r,
                            struct err *e)
{
    struct enriched_row record = {.id = r->id,
                                  .raw = r->raw,
                                  .status = r->status_name,
                                  .source = r->source,
                                  .fetched_ms = r->fetched_ms,
                                  .fields = r->fields};

    row->record = &record;
    row->status = record.status;
    return hand_out(run, row, e);
}

struct earlier {
    struct run *run;
    struct matched_row *row;
    bool shown;
};

static bool show_earlier(void *self, const struct enriched_row *record, struct err *e)
{
    struct earlier *x = self;

    x->shown = true;
    x->row->record = record;
    x->row->status = record->status;
    return hand_out(x->run, x->row, e);
}

// What a line of an earlier window brought is in the library.
static bool hand_out_earlier(struct run *run, struct matched_row *row, const char *key,
                             struct err *e)
{
    struct earlier x = {run, row, false};
    bool ok = library_each(run->app, run->order->selection->entity, &key, 1, show_earlier, &x, e);

    if (ok && !x.shown)
        return hand_out(run, row, e);
    return ok;
}

// What came of the line, or of the line before that asked for the same, which is in this window
// (*at) or was in an earlier one.
static bool find_fate(struct run *run, const struct window_line *line, struct match_seen *seen,
                      long *at, struct err *e)
{
    size_t place;

    *seen = (struct match_seen){0};
    *at = line->at;
    if (line->same) {
        if (!match_seen(&run->window.seens, line->hash, seen, &place, e))
            return false;
        *at = window_place(&run->window, seen->line);
    }
    if (*at != NOT_ASKED) {
        seen->fate = (uint8_t)run->results[*at].fate;
        seen->status = run->results[*at].status;
    }
    return true;
}

static bool show_asked(struct run *run, size_t i, struct matched_row *row, struct err *e)
{
    const struct window_line *line = &run->window.lines.items[i];
    struct match_seen seen;
    char reason[REASON_MAX];
    long at;

    if (!find_fate(run, line, &seen, &at, e))
        return false;
    row->reason = reasons[seen.fate];
    if (seen.fate == MATCH_ABSENT) {
        row->status = run->statuses[seen.status];
        row->reason = match_status_find(row->status, false)->about;
    }
    if (line->same) {
        (void)snprintf(reason, sizeof(reason), "the same as line %u%s%s", seen.line,
                       *row->reason ? ": " : "", row->reason);
        row->reason = reason;
    }
    run->sum->same += line->same;
    run->sum->found += !line->same && seen.fate == MATCH_FOUND;
    run->sum->absent += !line->same && seen.fate == MATCH_ABSENT;
    if (seen.fate != MATCH_FOUND)
        return hand_out(run, row, e);
    return at == NOT_ASKED ? hand_out_earlier(run, row, window_text(&run->window, i), e)
                           : hand_out_result(run, row, &run->results[at], e);
}

static bool show_line(struct run *run, size_t i, struct err *e)
{
    const struct window_line *line = &run->window.lines.items[i];
    struct matched_row row = {
        .cells = window_cells(&run->window, i, run->order->file->names.len),
        .line = line->line,
        .status = "",
        .reason = "",
    };

    run->sum->lines++;
    if (line->at != NOT_ASKED || line->same)
        return show_asked(run, i, &row, e);
    run->sum->lacking++;
    row.lacks = true;
    row.reason = window_text(&run->window, i);
    return hand_out(run, &row, e);
}

static void show(struct run *run)
{
    struct err e;

    for (size_t i = 0; !run->lost && i < run->window.lines.len; i++) {
        if (!show_line(run, i, &e)) {
            run->lost = true;
            stop(run, &e);
        }
    }
}

// Once it has stopped, the rest of the file comes without having been sent.
static void do_window(struct run *run)
{
    size_t n = run->order->selection->n;

    run->results = mem_array(n + 1, sizeof(*run->results));
    if (!run->stopped && n)
        buy(run);
    for (size_t i = 0; i < n; i++) {
        if (run->results[i].fate == MATCH_PENDING)
            run->results[i].fate = MATCH_UNSENT;
    }
    run->before += n;
    remember(run);
    show(run);
    for (size_t i = 0; i < n; i++)
        result_free(&run->results[i]);
    free(run->results);
    run->results = NULL;
}

static void run_all(struct run *run)
{
    struct err e;

    do {
        if (!window_fill(&run->window, run->order, &e))
            stop(run, &e);
        do_window(run);
    } while (run->window.lines.len == WINDOW_LINES && !run->lost);
}

bool match_run(struct app *a, const struct match_order *order, struct match_summary *out,
               struct err *e)
{
    struct run run = {.app = a, .order = order, .sum = out, .talk = a->config.talk};

    *out = (struct match_summary){0};
    if (!app_need_store(a, e) || !window_open(&run.window, a, e))
        return false;
    a->config.talk = (struct talk){&run, say_on, step_on};
    run_all(&run);
    a->config.talk = run.talk;
    window_close(&run.window);
    for (size_t i = 0; i < run.n_statuses; i++)
        free(run.statuses[i]);
    if (run.stopped)
        *e = run.err;
    return !run.stopped;
}
