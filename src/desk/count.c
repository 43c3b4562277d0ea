// How many records the filters match: asked for when they have been left alone for a while. UI
// thread, but for the run. Floor: desk.
#include <stdlib.h>

#include "base/count.h"
#include "desk/inside.h"
#include "flow/search.h"
#include "job/cancel.h"
#include "model/query_split.h"

enum { PAUSE_MS = 400 };

struct count {
    struct task task;
    struct seat *seat;
    struct query query;
    long long hits;
    bool told; // what came of it is said
};

static bool add(void *self, size_t query, long long hits, const struct err *why, struct err *e)
{
    struct count *c = self;

    (void)query;
    if (hits < 0) {
        *e = *why;
        return false;
    }
    c->hits += hits;
    return true;
}

static bool run(struct task *t)
{
    struct count *c = (struct count *)t;
    struct query_parts parts;
    bool ok = parts_resolve(&t->app, &c->query, &parts, &t->err);
    const struct count_order order = {parts.items, parts.n, add, c};

    if (ok && parts.n == 1)
        ok = search_count(&t->app, &parts.items[0], &c->hits, &t->err);
    else if (ok)
        ok = search_counts(&t->app, &order, &t->err);
    query_parts_free(&parts);
    return ok;
}

static void say(struct desk *d, const struct count *c)
{
    const struct entity *entity = c->seat->entity;
    bool parts = seat_face(d, c->seat).filters->requests > 1, one = c->hits == 1;
    char n[COUNT_MAX];

    desk_say(d, ERR_NONE, "%s%s %s match%s the filters.", parts ? "At most " : "",
             count_text(c->hits, n), one ? entity->name : entity->plural, one ? "es" : "");
}

static void done(struct desk *d, struct task *t)
{
    const struct count *c = (const struct count *)t;
    struct filters *f = seat_face(d, c->seat).filters;

    if (c->seat->counting != t)
        return; // the filters have moved on
    c->seat->counting = NULL;
    f->state = t->ok ? COUNT_KNOWN : COUNT_FAILED;
    f->kept_ms = 0;
    if (t->ok)
        f->hits = c->hits;
    else
        f->err = t->err;
    desk_changed(d, DESK_FILTERS);
    if (c->told && t->ok)
        say(d, c);
    else if (c->told)
        desk_tell(d, &t->err);
}

static void release(struct task *t)
{
    query_free(&((struct count *)t)->query);
}

static const struct task_kind kind = {
    .name = "count", .lane = LANE_WAITED, .run = run, .done = done, .free = release};

static void give_up(struct seat *s)
{
    if (s->counting)
        cancel_fire(s->counting->cancel);
    s->counting = NULL;
}

static void ask(struct desk *d, struct seat *s, bool told)
{
    struct filters *f = seat_face(d, s).filters;
    struct count *c = task_new(d, &kind, sizeof(*c), NULL);

    give_up(s);
    c->seat = s;
    c->told = told;
    c->query = query_copy(&f->query);
    s->counting = &c->task;
    f->state = COUNT_ASKED;
    desk_changed(d, DESK_FILTERS);
    task_start(&c->task);
}

void count_stop(struct desk *d)
{
    give_up(desk_seat(d));
    timer_stop(d, TIMER_COUNT);
    d->filters.state = COUNT_UNKNOWN;
}

void count_later(struct desk *d)
{
    struct err ignored;

    count_stop(d);
    if (!d->live_count || d->filters.requests > 1 || d->filters.query.n_filters == 0 ||
        !desk_online(d, &ignored))
        return;
    d->filters.state = COUNT_WAITING;
    timer_set(d, TIMER_COUNT, PAUSE_MS);
}

void count_due(struct desk *d)
{
    struct err ignored;

    if (d->filters.state == COUNT_WAITING && desk_online(d, &ignored))
        ask(d, desk_seat(d), false);
}

void desk_count(struct desk *d, bool say)
{
    struct err e;

    timer_stop(d, TIMER_COUNT);
    if (desk_online(d, &e))
        ask(d, desk_seat(d), say);
    else
        desk_tell(d, &e);
}
