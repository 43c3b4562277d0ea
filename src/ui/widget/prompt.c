// A line with a label, history and completion. UI thread. Floor: ui/widget.
#include "ui/widget/prompt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/vec.h"
#include "ui/widget/row.h"
#include "ui/widget/scroll.h"

enum { ABOUT_GAP = 2 };

struct offer {
    char *word, *about; // about may be NULL
};

struct prompt_offers {
    VEC(struct offer) list;
    size_t start;         // where in the text the word begins; it ends at the cursor
    char *typed;          // of the word
    size_t at;            // in list, or list.len: what was typed
    size_t cursor;        // of the edit when they were made or the last one was taken
    unsigned changes;     // of the edit
    struct scroll scroll; // over list
    int y;                // first row they were drawn in
};

static void offers_clear(struct prompt_offers *o)
{
    for (size_t i = 0; i < o->list.len; i++) {
        free(o->list.items[i].word);
        free(o->list.items[i].about);
    }
    o->list.len = 0;
    free(o->typed);
    o->typed = NULL;
}

static void add_offer(void *to, const char *word, const char *about)
{
    struct prompt_offers *o = to;
    struct offer offer = {mem_strdup(word), about ? mem_strdup(about) : NULL};

    vec_push(&o->list, offer);
}

static void remember_place(struct prompt *p)
{
    p->offers->cursor = p->edit.at;
    p->offers->changes = p->edit.changes;
}

// What may stand at the cursor now.
static void refresh(struct prompt *p)
{
    struct prompt_offers *o = p->offers;
    const char *text = str_text(&p->edit.text);

    offers_clear(o);
    o->start = p->edit.at;
    if (p->complete.offer)
        p->complete.offer(p->complete.self, text, p->edit.at, &o->start, add_offer, o);
    o->start = o->start < p->edit.at ? o->start : p->edit.at;
    o->typed = mem_strndup(text + o->start, p->edit.at - o->start);
    o->at = o->list.len;
    o->scroll.top = 0;
    remember_place(p);
}

void prompt_init(struct prompt *p, const char *label, const char *first, struct history *history,
                 struct completion complete)
{
    *p = (struct prompt){.history = history, .complete = complete};
    (void)snprintf(p->label, sizeof(p->label), "%s", label);
    p->offers = mem_zalloc(sizeof(*p->offers));
    edit_set(&p->edit, first);
    refresh(p);
}

void prompt_free(struct prompt *p)
{
    if (p->offers) {
        offers_clear(p->offers);
        vec_free(&p->offers->list);
    }
    free(p->offers);
    edit_free(&p->edit);
    str_free(&p->typed);
    *p = (struct prompt){0};
}

// The offer in place of the word; list.len: what was typed there.
static void take(struct prompt *p, size_t i)
{
    struct prompt_offers *o = p->offers;

    o->at = i;
    edit_replace(&p->edit, o->start, p->edit.at,
                 i < o->list.len ? o->list.items[i].word : o->typed);
    remember_place(p);
}

static void complete(struct prompt *p, bool back)
{
    const struct prompt_offers *o = p->offers;
    size_t ways = o->list.len + 1;

    if (o->list.len)
        take(p, (o->at + (back ? ways - 1 : 1)) % ways);
}

// Does the line that lies so far back begin with what was typed?
static bool fits(const struct prompt *p, size_t back)
{
    const struct history *h = p->history;

    return str_starts(h->items[h->n - back], str_text(&p->typed));
}

static void show_back(struct prompt *p, size_t back)
{
    const struct history *h = p->history;

    p->back = back;
    edit_set(&p->edit, back ? h->items[h->n - back] : str_text(&p->typed));
    refresh(p);
}

static void look_back(struct prompt *p)
{
    size_t back = p->back + 1;

    if (!p->history)
        return;
    if (p->back == 0) {
        str_clear(&p->typed);
        str_add(&p->typed, str_text(&p->edit.text));
    }
    while (back <= p->history->n && !fits(p, back))
        back++;
    if (back <= p->history->n)
        show_back(p, back);
}

static void look_forward(struct prompt *p)
{
    size_t back = p->back;

    if (!p->history || back == 0)
        return;
    do
        back--;
    while (back > 0 && !fits(p, back));
    show_back(p, back);
}

static enum prompt_result click(struct prompt *p, const struct event *ev)
{
    size_t i;

    if (!scroll_clicked(&p->offers->scroll, ev, p->offers->y, &i))
        return PROMPT_NOT_MINE;
    take(p, i);
    return PROMPT_GOES_ON;
}

static enum prompt_result type(struct prompt *p, const struct event *ev)
{
    if (!edit_event(&p->edit, ev))
        return PROMPT_NOT_MINE;
    if (p->edit.changes != p->offers->changes)
        p->back = 0;
    if (p->edit.changes != p->offers->changes || p->edit.at != p->offers->cursor)
        refresh(p);
    return PROMPT_GOES_ON;
}

enum prompt_result prompt_event(struct prompt *p, const struct event *ev)
{
    if (ev->kind == EVENT_MOUSE)
        return click(p, ev);
    if (ev->kind != EVENT_KEY)
        return type(p, ev);
    switch (ev->key) {
    case K_ENTER:
        return PROMPT_DONE;
    case K_ESCAPE:
        return PROMPT_CANCELLED;
    case K_TAB:
    case K_SHIFT | K_TAB:
        complete(p, ev->key != K_TAB);
        return PROMPT_GOES_ON;
    case K_UP:
    case K_CTRL | 'p':
        look_back(p);
        return PROMPT_GOES_ON;
    case K_DOWN:
    case K_CTRL | 'n':
        look_forward(p);
        return PROMPT_GOES_ON;
    default:
        return type(p, ev);
    }
}

size_t prompt_offered(const struct prompt *p)
{
    return p->offers->list.len;
}

// The columns of the widest word shown, at most half of the room.
static int word_width(const struct prompt_offers *o, int h, int room)
{
    int widest = 0;

    for (int y = 0; y < h; y++) {
        int width = text_width(o->list.items[o->scroll.top + (size_t)y].word);

        widest = width > widest ? width : widest;
    }
    return widest < room / 2 ? widest : room / 2;
}

static void draw_offer(struct area row, const struct offer *offer, bool at, int about_x)
{
    enum role role = row_role(at, true);
    int x = row_gutter(false);

    area_fill(row, role);
    row_signs(row, 0, role, at ? ROW_CURSOR : "", NULL, role);
    (void)area_text(row, 0, x, about_x - ABOUT_GAP - x, role, offer->word);
    if (offer->about)
        (void)area_text(row, 0, about_x, row.w, at ? role : ROLE_DIM, offer->about);
}

static void draw_offers(struct prompt_offers *o, struct area a)
{
    int h = (size_t)a.h < o->list.len ? a.h : (int)o->list.len, gutter = row_gutter(false), about_x;

    o->scroll.at = o->at < o->list.len ? o->at : o->scroll.top;
    scroll_fit(&o->scroll, o->list.len, h);
    o->y = a.h - h;
    about_x = gutter + word_width(o, h, a.w - gutter) + ABOUT_GAP;
    for (int y = 0; y < h; y++) {
        size_t i = o->scroll.top + (size_t)y;

        draw_offer(area_part(a, o->y + y, 0, 1, a.w), &o->list.items[i], i == o->at, about_x);
    }
}

void prompt_draw(struct prompt *p, struct area a, bool focused)
{
    struct area line = area_part(a, a.h - 1, 0, 1, a.w);
    int x;

    area_fill(a, ROLE_TEXT);
    draw_offers(p->offers, area_part(a, 0, 0, a.h - 1, a.w));
    x = area_text(line, 0, 0, a.w / 2, ROLE_LABEL, p->label);
    x += x > 1;
    edit_draw(&p->edit, area_part(line, 0, x, 1, a.w - x), focused, NULL);
}
