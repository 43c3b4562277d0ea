// Questions in a popup: with buttons, or for a line of text. UI thread. Floor: ui/frame.
#ifndef LODE_UI_FRAME_ASK_H
#define LODE_UI_FRAME_ASK_H

#include "ui/frame/cmd.h"


struct ask_buttons {
    const char *title, *text;
    const char *buttons; // "Cancel|Quit": the first is the default
    void (*answered)(void *self, int button);
    void (*free)(void *self); // of self, once the question is gone; may be NULL
    void *self;
    int escape; // the button that Esc means: as a rule the first
};

struct ask_text {
    const char *title, *label, *first;
    enum cmd_arg takes;    // what Tab completes
    const struct cmd *cmd; // or it takes more words, and Tab completes each; NULL: one
    bool alone;         // Enter has to be pressed alone: what came at once may have been pasted
    // Not called where it was cancelled. Where it says that something failed, the question stays.
    void (*answered)(void *self, const char *text);
    void (*free)(void *self);
    void *self;
};

// All texts are copied. The popup, which is the frame's.
const struct pane *ask_buttons(struct frame *f, const struct ask_buttons *ask);
void ask_text(struct frame *f, const struct ask_text *ask);
// How many rows a text takes in a popup of that width, as far as the screen goes.
int ask_rows(const struct frame *f, const char *text, int popup_w);
// Asks for the argument that c->ask names and runs the command with it.
void ask_argument_of(struct frame *f, const struct cmd *c);

#endif
