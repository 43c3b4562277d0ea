// Work given to a worker and taken back. UI thread, but for the run and its voice. Floor: desk.
#include "desk/task.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "desk/inside.h"
#include "job/cancel.h"

// A sentence on its way to the bottom line.
struct said {
    struct job job;
    uint64_t view; // 0: of no shown task
    char text[ERR_TEXT_MAX];
};

static void never(struct job *job)
{
    (void)job; // marks a sentence: it is put on the queue, never run
}

// Any thread.
static void send(struct desk *d, uint64_t view, const char *sentence)
{
    struct said *said = mem_zalloc(sizeof(*said));

    said->job.run = never;
    said->view = view;
    (void)snprintf(said->text, sizeof(said->text), "%s", sentence);
    queue_put(d->private->replies, &said->job);
}

// On the worker.
static void say(void *self, const char *sentence)
{
    const struct task *t = self;

    send(t->desk, t->view ? t->view->id : 0, sentence);
}

// On the worker.
static void step(void *self, const char *what, long long done, long long total)
{
    const struct task *t = self;

    (void)what;
    if (!t->view)
        return;
    if (!atomic_load(&t->view->first_ms)) {
        atomic_store(&t->view->first_done, done);
        atomic_store(&t->view->first_ms, desk_now_ms());
    }
    atomic_store(&t->view->done, done);
    atomic_store(&t->view->total, total);
    bell_ring(t->desk->private, DESK_TASKS);
}

static void say_plainly(void *self, const char *sentence)
{
    send(self, 0, sentence);
}

static void no_step(void *self, const char *what, long long done, long long total)
{
    (void)self;
    (void)what;
    (void)done;
    (void)total;
}

struct talk desk_talk(struct desk *d)
{
    return (struct talk){d, say_plainly, no_step};
}

static void run(struct job *job)
{
    struct task *t = (struct task *)job;

    t->ok = t->kind->run(t);
}

bool said_is(const struct job *job)
{
    return job->run == never;
}

void said_take(struct desk *d, struct job *job)
{
    struct said *said = (struct said *)job;
    struct task_view *v = view_find(d, said->view);

    if (v) {
        memcpy(v->said, said->text, sizeof(v->said));
        desk_changed(d, DESK_TASKS);
    }
    desk_say(d, ERR_NONE, "%s", said->text);
    free(said);
}

// Of the ended ones the newest stay.
static void drop_oldest(struct task_list *l)
{
    size_t ended = 0, n = 0;

    for (size_t i = 0; i < l->n; i++)
        ended += l->items[i]->state != TASK_RUNS;
    for (size_t i = 0; i < l->n; i++) {
        struct task_view *v = l->items[i];

        if (v->state != TASK_RUNS && ended > TASKS_KEPT) {
            ended--;
            free(v);
        } else {
            l->items[n++] = v;
        }
    }
    l->n = n;
}

struct task_view *view_begin(struct desk *d, const char *kind, struct cancel *cancel)
{
    struct task_list *l = &d->tasks;
    struct task_view *v = mem_zalloc(sizeof(*v));

    v->id = ++d->private->next_id;
    v->kind = kind;
    v->began_ms = desk_now_ms();
    v->cancel = cancel;
    atomic_init(&v->done, 0);
    atomic_init(&v->first_done, 0);
    atomic_init(&v->first_ms, 0);
    atomic_init(&v->total, -1);
    if (l->n == l->cap) {
        l->cap = l->cap ? l->cap * 2 : 16;
        l->items = mem_regrow(l->items, l->cap, sizeof(*l->items));
    }
    l->items[l->n++] = v;
    drop_oldest(l);
    l->changes++;
    desk_changed(d, DESK_TASKS);
    return v;
}

void view_end(struct desk *d, struct task_view *v, enum task_state state)
{
    v->state = state;
    v->ended_ms = desk_now_ms();
    v->cancel = NULL;
    v->stopping = false;
    d->tasks.changes++;
    desk_changed(d, DESK_TASKS);
}

struct task_view *view_find(const struct desk *d, uint64_t id)
{
    for (size_t i = 0; id && i < d->tasks.n; i++) {
        if (d->tasks.items[i]->id == id)
            return d->tasks.items[i];
    }
    return NULL;
}

void views_free(struct desk *d)
{
    for (size_t i = 0; i < d->tasks.n; i++)
        free(d->tasks.items[i]);
    free(d->tasks.items);
    d->tasks = (struct task_list){.changes = d->tasks.changes + 1};
}

void *task_new(struct desk *d, const struct task_kind *kind, size_t size, struct cancel *parent)
{
    struct task *t = mem_zalloc(size);

    t->job.run = run;
    t->job.reply = d->private->replies;
    t->kind = kind;
    t->desk = d;
    t->cancel = cancel_new(parent ? parent : d->private->root);
    t->job.cancel = t->cancel;
    if (kind->shown)
        t->view = view_begin(d, kind->name, t->cancel);
    if (t->view)
        t->view->spends = kind->spends;
    return t;
}

void task_label(struct task *t, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    (void)vsnprintf(t->view->label, sizeof(t->view->label), format, args);
    va_end(args);
}

void task_start(struct task *t)
{
    struct desk_private *p = t->desk->private;

    t->app = app_view(&p->app, t->cancel, (struct talk){t, say, step});
    t->app.usage = t->desk->usage;
    p->running++;
    p->spending += t->kind->spends;
    timer_sooner(t->desk, TIMER_PULSE, PULSE_MS);
    pool_submit(p->lanes[t->kind->lane], &t->job);
}

static enum task_state state_after(const struct task *t)
{
    if (t->ok)
        return TASK_DONE;
    return t->err.kind == ERR_CANCELLED ? TASK_CANCELLED : TASK_FAILED;
}

void task_end(struct desk *d, struct task *t)
{
    d->private->running--;
    d->private->spending -= t->kind->spends;
    // A pool gives back without running what was cancelled before its turn.
    if (!t->ok && t->err.kind == ERR_NONE)
        (void)err_set(&t->err, ERR_CANCELLED, "stopped on request");
    if (t->view && !t->ok)
        memcpy(t->view->said, t->err.text, sizeof(t->view->said));
    if (t->view)
        view_end(d, t->view, state_after(t));
    if (!t->ok && t->err.kind == ERR_UNAUTHORISED)
        start_lost(d, &t->err);
    t->kind->done(d, t);
    rest_after(d, t);
    if (t->kind->free)
        t->kind->free(t);
    cancel_unref(t->cancel);
    free(t);
}

bool desk_cancel(struct desk *d, uint64_t id)
{
    struct task_view *v = view_find(d, id);

    if (!v || v->state != TASK_RUNS)
        return false;
    cancel_fire(v->cancel);
    v->stopping = true;
    desk_changed(d, DESK_TASKS);
    return true;
}

const struct task_view *desk_running(const struct desk *d)
{
    for (size_t i = d->tasks.n; i > 0; i--) {
        if (d->tasks.items[i - 1]->state == TASK_RUNS)
            return d->tasks.items[i - 1];
    }
    return NULL;
}

bool desk_rests(const struct desk *d)
{
    return d->private->running == 0 && d->filters.state != COUNT_WAITING &&
           !d->private->due[TIMER_ARRANGE] && !d->private->due[TIMER_SUMS];
}
