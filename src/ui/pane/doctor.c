// What has to be right before Lode can work, looked at one by one, each as it is known; below them
// the whole sentence of the one under the cursor. UI thread. Floor: ui/pane.
#include <stdlib.h>

#include "base/mem.h"
#include "ui/pane/actions.h"
#include "ui/pane/panes.h"
#include "ui/widget/dialog.h"
#include "ui/widget/row.h"

enum {
    NAME_W = 14,
    STATE_W = 9,
    TEXT_X = 2 + NAME_W + STATE_W,
    SENTENCE_ROWS = 5, // at least, and as many as it takes, but for
    CHECKS_LEAST = 5
};

struct doctor_pane {
    struct pane pane;
    struct scroll scroll;
    int h, w; // as drawn last
};

static const struct {
    const char *name;
    enum role role;
} states[DOCTOR_STATES] = {[DOCTOR_PASS] = {"pass", ROLE_GOOD},
                           [DOCTOR_WARNING] = {"warning", ROLE_WARNING},
                           [DOCTOR_MEND] = {"mend", ROLE_ERROR},
                           [DOCTOR_SKIPPED] = {"skipped", ROLE_DIM}};

static struct doctor_pane *of(struct pane *p)
{
    return (struct doctor_pane *)p;
}

static void draw_check(const struct doctor_view *view, struct area a, int y, size_t i, bool at,
                       bool focused)
{
    const struct doctor_result *r = i < view->known ? &view->items[i] : NULL;
    enum role role = row_role(at, focused);
    const char *state = r ? states[r->state].name : i == view->known && view->running ? "..." : "";

    area_fill(area_part(a, y, 0, 1, a.w), role);
    row_signs(a, y, role, at ? ROW_CURSOR : "", NULL, role);
    (void)area_text(a, y, 2, NAME_W - 1, role, doctor_name(i));
    (void)area_text(a, y, 2 + NAME_W, STATE_W - 1, r && !at ? states[r->state].role : role, state);
    if (r)
        (void)area_text(a, y, TEXT_X, a.w - TEXT_X, role, r->text);
    if (at && focused)
        area_cursor(a, y, 2);
}

// The rows for the sentence of the check under the cursor, one of them empty.
static int foot_rows(const struct doctor_pane *v, struct area a)
{
    const struct doctor_view *view = &v->pane.desk->doctor;
    int most = a.h - CHECKS_LEAST, rows = 0;

    if (a.h <= SENTENCE_ROWS * 2)
        return 0;
    if (v->scroll.at < view->known)
        rows = 1 + wrapped_text(area_part(a, 0, 1, a.h, a.w - 2), 0, -1,
                                view->items[v->scroll.at].text);
    rows = rows < SENTENCE_ROWS ? SENTENCE_ROWS : rows;
    return rows < most ? rows : most;
}

static void draw(struct pane *p, struct area a, bool focused)
{
    struct doctor_pane *v = of(p);
    const struct doctor_view *view = &p->desk->doctor;
    int foot = foot_rows(v, a);

    v->h = a.h;
    v->w = a.w;
    area_fill(a, ROLE_TEXT);
    scroll_fit(&v->scroll, doctor_count(), a.h - foot);
    for (int y = 0; y < a.h - foot && v->scroll.top + (size_t)y < v->scroll.n; y++) {
        size_t i = v->scroll.top + (size_t)y;

        draw_check(view, a, y, i, i == v->scroll.at, focused);
    }
    if (foot && v->scroll.at < view->known)
        (void)wrapped_text(area_part(a, a.h - foot + 1, 1, foot - 1, a.w - 2), 0, ROLE_TEXT,
                           view->items[v->scroll.at].text);
}

static void shown(struct pane *p)
{
    if (!p->desk->doctor.items)
        desk_doctor(p->desk);
}

static bool refresh(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    (void)e;
    desk_doctor(p->desk);
    return true;
}

static bool move(struct pane *p, const struct line *line, struct err *e)
{
    (void)e;
    p->dirty |= scroll_move(&of(p)->scroll, action_move(line));
    return true;
}

static bool event(struct pane *p, const struct event *ev)
{
    struct doctor_pane *v = of(p);
    size_t item;

    if (scroll_wheeled(&v->scroll, ev)) {
        p->dirty = true;
        return true;
    }
    if (!scroll_clicked(&v->scroll, ev, 0, &item))
        return false;
    scroll_to(&v->scroll, item);
    p->dirty = true;
    return true;
}

static void status(const struct pane *p, struct str *out)
{
    const struct doctor_view *view = &p->desk->doctor;
    size_t mends = 0, warnings = 0;

    for (size_t i = 0; i < view->known; i++) {
        mends += view->items[i].state == DOCTOR_MEND;
        warnings += view->items[i].state == DOCTOR_WARNING;
    }
    if (view->running)
        str_addf(out, "%zu of %zu looked at", view->known, doctor_count());
    else if (mends || warnings)
        str_addf(out, "%zu to mend, %zu warning%s", mends, warnings, warnings == 1 ? "" : "s");
    else if (view->known)
        str_add(out, "all is well");
}

static bool place(const struct pane *p, size_t *at, size_t *n)
{
    *at = ((const struct doctor_pane *)p)->scroll.at;
    *n = doctor_count();
    return true;
}

static void close(struct pane *p)
{
    free(p);
}

static struct pane *open(struct desk *desk, struct host *host)
{
    struct doctor_pane *v = mem_zalloc(sizeof(*v));

    v->pane = (struct pane){.ops = &pane_doctor, .desk = desk, .host = host, .dirty = true};
    return &v->pane;
}

static const struct pane_action actions[] = {MOVES_TO(move), {"refresh", refresh}, {NULL, NULL}};

const struct pane_ops pane_doctor = {
    .name = "doctor",
    .title = "Doctor",
    .about = "What has to be right before Lode can work: each check passes, warns, or says how to "
             "mend it. refresh looks again.",
    .open = open,
    .close = close,
    .draw = draw,
    .shown = shown,
    .actions = actions,
    .event = event,
    .watches = DESK_ACCOUNT,
    .status = status,
    .place = place,
};
