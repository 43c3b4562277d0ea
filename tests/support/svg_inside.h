// What the parts of svg*.c share. Tests.
#ifndef TESTS_SUPPORT_SVG_INSIDE_H
#define TESTS_SUPPORT_SVG_INSIDE_H

#include "support/svg.h"

// A cell, in thousandths of a pixel: the advance and height of DejaVu Sans Mono at 14 pixels.
enum { SVG_CELL_W = 8428, SVG_CELL_H = 17000, SVG_BASE = 13000, SVG_FONT = 14 };

// Thousandths as a plain number: "12.5".
void svg_number(int thousandths, struct str *out);
// Lines and blocks, drawn rather than written so that they meet whatever the font: true where the
// text is one and was drawn.
bool svg_glyph(const char *text, int y, int x, uint32_t colour, struct str *out);
// One row of a frame, with its backgrounds.
void svg_row(const struct svg_frame *f, int y, const struct svg_colours *colours, struct str *out);

#endif
