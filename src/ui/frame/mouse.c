// The mouse: to the pane under it, the bars, or the line between panes. UI thread.
// Floor: ui/frame.
#include "ui/frame/frame.h"

#include <stdio.h>

#include "ui/term/event.h"

static bool within(const struct rect *r, int y, int x)
{
    return y >= r->y && y < r->y + r->h && x >= r->x && x < r->x + r->w;
}

static void give(struct pane *p, const struct rect *inside, const struct event *ev)
{
    struct event here = *ev;

    here.y -= inside->y;
    here.x -= inside->x;
    if (p->ops->event && p->ops->event(p, &here))
        p->dirty = true;
}

static bool is_press(const struct event *ev)
{
    return ev->mouse == MOUSE_PRESS || ev->mouse == MOUSE_DOUBLE;
}

static void hold(struct frame *f, struct pane *p, const struct rect *inside)
{
    f->grip = GRIP_PANE;
    f->held = p;
    f->held_inside = *inside;
    f->pressed = p;
}

// What the first click brought up is not meant by the second one.
static bool is_stray(const struct frame *f, const struct pane *p, const struct event *ev)
{
    return ev->mouse == MOUSE_DOUBLE && f->pressed != p;
}

static void drag_divider(struct frame *f, const struct event *ev)
{
    static const enum setting settings[DIVIDERS] = {SETTING_SPLIT, SETTING_DETAIL_SPLIT};
    const struct setting_def *def = &setting_defs()[settings[f->held_divider]];
    int percent = layout_percent(&f->layout, f->held_divider, ev->x);
    char text[16];

    if (ev->mouse != MOUSE_DRAG || percent < def->min || percent > def->max)
        return;
    (void)snprintf(text, sizeof(text), "%d", percent);
    settings_put(&f->config.settings, settings[f->held_divider], text);
    frame_apply(f, settings[f->held_divider]);
}

static bool held(struct frame *f, const struct event *ev)
{
    enum grip grip = f->grip;

    if (grip == GRIP_NONE || is_press(ev))
        return false;
    if (ev->mouse != MOUSE_DRAG && ev->mouse != MOUSE_RELEASE)
        return false;
    if (ev->mouse == MOUSE_RELEASE)
        f->grip = GRIP_NONE;
    if (grip == GRIP_DIVIDER)
        drag_divider(f, ev);
    else
        give(f->held, &f->held_inside, ev);
    return true;
}

static void on_popup(struct frame *f, const struct popup *top, const struct event *ev)
{
    bool inside = within(&top->inside, ev->y, ev->x);

    // The line that is typed into lies over the keys that would close it.
    if (!inside && ev->mouse == MOUSE_PRESS && top->place == POPUP_BOTTOM)
        host_close(&f->host);
    if (!inside || is_stray(f, top->pane, ev))
        return;
    if (is_press(ev))
        hold(f, top->pane, &top->inside);
    give(top->pane, &top->inside, ev);
}

static void on_slot(struct frame *f, const struct slot *s, const struct event *ev)
{
    struct pane *p = f->deck.panes[s->pane];

    if (is_stray(f, p, ev))
        return;
    if (is_press(ev) && f->deck.at != s->pane)
        host_open(&f->host, p->ops->name);
    if (!within(&s->inside, ev->y, ev->x))
        return;
    if (is_press(ev))
        hold(f, p, &s->inside);
    give(p, &s->inside, ev);
}

static void on_bars(struct frame *f, const struct event *ev)
{
    struct str command = {0};

    if (ev->mouse == MOUSE_PRESS && ev->button == 1 && bars_click(f, ev->y, ev->x, &command))
        frame_run(f, str_text(&command));
    str_free(&command);
}

static bool hold_divider(struct frame *f, const struct event *ev)
{
    for (int i = 0; i < DIVIDERS; i++) {
        if (ev->x != f->layout.divider[i] || ev->y < 1 || ev->y >= f->layout.tabs_y)
            continue;
        f->grip = GRIP_DIVIDER;
        f->held_divider = (enum divider)i;
        return true;
    }
    return false;
}

// A click on the message takes it away, and means nothing of what it lies over.
static bool on_message(struct frame *f, const struct popup *top, const struct event *ev)
{
    if (!is_press(ev) || (top && top->place != POPUP_CENTRE) ||
        !bars_on_message(&f->bars, ev->y, ev->x))
        return false;
    f->pressed = NULL;
    frame_message_close(f);
    return true;
}

// Under a popup the keys below work all the same.
static bool on_hints(const struct frame *f, const struct popup *top, const struct event *ev)
{
    return ev->y == f->layout.hints_y && !within(&top->inside, ev->y, ev->x);
}

void frame_mouse(struct frame *f, const struct event *ev)
{
    const struct popup *top = deck_top(&f->deck);
    int slot = layout_at(&f->layout, ev->y, ev->x);

    if (held(f, ev))
        return;
    f->grip = GRIP_NONE;
    if (on_message(f, top, ev))
        return;
    if (is_press(ev))
        frame_message_read(f);
    if (top && !on_hints(f, top, ev)) {
        on_popup(f, top, ev);
    } else if (slot >= 0) {
        on_slot(f, &f->layout.slots[slot], ev);
    } else if (!(is_press(ev) && hold_divider(f, ev))) {
        on_bars(f, ev);
    }
}
