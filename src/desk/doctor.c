// The doctor on the desk. UI thread; checks on a worker. Floor: desk.
#include "desk/doctor.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "desk/inside.h"

// What all checks of one visit share; goes from one task to the next.
struct visit {
    struct doctor doctor;
    struct profile profile;
    char *faults;
    bool named; // there is an account to be looked at
    size_t at;
};

struct check_task {
    struct task task;
    struct visit *visit;
    struct doctor_result result;
};

static void end_visit(struct visit *v)
{
    keyring_close(v->doctor.keyring);
    profile_free(&v->profile);
    free(v->faults);
    free(v);
}

static bool needs_account(const char *check)
{
    return !str_eq(check, "keyring") && !str_eq(check, "terminal") && !str_eq(check, "lode.conf");
}

static bool run_check(struct task *task)
{
    struct check_task *t = (struct check_task *)task;
    struct visit *v = t->visit;
    const char *check = doctor_name(v->at);

    v->doctor.app = &task->app;
    if (v->named || !needs_account(check)) {
        doctor_check(&v->doctor, v->at, &t->result);
        keyring_for_screen(t->result.text);
        return true;
    }
    t->result = (struct doctor_result){.check = check, .state = DOCTOR_SKIPPED};
    (void)snprintf(t->result.text, sizeof(t->result.text),
                   "not looked at: no account was chosen yet");
    return true;
}

static void begin_check(struct desk *d, struct visit *v);

static void checked(struct desk *d, struct task *task)
{
    struct check_task *t = (struct check_task *)task;
    struct visit *v = t->visit;

    if (task->ok)
        d->doctor.items[d->doctor.known++] = t->result;
    desk_changed(d, DESK_ACCOUNT);
    if (task->ok && ++v->at < doctor_count()) {
        begin_check(d, v);
        return;
    }
    d->doctor.running = false;
    end_visit(v);
}

static const struct task_kind kind = {
    .name = "doctor", .lane = LANE_LONG, .run = run_check, .done = checked};

static void begin_check(struct desk *d, struct visit *v)
{
    struct check_task *t = task_new(d, &kind, sizeof(*t), NULL);

    t->visit = v;
    task_start(&t->task);
}

void desk_doctor(struct desk *d)
{
    const struct account *a = &d->private->engine->account;
    struct visit *v;

    if (d->doctor.running)
        return;
    if (!d->doctor.items)
        d->doctor.items = mem_array(doctor_count(), sizeof(*d->doctor.items));
    d->doctor.known = 0;
    d->doctor.running = true;
    start_lanes(d);
    v = mem_zalloc(sizeof(*v));
    v->named = a->named && d->private->app.config.base_url;
    if (v->named)
        v->profile = profile_copy(&a->kept);
    v->faults = mem_strdup(d->faults ? d->faults : "");
    v->doctor = (struct doctor){.keyring = keyring_open(NULL),
                                .profile = &v->profile,
                                .known = a->known,
                                .terminal = doctor_terminal_here(),
                                .faults = v->faults};
    begin_check(d, v);
    desk_changed(d, DESK_ACCOUNT);
}

void desk_doctor_faults(struct desk *d, const char *faults)
{
    free(d->faults);
    d->faults = mem_strdup(faults);
}
