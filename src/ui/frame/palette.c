// The palette: every command and pane by a few letters, with its keys. UI thread. Floor: ui/frame.
#include "ui/frame/pickers.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "ui/frame/frame.h"
#include "ui/frame/listed.h"

enum { PALETTE_H = 20, PALETTE_W = 78 };

struct palette {
    struct listed listed;
    struct str text, keys;                   // of the item asked for last
    const char *context;                     // of the pane below
    size_t n;                                // commands; behind them stand:
    const struct pane_row *panes[PANES_MAX]; // the tabs
    size_t n_panes;
    size_t open; // the command that shows them
    unsigned met;
    bool *acts; // of the pane below, by command
};

// NULL: a command.
static const struct pane_ops *pane_of(const struct palette *p, size_t item)
{
    return item < p->n ? NULL : p->panes[item - p->n]->ops;
}

static size_t count(void *self)
{
    const struct palette *p = self;

    return p->n + p->n_panes;
}

static const char *text(void *self, size_t item)
{
    struct palette *p = self;
    const struct pane_ops *ops = pane_of(p, item);
    const struct cmd *c = &cmd_all()[ops ? p->open : item];

    str_clear(&p->text);
    str_addf(&p->text, "%-13s %s", ops ? ops->title : c->name, c->help);
    return str_text(&p->text);
}

// What is run; the caller frees it.
static char *line_of(const struct palette *p, size_t item)
{
    const struct pane_ops *ops = pane_of(p, item);

    return ops ? str_format("open %s", ops->name) : mem_strdup(cmd_all()[item].name);
}

static const char *aside(void *self, size_t item)
{
    struct palette *p = self;
    char *line = line_of(p, item);

    str_clear(&p->keys);
    keymap_keys(&p->listed.frame->config.keys, p->context, line, &p->keys);
    free(line);
    return str_text(&p->keys);
}

static const char *blocked(void *self, size_t item)
{
    const struct palette *p = self;
    size_t command = pane_of(p, item) ? p->open : item;

    if (!p->acts[command])
        return "not here";
    return cmd_all()[command].needs & ~p->met ? "not now" : NULL;
}

static const char *about(struct listed *l, long long item)
{
    const struct palette *p = (struct palette *)l;

    return cmd_all()[pane_of(p, (size_t)item) ? p->open : (size_t)item].help;
}

static void chosen(struct listed *l, long long item)
{
    const struct palette *p = (struct palette *)l;
    char *line = line_of(p, (size_t)item);

    if (pane_of(p, (size_t)item))
        frame_run(l->frame, line);
    else
        run_or_type(l->frame, &cmd_all()[item]);
    free(line);
}

static void close_palette(struct pane *p)
{
    struct palette *self = (struct palette *)p;

    list_view_free(&self->listed.list);
    str_free(&self->text);
    str_free(&self->keys);
    free(self->acts);
    free(self);
}

static const struct pane_ops ops = {.name = "palette",
                                    .title = "Commands",
                                    .about = "Type a few letters of what you want",
                                    .popup_h = PALETTE_H,
                                    .popup_w = PALETTE_W,
                                    .close = close_palette,
                                    .draw = listed_draw,
                                    .actions = listed_actions,
                                    .event = listed_event,
                                    .typing = listed_typing};

void run_or_type(struct frame *f, const struct cmd *c)
{
    char *line;

    if (c->min_args == 0 || c->ask) {
        frame_run(f, c->name);
        return;
    }
    line = str_format("%s ", c->name);
    ask_command(f, line);
    free(line);
}

void pick_command(struct frame *f)
{
    struct palette *p = mem_zalloc(sizeof(*p));
    const struct list_source source = {p, count, text, aside, NULL, blocked};

    p->listed.chosen = chosen;
    p->listed.about = about;
    p->context = deck_focus(&f->deck)->ops->name;
    p->met = frame_met(f);
    p->acts = frame_acts_all(f);
    for (; cmd_all()[p->n].name; p->n++)
        p->open = str_eq(cmd_all()[p->n].name, "open") ? p->n : p->open;
    for (const struct pane_row *row = f->deck.rows; row->ops; row++) {
        if (row->tab)
            p->panes[p->n_panes++] = row;
    }
    listed_open(&p->listed, f, &ops, &source);
}
