// From a command line to who carries it out, through the gate. UI thread. Floor: ui/frame.
#include "ui/frame/frame.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ui/frame/ask.h"
#include "ui/frame/gate.h"
#include "ui/frame/spend.h"

enum outcome { DONE, FAILED, NOT_MINE };

static const struct pane_action *action_of(const struct pane_ops *ops, const char *command)
{
    for (const struct pane_action *a = ops->actions; a && a->command; a++) {
        if (str_eq(a->command, command))
            return a;
    }
    return NULL;
}

// The first pane that carries out a command which is done there; NULL: it is done where one is.
static const struct pane_ops *place_of(const struct frame *f, const struct cmd *c)
{
    for (const struct pane_row *r = f->deck.rows; (c->flags & CMD_THERE) && r->ops; r++) {
        if (action_of(r->ops, c->name))
            return r->ops;
    }
    return NULL;
}

bool frame_acts(struct frame *f, const struct cmd *c)
{
    bool covered = deck_top(&f->deck) && !(c->flags & CMD_OVER);

    return action_of(deck_focus(&f->deck)->ops, c->name) ||
           (!covered && (c->run || place_of(f, c)));
}

bool *frame_acts_all(struct frame *f)
{
    const struct cmd *all = cmd_all();
    size_t n = 0;
    bool *acts;

    while (all[n].name)
        n++;
    acts = mem_array(n, sizeof(*acts));
    for (size_t i = 0; i < n; i++)
        acts[i] = frame_acts(f, &all[i]);
    return acts;
}

unsigned frame_met(struct frame *f)
{
    const struct pane *p = deck_focus(&f->deck);

    return gate_met(f->desk, f->screen) | (p->ops->own_rows ? NEED_ROW | NEED_ROWS : 0);
}

const char *frame_lock_key(struct frame *f)
{
    return host_key(&f->host, deck_focus(&f->deck), "lock");
}

static enum outcome act(struct pane *p, const struct cmd *c, const struct line *line, struct err *e)
{
    const struct pane_action *a = action_of(p->ops, c->name);

    e->kind = ERR_NONE;
    if (!a)
        return NOT_MINE;
    if (a->run(p, line, e))
        return DONE;
    return e->kind == ERR_NONE ? NOT_MINE : FAILED;
}

static bool no_use(struct frame *f, const struct cmd *c, struct err *e)
{
    return err_set(e, ERR_INVALID, "%s does nothing in \"%s\"", c->name,
                   deck_focus(&f->deck)->ops->title);
}

static bool perform(struct frame *f, const struct cmd *c, const struct line *line, struct err *e)
{
    struct pane *p = deck_focus(&f->deck);
    const struct pane_ops *there = place_of(f, c);
    enum outcome outcome = act(p, c, line, e);

    if (outcome != NOT_MINE)
        return outcome == DONE;
    if (deck_top(&f->deck) && !(c->flags & CMD_OVER))
        return err_set(e, ERR_INVALID, "%s has to wait until \"%s\" is closed", c->name,
                       p->ops->title);
    if (there && there != p->ops) {
        host_open(&f->host, there->name);
        outcome = act(deck_focus(&f->deck), c, line, e);
        if (outcome != NOT_MINE)
            return outcome == DONE;
    }
    if (!c->run)
        return no_use(f, c, e);
    return c->run(f, line, e);
}

// Where nobody is signed in, what needs somebody leads to where one does so.
static void show_way_in(struct frame *f, const struct cmd *c)
{
    int welcome = panes_find(f->deck.rows, "welcome");

    if ((c->needs & NEED_ACCOUNT) && f->desk->state == DESK_NOBODY && welcome >= 0 && f->screen &&
        !deck_top(&f->deck) && f->deck.at != welcome)
        deck_show(&f->deck, welcome);
}

// What the pane does with rows of its own needs none of the results'.
static bool pass(struct frame *f, const struct cmd *c, struct err *e)
{
    const struct pane *p = deck_focus(&f->deck);
    struct cmd asked = *c;

    if (p->ops->own_rows && action_of(p->ops, c->name))
        asked.needs &= ~(unsigned)(NEED_ROW | NEED_ROWS);
    // Moves need nothing: the keymap is not looked through for each of a thousand.
    if (!asked.needs || gate_pass(&asked, f->desk, f->screen, frame_lock_key(f), e))
        return true;
    show_way_in(f, &asked);
    return false;
}

// Can the one argument that is missing be asked for?
static bool can_ask(struct frame *f, const struct cmd *c, const struct line *line)
{
    return (int)line->n - 1 < c->min_args && c->ask && f->screen && frame_acts(f, c);
}

// A success takes the place of an error that was shown; to move about, to look elsewhere or to have
// the screen painted again is none.
static void leave_error(struct frame *f, const struct cmd *c)
{
    const struct message *m = &f->message;
    bool only_moved = (c->topic == TOPIC_MOVE && !str_eq(c->name, "choose")) ||
                      str_eq(c->name, "redraw") || str_eq(c->name, "suspend");

    if (m->role == ROLE_ERROR && !m->fresh && m->text.len && !only_moved && c->topic != TOPIC_PANES)
        frame_message_close(f);
}

static bool run(struct frame *f, const struct cmd *c, const struct line *line, bool confirmed,
                struct err *e)
{
    if (can_ask(f, c, line)) {
        if (!pass(f, c, e))
            return false;
        ask_argument_of(f, c);
        return true;
    }
    if ((int)line->n - 1 < c->min_args && !frame_acts(f, c))
        return no_use(f, c, e); // more words would not help
    if (!cmd_takes(c, line->words, line->n, e) || !pass(f, c, e))
        return false;
    if ((c->flags & CMD_SPENDS) && !confirmed)
        return spend_ask(f, line, e);
    if (!perform(f, c, line, e))
        return false;
    leave_error(f, c);
    return true;
}

static bool run_text(struct frame *f, const char *text, bool confirmed, struct err *e)
{
    const struct cmd *c;
    struct line line;
    bool ok;

    if (!line_split(text, 0, &line, e))
        return false;
    ok = line.n == 0 || ((c = cmd_named(&line.words[0], e)) && run(f, c, &line, confirmed, e));
    line_free(&line);
    return ok;
}

bool frame_run_confirmed(struct frame *f, const char *text, struct err *e)
{
    return run_text(f, text, true, e);
}

// A typed line needs no column: there is only the one.
static void strip_column(struct err *e)
{
    const char *rest = strstr(e->text, ": ");
    size_t n = strspn(e->text, "column 0123456789");

    if (str_starts(e->text, "column ") && rest == e->text + n)
        memmove(e->text, rest + 2, strlen(rest + 2) + 1);
}

// What was said of one pane has no place below another.
static void leave_message(struct frame *f)
{
    struct message *m = &f->message;

    if (!f->deck.moved || m->fresh || m->role == ROLE_ERROR || !m->text.len)
        return;
    str_clear(&m->text);
    m->fresh = true;
}

static void tell(struct frame *f, bool done, struct err *e)
{
    if (done) {
        leave_message(f);
        return;
    }
    strip_column(e);
    frame_fail(f, e);
}

void frame_run(struct frame *f, const char *text)
{
    struct err e;
    bool done;

    frame_message_seen(f);
    done = run_text(f, text, false, &e);
    tell(f, done, &e);
}

void frame_run_bound(struct frame *f, const struct binding *b)
{
    struct bound_line *bound = keymap_hold(&f->config.keys, b);
    struct err e;
    bool done = run(f, b->cmd, &bound->line, false, &e);

    bound_line_drop(bound);
    tell(f, done, &e);
}
