// The quote of the marked records, or of what a file names. UI thread, but for the run. Floor:
// desk.
#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/mem.h"
#include "desk/import.h"
#include "desk/ledger_inside.h"
#include "desk/library_inside.h"
#include "flow/match_select.h"
#include "job/cancel.h"

struct quoting {
    struct task task;
    struct seat *seat;
    char *fields; // or NULL
    bool chosen;  // by the person, just now: they are kept where the quote comes
    char *path;   // of a file that names the records, by plan; or NULL: they are known
    struct match_plan plan;
    struct match_selected found; // in the file; all of it becomes the quote's
    bool resends;                // the records of the charge, 0: of all in doubt
    int64_t charge;
    bool sends_again; // what is in doubt
    char *origin;     // or NULL
    struct selection selection;
    long long hits;          // of the search whose rows the marks are; 0: they are not
    struct marks_copy marks; // of which it is made; items NULL: not of marks
    char **labels;           // one a record
    struct quoted quoted;
};

static void labels_free(char **labels, size_t n)
{
    for (size_t i = 0; labels && i < n; i++)
        free(labels[i]);
    free(labels);
}

void buying_free(struct buying *b)
{
    labels_free(b->labels, b->selection.n);
    for (size_t i = 0; i < b->n_left; i++)
        free(b->left[i].why);
    free(b->left);
    labels_free(b->passed, b->n_passed);
    match_plan_free(&b->plan);
    match_sum_free(&b->sum);
    selection_free(&b->selection);
    quote_free(&b->quoted);
    free(b->origin);
    *b = (struct buying){0};
}

// A quote that has made way: with many records its texts take a while to free.
struct burying {
    struct task task;
    struct buying old;
};

static bool bury_run(struct task *t)
{
    buying_free(&((struct burying *)t)->old);
    return true;
}

static void buried(struct desk *d, struct task *t)
{
    (void)d;
    (void)t;
}

static const struct task_kind bury_kind = {
    .name = "former quote", .lane = LANE_COMPUTE, .run = bury_run, .done = buried};

static void bury(struct desk *d, struct buying *b)
{
    struct burying *job;

    if (d->private->closing || !d->private->open) {
        buying_free(b);
        return;
    }
    job = task_new(d, &bury_kind, sizeof(*job), NULL);
    job->task.job.cancel = NULL;
    job->old = *b;
    *b = (struct buying){0};
    task_start(&job->task);
}

static void select_marked(struct quoting *q)
{
    q->labels = mem_array(q->marks.n, sizeof(*q->labels));
    for (size_t i = 0; i < q->marks.n; i++) {
        selection_add(&q->selection, q->marks.items[i].id);
        q->labels[i] = mem_strdup(q->marks.items[i].label);
    }
}

// The records of charges in doubt, each once.
static bool read_doubts(struct quoting *q)
{
    struct charge_records r;
    bool ok = charges_doubtful(&q->task.app, q->selection.entity, q->charge, &r, &q->task.err);

    q->labels = mem_array(r.n + 1, sizeof(*q->labels));
    for (size_t i = 0; ok && i < r.n; i++) {
        selection_add(&q->selection, r.items[i].id);
        q->labels[i] = mem_strdup(r.items[i].label);
    }
    charge_records_free(&r);
    return ok;
}

static bool run(struct task *t)
{
    struct quoting *q = (struct quoting *)t;

    if (q->path)
        return match_select(&t->app, q->path, &q->plan, q->fields, &q->selection, &q->found,
                            &t->err);
    if (q->marks.n)
        select_marked(q);
    return (!q->resends || read_doubts(q)) &&
           selection_fields(&q->selection, &t->app, q->fields, &t->err) &&
           quote_make(&t->app, &q->selection, q->sends_again, &q->quoted, &t->err);
}

static void take_file(struct buying *b, struct quoting *q)
{
    struct match_selected *f = &q->found;

    b->labels = f->labels;
    b->left = f->left;
    b->n_left = f->n_left;
    b->quoted = f->quoted;
    b->by_line = f->by_line;
    b->sum = f->sum;
    b->plan = q->plan;
    *f = (struct match_selected){0};
    q->plan = (struct match_plan){0};
}

static void take(struct desk *d, struct buying *b, struct quoting *q)
{
    bury(d, b);
    b->selection = q->selection;
    b->labels = q->labels;
    b->quoted = q->quoted;
    if (q->path)
        take_file(b, q);
    b->quoted_ms = desk_now_ms();
    b->again = q->sends_again;
    b->hits = q->hits;
    b->origin = q->origin;
    q->origin = NULL;
    q->selection = (struct selection){0};
    q->labels = NULL;
    q->quoted = (struct quoted){0};
}

// What of a file is not in its quote.
static void say_file(struct desk *d, const struct match_selected *f)
{
    char lines[COUNT_WORDS_MAX], n[COUNT_MAX];
    struct str out = {0};

    str_add(&out, count_words((long long)f->lines, "line", lines));
    if (f->same)
        str_addf(&out, ", %s ask%s for the same as an earlier one",
                 count_text((long long)f->same, n), f->same == 1 ? "s" : "");
    if (f->lacking)
        str_addf(&out, ", %s lack%s something (%s)", count_text((long long)f->lacking, n),
                 f->lacking == 1 ? "s" : "", f->lacks);
    desk_say(d, f->lacking ? ERR_NOT_FOUND : ERR_NONE, "%s.", out.data);
    str_free(&out);
}

// What is not owned may have a name here all the same; what has none is shown by its id.
static void charge_names(struct desk *d, struct quoting *q)
{
    for (size_t i = 0; i < q->selection.n; i++) {
        const char *id = q->selection.ids[i];
        char *label;

        if (*q->labels[i])
            continue;
        label = charge_label(d, q->seat, id);
        free(q->labels[i]);
        q->labels[i] = label ? label : mem_strdup(id);
    }
}

static void keep_fields(struct desk *d, struct quoting *q)
{
    if (!q->chosen || (q->seat->fields && str_eq(q->seat->fields, q->fields)))
        return;
    free(q->seat->fields);
    q->seat->fields = mem_strdup(q->fields);
    session_touch(d);
}

static void done(struct desk *d, struct task *t)
{
    struct quoting *q = (struct quoting *)t;
    struct buying *b = seat_face(d, q->seat).buying;

    if (q->marks.items)
        marks_copy_free(d, &q->marks);
    if (q->seat->quoting != t)
        return; // another quote was asked for since
    q->seat->quoting = NULL;
    desk_changed(d, DESK_QUOTE);
    if (!t->ok) {
        b->state = BUYING_FAILED;
        b->err = t->err;
        desk_tell(d, &t->err);
        return;
    }
    if (q->path)
        say_file(d, &q->found);
    if (q->sends_again && !q->path)
        charge_names(d, q);
    take(d, b, q);
    keep_fields(d, q);
    usage_take(d);
    b->state = BUYING_QUOTED;
    timer_sooner(d, TIMER_QUOTE, QUOTE_FRESH_MS);
    quote_check(d);
    if (q->seat->quote_moved)
        b->state = BUYING_STALE;
}

static void release(struct task *t)
{
    struct quoting *q = (struct quoting *)t;

    labels_free(q->labels, q->selection.n);
    match_selected_free(&q->found);
    match_plan_free(&q->plan);
    selection_free(&q->selection);
    quote_free(&q->quoted);
    free(q->fields);
    free(q->path);
    free(q->origin);
}

static const struct task_kind kind = {
    .name = "quote", .lane = LANE_WAITED, .run = run, .done = done, .free = release};
// A file may be long.
static const struct task_kind file_kind = {
    .name = "quote", .lane = LANE_LONG, .shown = true, .run = run, .done = done, .free = release};

static void take_plan(struct quoting *q, const char *path, const struct match_plan *p)
{
    q->path = mem_strdup(path);
    q->plan = match_plan_guess(p->entity, (const char *const *)p->names, p->n);
    memcpy(q->plan.inputs, p->inputs, p->n * sizeof(*p->inputs));
}

// The same records as before, which a file or the ledger named.
static void select_again(struct quoting *q, const struct buying *b)
{
    q->sends_again = b->again;
    if (b->by_line) {
        take_plan(q, b->sum.path, &b->plan);
        q->origin = mem_strdup(b->origin);
        task_label(&q->task, "quote %.80s", b->sum.path);
        return;
    }
    q->origin = mem_strdup(b->origin);
    q->selection.from_outside = b->selection.from_outside;
    q->labels = mem_array(b->selection.n, sizeof(*q->labels));
    for (size_t i = 0; i < b->selection.n; i++) {
        selection_add_input(&q->selection, selection_input(&b->selection, i));
        q->labels[i] = mem_strdup(b->labels[i]);
    }
}

static struct quoting *begin(struct desk *d, const struct task_kind *as, struct err *e)
{
    struct seat *s = desk_seat(d);
    struct quoting *q;

    if (!desk_online(d, e))
        return NULL;
    if (d->buying.state == BUYING_RUNS) {
        (void)err_set(e, ERR_REFUSED, "a purchase is under way; quote again when it has ended");
        return NULL;
    }
    if (s->quoting)
        cancel_fire(s->quoting->cancel);
    q = task_new(d, as, sizeof(*q), NULL);
    q->seat = s;
    q->selection.entity = s->entity;
    return q;
}

static bool start(struct desk *d, struct quoting *q)
{
    struct seat *s = q->seat;

    s->quoting = &q->task;
    s->quote_moved = false;
    s->whole.on = false;
    d->buying.fetching = false;
    d->buying.state = BUYING_ASKED;
    d->buying.err = (struct err){0};
    d->buying.done = (struct enrich_summary){0};
    desk_changed(d, DESK_QUOTE);
    task_start(&q->task);
    return true;
}

static char *kept_fields(const struct seat *s)
{
    return s->fields ? mem_strdup(s->fields) : NULL;
}

const char *desk_quote_fields(const struct desk *d, const struct entity *entity)
{
    for (size_t i = 0; i < d->private->n_seats; i++) {
        if (d->private->seats[i].entity == entity)
            return d->private->seats[i].fields;
    }
    return NULL;
}

static bool ask(struct desk *d, const char *fields, bool chosen, struct err *e)
{
    bool again = fields && d->buying.origin;
    struct quoting *q;

    if (desk_online(d, e) && !again && d->marks.n == 0)
        return err_set(e, ERR_INVALID, "nothing is marked: mark %s first",
                       desk_seat(d)->entity->plural);
    q = begin(d, again && d->buying.by_line ? &file_kind : &kind, e);
    if (!q)
        return false;
    q->chosen = chosen;
    q->fields = fields ? mem_strdup(fields) : kept_fields(q->seat);
    if (again)
        select_again(q, &d->buying);
    else
        q->marks = marks_copy(d, &d->marks);
    q->hits = again ? 0 : q->seat->whole.marked;
    return start(d, q);
}

bool desk_quote(struct desk *d, const char *fields, struct err *e)
{
    return ask(d, fields, fields != NULL, e);
}

bool desk_quote_again(struct desk *d, struct err *e)
{
    struct str names = {0};
    bool ok;

    selection_names(&d->buying.selection, &names);
    ok = ask(d, names.len ? names.data : NULL, false, e);
    str_free(&names);
    return ok;
}

bool desk_import(struct desk *d, const struct import *i, struct err *e)
{
    struct quoting *q = begin(d, &file_kind, e);

    if (!q)
        return false;
    take_plan(q, i->path, &i->plan);
    q->fields = kept_fields(q->seat);
    q->origin = mem_strdup(i->path);
    task_label(&q->task, "quote %.80s", i->path);
    return start(d, q);
}

bool desk_resend(struct desk *d, int64_t charge, const struct entity *entity, struct err *e)
{
    struct quoting *q;

    if (!d->spender)
        return err_set(e, ERR_REFUSED, "another Lode has this account: send them again there");
    if (entity)
        desk_entity(d, entity);
    q = begin(d, &kind, e);
    if (!q)
        return false;
    q->resends = true;
    q->charge = charge;
    q->sends_again = true;
    q->origin = charge ? str_format("sent again: charge %lld", (long long)charge)
                       : mem_strdup("sent again: what was in doubt");
    return start(d, q);
}

void quote_stale(struct desk *d, struct seat *s)
{
    struct buying *b = seat_face(d, s).buying;

    s->quote_moved = true;
    if (b->state != BUYING_QUOTED)
        return;
    b->state = BUYING_STALE;
    desk_changed(d, DESK_QUOTE);
}

void quote_age(struct desk *d)
{
    int64_t now = desk_now_ms();

    for (size_t i = 0; i < d->private->n_seats; i++) {
        struct seat *s = &d->private->seats[i];
        const struct buying *b = seat_face(d, s).buying;
        int64_t age = now - b->quoted_ms;

        if (b->state != BUYING_QUOTED)
            continue;
        if (age >= QUOTE_FRESH_MS)
            quote_stale(d, s);
        else
            timer_sooner(d, TIMER_QUOTE, QUOTE_FRESH_MS - age);
    }
}

void quote_check(struct desk *d)
{
    const struct meter *now = &d->usage.meters[METER_CREDITS];

    for (size_t i = 0; i < d->private->n_seats; i++) {
        struct seat *s = &d->private->seats[i];
        const struct buying *b = seat_face(d, s).buying;
        const struct meter *then = &b->quoted.quote.before.meters[METER_CREDITS];

        if (b->state == BUYING_QUOTED && now->known && then->known &&
            now->remaining != then->remaining)
            quote_stale(d, s);
    }
}
