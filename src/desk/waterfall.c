// The count of the filters without each of them, as it comes. UI thread, but for the run.
// Floor: desk.
#include "desk/searches.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "desk/inside.h"
#include "flow/lists.h"
#include "flow/waterfall.h"
#include "job/cancel.h"

struct falling {
    struct task task;
    struct query query;
    struct waterfall_step *steps; // the desk's, which keeps them until this is back
};

// On a worker: why stands before the count says that it does.
static bool take(void *self, size_t step, long long hits, const struct err *why, struct err *e)
{
    struct falling *f = self;

    (void)e;
    if (why)
        (void)snprintf(f->steps[step].why, sizeof(f->steps[step].why), "%s", why->text);
    atomic_store(&f->steps[step].hits, hits);
    bell_ring(f->task.desk->private, DESK_SEARCHES);
    return true;
}

static bool run(struct task *t)
{
    struct falling *f = (struct falling *)t;
    const struct waterfall_order order = {&f->query, take, f};

    return lists_resolve(&t->app, &f->query, &t->err) && query_check(&f->query, &t->err) &&
           waterfall_run(&t->app, &order, &t->err);
}

static void done(struct desk *d, struct task *t)
{
    struct waterfall_view *v = &d->searches.waterfall;

    v->task = NULL;
    v->err = t->ok ? (struct err){0} : t->err;
    desk_changed(d, DESK_SEARCHES);
    if (!t->ok)
        desk_tell(d, &t->err);
}

static void release(struct task *t)
{
    query_free(&((struct falling *)t)->query);
}

static const struct task_kind kind = {.name = "waterfall",
                                      .lane = LANE_WAITED,
                                      .shown = true,
                                      .run = run,
                                      .done = done,
                                      .free = release};

bool desk_waterfall(struct desk *d, struct err *e)
{
    struct waterfall_view *v = &d->searches.waterfall;
    struct falling *f;

    if (!desk_online(d, e))
        return false;
    if (v->task)
        return err_set(e, ERR_REFUSED, "the counts are still coming");
    query_free(&v->query);
    free(v->steps);
    v->query = query_copy(&d->filters.query);
    v->n = waterfall_price(&v->query);
    v->steps = mem_array(v->n, sizeof(*v->steps));
    for (size_t i = 0; i < v->n; i++) {
        *v->steps[i].why = '\0';
        atomic_init(&v->steps[i].hits, WATERFALL_WAITS);
    }
    v->err = (struct err){0};
    f = task_new(d, &kind, sizeof(*f), NULL);
    f->query = query_copy(&v->query);
    f->steps = v->steps;
    v->task = &f->task;
    task_label(&f->task, "count %s without each filter", d->filters.entity->plural);
    desk_changed(d, DESK_SEARCHES);
    task_start(&f->task);
    return true;
}

void desk_waterfall_stop(struct desk *d)
{
    if (d->searches.waterfall.task)
        cancel_fire(d->searches.waterfall.task->cancel);
}
