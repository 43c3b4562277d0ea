// A line with a label, history and completion: the `:` line, find, save as. UI thread.
// Floor: ui/widget.
#ifndef LODE_UI_WIDGET_PROMPT_H
#define LODE_UI_WIDGET_PROMPT_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/widget/edit.h"

enum { HISTORY_MAX = 500 };

struct history {
    char **items; // oldest first; owned
    size_t n, cap;
};

// Not twice in a row, not "": false.
bool history_add(struct history *h, const char *text);
void history_free(struct history *h);

struct completion {
    void *self;
    // Calls add for every word that may stand in place of text[start..at); start is set by it.
    // about: one line, or NULL. NULL: nothing is ever offered.
    void (*offer)(void *self, const char *text, size_t at, size_t *start,
                  void (*add)(void *to, const char *word, const char *about), void *to);
};

struct prompt {
    char label[32];
    struct edit edit;
    struct history *history; // or NULL; the owner's
    size_t back;             // how far back in it; 0: what is being typed
    struct str typed;        // kept while looking back
    struct completion complete;
    struct prompt_offers *offers; // what could stand here, shown above the line; owned
};

enum prompt_result { PROMPT_GOES_ON, PROMPT_DONE, PROMPT_CANCELLED, PROMPT_NOT_MINE };

void prompt_init(struct prompt *p, const char *label, const char *first, struct history *history,
                 struct completion complete);
void prompt_free(struct prompt *p);
// Enter: DONE, Esc: CANCELLED; Up, Down, C-p, C-n: history (what was typed before narrows it); Tab,
// S-Tab: completion, round and round; a click takes what is offered (y, x within the area).
enum prompt_result prompt_event(struct prompt *p, const struct event *ev);
// How many words are offered: the rows that drawing could use besides its own.
size_t prompt_offered(const struct prompt *p);
// In the last row of the area; offers in the rows above, as many as there are rows for.
void prompt_draw(struct prompt *p, struct area a, bool focused);

#endif
