// Help in a popup to read. UI thread. Floor: ui/frame.
#include "ui/frame/help.h"

#include <stdlib.h>

#include "base/mem.h"
#include "ui/frame/frame.h"
#include "ui/widget/text_view.h"

enum { HELP_H = 400, HELP_W = 100 }; // cut to the screen

struct help {
    struct pane pane;
    struct text_view view;
};

static void close_help(struct pane *p)
{
    text_view_free(&((struct help *)p)->view);
    free(p);
}

static void draw(struct pane *p, struct area a, bool focused)
{
    area_fill(a, ROLE_TEXT);
    text_view_draw(&((struct help *)p)->view, a, focused);
}

static bool event(struct pane *p, const struct event *ev)
{
    return text_view_event(&((struct help *)p)->view, ev);
}

static bool act_move(struct pane *p, const struct line *line, struct err *e)
{
    enum move move;

    (void)e;
    if (move_find(line->words[0].text, &move) && text_view_move(&((struct help *)p)->view, move))
        p->dirty = true;
    return true;
}

static bool find(struct pane *p, const char *text, int step, struct err *e)
{
    struct help *h = (struct help *)p;

    p->dirty = true;
    return text_view_find(&h->view, text, step) ||
           err_set(e, ERR_NOT_FOUND, "\"%.60s\" is not in this text", text);
}

static bool act_find(struct pane *p, const struct line *line, struct err *e)
{
    struct str text = {0};
    bool ok;

    for (size_t i = 1; i < line->n; i++)
        str_addf(&text, "%s%s", i > 1 ? " " : "", line->words[i].text);
    ok = find(p, str_text(&text), 1, e);
    str_free(&text);
    return ok;
}

static bool find_again(struct pane *p, int step, struct err *e)
{
    const struct str *found = &((struct help *)p)->view.found;
    char *text;
    bool ok;

    if (!found->len)
        return err_set(e, ERR_INVALID, "nothing was looked for yet");
    text = mem_strdup(str_text(found));
    ok = find(p, text, step, e);
    free(text);
    return ok;
}

static bool act_find_next(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    return find_again(p, 1, e);
}

static bool act_find_prev(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    return find_again(p, -1, e);
}

static const struct pane_action actions[] = {
    {"up", act_move},
    {"down", act_move},
    {"left", act_move},
    {"right", act_move},
    {"page-up", act_move},
    {"page-down", act_move},
    {"half-up", act_move},
    {"half-down", act_move},
    {"top", act_move},
    {"bottom", act_move},
    {"find", act_find},
    {"find-next", act_find_next},
    {"find-prev", act_find_prev},
    {NULL, NULL},
};

static const struct pane_ops ops = {.name = "help",
                                    .title = "Help",
                                    .about = "Keys and commands",
                                    .popup_h = HELP_H,
                                    .popup_w = HELP_W,
                                    .close = close_help,
                                    .draw = draw,
                                    .actions = actions,
                                    .event = event};

void help_open(struct frame *f, const struct cmd *c)
{
    struct help *h = mem_zalloc(sizeof(*h));
    struct str text = {0};

    help_text(f, c, &text);
    text_view_set(&h->view, str_text(&text), true, true);
    str_free(&text);
    h->pane = (struct pane){.ops = &ops, .desk = f->desk, .host = &f->host, .dirty = true};
    deck_popup(&f->deck, &h->pane, POPUP_CENTRE);
}

bool help_is_open(struct frame *f)
{
    return deck_focus(&f->deck)->ops == &ops;
}
