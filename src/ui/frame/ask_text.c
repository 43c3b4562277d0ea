// A question for a line of text, in a popup. UI thread. Floor: ui/frame.
#include "ui/frame/ask.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "ui/frame/frame.h"
#include "ui/widget/dialog.h"
#include "ui/widget/edit.h"

enum { ASK_W = 64, BORDER = 2, MARGIN = 2, ROWS_LEAST = 3 };

struct asked {
    struct pane pane;
    struct pane_ops ops; // its own, for the title
    char *title, *label;
    struct edit edit;
    void (*answered)(void *self, const char *text);
    void (*free)(void *self);
    void *self;
};

static void close_asked(struct pane *p)
{
    struct asked *a = (struct asked *)p;

    if (a->free)
        a->free(a->self);
    edit_free(&a->edit);
    free(a->title);
    free(a->label);
    free(a);
}

static void draw(struct pane *p, struct area area, bool focused)
{
    struct asked *a = (struct asked *)p;

    area_fill(area, ROLE_TEXT);
    (void)wrapped_text(area_part(area, 0, 1, area.h - MARGIN, area.w - MARGIN), 0, ROLE_LABEL,
                       a->label);
    edit_draw(&a->edit, area_part(area, area.h - 1, 1, 1, area.w - MARGIN), focused, NULL);
}

// What is refused stays with what was typed, unless another question came of it.
static bool take(struct asked *a)
{
    struct frame *f = a->pane.host->frame;
    size_t failures = f->failures;

    host_close(a->pane.host);
    a->answered(a->self, str_text(&a->edit.text));
    if (f->failures > failures)
        deck_reopen(&f->deck, &a->pane);
    return true;
}

static bool event(struct pane *p, const struct event *ev)
{
    struct asked *a = (struct asked *)p;

    p->dirty = true;
    if (ev->kind == EVENT_KEY && ev->key == K_ENTER)
        return take(a);
    return edit_event(&a->edit, ev);
}

static bool typing(const struct pane *p)
{
    (void)p;
    return true;
}

static bool act_choose(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    (void)e;
    return take((struct asked *)p);
}

static const struct pane_action actions[] = {{"choose", act_choose}, {NULL, NULL}};

void ask_text(struct frame *f, const struct ask_text *ask)
{
    struct asked *a = mem_zalloc(sizeof(*a));
    int rows = ask_rows(f, ask->label, ASK_W);

    a->title = mem_strdup(ask->title);
    a->label = mem_strdup(ask->label);
    a->answered = ask->answered;
    a->free = ask->free;
    a->self = ask->self;
    edit_set(&a->edit, ask->first ? ask->first : "");
    a->ops = (struct pane_ops){.name = "ask-text",
                               .title = a->title,
                               .about = "A line of text",
                               .popup_h = (rows > ROWS_LEAST ? rows : ROWS_LEAST) + BORDER + MARGIN,
                               .popup_w = ASK_W,
                               .close = close_asked,
                               .draw = draw,
                               .actions = actions,
                               .event = event,
                               .typing = typing};
    a->pane = (struct pane){.ops = &a->ops, .desk = f->desk, .host = &f->host, .dirty = true};
    deck_popup(&f->deck, &a->pane, POPUP_CENTRE);
}

struct missing {
    struct frame *frame;
    const struct cmd *cmd;
};

static void run_with(void *self, const char *text)
{
    const struct missing *m = self;
    struct str line = {0};

    str_addf(&line, "%s ", m->cmd->name);
    line_quote(text, &line);
    frame_run(m->frame, str_text(&line));
    str_free(&line);
}

void ask_argument_of(struct frame *f, const struct cmd *c)
{
    struct missing *m = mem_zalloc(sizeof(*m));

    *m = (struct missing){f, c};
    ask_text(f, &(struct ask_text){c->name, c->ask, "", run_with, free, m});
}
