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

// The themes that come with the program, by name; the last has none.
extern const struct theme_asset {
    const char *name;
    const unsigned char *bytes; // themes/NAME.theme, NUL-terminated
    const size_t *len;
} theme_assets[];

// The built-in one, themes/default.theme: the terminal's own background.
void theme_default(struct theme *t);
// One line: `role cursor fg=#ffffff bg=blue bold`; `like OTHER-ROLE` may stand instead of colours
// or before them. A colour that is not given, or given as `default`, is the one of the role text.
// false with *e: unknown role, colour or look, with its column; t is as it was.
bool theme_line(struct theme *t, const struct line *line, struct err *e);
// Reads a whole file's text over the default theme; faults are told, the rest holds. The theme is
// named as file is, without folders and ending. Returns the number of faults.
size_t theme_read(struct theme *t, const char *file, const char *text,
                  void (*fault)(void *self, const char *sentence), void *self);
// How a role looks on a terminal with so many colours: colours of the role text put in, numbers
// brought down to 0-255 or 0-15 (COLOURS_TRUE: as they are), kept readable where that brought
// foreground and background together. Without colours a background of its own becomes reverse.
struct style theme_style(const struct theme *t, enum role role, enum colours colours);
// The least contrast a style may have, 1..21: the terminal's own foreground and background count as
// black and as white, colours 0-15 as xterm's.
double style_contrast(const struct style *s);
// A colour that is not COLOUR_DEFAULT as 0xrrggbb, 0-15 as xterm's.
uint32_t colour_rgb(int32_t colour);
// The contrast ratio of two colours 0xrrggbb (WCAG 2): 1..21.
double theme_contrast(uint32_t a, uint32_t b);
// The nearest colour number of a terminal with 256 (16..255) or 16 colours.
int theme_nearest(uint32_t rgb, enum colours colours);

#endif
