// One row of a terminal as SVG: backgrounds, then a text for each run of cells that look alike.
// One thread. Tests.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "support/svg_inside.h"

// How a cell looks once the palette is known and reverse is done.
struct ink {
    uint32_t fg, bg;
    unsigned bits;
};

static uint32_t colour(int32_t named, uint32_t shown, uint32_t standard,
                       const struct svg_colours *c)
{
    if (named == SCREEN_DEFAULT)
        return standard;
    return named < 16 ? c->palette[named] : shown;
}

static struct ink ink_of(const struct screen_cell *cell, const struct svg_colours *c)
{
    struct ink ink = {.fg = colour(cell->fg, cell->ink, c->fg, c),
                      .bg = colour(cell->bg, cell->back, c->bg, c),
                      .bits = cell->bits & ~(unsigned)SCREEN_REVERSE};

    if (cell->bits & SCREEN_REVERSE) {
        uint32_t fg = ink.fg;

        ink.fg = ink.bg;
        ink.bg = fg;
    }
    return ink;
}

static void add_background(int y, int x, int w, uint32_t colour_, struct str *out)
{
    str_add(out, "<rect x=\"");
    svg_number(x * SVG_CELL_W, out);
    str_add(out, "\" y=\"");
    svg_number(y * SVG_CELL_H, out);
    str_add(out, "\" width=\"");
    svg_number(w * SVG_CELL_W, out);
    str_add(out, "\" height=\"");
    svg_number(SVG_CELL_H, out);
    str_addf(out, "\" fill=\"#%06x\"/>", colour_);
}

static void add_escaped(const char *text, struct str *out)
{
    for (; *text; text++) {
        const char *name = *text == '<' ? "&lt;" : *text == '&' ? "&amp;" : NULL;

        if (name)
            str_add(out, name);
        else
            str_add_char(out, *text);
    }
}

static void add_text(int y, int x, int w, const char *text, const struct ink *ink,
                     const struct svg_colours *c, struct str *out)
{
    str_add(out, "<text x=\"");
    svg_number(x * SVG_CELL_W, out);
    str_add(out, "\" y=\"");
    svg_number(y * SVG_CELL_H + SVG_BASE, out);
    str_add(out, "\" textLength=\"");
    svg_number(w * SVG_CELL_W, out);
    str_add_char(out, '"');
    if (ink->fg != c->fg)
        str_addf(out, " fill=\"#%06x\"", ink->fg);
    if (ink->bits & SCREEN_BOLD)
        str_add(out, " font-weight=\"bold\"");
    if (ink->bits & SCREEN_ITALIC)
        str_add(out, " font-style=\"italic\"");
    if (ink->bits & SCREEN_UNDERLINE)
        str_add(out, " text-decoration=\"underline\"");
    if (ink->bits & SCREEN_DIM)
        str_add(out, " fill-opacity=\".6\"");
    str_add_char(out, '>');
    add_escaped(text, out);
    str_add(out, "</text>");
}

static bool same_ink(const struct ink *a, const struct ink *b)
{
    return a->fg == b->fg && a->bg == b->bg && a->bits == b->bits;
}

static void add_backgrounds(const struct svg_frame *f, int y, const struct svg_colours *c,
                            struct str *out)
{
    const struct screen_cell *row = f->cells + (size_t)y * (size_t)f->w;

    for (int x = 0, end; x < f->w; x = end) {
        uint32_t bg = ink_of(&row[x], c).bg;

        end = x + 1;
        while (end < f->w && ink_of(&row[end], c).bg == bg)
            end++;
        if (bg != c->bg)
            add_background(y, x, end - x, bg, out);
    }
}

// The next run of narrow cells from x that look alike and are text; 0: the cell at x is none.
static int run_of_text(const struct screen_cell *row, int w, int x, const struct svg_colours *c,
                       struct str *text)
{
    struct ink ink = ink_of(&row[x], c);
    struct str shape = {0};
    int end = x;

    while (end < w && row[end].width == 1 && !svg_glyph(row[end].text, 0, 0, 0, &shape)) {
        struct ink next = ink_of(&row[end], c);

        if (!same_ink(&ink, &next))
            break;
        str_add(text, row[end++].text);
    }
    str_free(&shape);
    return end - x;
}

static bool only_blanks(const char *text)
{
    return text[strspn(text, " ")] == '\0';
}

// Blanks at the end of a run are not worth their bytes.
static int trim(struct str *text, int cells)
{
    while (text->len && text->data[text->len - 1] == ' ') {
        str_cut(text, text->len - 1);
        cells--;
    }
    return cells;
}

static int add_run(const struct svg_frame *f, int y, int x, const struct svg_colours *c,
                   struct str *out)
{
    const struct screen_cell *row = f->cells + (size_t)y * (size_t)f->w;
    struct ink ink = ink_of(&row[x], c);
    struct str text = {0};
    int cells = run_of_text(row, f->w, x, c, &text), whole = cells ? cells : 1;

    if (!cells && !svg_glyph(row[x].text, y, x, ink.fg, out) && row[x].width > 1) {
        add_text(y, x, row[x].width, row[x].text, &ink, c, out);
        whole = row[x].width;
    } else if (cells && (!only_blanks(str_text(&text)) || ink.bits & SCREEN_UNDERLINE)) {
        if (!(ink.bits & SCREEN_UNDERLINE))
            cells = trim(&text, cells);
        add_text(y, x, cells, str_text(&text), &ink, c, out);
    }
    str_free(&text);
    return whole;
}

void svg_row(const struct svg_frame *f, int y, const struct svg_colours *colours, struct str *out)
{
    add_backgrounds(f, y, colours, out);
    for (int x = 0; x < f->w;)
        x += add_run(f, y, x, colours, out);
    if (f->cursor_y == y) {
        str_add(out, "<rect class=\"c\" x=\"");
        svg_number(f->cursor_x * SVG_CELL_W, out);
        str_add(out, "\" y=\"");
        svg_number(y * SVG_CELL_H, out);
        str_add(out, "\" width=\"");
        svg_number(SVG_CELL_W, out);
        str_add(out, "\" height=\"");
        svg_number(SVG_CELL_H, out);
        str_add(out, "\"/>");
    }
}
