// Enriching without a search. Floor: flow.
#include "flow/match.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "flow/job_turn.h"
#include "flow/library.h"
#include "flow/match_window.h"
#include "job/cancel.h"
#include "model/match.h"
#include "store/owned.h"

enum { REASON_MAX = 200 };

// What came of one record of the selection.
struct result {
    enum match_fate fate;
    char letter;                                    // of MATCH_ABSENT
    char *id, *raw, *status_name, *source, *fields; // of MATCH_FOUND; owned
    int64_t fetched_ms;
};

struct run {
    struct app *app;
    const struct match_order *order;
    struct match_summary *sum;
    struct window window;
    struct result *results; // one a record of the selection
    long long spent;        // credits of the windows before, charged or in doubt
    size_t tried;           // records that may cost, sent by the windows before
    size_t here;            // records of this window, whether they are to be tried or not
    size_t asked;           // records of the windows so far
    struct enrich_watch watch;
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

static bool take_result(void *self, const struct enriched_row *row, struct err *e)
{
    struct run *run = self;
    struct result *r = &run->results[row->at];

    (void)e;
    if (!row->raw) {
        *r =
            (struct result){.fate = MATCH_ABSENT, .letter = match_status_told(row->status)->letter};
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

static void tell(struct run *run, const char *what, long long done)
{
    if (run->talk.step)
        run->talk.step(run->talk.self, what, done,
                       run->order->total ? (long long)run->order->total : -1);
}

// The windows are one work to the person: its lines, of which those of this window are done as far
// as its records are.
static void step_on(void *self, const char *what, long long done, long long total)
{
    struct run *run = self;
    long long here = (long long)run->here, lines = (long long)run->window.lines.len;

    (void)total; // no more than are to be tried
    tell(run, what, (long long)run->sum->lines + (here ? lines * done / here : lines));
}

static enum match_fate fate_of(const struct run *run, enum standing standing)
{
    if (standing == STANDING_SUPPRESSED)
        return MATCH_SUPPRESSED;
    if (standing == STANDING_IN_DOUBT && !run->order->again)
        return MATCH_DOUBTFUL;
    if (run->order->look && standing == STANDING_OWNED)
        return MATCH_OWNED;
    if (run->order->look)
        return run->order->done ? MATCH_GONE : MATCH_OPEN;
    return run->stopped ? MATCH_UNSENT : MATCH_LEFT;
}

// What the library has of it is handed out from there.
static enum match_fate fate_looked(const struct run *run, const struct quoted *now, size_t i)
{
    return now->owned[i].held && now->standings[i] != STANDING_SUPPRESSED
               ? MATCH_FOUND
               : fate_of(run, now->standings[i]);
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
            run->results[i].fate =
                run->order->look ? fate_looked(run, &now, i) : fate_of(run, now.standings[i]);
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

// Of those that may cost, no more than are to be tried.
static size_t within(struct run *run, const struct quoted *q)
{
    size_t n = 0;

    for (; n < run->order->selection->n; n++) {
        bool may = standing_may_cost(q->standings[n], run->order->again);

        if (may && run->order->most && run->tried == run->order->most)
            break;
        run->tried += may;
    }
    return n;
}

static bool is_watched(struct run *run)
{
    run->asked += run->order->selection->n;
    return run->order->job && run->asked >= JOB_WATCHED_FROM;
}

static void buy_quoted(struct run *run, const struct quoted *quoted)
{
    const struct match_order *m = run->order;
    size_t all = m->selection->n;
    const struct enrich_order order = {.selection = m->selection,
                                       .n = within(run, quoted),
                                       .quoted = quoted,
                                       .max_credits = m->max_credits - (m->job ? 0 : run->spent),
                                       .again = m->again,
                                       .row = take_result,
                                       .self = run,
                                       .origin = m->origin,
                                       .lines = run->window.asked.items,
                                       .job = m->job,
                                       .go_on = m->go_on,
                                       .job_self = m->job_self,
                                       .watch = is_watched(run) ? &run->watch : NULL};
    struct enrich_summary sum = {0};
    struct err e;

    if (!enrich_run(run->app, &order, &sum, &e))
        stop(run, &e);
    if (order.n < all) {
        sum.unsent += all - order.n;
        run->sum->tried = !run->stopped;
        (void)err_set(&e, ERR_CANCELLED, "the %zu that were to be tried have been sent", m->most);
        stop(run, &e);
    }
    enrich_add_up(&run->sum->sums, &sum);
    run->spent +=
        sum.credits + (long long)sum.doubtful * m->selection->entity->charging.credits_new;
}

static void buy(struct run *run)
{
    struct usage usage = run->app->usage;
    struct quoted quoted;
    struct err e;

    if (!quote_from(run->app, run->order->selection, &usage, run->order->again, &quoted, &e)) {
        run->sum->sums.unsent += run->here;
        stop(run, &e);
        return;
    }
    buy_quoted(run, &quoted);
    quote_free(&quoted);
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
    seen.letter = r->letter;
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

const char *match_fate_reason(enum match_fate fate)
{
    static const char *const reasons[MATCH_FATES] = {
        [MATCH_PENDING] = "",
        [MATCH_FOUND] = "",
        [MATCH_ABSENT] = "",
        [MATCH_SUPPRESSED] = "opted out or purged: never sent",
        [MATCH_DOUBTFUL] = "in doubt: sent and not answered",
        [MATCH_LEFT] = "not sent: the cap on credits was reached",
        [MATCH_UNSENT] = "not sent: the run stopped before",
        [MATCH_OPEN] = "not asked for yet",
        [MATCH_OWNED] = "owned, and not in the library: fetching it costs no credit",
        [MATCH_GONE] = "not in the library: purged since, or never asked for",
    };

    return reasons[fate];
}

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
    if (line->same || line->answered) {
        if (!match_seen(&run->window.seens, line->hash, seen, &place, e))
            return false;
        *at = window_place(&run->window, seen->line);
    }
    if (*at != NOT_ASKED) {
        seen->fate = (uint8_t)run->results[*at].fate;
        seen->letter = run->results[*at].letter;
    }
    return true;
}

// An earlier run of the job asked for it.
static void count_before(struct run *run, const struct match_seen *seen)
{
    run->sum->sums.not_found++;
    run->sum->sums.by_status[match_status_place(match_status_of(seen->letter))]++;
}

static bool show_asked(struct run *run, size_t i, struct matched_row *row, struct err *e)
{
    const struct window_line *line = &run->window.lines.items[i];
    struct match_seen seen;
    char reason[REASON_MAX];
    long at;

    if (!find_fate(run, line, &seen, &at, e))
        return false;
    row->reason = match_fate_reason((enum match_fate)seen.fate);
    if (line->answered)
        count_before(run, &seen);
    if (seen.fate == MATCH_ABSENT) {
        row->status = match_status_of(seen.letter)->name;
        row->reason = match_status_of(seen.letter)->about;
    }
    if (line->same) {
        (void)snprintf(reason, sizeof(reason), "the same as line %u%s%s", seen.line,
                       *row->reason ? ": " : "", row->reason);
        row->reason = reason;
    }
    run->sum->sums.skipped[STANDING_DUPLICATE] += line->same;
    run->sum->fates[seen.fate] += !line->same;
    if (run->order->look && seen.fate == MATCH_SUPPRESSED && !line->same)
        run->sum->sums.skipped[STANDING_SUPPRESSED]++;
    if (seen.fate != MATCH_FOUND)
        return hand_out(run, row, e);
    return at == NOT_ASKED || !run->results[at].raw
               ? hand_out_earlier(run, row, window_text(&run->window, i), e)
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
    if (line->passed)
        return true;
    if (line->at != NOT_ASKED || line->same || line->answered)
        return show_asked(run, i, &row, e);
    run->sum->sums.skipped[line->suppressed ? STANDING_SUPPRESSED : STANDING_MISSING]++;
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

    run->here = n;
    run->results = mem_array(n + 1, sizeof(*run->results));
    if (!run->stopped && n && run->order->look)
        judge_rest(run, &run->app->usage);
    else if (!run->stopped && n)
        buy(run);
    else if (!run->order->look)
        run->sum->sums.unsent += n;
    for (size_t i = 0; i < n; i++) {
        if (run->results[i].fate == MATCH_PENDING)
            run->results[i].fate = MATCH_UNSENT;
    }
    if (!run->stopped && !n)
        step_on(run, run->order->selection->entity->plural, 0, 0);
    remember(run);
    show(run);
    for (size_t i = 0; i < n; i++)
        result_free(&run->results[i]);
    free(run->results);
    run->results = NULL;
}

// A run that sends asks for itself whether it is to go on.
static void go_on_looking(struct run *run)
{
    struct err e;

    tell(run, run->order->selection->entity->plural, (long long)run->sum->lines);
    if (!cancel_fired(run->app->cancel))
        return;
    (void)err_set(&e, ERR_CANCELLED, "stopped on request");
    stop(run, &e);
    run->lost = true;
}

static void run_all(struct run *run)
{
    struct err e;

    do {
        if (!window_fill(&run->window, run->order, &e))
            stop(run, &e);
        do_window(run);
        if (run->order->look)
            go_on_looking(run);
    } while (run->window.lines.len == WINDOW_LINES && !run->lost);
}

bool match_run(struct app *a, const struct match_order *order, struct match_summary *out,
               struct err *e)
{
    struct run run = {.app = a, .order = order, .sum = out, .talk = a->config.talk};

    *out = (struct match_summary){0};
    if (!app_need_store(a, e) || !window_open(&run.window, a, order, e))
        return false;
    a->config.talk = (struct talk){&run, say_on, step_on};
    run_all(&run);
    a->config.talk = run.talk;
    window_close(&run.window);
    if (run.stopped)
        *e = run.err;
    return !run.stopped;
}
