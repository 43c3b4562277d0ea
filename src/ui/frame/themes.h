// Themes by name: those built in, and files NAME.theme in the person's themes folder, which win.
// UI thread. Floor: ui/frame.
#ifndef LODE_UI_FRAME_THEMES_H
#define LODE_UI_FRAME_THEMES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/line.h"
#include "ui/term/theme.h"

// Reads a theme over the default one; what is at fault in it is told and the rest holds. false with
// *e and *out kept where there is no such theme.
bool themes_load(const char *name, struct theme *out,
                 void (*fault)(void *self, const char *sentence), void *self, struct err *e);

// Is it the name of one? false with *e, which says where the word stands.
bool themes_named(const struct word *word, struct err *e);

// All names, each once, in order of the alphabet; the caller frees with themes_free().
struct theme_names {
    char **items;
    size_t len, cap;
};

struct theme_names themes_list(void);
void themes_free(struct theme_names *names);

#endif
