// What happens without anybody pressing a key: the desk's news, wakes, popups that close.
// UI thread. Floor: ui/frame.
#include "ui/frame/frame.h"

#include <limits.h>

#include "ui/frame/spend.h"

static void forget_wakes_of_closed(struct frame *f)
{
    size_t kept = 0;

    for (size_t i = 0; i < f->wakes.len; i++) {
        bool closing = false;

        for (size_t k = 0; k < f->deck.len; k++)
            closing |= f->deck.items[k].closing && f->deck.items[k].pane == f->wakes.items[i].pane;
        if (!closing)
            f->wakes.items[kept++] = f->wakes.items[i];
    }
    f->wakes.len = kept;
}

void frame_reap(struct frame *f)
{
    for (size_t i = 0; i < f->deck.len; i++) {
        if (!f->deck.items[i].closing)
            continue;
        if (f->held == f->deck.items[i].pane)
            f->grip = GRIP_NONE;
        if (f->pressed == f->deck.items[i].pane)
            f->pressed = NULL;
    }
    forget_wakes_of_closed(f);
    deck_reap(&f->deck);
}

// One whose time has come, which is over then: it may wish for another. NULL: none is left.
static struct pane *next_awake(struct frame *f, int64_t now)
{
    for (size_t i = 0; i < f->wakes.len; i++) {
        struct pane *p = f->wakes.items[i].pane;

        if (f->wakes.items[i].at_ms > now)
            continue;
        f->wakes.items[i] = f->wakes.items[--f->wakes.len];
        return p;
    }
    return NULL;
}

static void wake(struct frame *f)
{
    int64_t now = frame_now_ms(f);
    struct pane *p;

    while ((p = next_awake(f, now))) {
        p->late.dirty = true;
        if (p->ops->woken)
            p->ops->woken(p);
    }
}

// One command a round of the loop: what the desk makes of it is seen before the next. What follows
// one that failed would build on it, so that it is dropped.
static void run_script(struct frame *f)
{
    if (!script_waits(&f->script) || !desk_rests(f->desk))
        return;
    if (f->script.at && f->failure.kind != ERR_NONE) {
        script_free(&f->script);
        return;
    }
    f->failure.kind = ERR_NONE;
    frame_run(f, script_next(&f->script));
}

static bool bar_is_old(const struct frame *f)
{
    return f->bars.top.next_ms && desk_utc_ms(f->desk) >= f->bars.top.next_ms;
}

// Where nobody is signed in after all there is the welcome; once somebody is, it has done its work.
static void follow_account(struct frame *f)
{
    int welcome = panes_find(f->deck.rows, "welcome");
    enum desk_state before = f->state;

    f->state = f->desk->state;
    if (f->state == before || welcome < 0)
        return;
    if (f->state == DESK_NOBODY && f->deck.at != welcome)
        deck_show(&f->deck, welcome);
    else if (f->state == DESK_READY && f->deck.at == welcome)
        host_open(&f->host, f->deck.rows[0].ops->name);
}

// Tells everybody which parts of the desk changed.
static void spread(struct frame *f, unsigned parts, bool news)
{
    follow_account(f);
    spend_serve(f);
    frame_take_message(f);
    frame_reap(f);
    if (parts)
        deck_changed(&f->deck, parts, news);
    f->stale |= f->deck.moved;
    f->bars_stale |= f->message.fresh;
}

static bool is_stale(const struct frame *f)
{
    return f->stale || f->bars_stale || deck_dirty(&f->deck);
}

bool frame_settle(struct frame *f)
{
    unsigned parts = desk_changes(f->desk);

    spread(f, parts, false);
    f->bars_stale |= (parts & ~DESK_LITTLE) != 0;
    return is_stale(f);
}

bool frame_serve(struct frame *f)
{
    unsigned parts;

    if (desk_tick_ms(f->desk) == 0)
        desk_tick(f->desk);
    run_script(f);
    parts = desk_serve(f->desk);
    spread(f, parts, true);
    wake(f);
    f->bars_late |= bar_is_old(f) || (parts & ~DESK_LITTLE) != 0;
    return is_stale(f) || f->bars_late || deck_late(&f->deck);
}

static int soonest(int a, int64_t b)
{
    if (b < 0)
        b = 0;
    if (b > INT_MAX)
        b = INT_MAX;
    return a < 0 || b < a ? (int)b : a;
}

int frame_wait_ms(struct frame *f)
{
    int wait = script_waits(&f->script) && desk_rests(f->desk) ? 0 : desk_tick_ms(f->desk);
    int64_t now = frame_now_ms(f);

    for (size_t i = 0; i < f->wakes.len; i++)
        wait = soonest(wait, f->wakes.items[i].at_ms - now);
    if (f->bars.top.next_ms)
        wait = soonest(wait, f->bars.top.next_ms - desk_utc_ms(f->desk));
    return wait;
}
