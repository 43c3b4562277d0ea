// The `:` line: a prompt with history and completion at the bottom of the screen. UI thread.
// Floor: ui/frame.
#include "ui/frame/pickers.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "ui/frame/complete.h"
#include "ui/frame/frame.h"
#include "ui/frame/history.h"
#include "ui/widget/prompt.h"

enum { OFFERS_MOST = 8 }; // rows above the line

struct cmdline {
    struct pane pane;
    struct pane_ops ops; // its own, for the height
    struct frame *frame;
    struct prompt prompt;
};

// No higher than what is offered.
static void fit(struct cmdline *c)
{
    size_t offered = prompt_offered(&c->prompt);

    c->ops.popup_h = 1 + (offered < OFFERS_MOST ? (int)offered : OFFERS_MOST);
    c->pane.dirty = true;
}

static void close_line(struct pane *p)
{
    struct cmdline *c = (struct cmdline *)p;

    prompt_free(&c->prompt);
    free(c);
}

static void draw(struct pane *p, struct area a, bool focused)
{
    prompt_draw(&((struct cmdline *)p)->prompt, a, focused);
}

static bool is_forgotten(const char *text)
{
    const struct cmd *c = NULL;
    struct line line;
    struct err e;

    if (!line_split(text, 0, &line, &e))
        return false;
    c = line.n ? cmd_find(line.words[0].text) : NULL;
    line_free(&line);
    return c && (c->flags & CMD_FORGET);
}

static void run(struct cmdline *c)
{
    struct frame *f = c->frame;
    char *text = mem_strdup(str_text(&c->prompt.edit.text));

    host_close(&f->host);
    if (!is_forgotten(text))
        history_keep(f, text);
    frame_run(f, text);
    free(text);
}

static bool event(struct pane *p, const struct event *ev)
{
    struct cmdline *c = (struct cmdline *)p;
    enum prompt_result result = prompt_event(&c->prompt, ev);

    fit(c);
    if (result == PROMPT_DONE)
        run(c);
    else if (result == PROMPT_CANCELLED)
        host_close(p->host);
    return result != PROMPT_NOT_MINE;
}

static bool typing(const struct pane *p)
{
    (void)p;
    return true;
}

static const struct pane_ops line_ops = {.name = "command-line",
                                         .title = "Command",
                                         .about = "Type a command; Tab completes, Up looks back",
                                         .popup_h = 1,
                                         .popup_w = 1,
                                         .close = close_line,
                                         .draw = draw,
                                         .event = event,
                                         .typing = typing};

void ask_command(struct frame *f, const char *first)
{
    struct cmdline *c = mem_zalloc(sizeof(*c));
    const struct completion complete = {f, complete_offer};

    history_need(f);
    c->frame = f;
    c->ops = line_ops;
    c->pane = (struct pane){.ops = &c->ops, .desk = f->desk, .host = &f->host, .dirty = true};
    prompt_init(&c->prompt, ":", first, &f->history, complete);
    fit(c);
    deck_popup(&f->deck, &c->pane, POPUP_BOTTOM);
}
