// Draws on the canvas what changed: panes with their titles, popups, bars. UI thread.
// Floor: ui/frame.
#include "ui/frame/frame.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"

enum { BORDER = 2, TITLE_X = 1 };

static struct area area_of(struct frame *f, struct rect r)
{
    return area_part(canvas_area(&f->canvas), r.y, r.x, r.h, r.w);
}

// "2 Results  1,284 hits" on the line above the pane.
static void draw_title(struct frame *f, struct pane *p, struct area row, bool focused)
{
    char *command = str_format("open %s", p->ops->name);
    uint32_t key = keymap_key(&f->config.keys, CONTEXT_ALL, command);
    struct str text = {0};
    int w;

    str_add_char(&text, ' ');
    if (key && !p->ops->popup_h) {
        key_print(key, &text);
        str_add_char(&text, ' ');
    }
    str_addf(&text, "%s ", p->ops->title);
    area_hline(row, 0, 0, row.w, focused ? ROLE_BORDER_FOCUS : ROLE_BORDER);
    w = TITLE_X + area_text(row, 0, TITLE_X, row.w - BORDER, focused ? ROLE_CHOSEN : ROLE_TITLE,
                            str_text(&text));
    str_clear(&text);
    p->title_w = !f->screen ? 0 : row.w - w - BORDER > 1 ? row.w - w - BORDER - 1 : 1;
    if (p->ops->status)
        p->ops->status(p, &text);
    if (text.len) {
        str_add_char(&text, ' ');
        (void)area_text(row, 0, w, 1, ROLE_TEXT, " ");
        (void)area_text(row, 0, w + 1, row.w - w - BORDER, ROLE_TEXT, str_text(&text));
    }
    str_free(&text);
    free(command);
}

// Once all of it stands on the canvas news do as well.
static void drew(struct pane *p)
{
    if (p->dirty)
        p->late = (struct pane_late){0};
    p->dirty = p->moved = false;
}

static void draw_slot(struct frame *f, const struct slot *s, bool covered)
{
    struct pane *p = f->deck.panes[s->pane];
    bool focused = s->pane == f->deck.at && !covered;
    struct area inside = area_of(f, s->inside);
    int y = f->canvas.cursor_y, x = f->canvas.cursor_x;

    draw_title(f, p, area_part(area_of(f, s->box), 0, 0, 1, s->box.w), focused);
    p->ops->draw(p, inside, focused);
    drew(p);
    if (!focused) { // the terminal's cursor is where the keys go
        f->canvas.cursor_y = y;
        f->canvas.cursor_x = x;
    }
}

static void draw_popup(struct frame *f, struct popup *popup, bool top)
{
    const struct pane_ops *ops = popup->pane->ops;
    struct rect box;

    if (popup->place == POPUP_BOTTOM) {
        box = (struct rect){f->h - ops->popup_h, 0, ops->popup_h, f->w};
        popup->inside = box;
    } else if (popup->place == POPUP_SCREEN) {
        popup->inside = (struct rect){0, 0, f->h, f->w};
    } else {
        box = layout_popup(&f->layout, ops->popup_h, ops->popup_w);
        popup->inside = (struct rect){box.y + 1, box.x + 1, box.h - BORDER, box.w - BORDER};
        area_box(area_of(f, box), top ? ROLE_BORDER_FOCUS : ROLE_BORDER);
        draw_title(f, popup->pane, area_part(area_of(f, box), 0, 1, 1, box.w - BORDER), top);
    }
    popup->pane->dirty = true;
    ops->draw(popup->pane, area_of(f, popup->inside), top);
    drew(popup->pane);
}

static void joint(struct frame *f, int y, int x, const char *drawn)
{
    (void)area_text(canvas_area(&f->canvas), y, x, 1, ROLE_BORDER, text_is_utf8() ? drawn : "+");
}

// The lines between the panes and at the edges, with their ends on the titles' line.
static void draw_lines(struct frame *f)
{
    struct area screen = canvas_area(&f->canvas);

    if (f->layout.sides) {
        area_vline(screen, 1, 0, f->layout.tabs_y - 1, ROLE_BORDER);
        area_vline(screen, 1, f->w - 1, f->layout.tabs_y - 1, ROLE_BORDER);
        joint(f, 1, 0, "┌");
        joint(f, 1, f->w - 1, "┐");
    }
    for (size_t i = 1; i < f->layout.n; i++) {
        const struct rect *r = &f->layout.slots[i].box;

        if (r->x <= f->layout.slots[0].box.x)
            continue;
        area_vline(screen, r->y, r->x - 1, r->h, ROLE_BORDER);
        joint(f, r->y, r->x - 1, "┬");
    }
}

static void draw_too_small(struct frame *f)
{
    struct area a = canvas_area(&f->canvas);

    const char *quit = host_key(&f->host, deck_focus(&f->deck), "quit");

    area_fill(a, ROLE_TEXT);
    (void)area_textf(a, f->h / 2, 0, f->w, ROLE_WARNING, "Lode needs %dx%d", LAYOUT_MIN_W,
                     LAYOUT_MIN_H);
    (void)area_textf(a, f->h / 2 + 1, 0, f->w, ROLE_TEXT, "This is %dx%d; %s quits", f->w, f->h,
                     quit);
    area_cursor(a, f->h / 2, 0);
}

static void lay_out(struct frame *f)
{
    struct layout_wish wish = deck_wish(&f->deck);

    wish.h = f->h;
    wish.w = f->w;
    wish.percent[DIVIDER_LEFT] = settings_int(&f->config.settings, SETTING_SPLIT);
    wish.percent[DIVIDER_BESIDE] = settings_int(&f->config.settings, SETTING_DETAIL_SPLIT);
    canvas_size(&f->canvas, f->h, f->w);
    f->layout = layout_make(&wish);
}

static void draw_bars(struct frame *f)
{
    struct area screen = canvas_area(&f->canvas);
    struct topbar *top = &f->bars.top;

    (void)snprintf(top->again, sizeof(top->again), "%s", frame_lock_key(f));
    topbar_draw(top, f->desk, area_part(screen, 0, 0, 1, f->w));
    bars_draw_tabs(f, area_part(screen, f->layout.tabs_y, 0, 1, f->w));
    bars_draw_bottom(f, screen);
    f->bars_stale = f->bars_late = f->message.fresh = false;
}

// The popups, and over them a message that needs more than its row, lest half of it be hidden.
static void draw_popups(struct frame *f)
{
    const struct popup *top = deck_top(&f->deck);

    for (size_t i = 0; i < f->deck.len; i++)
        draw_popup(f, &f->deck.items[i], i + 1 == f->deck.len);
    if (top && top->place == POPUP_CENTRE && f->bars.covers)
        bars_draw_bottom(f, canvas_area(&f->canvas));
}

static bool needs_all(const struct frame *f)
{
    if (f->stale)
        return true;
    // Popups lie over panes and change their size: one is not drawn without the other.
    if (f->deck.len && deck_dirty(&f->deck))
        return true;
    // A long message may lie over them too.
    return f->bars_stale && f->bars.covers;
}

static void draw_everything(struct frame *f)
{
    lay_out(f);
    f->stale = f->deck.moved = false;
    if (f->layout.too_small) {
        draw_too_small(f);
        return;
    }
    draw_lines(f);
    for (size_t i = 0; i < f->layout.n; i++) {
        f->deck.panes[f->layout.slots[i].pane]->dirty = true;
        draw_slot(f, &f->layout.slots[i], f->deck.len > 0);
    }
    draw_bars(f);
    draw_popups(f);
}

static bool draw_changed(struct frame *f)
{
    // A long message lies over rows of the panes.
    bool bars = f->bars_stale || f->bars.covers || bars_hints_old(f), any = bars;

    if (f->layout.too_small)
        return false;
    for (size_t i = 0; i < f->layout.n; i++) {
        const struct pane *p = f->deck.panes[f->layout.slots[i].pane];

        if (!p->dirty && !p->moved)
            continue;
        draw_slot(f, &f->layout.slots[i], false);
        any = true;
    }
    if (bars)
        draw_bars(f);
    if (any)
        draw_popups(f);
    return any;
}

bool frame_draw_answer(struct frame *f)
{
    bool any = true;

    if (needs_all(f))
        draw_everything(f);
    else
        any = draw_changed(f);
    // What nobody sees needs no drawing until it is seen.
    for (int i = 0; i < PANES_MAX; i++) {
        if (f->deck.panes[i])
            f->deck.panes[i]->dirty = f->deck.panes[i]->moved = false;
    }
    return any;
}

bool frame_draw(struct frame *f)
{
    deck_tell(&f->deck);
    f->bars_stale |= f->bars_late;
    return frame_draw_answer(f);
}

void frame_shown(struct frame *f)
{
    const struct popup *top = deck_top(&f->deck);

    for (size_t i = 0; i < f->layout.n; i++) {
        struct pane *p = f->deck.panes[f->layout.slots[i].pane];

        if (p->ops->shown)
            p->ops->shown(p);
    }
    if (top && top->pane->ops->shown)
        top->pane->ops->shown(top->pane);
}
