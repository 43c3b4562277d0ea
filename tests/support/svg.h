// Pictures of a terminal as SVG: text on an exact grid, whatever font there is; one picture, or a
// film of several. One thread. Tests.
#ifndef TESTS_SUPPORT_SVG_H
#define TESTS_SUPPORT_SVG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "support/screen.h"

// What the terminal's own colours are in the picture.
struct svg_colours {
    uint32_t fg, bg, border, palette[16];
};

extern const struct svg_colours svg_dark, svg_light;

// One look at the screen, kept.
struct svg_frame {
    struct screen_cell *cells;    // h * w, owned
    int h, w, cursor_y, cursor_x; // cursor -1: hidden
    double seconds;               // how long it is shown in a film
};

struct svg_frame svg_look(const struct screen *s, double seconds);
void svg_frame_free(struct svg_frame *f);
// Frames of one size, n > 0; one is a still picture, more go round without end.
void svg_write(const struct svg_frame *frames, size_t n, const char *title,
               const struct svg_colours *colours, struct str *out);

#endif
