// The panes that are open, the focus and the popups. UI thread. Floor: ui/frame.
#include "ui/frame/deck.h"

#include "base/str.h"
#include "base/vec.h"

static int first_of(const struct pane_row *rows, enum pane_side side)
{
    for (int i = 0; rows[i].ops; i++) {
        if (rows[i].side == side)
            return i;
    }
    return -1;
}

void deck_init(struct deck *d, const struct pane_row *rows, struct desk *desk, struct host *host)
{
    int home = first_of(rows, SIDE_MAIN);

    *d = (struct deck){.rows = rows, .desk = desk, .host = host, .home = home, .base = home};
}

void deck_free(struct deck *d)
{
    for (size_t i = d->len; i-- > 0;)
        d->items[i].pane->ops->close(d->items[i].pane);
    free(d->items);
    for (int i = 0; i < PANES_MAX; i++) {
        if (d->panes[i])
            d->panes[i]->ops->close(d->panes[i]);
    }
    *d = (struct deck){0};
}

static void open_pane(struct deck *d, int pane)
{
    if (pane < 0 || d->panes[pane])
        return;
    d->panes[pane] = d->rows[pane].ops->open(d->desk, d->host);
    d->panes[pane]->dirty = true;
}

void deck_show(struct deck *d, int pane)
{
    if (d->rows[pane].side == SIDE_POPUP) {
        deck_popup(d, d->rows[pane].ops->open(d->desk, d->host), POPUP_CENTRE);
        return;
    }
    open_pane(d, pane);
    d->at = pane;
    if (d->rows[pane].side == SIDE_MAIN)
        d->home = pane;
    if (d->rows[pane].side == SIDE_MAIN || d->rows[pane].side == SIDE_LEFT)
        d->base = pane;
    // What may stand beside it.
    open_pane(d, first_of(d->rows, SIDE_LEFT));
    open_pane(d, d->home);
    d->moved = true;
}

int deck_next(const struct deck *d, int step)
{
    int n = 0, at = d->at;

    while (d->rows[n].ops)
        n++;
    for (int tried = 0; tried < n; tried++) {
        at = (at + step + n) % n;
        if (d->rows[at].tab)
            return at;
    }
    return d->at;
}

void deck_popup(struct deck *d, struct pane *popup, enum popup_place place)
{
    popup->dirty = true;
    vec_push(d, ((struct popup){.pane = popup, .place = place}));
    d->moved = true;
}

struct popup *deck_top(struct deck *d)
{
    for (size_t i = d->len; i-- > 0;) {
        if (!d->items[i].closing)
            return &d->items[i];
    }
    return NULL;
}

void deck_close_top(struct deck *d)
{
    struct popup *top = deck_top(d);

    if (top)
        top->closing = true;
    d->moved = true;
}

void deck_reopen(struct deck *d, const struct pane *popup)
{
    if (d->len && d->items[d->len - 1].pane == popup)
        d->items[d->len - 1].closing = false;
}

void deck_reap(struct deck *d)
{
    size_t kept = 0;

    for (size_t i = 0; i < d->len; i++) {
        if (d->items[i].closing)
            d->items[i].pane->ops->close(d->items[i].pane);
        else
            d->items[kept++] = d->items[i];
    }
    d->len = kept;
}

struct pane *deck_focus(struct deck *d)
{
    struct popup *top = deck_top(d);

    return top ? top->pane : d->panes[d->at];
}

struct layout_wish deck_wish(const struct deck *d)
{
    int left = first_of(d->rows, SIDE_LEFT), beside = first_of(d->rows, SIDE_BESIDE);

    return (struct layout_wish){.focus = d->at,
                                .alone = d->zoom || d->rows[d->at].side == SIDE_WHOLE,
                                .left = left >= 0 && d->panes[left] ? left : -1,
                                .main = d->home,
                                .beside = beside >= 0 && d->panes[beside] ? beside : -1};
}

static void touch(struct pane *p, unsigned parts, bool news)
{
    unsigned seen = p && p->ops->watches ? parts & p->ops->watches : parts;
    struct pane_late before;

    if (!p || !seen)
        return;
    before = (struct pane_late){p->dirty, p->moved};
    if (p->ops->changed)
        p->ops->changed(p, parts);
    if (seen & ~DESK_LITTLE)
        p->dirty = true;
    else
        p->moved = true;
    if (!news)
        return;
    p->late.dirty |= p->dirty;
    p->late.moved |= p->moved;
    p->dirty = before.dirty;
    p->moved = before.moved;
}

void deck_changed(struct deck *d, unsigned parts, bool news)
{
    for (int i = 0; i < PANES_MAX; i++)
        touch(d->panes[i], parts, news);
    for (size_t i = 0; i < d->len; i++)
        touch(d->items[i].pane, parts, news);
}

static bool any(const struct deck *d, bool (*is)(const struct pane *p))
{
    for (int i = 0; i < PANES_MAX; i++) {
        if (d->panes[i] && is(d->panes[i]))
            return true;
    }
    for (size_t i = 0; i < d->len; i++) {
        if (is(d->items[i].pane))
            return true;
    }
    return false;
}

static bool is_dirty(const struct pane *p)
{
    return p->dirty || p->moved;
}

static bool is_late(const struct pane *p)
{
    return p->late.dirty || p->late.moved;
}

static void tell(struct pane *p)
{
    p->dirty |= p->late.dirty;
    p->moved |= p->late.moved;
    p->late = (struct pane_late){0};
}

bool deck_dirty(const struct deck *d)
{
    return any(d, is_dirty);
}

bool deck_late(const struct deck *d)
{
    return any(d, is_late);
}

void deck_tell(struct deck *d)
{
    for (int i = 0; i < PANES_MAX; i++) {
        if (d->panes[i])
            tell(d->panes[i]);
    }
    for (size_t i = 0; i < d->len; i++)
        tell(d->items[i].pane);
}
