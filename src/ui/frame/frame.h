// The explorer's frame: panes, popups, bars and the state between them. One struct; the UI thread
// owns it. Floor: ui/frame.
#ifndef LODE_UI_FRAME_FRAME_H
#define LODE_UI_FRAME_FRAME_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/str.h"
#include "desk/desk.h"
#include "ui/frame/bars.h"
#include "ui/frame/cmd.h"
#include "ui/frame/config.h"
#include "ui/frame/deck.h"
#include "ui/frame/layout.h"
#include "ui/frame/panes.h"
#include "ui/frame/script.h"
#include "ui/term/term.h"
#include "ui/widget/prompt.h"

// As panes see it.
struct host {
    struct frame *frame;
    struct str key; // what host_key() gave last
};

// The last message at the bottom.
struct message {
    struct str text; // "" none
    enum role role;
    int64_t at_ms;   // boot clock, when it was said
    bool fresh;      // not painted yet
    bool seen;       // something was done since it was painted
    uint64_t number; // of the desk's message taken in last
};

// A pane's wish to be drawn again.
struct wake {
    struct pane *pane;
    int64_t at_ms; // boot clock
};

// What the mouse holds while its button is down.
enum grip { GRIP_NONE, GRIP_DIVIDER, GRIP_PANE };

struct frame {
    struct host host;
    struct clock clock;
    struct desk *desk;
    struct term *term; // NULL: no terminal (--linear, tests)
    bool screen;       // false: --linear
    struct config config;
    struct deck deck;
    int h, w;
    struct layout layout;
    bool stale;      // everything is to be laid out and drawn again
    bool bars_stale; // the bars are
    bool bars_late;  // the same, by news
    struct canvas canvas;
    struct bars bars;
    struct message message;
    enum desk_state state; // of the desk, as taken in last
    enum grip grip;
    enum divider held_divider;  // GRIP_DIVIDER
    struct pane *held;          // GRIP_PANE
    struct rect held_inside;    // where it stands
    const struct pane *pressed; // which pane the last press went to
    struct {
        struct wake *items;
        size_t len, cap;
    } wakes;
    struct history history; // of the `:` line
    bool history_read;
    struct script script;
    struct {
        char *line;               // waits for the price of a job, or NULL; owned
        const struct pane *focus; // what had the keys then; compared, never looked into
    } priced;
    const struct pane *quit_question; // while ^C asks whether to leave, or NULL
    struct err failure;               // the last thing that failed since this was cleared
    bool text_left;                   // of the filters, at fault, in its file
    size_t failures;                  // that were said
    bool leave;
};

// desk and term stay the caller's. The configuration is read; nothing is drawn yet.
void frame_init(struct frame *f, const struct pane_row *rows, struct desk *desk, struct term *term,
                bool screen);
void frame_free(struct frame *f);
void frame_size(struct frame *f, int h, int w);
// Reads lode.conf again; what it says holds from now on. The first fault is said.
void frame_reload(struct frame *f);
// Lets a setting take effect.
void frame_apply(struct frame *f, enum setting which);
// Shows the pane that the last session ended with, or the welcome.
void frame_open_first(struct frame *f);

// run.c: a command line through the gate. What is wrong is said.
void frame_run(struct frame *f, const char *text);
// The same of a key.
void frame_run_bound(struct frame *f, const struct binding *b);
// After the person's word: what spends is not asked for again.
bool frame_run_confirmed(struct frame *f, const char *text, struct err *e);
// Does the focused pane or popup carry it out, or the frame?
bool frame_acts(struct frame *f, const struct cmd *c);
// The same for each command of the table, in its order; the caller frees it.
bool *frame_acts_all(struct frame *f);
// Which needs of commands are met (enum cmd_need bits), by the pane with the keys as well.
unsigned frame_met(struct frame *f);
// The key of the spend lock, or where lines are read the command; as host_key().
const char *frame_lock_key(struct frame *f);

// input.c, mouse.c
void frame_event(struct frame *f, const struct event *ev);
void frame_mouse(struct frame *f, const struct event *ev);
// Does a key of this character open a line that is typed into, wherever? self is the frame.
bool frame_asks(void *self, char c);
bool frame_types(void *self);
// Does a key of this character only change what is looked at, or open a line, where keys go now?
// Among others that came at once no other key runs.
bool frame_moves(void *self, char c);
// Does the key begin a text of the pane, whatever it is bound to?
bool frame_begins(const struct pane *p, uint32_t key);

// serve.c: what came back from the desk, wakes, popups that close. true: there is something to
// paint.
bool frame_serve(struct frame *f);
// What was done by a person so far, without anything that came back. true: there is something to
// paint.
bool frame_settle(struct frame *f);
// Frees the popups that are closing; between two events, when nothing of them runs.
void frame_reap(struct frame *f);
// Milliseconds until frame_serve() has something to do without any event; -1: never.
int frame_wait_ms(struct frame *f);

// paint.c: draws what changed on the canvas; true where anything did.
bool frame_draw(struct frame *f);
// The same but for what only came back (frame_serve()), which stays to be drawn.
bool frame_draw_answer(struct frame *f);
// After frame_draw() and once the canvas is on the screen: panes may ask for more.
void frame_shown(struct frame *f);

// message.c: says it, behind one that nobody can have read yet.
void frame_vsay(struct frame *f, enum role role, const char *format, va_list args)
    __attribute__((format(printf, 3, 0)));
// Something was done since it was painted; and a key was pressed, so that what was read may go.
void frame_message_seen(struct frame *f);
void frame_message_read(struct frame *f);
void frame_message_close(struct frame *f);
// Says all that the desk has said since the last time.
void frame_take_message(struct frame *f);

// host.c
void frame_say(struct frame *f, enum role role, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void frame_fail(struct frame *f, const struct err *e);
int64_t frame_now_ms(struct frame *f);

#endif
