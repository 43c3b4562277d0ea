// The jobs of the profile, whichever Lode runs them, and what this one does or did: how far, how
// fast, how long still, what came of it. UI thread. Floor: ui/pane.
#include "ui/pane/jobs_pane.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "ui/pane/actions.h"
#include "ui/widget/dialog.h"

enum {
    SECOND = 1000,
    ELSEWHERE_MS = 2000, // between looks at what other Lodes have written, while it is shown
    REST_MS = 10000,     // the same where nothing runs
    HEADING_H = 1,
    FOOT_H = 4, // what the row under the cursor says, behind an empty line, and more where there is
                // room
    FOOT_FROM_H = 10,
    FOOT_SIGN_MAX = KEY_TEXT_MAX + 16,
    HINTS = 3,
    RUNNING_MAX = 40 // of the name of what runs
};

// What is told of a row behind its state, and what can be done about it.
struct hints {
    const char *where;
    struct {
        const char *command, *does; // NULL: no more
    } items[HINTS];
};

static struct jobs_pane *of(struct pane *p)
{
    return (struct jobs_pane *)p;
}

// Rows for what is said, with the empty one above: all where the table leaves them, at least a few.
static int foot_rows(const struct jobs_pane *j, struct area a, const char *said)
{
    int left = a.h - HEADING_H - (int)(j->n_lines < (size_t)a.h ? j->n_lines : (size_t)a.h);
    int need = 1 + wrapped_text(area_part(a, 0, 1, a.h, a.w - 2), 0, -1, said);

    if (a.h < FOOT_FROM_H)
        return 0;
    return left < FOOT_H ? FOOT_H : need > FOOT_H ? (need < left ? need : left) : FOOT_H;
}

// What does not fit is told by a key.
static void draw_foot(const struct jobs_pane *j, struct area a, const char *said)
{
    struct area text = area_part(a, 1, 1, a.h - 1, a.w - 2);
    char key[KEY_TEXT_MAX], sign[FOOT_SIGN_MAX];

    area_fill(a, ROLE_TEXT);
    if (wrapped_text(text, 0, ROLE_TEXT, said) <= text.h)
        return;
    (void)snprintf(sign, sizeof(sign), " %s %s tells all", text_is_utf8() ? "…" : "...",
                   key_text(&j->pane, "detail", key));
    (void)area_text_right(text, text.h - 1, text.w - text_width(sign), text_width(sign), ROLE_LABEL,
                          sign);
}

static void draw(struct pane *p, struct area a, bool focused)
{
    struct jobs_pane *j = of(p);
    int name = a.w - JOBS_BESIDE_NAME, foot;

    j->w = a.w;
    j->columns[COLUMN_TASK].width = name < JOBS_NAME_MIN   ? JOBS_NAME_MIN
                                    : name > JOBS_NAME_MAX ? JOBS_NAME_MAX
                                                           : name;
    jobs_lines(j);
    if (!j->n_lines) {
        empty_say(a, ROLE_DIM,
                  "Nothing runs and nothing has run yet: buying, exporting and fetching "
                  "all rows stand here.");
        return;
    }
    foot = foot_rows(j, a, str_text(&j->told));
    table_view_draw(&j->view, area_part(a, 0, 0, a.h - foot, a.w), focused);
    if (foot)
        draw_foot(j, area_part(a, a.h - foot, 0, foot, a.w), str_text(&j->told));
}

// Rates and times move while something runs here; what runs elsewhere tells nobody.
static int64_t pace(const struct desk *d)
{
    bool elsewhere = false;

    for (size_t i = 0; i < d->jobs.n; i++)
        elsewhere |= desk_job_elsewhere(d, &d->jobs.items[i].row);
    return desk_running(d) ? SECOND : elsewhere ? ELSEWHERE_MS : REST_MS;
}

static void shown(struct pane *p)
{
    struct jobs_pane *j = of(p);
    int64_t now = host_now_ms(p->host), next = now + pace(p->desk);

    if (now < j->wake_ms && j->wake_ms <= next)
        return;
    if (now >= j->wake_ms)
        desk_jobs_look(p->desk);
    j->wake_ms = next;
    host_wake_at(p->host, p, next);
}

static void changed(struct pane *p, unsigned parts)
{
    (void)parts;
    jobs_lines(of(p));
    jobs_tell(of(p));
    p->dirty = true;
}

static bool event(struct pane *p, const struct event *ev)
{
    struct jobs_pane *j = of(p);
    bool taken;

    jobs_lines(j);
    taken = table_mouse(p, &j->view, 0, j->w, ev);
    jobs_lines(j);
    return taken;
}

static struct hints hints_of(const struct desk *d, const struct jobs_line *l)
{
    bool here = jobs_runs_here(l);
    const char *where = l->job && desk_job_elsewhere(d, l->job) ? " in another Lode" : "";

    if (jobs_stopping(l))
        return (struct hints){here ? ": calls under way are waited for" : where, {{NULL, NULL}}};
    if (here && !l->task->spends)
        return (struct hints){"", {{"delete", "cancels"}}};
    if (here || *where)
        return (struct hints){where, {{"pause", "pauses"}, {"delete", "cancels"}}};
    if (!l->job)
        return (struct hints){"", {{*l->task->said ? "choose" : NULL, "tells all"}}};
    if (desk_job_open(l->job))
        return (struct hints){
            "", {{"choose", "goes on"}, {"delete", "cancels"}, {"detail", "tells all"}}};
    return (struct hints){
        "", {{"choose", "tells all"}, {l->job->state == JOB_RUNS ? NULL : "delete", "forgets it"}}};
}

// `cancel` is about what runs here, wherever the cursor is. Half of that would say nothing.
static void add_running(const struct jobs_pane *j, const struct jobs_line *at, struct str *out)
{
    const struct task_view *t = desk_running(j->pane.desk);
    size_t before = out->len;
    char key[KEY_TEXT_MAX];

    if (!t || t == at->task || t->stopping)
        return;
    str_addf(out, "; %s cancels ", key_text(&j->pane, "cancel", key));
    text_fit(*t->job ? t->job : t->label, RUNNING_MAX, false, out);
    if (j->pane.title_w && text_width(str_text(out)) > j->pane.title_w)
        str_cut(out, before);
}

// Of the row under the cursor.
static void status(const struct pane *p, struct str *out)
{
    const struct jobs_pane *j = (const struct jobs_pane *)p;
    const struct jobs_line *l = jobs_shown(j);
    char key[KEY_TEXT_MAX];
    struct hints hints;

    if (!l)
        return;
    hints = hints_of(p->desk, l);
    str_addf(out, "%s%s", jobs_state_text(l), hints.where);
    for (size_t i = 0; i < HINTS && hints.items[i].command; i++)
        str_addf(out, "%s %s %s", i ? "," : ":", key_text(p, hints.items[i].command, key),
                 hints.items[i].does);
    add_running(j, l, out);
}

static bool place(const struct pane *p, size_t *at, size_t *of_all)
{
    const struct jobs_pane *j = (const struct jobs_pane *)p;

    *at = j->view.rows.at;
    *of_all = j->n_lines;
    return *of_all > 0;
}

static void close(struct pane *p)
{
    free(of(p)->file.path);
    free(of(p)->lines);
    str_free(&of(p)->said);
    str_free(&of(p)->told);
    free(p);
}

static const struct sign_word words[] = {{"$", "spends"}, {NULL, NULL}};

static struct pane *open(struct desk *desk, struct host *host)
{
    struct jobs_pane *j = mem_zalloc(sizeof(*j));

    j->pane = (struct pane){.ops = &pane_jobs, .desk = desk, .host = host, .dirty = true};
    j->view.source = jobs_source(j);
    j->view.words = words;
    memcpy(j->columns, jobs_columns, sizeof(jobs_columns));
    j->view.columns = j->columns;
    j->view.n_columns = JOBS_COLUMNS;
    j->jobs_read = (uint64_t)-1; // nothing was taken in yet
    jobs_lines(j);
    return &j->pane;
}

const struct pane_ops pane_jobs = {
    .name = "jobs",
    .title = "Jobs",
    .about = "The profile's jobs, in this Lode or another, and what this one does beside. A job "
             "with $ spends; cancelling it keeps what was paid for.",
    .open = open,
    .close = close,
    .draw = draw,
    .shown = shown,
    .actions = jobs_actions,
    .event = event,
    .watches = DESK_TASKS,
    .changed = changed,
    .status = status,
    .place = place,
    .offers = jobs_offers,
    .own_rows = true,
};
