// Fetching owned records again for no credit, and how a record's answers differed. UI thread, but
// for the runs. Floor: desk.
#include <stdlib.h>

#include "base/count.h"
#include "base/mem.h"
#include "desk/library_inside.h"
#include "flow/library_find.h"

struct telling {
    struct task task;
    const struct entity *entity;
    char *id;
    char *raw, *fields; // of the version that was told last; owned
    int64_t at_ms;
    struct library_changes changes;
};

static void take_difference(void *arg, const struct difference *d)
{
    struct telling *t = arg;

    changes_add(&t->changes, (struct library_change){.id = mem_strdup(t->id),
                                                     .before = mem_strdup(d->before),
                                                     .after = mem_strdup(d->after),
                                                     .column = d->column,
                                                     .at_ms = t->at_ms});
}

// Newest first.
static bool take_version(void *arg, const struct library_version *v)
{
    struct telling *t = arg;

    if (t->raw)
        library_differences(t->entity, v,
                            &(struct library_version){.raw = t->raw, .fields = t->fields},
                            take_difference, t);
    free(t->raw);
    free(t->fields);
    t->raw = mem_strdup(v->raw);
    t->fields = mem_strdup(v->fields);
    t->at_ms = v->fetched_ms;
    return true;
}

static bool run_history(struct task *task)
{
    struct telling *t = (struct telling *)task;

    if (!library_versions(&task->app, t->entity, t->id, take_version, t, &task->err))
        return false;
    if (!t->raw)
        return err_set(&task->err, ERR_NOT_FOUND, "the library does not have this record");
    changes_add(&t->changes, (struct library_change){.id = mem_strdup(t->id),
                                                     .before = mem_strdup(""),
                                                     .after = mem_strdup(""),
                                                     .at_ms = t->at_ms});
    return true;
}

// They are the desk's from then on.
static void take_changes(struct desk *d, struct library_changes *changes)
{
    uint64_t number = d->library.changes.number;

    changes_clear(&d->library.changes);
    d->library.changes = *changes;
    d->library.changes.number = number + 1;
    *changes = (struct library_changes){0};
    desk_changed(d, DESK_LIBRARY);
}

static void told(struct desk *d, struct task *task)
{
    struct telling *t = (struct telling *)task;

    if (!task->ok) {
        desk_tell(d, &task->err);
        return;
    }
    t->changes.title = str_format("History of %s %s", t->entity->name, t->id);
    take_changes(d, &t->changes);
}

static void release_telling(struct task *task)
{
    struct telling *t = (struct telling *)task;

    changes_clear(&t->changes);
    free(t->raw);
    free(t->fields);
    free(t->id);
}

static const struct task_kind history_kind = {.name = "history",
                                              .lane = LANE_LOCAL,
                                              .run = run_history,
                                              .done = told,
                                              .free = release_telling};

void desk_library_history(struct desk *d, const char *id)
{
    struct telling *t;

    if (!d->private->open)
        return;
    t = task_new(d, &history_kind, sizeof(*t), NULL);
    t->entity = desk_seat(d)->entity;
    t->id = mem_strdup(id);
    task_start(&t->task);
}

struct planning {
    struct task task;
    const struct entity *entity;
    struct id_list list;
    struct refresh refresh;
};

static bool run_plan(struct task *t)
{
    struct planning *p = (struct planning *)t;

    return refresh_plan(&t->app, p->entity, (const char *const *)p->list.ids, p->list.n,
                        &p->refresh, &t->err);
}

static void planned(struct desk *d, struct task *t)
{
    struct planning *p = (struct planning *)t;
    struct library_plan *plan = d->library.private ? &d->library.private->plan : NULL;

    if (!plan || !plan->asked)
        return;
    plan->asked = false;
    if (!t->ok) {
        desk_tell(d, &t->err);
        return;
    }
    refresh_free(&plan->refresh);
    plan->refresh = p->refresh;
    plan->known = true;
    p->refresh = (struct refresh){0};
    desk_changed(d, DESK_LIBRARY);
}

static void release_plan(struct task *t)
{
    struct planning *p = (struct planning *)t;

    id_list_free(&p->list);
    refresh_free(&p->refresh);
}

static const struct task_kind plan_kind = {
    .name = "plan", .lane = LANE_LOCAL, .run = run_plan, .done = planned, .free = release_plan};

bool desk_library_plan(struct desk *d, const char *id, struct err *e)
{
    struct id_list list;
    struct planning *p;

    if (!d->private->open || !d->library.private)
        return err_set(e, ERR_REFUSED, "the library is not open yet; wait a moment");
    if (!library_ids(d, id, &list, e))
        return false;
    p = task_new(d, &plan_kind, sizeof(*p), NULL);
    p->entity = desk_seat(d)->entity;
    p->list = list;
    d->library.private->plan.asked = true;
    d->library.private->plan.known = false;
    task_start(&p->task);
    return true;
}

const struct library_plan *desk_library_planned(const struct desk *d)
{
    return d->library.private ? &d->library.private->plan : NULL;
}

struct refreshing {
    struct task task;
    struct seat *seat;
    struct refresh refresh;
    struct refreshed done;
    struct library_changes changes;
};

static void take_change(void *self, const char *id, const struct difference *d)
{
    struct refreshing *r = self;

    changes_add(&r->changes, (struct library_change){.id = mem_strdup(id),
                                                     .before = mem_strdup(d->before),
                                                     .after = mem_strdup(d->after),
                                                     .column = d->column});
}

static bool run_refresh(struct task *t)
{
    struct refreshing *r = (struct refreshing *)t;

    return refresh_run(&t->app, &r->refresh, take_change, r, &r->done, &t->err);
}

static void refreshed(struct desk *d, struct task *t)
{
    struct refreshing *r = (struct refreshing *)t;
    char a[COUNT_MAX], b[COUNT_MAX], c[COUNT_MAX];

    (void)count_text((long long)r->done.sum.refreshed, a);
    (void)count_text((long long)r->done.changed, b);
    (void)count_text(r->done.sum.credits, c);
    if (t->ok)
        desk_say(d, ERR_NONE, "%s fetched again for %s credits: %s tell something else now.", a, c,
                 b);
    else
        desk_say(d, t->err.kind, "Fetching again stopped: %s. %s came, for %s credits.",
                 t->err.text, a, c);
    r->changes.title = str_format("Fetched again: %s of %s changed", b, a);
    r->changes.of_refresh = true;
    r->changes.done = r->done;
    if (r->done.sum.refreshed)
        take_changes(d, &r->changes);
    library_stale(d);
    sums_later(d, r->seat);
    detail_read(d, r->seat);
    ledger_read(d);
    desk_changed(d, DESK_USAGE | DESK_RESULTS);
}

static void release_refresh(struct task *t)
{
    struct refreshing *r = (struct refreshing *)t;

    refresh_free(&r->refresh);
    changes_clear(&r->changes);
}

static const struct task_kind refresh_kind = {.name = "refresh",
                                              .lane = LANE_LONG,
                                              .shown = true,
                                              .spends = true,
                                              .run = run_refresh,
                                              .done = refreshed,
                                              .free = release_refresh};

bool desk_library_refresh(struct desk *d, struct err *e)
{
    struct library_plan *plan = d->library.private ? &d->library.private->plan : NULL;
    struct refreshing *r;
    char n[COUNT_MAX];

    if (!plan || !plan->known || !plan->refresh.records)
        return err_set(e, ERR_REFUSED, "nothing was found that can be fetched again");
    if (!d->spender)
        return err_set(e, ERR_REFUSED, "another Lode has this account: fetch there, browse here");
    if (d->locked)
        return err_set(e, ERR_REFUSED, "spending is locked; unlock it first");
    if (!desk_online(d, e))
        return false;
    if (d->private->spending)
        return err_set(e, ERR_REFUSED, "a purchase is under way; wait until it has ended");
    r = task_new(d, &refresh_kind, sizeof(*r), NULL);
    r->seat = desk_seat(d);
    r->refresh = plan->refresh;
    *plan = (struct library_plan){0};
    task_label(&r->task, "fetch %s %s again", count_text((long long)r->refresh.records, n),
               r->refresh.records == 1 ? r->refresh.entity->name : r->refresh.entity->plural);
    task_start(&r->task);
    return true;
}
