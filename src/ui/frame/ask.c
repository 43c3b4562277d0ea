// Questions with buttons in a popup. UI thread. Floor: ui/frame.
#include "ui/frame/ask.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "ui/frame/frame.h"
#include "ui/widget/dialog.h"

enum { ASK_W = 60, BORDER = 2, MARGIN = 2, ROWS_MOST = 16 };

struct asked {
    struct pane pane;
    struct pane_ops ops; // its own, for title and size
    char *title, *text, *labels;
    struct buttons buttons;
    int escape;    // the button that Esc means
    int buttons_y; // as drawn
    void (*answered)(void *self, int button);
    void (*free)(void *self);
    void *self;
};

static void answer(struct asked *a, int button)
{
    host_close(a->pane.host);
    a->answered(a->self, button);
}

static void close_asked(struct pane *p)
{
    struct asked *a = (struct asked *)p;

    if (a->free)
        a->free(a->self);
    free(a->title);
    free(a->text);
    free(a->labels);
    free(a);
}

static void draw(struct pane *p, struct area area, bool focused)
{
    struct asked *a = (struct asked *)p;

    area_fill(area, ROLE_TEXT);
    (void)wrapped_text(area_part(area, 0, 1, area.h - MARGIN, area.w - MARGIN), 0, ROLE_TEXT,
                       a->text);
    a->buttons_y = area.h - 1;
    buttons_draw(&a->buttons, area_part(area, a->buttons_y, 1, 1, area.w - MARGIN), focused);
}

// What a key does everywhere, unless a label begins with it.
static bool move_by_key(struct asked *a, uint32_t key)
{
    const struct keymap *k = &a->pane.host->frame->config.keys;
    const struct binding *b = keymap_find(k, CONTEXT_POPUP, key);
    enum move move;

    b = b ? b : keymap_find(k, CONTEXT_ALL, key);
    if (!b || !move_find(b->command, &move))
        return false;
    (void)buttons_move(&a->buttons, move);
    return true;
}

static bool event(struct pane *p, const struct event *ev)
{
    struct asked *a = (struct asked *)p;
    struct event here = *ev;
    bool taken = false;
    int button;

    here.x -= 1;
    here.y -= a->buttons_y;
    button = buttons_event(&a->buttons, &here, &taken);
    p->dirty = true;
    if (button >= 0)
        answer(a, button);
    return taken || (ev->kind == EVENT_KEY && move_by_key(a, ev->key));
}

// Letters press buttons.
static bool typing(const struct pane *p)
{
    (void)p;
    return true;
}

static bool act_left(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    (void)e;
    (void)buttons_move(&((struct asked *)p)->buttons, MOVE_LEFT);
    p->dirty = true;
    return true;
}

static bool act_right(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    (void)e;
    (void)buttons_move(&((struct asked *)p)->buttons, MOVE_RIGHT);
    p->dirty = true;
    return true;
}

static bool act_choose(struct pane *p, const struct line *line, struct err *e)
{
    struct asked *a = (struct asked *)p;

    (void)line;
    (void)e;
    answer(a, (int)a->buttons.at);
    return true;
}

static bool act_back(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    (void)e;
    answer((struct asked *)p, ((struct asked *)p)->escape);
    return true;
}

static const struct pane_action actions[] = {
    {"left", act_left}, {"right", act_right}, {"choose", act_choose},
    {"back", act_back}, {NULL, NULL},
};

static void split_labels(struct asked *a)
{
    for (char *rest = a->labels, *label;
         (label = strsep(&rest, "|")) && a->buttons.n < BUTTONS_MAX;)
        a->buttons.labels[a->buttons.n++] = label;
}

int ask_rows(const struct frame *f, const char *text, int popup_w)
{
    int w = !f->layout.too_small && f->w < popup_w ? f->w : popup_w;
    struct canvas scratch = {0};
    int rows;

    canvas_size(&scratch, ROWS_MOST, w - BORDER - MARGIN);
    rows = wrapped_text(canvas_area(&scratch), 0, -1, text);
    canvas_free(&scratch);
    return rows < ROWS_MOST ? rows : ROWS_MOST;
}

const struct pane *ask_buttons(struct frame *f, const struct ask_buttons *ask)
{
    struct asked *a = mem_zalloc(sizeof(*a));

    a->title = mem_strdup(ask->title);
    a->text = mem_strdup(ask->text);
    a->labels = mem_strdup(ask->buttons);
    a->answered = ask->answered;
    a->free = ask->free;
    a->escape = ask->escape;
    a->self = ask->self;
    split_labels(a);
    a->ops = (struct pane_ops){.name = "ask",
                               .title = a->title,
                               .about = "A question",
                               .popup_h = ask_rows(f, a->text, ASK_W) + BORDER + MARGIN,
                               .popup_w = ASK_W,
                               .close = close_asked,
                               .draw = draw,
                               .actions = actions,
                               .event = event,
                               .typing = typing,
                               .letters = true};
    a->pane = (struct pane){.ops = &a->ops, .desk = f->desk, .host = &f->host, .dirty = true};
    deck_popup(&f->deck, &a->pane, POPUP_CENTRE);
    return &a->pane;
}
