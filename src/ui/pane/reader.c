// A popup with a text to read: scrolled, searched, copied. UI thread. Floor: ui/pane.
#include "ui/pane/reader.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"

enum { POPUP_H = 20, POPUP_W = 76 };

static struct reader *of(struct pane *p)
{
    return (struct reader *)p;
}

void reader_init(struct reader *r, const struct pane_ops *ops, struct desk *desk, struct host *host,
                 const char *title, const char *text, bool wrap)
{
    r->pane = (struct pane){.ops = ops, .desk = desk, .host = host, .dirty = true};
    (void)snprintf(r->title, sizeof(r->title), "%s", title);
    r->masked = desk->privacy;
    text_view_set(&r->view, text, wrap, false);
}

void reader_free(struct reader *r)
{
    text_view_free(&r->view);
}

static bool is_hidden(const struct pane *p)
{
    return p->desk->privacy && !((const struct reader *)p)->masked;
}

void reader_draw(struct pane *p, struct area a, bool focused)
{
    if (is_hidden(p))
        empty_say(a, ROLE_DIM, "Hidden while people's values are masked: open it again.");
    else
        text_view_draw(&of(p)->view, a, focused);
}

bool reader_event(struct pane *p, const struct event *ev)
{
    bool taken = text_view_event(&of(p)->view, ev);

    p->dirty |= taken;
    return taken;
}

void reader_status(const struct pane *p, struct str *out)
{
    str_add(out, ((const struct reader *)p)->title);
}

bool reader_move(struct pane *p, const struct line *line, struct err *e)
{
    (void)e;
    p->dirty |= text_view_move(&of(p)->view, action_move(line));
    return true;
}

static bool find(struct reader *r, const char *text, int step, struct err *e)
{
    r->pane.dirty = true;
    if (!*text)
        return err_set(e, ERR_INVALID, "nothing was searched for yet");
    return text_view_find(&r->view, text, step) ||
           err_set(e, ERR_NOT_FOUND, "no line holds \"%s\"", text);
}

bool reader_find(struct pane *p, const struct line *line, struct err *e)
{
    struct str text = {0};
    bool ok;

    action_text(line, &text);
    ok = find(of(p), str_text(&text), 1, e);
    str_free(&text);
    return ok;
}

// The same text again; a copy, since the view keeps it anew.
static bool find_again(struct reader *r, int step, struct err *e)
{
    char *text = mem_strdup(str_text(&r->view.found));
    bool ok = find(r, text, step, e);

    free(text);
    return ok;
}

bool reader_find_next(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    return find_again(of(p), 1, e);
}

bool reader_find_prev(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    return find_again(of(p), -1, e);
}

bool reader_copy(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    if (is_hidden(p))
        return err_set(e, ERR_INVALID,
                       "this is hidden while people's values are masked: open it again");
    if (host_copy(p->host, str_text(&of(p)->view.text)))
        host_say(p->host, ROLE_TEXT, "Copied.");
    return true;
}

static void close(struct pane *p)
{
    reader_free(of(p));
    free(p);
}

static const struct pane_action actions[] = {READER_ACTIONS, {NULL, NULL}};

static const struct pane_ops ops = {
    .name = "text",
    .title = "Text",
    .about = "One value in full.",
    .popup_h = POPUP_H,
    .popup_w = POPUP_W,
    .close = close,
    .draw = reader_draw,
    .actions = actions,
    .event = reader_event,
    .status = reader_status,
};

struct pane *reader_open(struct desk *desk, struct host *host, const char *title, const char *text)
{
    struct reader *r = mem_zalloc(sizeof(*r));

    reader_init(r, &ops, desk, host, title, text, true);
    return &r->pane;
}
