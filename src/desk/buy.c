// Buying what was quoted: the only way of the explorer to spend. UI thread, but for the run.
// Floor: desk.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/file.h"
#include "base/mem.h"
#include "desk/library_inside.h"

struct purchase {
    struct task task;
    struct seat *seat;
    struct selection selection; // of what was quoted, as many as are to be tried
    struct quoted quoted;       // their standings
    long long max_credits;
    char *origin; // the search that is shown, a file, a charge; owned
    bool again;   // what is in doubt goes again
    struct enrich_summary sum;
    struct row_note *notes; // of the selection, afterwards; NULL: unknown
    bool trimmed;           // a person chose to buy a part of it
    bool resumed;
    char job[JOB_NAME_MAX]; // goes on with that one; "": what was quoted
    // Of the lines of a file, with the fields of the selection alone:
    bool by_line;
    struct match_plan plan;
    struct match_sum sum_of_file;
    size_t most; // of those that may cost; 0: all
};

// The library has the rows; nobody wants them now.
static bool pass(void *self, const struct enriched_row *row, struct err *e)
{
    (void)self;
    (void)row;
    (void)e;
    return true;
}

static void note(struct purchase *p)
{
    struct app *a = &p->task.app;
    size_t n = p->selection.n;
    struct err e;

    p->notes = mem_array(n, sizeof(*p->notes));
    if (quote_notes(a, p->selection.entity, (const char *const *)p->selection.ids, n, p->notes, &e))
        return;
    free(p->notes);
    p->notes = NULL;
    app_say(a, "What is owned now cannot be shown: %s.", e.text);
}

static bool pass_line(void *self, const struct matched_row *row, struct err *e)
{
    (void)row;
    return pass(self, NULL, e);
}

static bool add_file_job(struct purchase *p)
{
    struct app *a = &p->task.app;
    struct match_job_order order = {.name = p->job,
                                    .plan = &p->plan,
                                    .selection = &p->selection,
                                    .sum = &p->sum_of_file,
                                    .quoted = p->quoted.quote.credits,
                                    .max_credits = p->max_credits,
                                    .format = "csv"};
    int64_t ignored;

    return jobs_name(a, p->selection.entity, p->job, &p->task.err) &&
           match_job_add(a, &order, &ignored, &p->task.err);
}

// What the file says now must be what was quoted, or what the job was begun with.
static bool buy_lines(struct purchase *p, const struct job_row *job)
{
    const struct match_job_terms terms = {
        .max_credits = p->max_credits, .again = p->again, .most = p->most, .row = pass_line};
    struct match_summary sum;
    struct match_job m;
    bool ok;

    if (!match_job_open(&p->task.app, job, &m, &p->task.err))
        return false;
    ok = match_job_run(&p->task.app, job, &m, &terms, &sum, &p->task.err);
    p->sum = sum.sums;
    match_job_close(&m);
    return ok || sum.tried;
}

static bool add_job(struct purchase *p)
{
    struct app *a = &p->task.app;
    int64_t ignored;

    const struct job_order order = {.name = p->job,
                                    .selection = &p->selection,
                                    .quoted = p->quoted.quote.credits,
                                    .max_credits = p->max_credits,
                                    .origin = p->origin};

    return jobs_name(a, p->selection.entity, p->job, &p->task.err) &&
           jobs_add(a, &order, &ignored, &p->task.err);
}

// The records of a job that goes on, and what is left of it.
static bool read_job(struct purchase *p, const struct job_row *job)
{
    struct app *a = &p->task.app;

    return jobs_selection(a, job, &p->selection, &p->task.err) &&
           jobs_quote(a, job, &p->selection, p->again, &p->quoted, &p->task.err);
}

// A part that a person chose is all of it: what the cap left is no job that waits for somebody.
static void finish_part(struct purchase *p, const struct job_row *job)
{
    const struct enrich_summary *sum = &p->sum;
    bool chosen = p->trimmed && sum->left && sum->left_by == CAP_JOB;
    struct err e;

    if (chosen && !sum->unserved && !sum->doubtful && !jobs_finish(&p->task.app, job, &e))
        app_say(&p->task.app, "The job %s is left open: %s.", job->name, e.text);
}

static bool buy_as_job(struct purchase *p)
{
    const struct job_terms terms = {.max_credits = p->max_credits, .again = p->again, .row = pass};
    bool begun = *p->job, ok = begun || (p->by_line ? add_file_job(p) : add_job(p));
    struct app *a = &p->task.app;
    struct job_infos found;

    if (!ok || !jobs_find(a, p->job, &found, &p->task.err))
        return false;
    if (match_job_is(&found.items[0].row))
        ok = buy_lines(p, &found.items[0].row);
    else
        ok = (!begun || read_job(p, &found.items[0].row)) &&
             jobs_buy(a, &found.items[0].row, &terms, &p->selection, &p->quoted, &p->sum,
                      &p->task.err);
    if (ok)
        finish_part(p, &found.items[0].row);
    jobs_free(&found);
    return ok;
}

static bool run(struct task *t)
{
    struct purchase *p = (struct purchase *)t;
    bool ok = buy_as_job(p);

    if (p->selection.n)
        note(p);
    return ok;
}

static void add_part(struct str *out, size_t n, const char *what)
{
    char text[COUNT_MAX];

    if (n)
        str_addf(out, "%s%s %s", out->len ? ", " : "", count_text((long long)n, text), what);
}

static void add_unfound(struct str *out, const struct enrich_summary *sum)
{
    const struct match_status *plain = match_status_find(NULL, false);

    add_part(out, sum->by_status[match_status_place(plain)], "not found and not charged");
    for (size_t i = 0; i < MATCH_STATUSES; i++) {
        if (match_status_at(i) != plain)
            add_part(out, sum->by_status[i], match_status_at(i)->name);
    }
}

void desk_refused_fields(const struct entity *entity, const char *names, struct str *out)
{
    char *copy = mem_strdup(names), *rest = copy, *name;
    const char *between = "";

    while ((name = strsep(&rest, ",")) != NULL) {
        const struct column *c =
            column_find(entity->enrich.columns, entity->enrich.n_columns, name);

        str_addf(out, "%s%s", between, c ? c->heading : name);
        between = ", ";
    }
    free(copy);
}

static void say(struct desk *d, const struct task *t, const struct enrich_summary *sum)
{
    const struct purchase *p = (const struct purchase *)t;
    const struct entity *of = p->selection.entity; // NULL: of the lines of a job's file
    struct str out = {0};
    char credits[COUNT_WORDS_MAX];

    add_part(&out, sum->bought, "bought");
    add_part(&out, sum->refreshed, "owned already and fetched again");
    add_part(&out, sum->from_library, "in the library already");
    add_unfound(&out, sum);
    add_part(&out, sum->left, "left, for the cap was reached");
    add_part(&out, sum->unsent, "not sent");
    add_part(&out, sum->doubtful, "in doubt and not sent again by themselves");
    for (size_t i = 0; i < STANDINGS; i++)
        add_part(&out, sum->skipped[i], standing_defs()[i].name);
    if (*sum->refused) {
        str_addf(&out, "%swithout fields this account may not buy: ", out.len ? "; " : "");
        desk_refused_fields(of ? of : p->seat->entity, sum->refused, &out);
    }
    (void)count_words(sum->credits, "credit", credits);
    if (t->ok)
        desk_say(d, ERR_NONE, "Charged %s: %s.", credits, str_text(&out));
    else if (t->err.kind == ERR_CANCELLED)
        desk_say(d, ERR_NONE, "The purchase was %s. Charged %s%s%s.", t->err.text, credits,
                 out.len ? ": " : "", str_text(&out));
    else
        desk_say(d, t->err.kind, "The purchase stopped: %s. Charged %s%s%s.", t->err.text, credits,
                 out.len ? ": " : "", str_text(&out));
    if (t->view)
        memcpy(t->view->said, d->message.text, sizeof(t->view->said));
    str_free(&out);
}

static void done(struct desk *d, struct task *t)
{
    struct purchase *p = (struct purchase *)t;
    struct seat *s = p->seat;
    struct face at = seat_face(d, s);

    if (!p->resumed) {
        at.buying->state = t->ok ? BUYING_DONE : BUYING_FAILED;
        at.buying->done = p->sum;
        at.buying->err = t->ok ? (struct err){0} : t->err;
    }
    for (size_t i = 0; p->notes && at.results->table && i < p->selection.n; i++)
        table_set_note(at.results->table, p->selection.ids[i], p->notes[i]);
    known_forget(at.results);
    arrange_by_library(d, s);
    memcpy(t->view->job, p->job, sizeof(p->job));
    say(d, t, &p->sum);
    sums_later(d, s);
    detail_read(d, s);
    ledger_read(d);
    library_stale(d);
    desk_changed(d, DESK_QUOTE | DESK_RESULTS | DESK_MARKS);
}

static void release(struct task *t)
{
    struct purchase *p = (struct purchase *)t;

    selection_free(&p->selection);
    quote_free(&p->quoted);
    match_plan_free(&p->plan);
    match_sum_free(&p->sum_of_file);
    free(p->origin);
    free(p->notes);
}

static const struct task_kind kind = {.name = "enrich",
                                      .lane = LANE_LONG,
                                      .shown = true,
                                      .spends = true,
                                      .run = run,
                                      .done = done,
                                      .free = release};

static bool check_quote(struct desk *d, struct err *e)
{
    struct buying *b = &d->buying;

    quote_age(d);
    switch (b->state) {
    case BUYING_QUOTED:
        return true;
    case BUYING_RUNS:
        return err_set(e, ERR_REFUSED, "a purchase is under way already");
    case BUYING_STALE:
        return err_set(e, ERR_REFUSED,
                       "the quote is out of date: marks, its search or credits have moved "
                       "since, or it is old; quote again");
    default:
        return err_set(e, ERR_REFUSED, "there is no quote to buy by; quote first");
    }
}

static bool check_desk(struct desk *d, struct err *e)
{
    if (!d->spender)
        return err_set(e, ERR_REFUSED, "another Lode has this account: buy there, browse here");
    if (d->locked)
        return err_set(e, ERR_REFUSED, "spending is locked; unlock it first");
    return desk_online(d, e);
}

static bool check_free(const struct desk *d, struct err *e)
{
    return !d->private->spending ||
           err_set(e, ERR_REFUSED, "another purchase is under way; wait until it has ended");
}

static void copy_file(struct purchase *p, const struct buying *b, size_t most)
{
    p->by_line = true;
    p->most = most;
    p->plan = match_plan_guess(b->plan.entity, (const char *const *)b->plan.names, b->plan.n);
    memcpy(p->plan.inputs, b->plan.inputs, b->plan.n * sizeof(*b->plan.inputs));
    p->sum_of_file = b->sum;
    p->sum_of_file.path = mem_strdup(b->sum.path);
}

// Anew, where a try left some of it out.
static void sum_kept(struct quote *q, bool send_doubtful)
{
    size_t unsure = q->count[STANDING_UNSURE];

    q->outside = q->outside < unsure ? q->outside : unsure;
    quote_sum(q, send_doubtful);
}

// Of the lines that may cost no more than so many are bought: which is known only as they are read,
// and what is owned behind the last of them is not fetched.
static void try_lines(struct quote *q, size_t most, bool send_doubtful)
{
    static const enum standing cost[] = {STANDING_UNSURE, STANDING_NEW, STANDING_IN_DOUBT};
    size_t n = send_doubtful ? ARRAY_LEN(cost) : ARRAY_LEN(cost) - 1, cut = 0;
    long long least = q->credits.min;

    for (size_t i = 0; i < n; i++)
        cut += q->count[cost[i]];
    if (!most || cut <= most)
        return;
    cut -= most;
    least -= (long long)cut * q->entity->charging.credits_new;
    for (size_t i = 0; i < n; i++) {
        size_t here = cut < q->count[cost[i]] ? cut : q->count[cost[i]];

        q->count[cost[i]] -= here;
        cut -= here;
    }
    sum_kept(q, send_doubtful);
    q->credits.min = least > 0 ? least : 0;
    q->records.min = 0;
    q->requests.min = quote_requests(q->entity, (long long)most);
}

// What was quoted, but of the records that would be new at most `most`.
static void copy_order(struct purchase *p, const struct buying *b, size_t most)
{
    const struct selection *from = &b->selection;
    struct selection *to = &p->selection;
    size_t fresh = 0;

    p->quoted.quote = b->quoted.quote;
    *to = (struct selection){.entity = from->entity, .n_fields = from->n_fields};
    to->fields = mem_dup(from->fields, from->n_fields * sizeof(*from->fields));
    to->required = mem_dup(from->required, from->n_required * sizeof(*from->required));
    to->n_required = from->n_required;
    to->fields_key = mem_strdup(from->fields_key);
    p->quoted.standings = mem_array(from->n, sizeof(*p->quoted.standings));
    if (b->by_line) {
        copy_file(p, b, most);
        try_lines(&p->quoted.quote, most, b->again);
        return;
    }
    for (size_t i = 0; i < from->n; i++) {
        enum standing standing = b->quoted.standings[i];
        bool may_cost = standing_may_cost(standing, b->again);

        fresh += may_cost;
        if (most && may_cost && fresh > most) {
            p->quoted.quote.count[standing]--;
            continue;
        }
        p->quoted.standings[to->n] = standing;
        selection_add_input(to, selection_input(from, i));
    }
    if (most)
        sum_kept(&p->quoted.quote, b->again);
}

// Where what is quoted was chosen: the filters on one line, a file, a charge. The caller frees it.
static char *origin_of(const struct buying *b, const struct results *r)
{
    struct str text = {0}, line = {0};

    if (b->origin)
        return mem_strdup(b->origin);
    query_print(&r->query, &text);
    for (const char *p = str_text(&text); *p; p++) {
        if (*p != '\n')
            str_add_char(&line, *p);
        else if (p[1])
            str_add(&line, "; ");
    }
    str_free(&text);
    if (!line.len)
        str_addf(&line, "marked %s", r->entity->plural);
    return str_take(&line);
}

bool desk_buy(struct desk *d, long long max_credits, size_t most, struct err *e)
{
    char part[COUNT_MAX], all[COUNT_WORDS_MAX];
    struct purchase *p;
    size_t n;

    if (!check_desk(d, e) || !check_quote(d, e) || !check_free(d, e) ||
        !desk_budget_room(d, max_credits, e))
        return false;
    p = task_new(d, &kind, sizeof(*p), NULL);
    p->seat = desk_seat(d);
    p->max_credits = max_credits;
    p->trimmed = max_credits < desk_quote_price(d);
    p->origin = origin_of(&d->buying, &d->results);
    p->again = d->buying.again;
    copy_order(p, &d->buying, most);
    d->buying.quoted.quote = p->quoted.quote; // what is bought is told beside it
    quote_cap(&d->buying.quoted.quote, max_credits);
    n = p->by_line ? d->buying.quoted.quote.rows : p->selection.n;
    p->sum.unsent = n; // until the run knows better
    if (p->by_line && most && most < n)
        task_label(&p->task, "enrich %s of %s lines of %.50s", count_text((long long)most, part),
                   count_text((long long)n, all), file_name(p->sum_of_file.path));
    else if (p->by_line)
        task_label(&p->task, "enrich %s of %.60s", count_words((long long)n, "line", all),
                   file_name(p->sum_of_file.path));
    else
        task_label(&p->task, "enrich %s %s", count_text((long long)n, all),
                   n == 1 ? p->seat->entity->name : p->seat->entity->plural);
    atomic_store(&p->task.view->total, (long long)n);
    p->task.view->buys = true;
    d->buying.state = BUYING_RUNS;
    desk_changed(d, DESK_QUOTE);
    task_start(&p->task);
    return true;
}

// What is in doubt must not go again where the person was shown the price of something else.
static bool is_as_quoted(const struct desk *d, const struct job_row *job, struct err *e)
{
    return !str_eq(d->job_quote.name, job->name) || d->job_quote.doubts == job->doubts ||
           err_set(e, ERR_REFUSED,
                   "the job %s has moved since its price was shown; go on with it again",
                   job->name);
}

bool desk_job_resume(struct desk *d, const char *name, long long max_credits, struct err *e)
{
    const struct job_row *job = desk_job(d, name);
    struct purchase *p;
    long long more;

    if (!job)
        return err_set(e, ERR_NOT_FOUND, "there is no job \"%.64s\"", name);
    more = max_credits - job->charged - job->in_doubt;
    if (!job_may_go_on(job, e) || !is_as_quoted(d, job, e) || !check_desk(d, e) ||
        !check_free(d, e) || !desk_budget_room(d, more > 0 ? more : 0, e))
        return false;
    p = task_new(d, &kind, sizeof(*p), NULL);
    p->seat = desk_seat(d);
    p->resumed = true;
    p->again = job->doubts; // what else is left of it?
    p->max_credits = max_credits;
    (void)snprintf(p->job, sizeof(p->job), "%s", name);
    memcpy(p->task.view->job, p->job, sizeof(p->job));
    p->task.view->buys = true;
    task_label(&p->task, "job %.80s", name);
    atomic_store(&p->task.view->total, job->n);
    task_start(&p->task);
    return true;
}
