// A search past what paging reaches: its parts counted, then fetched as the rows of one search. UI
// thread, but for the runs. Floor: desk.
#include "desk/searches.h"

#include "base/count.h"
#include "desk/gather.h"
#include "flow/lists.h"
#include "job/cancel.h"

struct planning {
    struct task task;
    struct query query;
    const struct input *by;
    long long most;
    struct split plan;
};

static bool told(void *self, const struct split *so_far, struct err *e)
{
    struct planning *p = self;

    (void)e;
    atomic_store(&p->task.desk->searches.split.counted, so_far->requests);
    bell_ring(p->task.desk->private, DESK_SEARCHES);
    return true;
}

static bool plan(struct task *t)
{
    struct planning *p = (struct planning *)t;
    const struct split_order order = {
        .query = &p->query, .by = p->by, .max_requests = p->most, .told = told, .self = p};

    return lists_resolve(&t->app, &p->query, &t->err) && query_check(&p->query, &t->err) &&
           split_make(&t->app, &order, &p->plan, &t->err);
}

static void planned(struct desk *d, struct task *t)
{
    struct planning *p = (struct planning *)t;
    struct split_view *v = &d->searches.split;

    v->task = NULL;
    v->err = t->ok ? (struct err){0} : t->err;
    if (t->ok) {
        split_free(&v->plan);
        v->plan = p->plan;
        p->plan = (struct split){0};
        v->there = true;
    } else {
        desk_tell(d, &t->err);
    }
    desk_changed(d, DESK_SEARCHES);
}

static void plan_free(struct task *t)
{
    struct planning *p = (struct planning *)t;

    query_free(&p->query);
    split_free(&p->plan);
}

static const struct task_kind plan_kind = {.name = "parts",
                                           .lane = LANE_WAITED,
                                           .shown = true,
                                           .run = plan,
                                           .done = planned,
                                           .free = plan_free};

bool desk_split(struct desk *d, const struct input *by, long long most, struct err *e)
{
    struct split_view *v = &d->searches.split;
    struct planning *p;

    if (!desk_online(d, e))
        return false;
    if (v->task)
        return err_set(e, ERR_REFUSED, "parts are being counted or fetched already");
    query_free(&v->query);
    v->query = query_copy(&d->filters.query);
    v->by = by;
    v->there = false;
    v->err = (struct err){0};
    atomic_store(&v->counted, 0);
    p = task_new(d, &plan_kind, sizeof(*p), NULL);
    p->query = query_copy(&v->query);
    p->by = by;
    p->most = most;
    v->task = &p->task;
    task_label(&p->task, "count parts of %s", v->query.entity->plural);
    desk_changed(d, DESK_SEARCHES);
    task_start(&p->task);
    return true;
}

static void gathered(struct desk *d, struct gathering *g)
{
    struct split_view *v = &d->searches.split;

    v->task = NULL;
    v->fetching = false;
    v->err = g->task.ok ? (struct err){0} : g->task.err;
    if (!gather_show(d, g))
        desk_tell(d, &g->task.err);
    desk_changed(d, DESK_SEARCHES);
}

// All parts as the whole, or one as a search of its own.
static struct gathering *order_of(struct desk *d, const struct split_view *v, long long part)
{
    const struct query_parts *all = &v->plan.queries;
    size_t first = part == SPLIT_ALL ? 0 : (size_t)part;
    size_t end = part == SPLIT_ALL ? all->n : first + 1;
    struct gathering *g =
        gather_new(d, part == SPLIT_ALL ? &v->query : &all->items[first], gathered);

    for (size_t i = first; i < end; i++)
        query_parts_add(&g->parts, query_copy(&all->items[i]));
    g->total = part == SPLIT_ALL ? v->plan.total : v->plan.parts.items[first].hits;
    return g;
}

bool desk_split_fetch(struct desk *d, long long part, struct err *e)
{
    struct split_view *v = &d->searches.split;
    const struct entity *entity = v->query.entity;
    char parts[COUNT_WORDS_MAX];
    struct gathering *g;

    if (!desk_online(d, e))
        return false;
    if (v->task || !v->there || part >= (long long)v->plan.parts.len || v->plan.parts.len == 0)
        return err_set(e, ERR_REFUSED, "count the parts first");
    desk_entity(d, entity);
    g = order_of(d, v, part);
    v->task = &g->task;
    v->fetching = true;
    task_label(&g->task, "fetch %s of %s", count_words((long long)g->parts.n, "part", parts),
               entity->plural);
    desk_changed(d, DESK_SEARCHES);
    task_start(&g->task);
    return true;
}
