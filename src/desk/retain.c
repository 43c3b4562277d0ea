// Records past retention: counted, told, and purged on a person's word, or by the day where that is
// set. UI thread, but for the runs. Floor: desk.
#include "flow/retain.h"

#include <stdlib.h>

#include "base/count.h"
#include "base/mem.h"
#include "desk/library_inside.h"

static const int64_t DAY_MS = (int64_t)24 * 3600 * 1000;

// What is done about what was found.
enum then { THEN_NOTHING, THEN_TELL, THEN_PURGE };

struct counting {
    struct task task;
    struct retain_count past;
    enum then then;
};

static bool run_count(struct task *t)
{
    return retain_look(&t->app, NULL, &((struct counting *)t)->past, &t->err);
}

static void tell(struct desk *d)
{
    struct str text = {0};

    retain_say(&d->retention.past, NULL, d->retention.months, &text);
    if (text.len)
        desk_say(d, ERR_NONE,
                 "%s, past retention. :past-retention shows them, :purge-past-retention purges "
                 "them.",
                 text.data);
    str_free(&text);
}

static bool goes_by_itself(const struct desk *d)
{
    return d->retention.months && d->retention.automatic && d->spender && d->state == DESK_READY;
}

static void purge(struct desk *d, size_t from, size_t to, bool automatic);

static void counted(struct desk *d, struct task *t)
{
    const struct counting *c = (const struct counting *)t;
    struct retention_view *v = &d->retention;

    if (!t->ok || t->app.config.limits.retain_months != v->months)
        return; // it was set otherwise since, and is counted again
    v->known = true;
    v->past = c->past;
    desk_changed(d, DESK_LIBRARY);
    if (c->then == THEN_TELL)
        tell(d);
    else if (c->then == THEN_PURGE && c->past.all && goes_by_itself(d))
        purge(d, 0, d->private->n_seats, true);
}

static const struct task_kind count_kind = {
    .name = "retention", .lane = LANE_LOCAL, .run = run_count, .done = counted};

static void count(struct desk *d, enum then then)
{
    struct counting *c;

    if (!d->private->open || d->private->closing || !d->retention.months)
        return;
    c = task_new(d, &count_kind, sizeof(*c), NULL);
    c->then = then;
    task_start(&c->task);
}

void retention_read(struct desk *d)
{
    count(d, THEN_NOTHING);
}

struct purging_past {
    struct task task;
    size_t from, to; // of the seats
    bool automatic;
    struct purge_past *gone; // of each seat; owned
    struct row_note **notes; // the same; owned
};

static bool purge_seat(struct purging_past *p, size_t i, bool *done)
{
    struct task *t = &p->task;
    const struct entity *entity = entity_all()[i];
    bool ok = retain_purge(&t->app, entity, &p->gone[i], done, &t->err);

    if (*done && p->gone[i].n)
        p->notes[i] =
            library_notes(&t->app, entity, (const char *const *)p->gone[i].ids, p->gone[i].n);
    return ok;
}

static bool run_purge(struct task *t)
{
    struct purging_past *p = (struct purging_past *)t;
    bool ok = !p->automatic || retain_may(&t->app, &t->err), done;

    for (size_t i = p->from; ok && i < p->to; i++)
        ok = purge_seat(p, i, &done);
    return ok;
}

static void say_purged(struct desk *d, const struct purging_past *p)
{
    struct retain_count gone = {0};
    struct str text = {0};
    char left[COUNT_WORDS_MAX];
    long long n_left = 0;

    for (size_t i = p->from; i < p->to; i++) {
        gone.n[i] = (long long)p->gone[i].n;
        gone.all += gone.n[i];
        n_left += p->gone[i].left;
    }
    retain_say(&gone, NULL, p->task.app.config.limits.retain_months, &text);
    if (gone.all)
        str_addf(&text, ", past retention: purged from every file%s.",
                 p->automatic ? " (retain-purge is auto)" : "");
    if (n_left && (gone.all || !p->automatic))
        str_addf(&text,
                 "%s%s stayed: a call about them is in doubt, or an answer that may name them is "
                 "no sound one.",
                 text.len ? " " : "", count_words(n_left, "record", left));
    else if (!gone.all && !p->automatic)
        str_add(&text, "Nothing is past retention.");
    if (text.len)
        desk_say(d, ERR_NONE, "%s", text.data);
    str_free(&text);
}

static void purged(struct desk *d, struct task *t)
{
    const struct purging_past *p = (const struct purging_past *)t;

    for (size_t i = p->from; i < p->to; i++) {
        if (p->gone[i].n)
            library_gone(d, &d->private->seats[i], (const char *const *)p->gone[i].ids,
                         p->gone[i].n, p->notes[i]);
    }
    say_purged(d, p);
    if (!t->ok)
        desk_tell(d, &t->err);
}

static void release(struct task *t)
{
    struct purging_past *p = (struct purging_past *)t;

    for (size_t i = p->from; i < p->to; i++) {
        purge_past_free(&p->gone[i]);
        free(p->notes[i]);
    }
    free(p->gone);
    free(p->notes);
}

static const struct task_kind purge_kind = {.name = "purge",
                                            .lane = LANE_LONG,
                                            .shown = true,
                                            .run = run_purge,
                                            .done = purged,
                                            .free = release};

static void purge(struct desk *d, size_t from, size_t to, bool automatic)
{
    struct purging_past *p = task_new(d, &purge_kind, sizeof(*p), NULL);

    p->from = from;
    p->to = to;
    p->automatic = automatic;
    p->gone = mem_zalloc(d->private->n_seats * sizeof(*p->gone));
    p->notes = mem_zalloc(d->private->n_seats * sizeof(*p->notes));
    task_label(&p->task, "purge what is past retention");
    task_start(&p->task);
}

bool desk_purge_past(struct desk *d, struct err *e)
{
    if (!d->private->open)
        return err_set(e, ERR_REFUSED, "the account is not open yet; wait a moment");
    if (!d->spender)
        return err_set(e, ERR_REFUSED, "another Lode has this account: write there, browse here");
    purge(d, d->private->at, d->private->at + 1, false);
    return true;
}

void desk_set_retention(struct desk *d, int months, bool automatic)
{
    struct retention_view *v = &d->retention;

    if (v->months == months && v->automatic == automatic)
        return;
    *v = (struct retention_view){.months = months, .automatic = automatic};
    d->limits.retain_months = months;
    budget_apply(d);
    desk_changed(d, DESK_LIBRARY);
    if (!d->private->open)
        return;
    count(d, THEN_TELL);
    timer_stop(d, TIMER_RETAIN);
    if (months)
        timer_set(d, TIMER_RETAIN, DAY_MS);
}

// What goes by itself is told once it has gone.
void retention_opened(struct desk *d)
{
    count(d, d->retention.automatic ? THEN_NOTHING : THEN_TELL);
    if (d->retention.months)
        timer_set(d, TIMER_RETAIN, DAY_MS);
}

void retention_signed_in(struct desk *d)
{
    if (goes_by_itself(d))
        count(d, THEN_PURGE);
}

void retention_due(struct desk *d)
{
    if (d->retention.months)
        timer_set(d, TIMER_RETAIN, DAY_MS);
    count(d, goes_by_itself(d) ? THEN_PURGE : THEN_TELL);
}

void retention_reset(struct desk *d)
{
    d->retention.known = false;
    d->retention.past = (struct retain_count){0};
    timer_stop(d, TIMER_RETAIN);
}
