// One job in full, as it goes on. UI thread. Floor: ui/pane.
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "ui/pane/jobs_pane.h"
#include "ui/pane/reader.h"

enum { POPUP_H = 20, POPUP_W = 76, SECOND = 1000 };

struct jobs_reader {
    struct reader reader;
    struct jobs_pane *jobs; // outlives its popups
    int64_t job;            // by its id, 0: none
    uint64_t task;
    struct str told;
};

static struct jobs_reader *of(struct pane *p)
{
    return (struct jobs_reader *)p;
}

static void take(struct jobs_reader *r, const struct jobs_line *l)
{
    struct reader *in = &r->reader;
    const char *name = l->job ? l->job->name : l->task->label;

    r->job = l->job ? l->job->id : r->job;
    r->task = l->task ? l->task->id : r->task;
    (void)snprintf(in->title, sizeof(in->title), "%s: %s", name, jobs_state_text(l));
    str_clear(&r->told);
    jobs_tell_all(r->jobs, l, &r->told);
}

// One that was forgotten stays as it was told last.
static const struct jobs_line *find(const struct jobs_reader *r)
{
    for (size_t i = 0; i < r->jobs->n_lines; i++) {
        const struct jobs_line *l = &r->jobs->lines[i];

        if ((l->job && l->job->id == r->job) || (l->task && l->task->id == r->task))
            return l;
    }
    return NULL;
}

static void follow(struct pane *p)
{
    struct jobs_reader *r = of(p);
    const struct jobs_line *l;

    jobs_lines(r->jobs);
    l = find(r);
    if (!l)
        return;
    take(r, l);
    if (!str_eq(str_text(&r->reader.view.text), str_text(&r->told)))
        text_view_change(&r->reader.view, str_text(&r->told));
    p->dirty = true;
    if (jobs_runs_here(l))
        host_wake_at(p->host, p, host_now_ms(p->host) + SECOND);
}

static void changed(struct pane *p, unsigned parts)
{
    (void)parts;
    follow(p);
}

static void close(struct pane *p)
{
    reader_free(&of(p)->reader);
    str_free(&of(p)->told);
    free(p);
}

static const struct pane_action actions[] = {READER_ACTIONS, {NULL, NULL}};

static const struct pane_ops ops = {
    .name = "job",
    .title = "Job",
    .about = "One job in full, as it goes on.",
    .popup_h = POPUP_H,
    .popup_w = POPUP_W,
    .close = close,
    .draw = reader_draw,
    .actions = actions,
    .event = reader_event,
    .woken = follow,
    .watches = DESK_TASKS,
    .changed = changed,
    .status = reader_status,
};

struct pane *jobs_reader_open(struct jobs_pane *j, const struct jobs_line *l)
{
    struct jobs_reader *r = mem_zalloc(sizeof(*r));

    r->jobs = j;
    reader_init(&r->reader, &ops, j->pane.desk, j->pane.host, "", "", true);
    take(r, l);
    text_view_set(&r->reader.view, str_text(&r->told), true, false);
    if (jobs_runs_here(l))
        host_wake_at(j->pane.host, &r->reader.pane, host_now_ms(j->pane.host) + SECOND);
    return &r->reader.pane;
}
