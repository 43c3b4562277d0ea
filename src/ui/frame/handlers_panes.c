// Commands of the frame: which pane is seen and has the keys. UI thread. Floor: ui/frame.
#include "ui/frame/handlers.h"

#include "base/mem.h"
#include "base/near.h"
#include "base/str.h"
#include "ui/frame/frame.h"

bool do_open(struct frame *f, const struct line *line, struct err *e)
{
    const struct word *name = &line->words[1];
    struct near near = near_start(name->text);

    if (panes_find(f->deck.rows, name->text) >= 0) {
        host_open(&f->host, name->text);
        return true;
    }
    for (int i = 0; f->deck.rows[i].ops; i++)
        near_try(&near, f->deck.rows[i].ops->name);
    return line_fault(e, name, "there is no pane \"%.40s\"%s%s", name->text,
                      near.best ? "; did you mean " : "", near.best ? near.best : "");
}

static bool step(struct frame *f, int by)
{
    host_open(&f->host, f->deck.rows[deck_next(&f->deck, by)].ops->name);
    return true;
}

bool do_next_pane(struct frame *f, const struct line *line, struct err *e)
{
    (void)line;
    (void)e;
    return deck_top(&f->deck) || step(f, 1);
}

bool do_prev_pane(struct frame *f, const struct line *line, struct err *e)
{
    (void)line;
    (void)e;
    return deck_top(&f->deck) || step(f, -1);
}

bool do_back(struct frame *f, const struct line *line, struct err *e)
{
    bool quit = line->n > 1 && str_eq(line->words[1].text, "quit");

    if (line->n > 1 && !quit)
        return line_fault(e, &line->words[1], "usage: back [quit]");
    if (deck_top(&f->deck))
        deck_close_top(&f->deck);
    else if (f->deck.zoom)
        return do_zoom(f, line, e);
    else if (f->deck.at != f->deck.base)
        host_open(&f->host, f->deck.rows[f->deck.base].ops->name);
    else if (quit)
        return do_quit(f, line, e);
    else
        frame_say(f, ROLE_DIM, "There is nothing to go back to; %s quits.",
                  host_key(&f->host, deck_focus(&f->deck), "quit"));
    return true;
}

bool do_filter(struct frame *f, const struct line *line, struct err *e)
{
    (void)line;
    (void)e;
    host_open(&f->host, "filters");
    return true;
}

bool do_detail(struct frame *f, const struct line *line, struct err *e)
{
    const struct results *r = &f->desk->results;

    (void)line;
    (void)e;
    desk_detail(f->desk, table_id(r->table, r->place));
    host_open(&f->host, "detail");
    return true;
}

bool do_zoom(struct frame *f, const struct line *line, struct err *e)
{
    (void)line;
    (void)e;
    f->deck.zoom = !f->deck.zoom;
    desk_remember(f->desk, "zoom", f->deck.zoom ? "on" : "off");
    f->deck.moved = true;
    return true;
}

bool do_basket(struct frame *f, const struct line *line, struct err *e)
{
    (void)line;
    (void)e;
    host_open(&f->host, "basket");
    return true;
}

// Those of the results, which are looked at there.
bool do_columns(struct frame *f, const struct line *line, struct err *e)
{
    static const char *const there[] = {"results", "filters", "detail", "basket"};
    const struct pane_ops *here = deck_focus(&f->deck)->ops;
    bool found = false;

    (void)line;
    for (size_t i = 0; i < ARRAY_LEN(there); i++)
        found |= str_eq(here->name, there[i]);
    if (!found)
        return err_set(e, ERR_INVALID,
                       "columns are chosen in the results and in the library, not in \"%s\"",
                       here->title);
    host_open(&f->host, "columns");
    return true;
}

// The newest one; the log opens that under its cursor.
bool do_request(struct frame *f, const struct line *line, struct err *e)
{
    (void)line;
    (void)e;
    host_open(&f->host, "request");
    return true;
}
