// A question for a line of text, in a popup. UI thread. Floor: ui/frame.
#include "ui/frame/ask.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "ui/frame/complete.h"
#include "ui/frame/complete_args.h"
#include "ui/frame/frame.h"
#include "ui/widget/dialog.h"
#include "ui/widget/prompt.h"

enum { ASK_W = 64, BORDER = 2, MARGIN = 2, ROWS_LEAST = 3, OFFER_ROWS = 6 };

struct asked {
    struct pane pane;
    struct pane_ops ops; // its own, for the title
    char *title, *label;
    struct prompt prompt;
    enum cmd_arg takes;
    const struct cmd *cmd; // as in ask_text
    bool alone;            // Enter is taken only where it came alone
    int y;                 // of the area of the prompt, as drawn
    void (*answered)(void *self, const char *text);
    void (*free)(void *self);
    void *self;
};

static void close_asked(struct pane *p)
{
    struct asked *a = (struct asked *)p;

    if (a->free)
        a->free(a->self);
    prompt_free(&a->prompt);
    free(a->title);
    free(a->label);
    free(a);
}

static int offer_rows(const struct asked *a)
{
    return complete_knows(a->takes) ? OFFER_ROWS : 0;
}

static void draw(struct pane *p, struct area area, bool focused)
{
    struct asked *a = (struct asked *)p;
    int rows = area.h - MARGIN - offer_rows(a);

    rows = rows > 1 ? rows : 1;
    area_fill(area, ROLE_TEXT);
    (void)wrapped_text(area_part(area, 0, 1, rows, area.w - MARGIN), 0, ROLE_LABEL, a->label);
    a->y = rows < area.h ? rows : area.h - 1;
    prompt_draw(&a->prompt, area_part(area, a->y, 1, area.h - a->y, area.w - MARGIN), focused);
}

// What is refused stays with what was typed, unless another question came of it.
static bool take(struct asked *a)
{
    struct frame *f = a->pane.host->frame;
    size_t failures = f->failures;

    host_close(a->pane.host);
    a->answered(a->self, str_text(&a->prompt.edit.text));
    if (f->failures > failures)
        deck_reopen(&f->deck, &a->pane);
    return true;
}

static bool event(struct pane *p, const struct event *ev)
{
    struct asked *a = (struct asked *)p;
    struct event here = *ev;

    p->dirty = true;
    if (ev->kind == EVENT_KEY && ev->key == K_ESCAPE)
        return false;
    if (ev->kind == EVENT_KEY && ev->key == K_ENTER && ev->joined && a->alone) {
        host_say(p->host, ROLE_DIM, "Enter came at once with other keys: press it alone.");
        return true;
    }
    here.y -= a->y;
    here.x -= 1;
    switch (prompt_event(&a->prompt, &here)) {
    case PROMPT_DONE:
        return take(a);
    case PROMPT_NOT_MINE:
        return false;
    default:
        return true;
    }
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

// The words behind the command.
static void complete_words(const struct asked *a, const char *text, size_t at, size_t *start,
                           void (*add)(void *to, const char *word, const char *about), void *to)
{
    char *line = str_format("%s %s", a->cmd->name, text);
    size_t before = strlen(line) - strlen(text);

    complete_offer(a->pane.host->frame, line, before + at, start, add, to);
    *start = *start > before ? *start - before : 0;
    free(line);
}

// All that was typed is one word.
static void complete(void *self, const char *text, size_t at, size_t *start,
                     void (*add)(void *to, const char *word, const char *about), void *to)
{
    const struct asked *a = self;
    const struct line none = {0};
    char *typed;

    if (a->cmd) {
        complete_words(a, text, at, start, add, to);
        return;
    }
    typed = mem_strndup(text, at);
    *start = 0;
    complete_fitting(a->pane.host->frame, a->takes, &none, typed, add, to);
    free(typed);
}

void ask_text(struct frame *f, const struct ask_text *ask)
{
    struct asked *a = mem_zalloc(sizeof(*a));
    int rows = ask_rows(f, ask->label, ASK_W);

    a->title = mem_strdup(ask->title);
    a->label = mem_strdup(ask->label);
    a->takes = ask->takes;
    a->cmd = ask->cmd;
    a->alone = ask->alone;
    a->answered = ask->answered;
    a->free = ask->free;
    a->self = ask->self;
    a->ops = (struct pane_ops){.name = "ask-text",
                               .title = a->title,
                               .about = "A line of text; Tab completes",
                               .popup_h = (rows > ROWS_LEAST ? rows : ROWS_LEAST) + BORDER +
                                          MARGIN + offer_rows(a),
                               .popup_w = ASK_W,
                               .close = close_asked,
                               .draw = draw,
                               .actions = actions,
                               .event = event,
                               .typing = typing};
    a->pane = (struct pane){.ops = &a->ops, .desk = f->desk, .host = &f->host, .dirty = true};
    prompt_init(&a->prompt, "", ask->first ? ask->first : "", NULL,
                (struct completion){a, complete});
    deck_popup(&f->deck, &a->pane, POPUP_CENTRE);
}

struct missing {
    struct frame *frame;
    const struct cmd *cmd;
};

// One that takes two words is given two, any other what was typed as one.
static void run_with(void *self, const char *text)
{
    const struct missing *m = self;
    struct str line = {0};

    str_addf(&line, "%s ", m->cmd->name);
    if (m->cmd->max_args > 1)
        str_add(&line, text);
    else
        line_quote(text, &line);
    frame_run(m->frame, str_text(&line));
    str_free(&line);
}

void ask_argument_of(struct frame *f, const struct cmd *c)
{
    struct missing *m = mem_zalloc(sizeof(*m));

    *m = (struct missing){f, c};
    ask_text(f, &(struct ask_text){.title = c->name,
                                   .label = c->ask,
                                   .takes = c->takes[0],
                                   .cmd = c->max_args > 1 ? c : NULL,
                                   .answered = run_with,
                                   .free = free,
                                   .self = m});
}
