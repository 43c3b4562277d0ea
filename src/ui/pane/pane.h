// A pane: const ops and its columns; the frame does the rest. A popup (dialog, list, prompt) is a
// pane too, shown over the others. Drawing reads state, allocates nothing, fetches nothing. UI
// thread. Floor: ui/pane.
#ifndef LODE_UI_PANE_PANE_H
#define LODE_UI_PANE_PANE_H

#include <stdbool.h>

#include "base/err.h"
#include "base/line.h"
#include "desk/desk.h"
#include "ui/term/canvas.h"
#include "ui/term/event.h"

struct host; // the frame, as panes see it
struct pane;

// A command of the table (frame/commands) as this pane carries it out. line->words[0] is its name.
// false with *e: the sentence is shown; false with ERR_NONE: not for this pane as it stands now,
// the command goes up (Esc leaves a range that was begun, else it is the frame's).
struct pane_action {
    const char *command;
    bool (*run)(struct pane *p, const struct line *line, struct err *e);
};

struct pane_ops {
    const char *name;  // "results": in `open results`, key contexts, tests
    const char *title; // "Results"
    const char *about; // one or two lines for help
    // Of a popup, with its border; 0: a pane of the layout. The frame draws border, title and
    // status, centres it and cuts it to the screen.
    int popup_h, popup_w;
    struct pane *(*open)(struct desk *desk, struct host *host); // NULL for popups made by hand
    void (*close)(struct pane *p);                              // frees p
    void (*draw)(struct pane *p, struct area a, bool focused);
    // It was painted: now it may ask the desk for what is missing of what it shows. May be NULL.
    void (*shown)(struct pane *p);
    // The time of host_wake_at() has come, before it is drawn again. May be NULL.
    void (*woken)(struct pane *p);
    const struct pane_action *actions; // ended by a NULL command; what is not here goes up
    // A key that is bound to nothing here, text for a field, a paste, the mouse (y, x within the
    // pane). true: taken.
    bool (*event)(struct pane *p, const struct event *ev);
    // True while keys are text (a field is being typed into): bindings of printable keys rest.
    bool (*typing)(const struct pane *p);
    bool letters; // those keys press what stands there: no text is typed
    // Does this key, one of text, begin a text here or go on with one, whatever it is bound to?
    // NULL: none does.
    bool (*begins)(const struct pane *p, uint32_t key);
    // Parts of the desk (enum desk_part bits) that matter to it; 0: all. Where one of them changed,
    // changed() is called (may be NULL) and the pane is drawn again.
    unsigned watches;
    void (*changed)(struct pane *p, unsigned parts);
    // What stands right of the title: "1,284 hits  page 3 of 52". May be NULL. What is more than
    // title_w columns is cut off.
    void (*status)(const struct pane *p, struct str *out);
    // Where the cursor is: item at (from 0) of how many, for --linear ("3 of 1,284"). false where
    // there is none. May be NULL.
    bool (*place)(const struct pane *p, size_t *at, size_t *of);
    // Of a command it carries out: is there anything here now that it could be done to? Only then
    // it is among the hints. NULL: always.
    bool (*offers)(const struct pane *p, const char *command);
    // What it carries out of the commands that need rows is about rows of its own, not the
    // results'.
    bool own_rows;
};

// Embed as the first member.
struct pane {
    const struct pane_ops *ops;
    struct desk *desk;
    struct host *host;
    // Both cleared by the frame. Draw all of it again; or only its cursor has moved, and draw() may
    // leave the rest as it stands.
    bool dirty, moved;
    struct pane_late { // the frame's own: by news, for which no key waits
        bool dirty, moved;
    } late;
    int title_w; // as the frame has them for status(); 0: no screen, and no end
};

// What a pane may ask of the frame (made in frame/host.c).
// Shows and focuses the pane of that name; a popup that has open() is put on top.
void host_open(struct host *h, const char *pane);
// Puts a popup on top; it is the frame's from now on and closed with host_close().
void host_popup(struct host *h, struct pane *popup);
// Closes the popup that is topmost now, after the running handler has returned; another may be put
// on top right away.
void host_close(struct host *h);
// The last message, at the bottom; errors stay until a key is pressed.
void host_say(struct host *h, enum role role, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void host_fail(struct host *h, const struct err *e);
// Runs a command line as if it had been typed at `:`, through the same gate: what spends is
// confirmed by the frame, so that a Buy button runs `buy CREDITS [RECORDS]` and nothing more.
void host_command(struct host *h, const char *line);
// A question with buttons ("Cancel|Quit"); the first is the default and what Esc means. answered
// gets the number of the button, on the UI thread.
void host_ask(struct host *h, const char *title, const char *text, const char *buttons,
              void (*answered)(void *self, int button), void *self);
// A line of text ("Save as", with what stands in it at first); not called where it was cancelled.
void host_ask_text(struct host *h, const char *title, const char *label, const char *first,
                   void (*answered)(void *self, const char *text), void *self);
// The same for the name of a file, which Tab completes.
void host_ask_file(struct host *h, const char *title, const char *label, const char *first,
                   void (*answered)(void *self, const char *text), void *self);
// Above this number of credits or records a person types the number in the place of a button.
long long host_typed_above(struct host *h);
// The key that runs a command in this pane, as people write it ("f", "Space"), or ":COMMAND" where
// none is bound: for hints. Lives until the next call.
const char *host_key(struct host *h, const struct pane *p, const char *command);
// The clipboard; what it got is the caller's to say. false where it does not take that, which was
// said; where there is none the text itself was said.
bool host_copy(struct host *h, const char *text);
bool host_has_clipboard(const struct host *h);
// Milliseconds since boot, for blinking and countdowns; and a wish to be drawn again at that time.
int64_t host_now_ms(struct host *h);
void host_wake_at(struct host *h, struct pane *p, int64_t boot_ms);

#endif
