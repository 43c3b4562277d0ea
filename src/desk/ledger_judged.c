// What is in doubt, asked of the account's meters, each call with its records. UI thread, but for
// the run. Floor: desk.
#include <stdlib.h>

#include "base/mem.h"
#include "desk/ledger_inside.h"

// So many calls are told in full.
enum { TOLD_MAX = 200 };

struct asking {
    struct task task;
    struct charges_judged judged;
};

static void free_judged(struct charges_judged *j)
{
    for (size_t i = 0; i < j->n_told; i++)
        charge_told_free(&j->told[i]);
    free(j->told);
    free(j->all);
    *j = (struct charges_judged){.number = j->number};
}

void charges_judged_free(struct desk *d)
{
    free_judged(&d->charges.judged);
}

static bool ask(struct task *t)
{
    struct charges_judged *j = &((struct asking *)t)->judged;
    size_t n;

    if (!reconcile_run(&t->app, &j->all, &j->n, &t->err))
        return false;
    n = j->n < TOLD_MAX ? j->n : TOLD_MAX;
    j->told = mem_array(n + 1, sizeof(*j->told));
    while (j->n_told < n) {
        if (!charge_read(&t->app, j->all[j->n_told].charge, &j->told[j->n_told], &t->err))
            return false;
        j->n_told++;
    }
    return true;
}

static void answered(struct desk *d, struct task *t)
{
    struct asking *a = (struct asking *)t;
    struct charges_judged *view = &d->charges.judged;
    struct str text = {0};

    if (!t->ok) {
        desk_tell(d, &t->err);
    } else {
        judged_sum(a->judged.all, a->judged.n, &text);
        desk_say(d, ERR_NONE, "%s", text.data);
        str_free(&text);
        free_judged(view);
        a->judged.number = view->number + 1;
        *view = a->judged;
        a->judged = (struct charges_judged){0};
        for (size_t i = 0; i < view->n_told; i++)
            charge_labels(d, &view->told[i]);
        usage_take(d);
    }
    ledger_read(d);
    for (size_t i = 0; i < d->private->n_seats; i++)
        sums_later(d, &d->private->seats[i]);
}

static void release(struct task *t)
{
    free_judged(&((struct asking *)t)->judged);
}

static const struct task_kind kind = {
    .name = "reconcile", .lane = LANE_WAITED, .run = ask, .done = answered, .free = release};

bool desk_reconcile(struct desk *d, struct err *e)
{
    struct asking *a;

    if (!d->spender)
        return err_set(e, ERR_REFUSED, "another Lode has this account: reconcile there");
    if (!desk_online(d, e))
        return false;
    if (d->private->spending)
        return err_set(e, ERR_REFUSED, "a purchase is under way; ask when it has ended");
    a = task_new(d, &kind, sizeof(*a), NULL);
    task_start(&a->task);
    return true;
}
