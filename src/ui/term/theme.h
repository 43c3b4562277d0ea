// Themes: how each role looks. Files of lines read by the one parser (base/line). Values.
// Floor: ui/term.
#ifndef LODE_UI_TERM_THEME_H
#define LODE_UI_TERM_THEME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/line.h"
#include "ui/term/role.h"

enum colours { COLOURS_NONE, COLOURS_16, COLOURS_256, COLOURS_TRUE };

enum {
    COLOUR_DEFAULT = -1,
    COLOUR_RGB = 1 << 24
}; // 0-15: the terminal's own; COLOUR_RGB | 0xrrggbb

enum look { LOOK_BOLD = 1, LOOK_DIM = 2, LOOK_ITALIC = 4, LOOK_UNDERLINE = 8, LOOK_REVERSE = 16 };

struct style {
    int32_t fg, bg;
    unsigned look; // enum look bits
};

struct theme {
    char name[32];
    struct style styles[ROLE_COUNT];
};

// The built-in one: the terminal's own colours.
void theme_default(struct theme *t);
// One line: `role cursor fg=#ffffff bg=blue bold`; `like OTHER-ROLE` may stand instead of colours.
// false with *e: unknown role, colour or look, with its column.
bool theme_line(struct theme *t, const struct line *line, struct err *e);
// Reads a whole file's text over the default theme; faults are told, the rest holds. Returns their
// number.
size_t theme_read(struct theme *t, const char *file, const char *text,
                  void (*fault)(void *self, const char *sentence), void *self);
// The contrast ratio of two colours 0xrrggbb (WCAG 2): 1..21.
double theme_contrast(uint32_t a, uint32_t b);
// The nearest colour number of a terminal with 256 or 16 colours.
int theme_nearest(uint32_t rgb, enum colours colours);

#endif
