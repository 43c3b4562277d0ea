// A while after the network was last at work, what that took of memory goes back. UI thread.
// Floor: desk.
#include "base/mem.h"
#include "desk/inside.h"

enum { AFTER_MS = 1000 };

static bool run(struct task *t)
{
    (void)t;
    mem_give_back();
    return true;
}

static void done(struct desk *d, struct task *t)
{
    (void)d;
    (void)t;
}

static const struct task_kind kind = {.name = "rest", .lane = LANE_LOCAL, .run = run, .done = done};

void rest_after(struct desk *d, const struct task *t)
{
    if (t->kind->lane == LANE_WAITED || t->kind->lane == LANE_LONG)
        timer_set(d, TIMER_REST, AFTER_MS);
}

void rest_begin(struct desk *d)
{
    if (d->private->running == 0)
        task_start(task_new(d, &kind, sizeof(struct task), NULL));
}
