// The mouse in the results pane: click, double click, wheel, drag over rows, headings and their
// edges. UI thread. Floor: ui/pane.
#include "ui/pane/results_pane.h"

#include <stdlib.h>

#include "ui/widget/row.h"

enum {
    WHEEL_ROWS = 3,
    BEYOND_MS = 50, // between two steps of rows that are dragged beyond those shown,
    BEYOND_MAX = 10 // each of as many rows as the mouse is beyond, and no more than this
};

static struct table_hit hit_of(const struct results_pane *r, const struct event *ev)
{
    // What is owned and what it costs, at the right, is part of its row.
    int x = ev->y > 0 && ev->x >= r->w ? r->w - 1 : ev->x;

    return table_view_hit(&r->view, r->w, ev->y, x);
}

static void to_row(struct results_pane *r, const struct table_hit *hit)
{
    scroll_to(&r->view.rows, hit->row);
    r->view.at = hit->column;
    results_keep_place(r);
}

// The right button, or a click where the mark stands.
static void toggle_mark(struct results_pane *r, size_t row)
{
    const char *id = table_id(r->pane.desk->results.table, row);

    if (id)
        (void)desk_mark(r->pane.desk, row, row, !desk_marked(r->pane.desk, id));
}

static void press_row(struct results_pane *r, const struct table_hit *hit, const struct event *ev)
{
    to_row(r, hit);
    if (ev->button == MOUSE_RIGHT || ev->x < row_gutter(true))
        toggle_mark(r, hit->row);
    if (ev->button == MOUSE_RIGHT)
        return;
    r->view.ranging = false;
    r->view.anchor = hit->row;
    r->drag = DRAG_ROWS;
}

static void take(struct results_pane *r, int drag, size_t at)
{
    const struct shown_column *c = results_column(r, at);

    if (!c)
        return;
    r->drag = drag;
    r->drag_entity = r->pane.desk->results.entity;
    r->view.held = r->view.onto = at;
    r->held = r->onto = c->column;
}

static bool find_shown(const struct results_pane *r, size_t column, size_t *at)
{
    const struct shown_column *c;

    for (size_t i = 0; (c = results_column(r, i)); i++) {
        if (c->column == column) {
            *at = i;
            return true;
        }
    }
    return false;
}

void results_hold(struct results_pane *r)
{
    if (r->drag != DRAG_EDGE && r->drag != DRAG_HEADING)
        return;
    if (r->drag_entity != r->pane.desk->results.entity || !find_shown(r, r->held, &r->view.held) ||
        !find_shown(r, r->onto, &r->view.onto))
        results_drop(r);
}

// A click on a heading: smallest first, then largest first, then as the server gave them.
static void click_heading(struct results_pane *r, size_t column)
{
    const struct shown_column *c = results_column(r, column);
    bool ascending, is_sorted;
    struct err e;

    is_sorted = c && desk_sorted(r->pane.desk, c->column, &ascending);
    r->view.at = column;
    if (!results_sort(r, column, !is_sorted, false, &e))
        host_fail(r->pane.host, &e);
}

static void press_edge(struct results_pane *r, size_t column, int x)
{
    take(r, DRAG_EDGE, column);
    r->drag_x = x;
    r->drag_width = r->columns[column].width;
}

static bool press(struct results_pane *r, const struct event *ev)
{
    struct table_hit hit = hit_of(r, ev);

    results_drop(r);
    if (hit.part == TABLE_ROW)
        press_row(r, &hit, ev);
    else if (hit.part == TABLE_HEADING)
        take(r, DRAG_HEADING, hit.column);
    else if (hit.part == TABLE_EDGE)
        press_edge(r, hit.column, ev->x);
    return true;
}

static bool twice(struct results_pane *r, const struct event *ev)
{
    results_drop(r);
    if (hit_of(r, ev).part == TABLE_ROW)
        host_command(r->pane.host, "detail");
    return true;
}

// The column whose heading is above or below x, or nearest to it.
static size_t column_at(const struct results_pane *r, int x)
{
    int inside = x < row_gutter(true) ? row_gutter(true) : x >= r->w ? r->w - 1 : x;
    struct table_hit hit = table_view_hit(&r->view, r->w, 0, inside);

    return hit.part == TABLE_NOTHING ? r->view.onto : hit.column;
}

static void drag_heading(struct results_pane *r, int x)
{
    const struct shown_column *c;

    r->view.onto = column_at(r, x);
    c = results_column(r, r->view.onto);
    r->onto = c ? c->column : r->held;
    r->view.moving |= r->view.onto != r->view.held;
}

static void release_heading(struct results_pane *r)
{
    size_t held = r->view.held, onto = r->view.onto;

    if (r->view.moving)
        desk_column_move(r->pane.desk, held, onto);
    else
        click_heading(r, held);
}

void results_drop(struct results_pane *r)
{
    r->drag = DRAG_NONE;
    r->beyond = 0;
    r->view.moving = false;
}

// The window follows, until there are no more rows.
static void step_beyond(struct results_pane *r)
{
    struct scroll *s = &r->view.rows;
    size_t by = (size_t)(abs(r->beyond) < BEYOND_MAX ? abs(r->beyond) : BEYOND_MAX);
    size_t end = s->top + (size_t)s->h - 1, last = s->n - 1, before = s->at;

    if (r->beyond < 0)
        scroll_to(s, s->top > by ? s->top - by : 0);
    else
        scroll_to(s, end + by < last ? end + by : last);
    r->view.ranging |= s->at != r->view.anchor;
    results_keep_place(r);
    if (s->at != before)
        host_wake_at(r->pane.host, &r->pane, host_now_ms(r->pane.host) + BEYOND_MS);
}

void results_woken(struct pane *p)
{
    struct results_pane *r = results_of(p);

    if (r->drag == DRAG_ROWS && r->beyond && r->view.rows.n)
        step_beyond(r);
}

static void drag_rows(struct results_pane *r, const struct event *ev)
{
    const struct scroll *s = &r->view.rows;
    struct event near = *ev;
    struct table_hit hit;
    int before = r->beyond;

    r->beyond = ev->y < 1 ? ev->y - 1 : ev->y > s->h ? ev->y - s->h : 0;
    if (r->beyond) { // how fast it goes on is not up to how often the mouse moves
        if ((before > 0) != (r->beyond > 0) || !before)
            step_beyond(r);
        return;
    }
    if ((size_t)ev->y > s->n - s->top)
        near.y = (int)(s->n - s->top);
    near.x = ev->x > 0 ? ev->x : 0;
    hit = hit_of(r, &near);
    if (hit.part != TABLE_ROW)
        return;
    r->view.ranging |= hit.row != r->view.anchor;
    to_row(r, &hit);
}

static bool drag(struct results_pane *r, const struct event *ev)
{
    int width = r->drag_width + ev->x - r->drag_x;

    results_hold(r);
    if (r->drag == DRAG_EDGE)
        desk_column_width(r->pane.desk, r->view.held, width < 1 ? 1 : width);
    if (r->drag == DRAG_HEADING)
        drag_heading(r, ev->x);
    if (r->drag == DRAG_ROWS)
        drag_rows(r, ev);
    return true;
}

static bool release(struct results_pane *r, const struct event *ev)
{
    (void)ev;
    results_hold(r);
    if (r->drag == DRAG_ROWS && r->view.ranging)
        results_end_range(r, true);
    if (r->drag == DRAG_HEADING)
        release_heading(r);
    results_drop(r);
    return true;
}

static bool wheel_up(struct results_pane *r, const struct event *ev)
{
    (void)ev;
    scroll_wheel(&r->view.rows, -WHEEL_ROWS);
    results_keep_place(r);
    return true;
}

static bool wheel_down(struct results_pane *r, const struct event *ev)
{
    (void)ev;
    scroll_wheel(&r->view.rows, WHEEL_ROWS);
    results_keep_place(r);
    return true;
}

bool results_event(struct pane *p, const struct event *ev)
{
    static bool (*const by_kind[])(struct results_pane *, const struct event *) = {
        [MOUSE_PRESS] = press,     [MOUSE_DOUBLE] = twice,      [MOUSE_DRAG] = drag,
        [MOUSE_RELEASE] = release, [MOUSE_WHEEL_UP] = wheel_up, [MOUSE_WHEEL_DOWN] = wheel_down,
    };

    if (ev->kind != EVENT_MOUSE || !p->desk->results.table)
        return false;
    p->dirty = true;
    return by_kind[ev->mouse](results_of(p), ev);
}
