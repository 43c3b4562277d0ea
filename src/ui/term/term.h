// The terminal: the only file set that includes curses. Opens, reads events, paints a canvas, gives
// the screen back however the program ends. Owner: the UI thread. Floor: ui/term.
#ifndef LODE_UI_TERM_TERM_H
#define LODE_UI_TERM_TERM_H

#include <stdbool.h>

#include "base/err.h"
#include "ui/term/canvas.h"
#include "ui/term/event.h"
#include "ui/term/theme.h"

struct term;

// Takes the terminal on stdin/stdout. Signals must be blocked already (the loop reads them by a
// signal fd), and other threads keep off the environment meanwhile. ERR_INVALID with a plain
// sentence where TERM is unknown, dumb, or there is no terminal. The mouse is off at first. What
// libraries write to standard error is kept until the screen is given back, and said then.
struct term *term_open(struct err *e);
// Gives everything back: modes, mouse, paste, cursor, screen. NULL is allowed.
void term_close(struct term *t);
void term_size(const struct term *t, int *h, int *w);
// The kernel's word on the size after SIGWINCH or SIGCONT; true where it changed.
bool term_resized(struct term *t);
// The next event that has arrived, false where there is none. Never blocks. Drain it, then paint
// once; after a flood it says false once so that there is a turn for that. EVENT_GONE comes once,
// and nothing after it. EVENT_RESIZE is the loop's to make, by term_resized().
bool term_read(struct term *t, struct event *out);
// Which characters are keys that ask for a line: of a text that came without brackets what is
// behind such a one is for that line. None at first. types: is something being typed right now?
// Where nothing is, different characters that come at once are a text as well, unless moves is true
// of each: its key only moves or shows something else.
void term_asks(struct term *t, bool (*asks)(void *self, char c), bool (*types)(void *self),
               bool (*moves)(void *self, char c), void *self);
// Milliseconds until term_read() may know more by the clock alone (a lone Esc, a paste without an
// end); -1: nothing waits.
int term_pending_ms(const struct term *t);
// Sends what differs from the last painting, in one batch (a synchronized update where the terminal
// has it). The whole screen after term_redraw(), a resize or a new theme. Never waits for a
// terminal that does not read: while something is unsent nothing is painted, so that this is to be
// called again once all is sent.
void term_paint(struct term *t, struct canvas *c);
// The descriptor to poll for POLLOUT, then to call term_send(), while the terminal has not taken
// all that was sent; -1: it has.
int term_unsent_fd(const struct term *t);
void term_send(struct term *t);
void term_redraw(struct term *t);
// Takes a copy of how everything looks; theme need not live on.
void term_theme(struct term *t, const struct theme *theme);
enum colours term_colours(const struct term *t);
// Where the terminal has no mouse nothing is switched on.
void term_mouse(struct term *t, bool on);
// Is it on?
bool term_has_mouse(const struct term *t);
// To the shell and back (SIGTSTP to the process group, as the terminal itself sends it): returns
// once the program was continued, or at once where there is no shell to come back from; everything
// is repainted.
void term_suspend(struct term *t);
// Around a child program that takes the terminal ($EDITOR). term_return() alone is right after a
// SIGCONT that no term_suspend() waited for: somebody else may have changed the terminal's modes.
void term_leave(struct term *t);
void term_return(struct term *t);
// The clipboard by OSC 52; false where text is over 64 KiB or the terminal cannot.
bool term_copy(struct term *t, const char *text);

#endif
