// Which key runs which command where: lines of keys.conf and lode.conf. Values; UI thread.
// Floor: ui/frame.
#ifndef LODE_UI_FRAME_KEYMAP_H
#define LODE_UI_FRAME_KEYMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/line.h"
#include "base/str.h"
#include "ui/frame/cmd.h"
#include "ui/frame/panes.h"

#define CONTEXT_ALL "all"
#define CONTEXT_POPUP "popup" // whatever is on top of the panes
#define CONTEXT_TEXT "text"   // while something is being typed

// A command line ready to run. Whoever runs it holds it: what it does may be to bind its key anew.
struct bound_line {
    size_t holds;
    struct line line;
};

struct binding {
    char *context; // one of the above or a pane's name; owned, as all texts here
    uint32_t key;
    const struct cmd *cmd;
    char *command;            // as it is run, with its arguments
    struct bound_line *bound; // the same, from the first time on; NULL before
    char *from;               // the file that says so; "" for a typed line
    int line;                 // in it
    size_t next;              // number of another one in its slot, from 1; 0: none
};

enum { KEYMAP_SLOTS = 64 };

struct keymap {
    struct binding *items; // in the order they were made; owned
    size_t len, cap;
    size_t slots[KEYMAP_SLOTS]; // where keymap_find() looks first, numbers as next
};

void keymap_free(struct keymap *k);
// A line `bind CONTEXT KEY COMMAND...` or `unbind CONTEXT KEY`. A later one takes the place of an
// earlier one. false with *e (column first): unknown context, key or command, a command that
// spends, a printable key in text.
bool keymap_line(struct keymap *k, const struct pane_row *panes, const char *from,
                 const struct line *line, struct err *e);
// NULL where the key is bound to nothing in that very context.
const struct binding *keymap_find(const struct keymap *k, const char *context, uint32_t key);
// What it runs, held until bound_line_drop().
struct bound_line *keymap_hold(struct keymap *k, const struct binding *b);
void bound_line_drop(struct bound_line *bound);
// The bindings of a command line, as keymap_key() finds them, from *at on, which is 0 at first;
// NULL after the last.
const struct binding *keymap_next(const struct keymap *k, const char *context, const char *command,
                                  size_t *at);
// The first key bound to exactly this command line in the context, else in CONTEXT_ALL where it is
// not taken by the context; 0 where there is none.
uint32_t keymap_key(const struct keymap *k, const char *context, const char *command);
// All of them, as keymap_key() would find them, with blanks between.
void keymap_keys(const struct keymap *k, const char *context, const char *command, struct str *out);
// Every context there is, number i; NULL after the last.
const char *context_name(const struct pane_row *panes, size_t i);

#endif
