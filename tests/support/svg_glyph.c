// Box drawing and block elements as shapes. Values. Tests.
#include "support/svg_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

// Which halves of a cell's cross a box character draws.
enum { UP = 1, DOWN = 2, LEFT = 4, RIGHT = 8, HEAVY = 16 };

static const struct box {
    uint32_t point;
    unsigned arms;
} boxes[] = {
    {0x2500, LEFT | RIGHT},
    {0x2502, UP | DOWN},
    {0x250c, DOWN | RIGHT},
    {0x2510, DOWN | LEFT},
    {0x2514, UP | RIGHT},
    {0x2518, UP | LEFT},
    {0x251c, UP | DOWN | RIGHT},
    {0x2524, UP | DOWN | LEFT},
    {0x252c, DOWN | LEFT | RIGHT},
    {0x2534, UP | LEFT | RIGHT},
    {0x253c, UP | DOWN | LEFT | RIGHT},
    {0x2501, LEFT | RIGHT | HEAVY},
    {0x2503, UP | DOWN | HEAVY},
    {0x256d, DOWN | RIGHT},
    {0x256e, DOWN | LEFT},
    {0x256f, UP | LEFT},
    {0x2570, UP | RIGHT},
    {0x2574, LEFT},
    {0x2575, UP},
    {0x2576, RIGHT},
    {0x2577, DOWN},
};

void svg_number(int thousandths, struct str *out)
{
    char text[24];
    size_t len;

    (void)snprintf(text, sizeof(text), "%s%d.%03d", thousandths < 0 ? "-" : "",
                   abs(thousandths) / 1000, abs(thousandths) % 1000);
    len = strlen(text);
    while (text[len - 1] == '0')
        len--;
    if (text[len - 1] == '.')
        len--;
    str_add_len(out, text, len);
}

static void add_point(char letter, int x, int y, struct str *out)
{
    str_add_char(out, letter);
    svg_number(x, out);
    str_add_char(out, ' ');
    svg_number(y, out);
}

static void add_box(const struct box *b, int y, int x, uint32_t colour, struct str *out)
{
    static const struct {
        unsigned arm;
        int dx, dy;
    } arms[] = {{UP, 0, -1}, {DOWN, 0, 1}, {LEFT, -1, 0}, {RIGHT, 1, 0}};
    int cx = x * SVG_CELL_W + SVG_CELL_W / 2, cy = y * SVG_CELL_H + SVG_CELL_H / 2;

    str_add(out, "<path d=\"");
    for (size_t i = 0; i < ARRAY_LEN(arms); i++) {
        if (!(b->arms & arms[i].arm))
            continue;
        add_point('M', cx, cy, out);
        add_point('L', cx + arms[i].dx * SVG_CELL_W / 2, cy + arms[i].dy * SVG_CELL_H / 2, out);
    }
    str_addf(out, "\" stroke=\"#%06x\"%s/>", colour, b->arms & HEAVY ? " stroke-width=\"2\"" : "");
}

static void add_rect(int x, int y, int w, int h, uint32_t colour, const char *opacity,
                     struct str *out)
{
    str_add(out, "<rect x=\"");
    svg_number(x, out);
    str_add(out, "\" y=\"");
    svg_number(y, out);
    str_add(out, "\" width=\"");
    svg_number(w, out);
    str_add(out, "\" height=\"");
    svg_number(h, out);
    str_addf(out, "\" fill=\"#%06x\"%s/>", colour, opacity);
}

static bool add_block(uint32_t point, int y, int x, uint32_t colour, struct str *out)
{
    static const char *const shades[] = {" fill-opacity=\".25\"", " fill-opacity=\".5\"",
                                         " fill-opacity=\".75\""};
    int left = x * SVG_CELL_W, top = y * SVG_CELL_H, part;

    if (point >= 0x2581 && point <= 0x2588) { // lower eighths
        part = SVG_CELL_H * (int)(point - 0x2580) / 8;
        add_rect(left, top + SVG_CELL_H - part, SVG_CELL_W, part, colour, "", out);
    } else if (point >= 0x2589 && point <= 0x258f) { // left eighths, from seven to one
        part = SVG_CELL_W * (int)(0x2590 - point) / 8;
        add_rect(left, top, part, SVG_CELL_H, colour, "", out);
    } else if (point >= 0x2591 && point <= 0x2593) {
        add_rect(left, top, SVG_CELL_W, SVG_CELL_H, colour, shades[point - 0x2591], out);
    } else {
        return false;
    }
    return true;
}

bool svg_glyph(const char *text, int y, int x, uint32_t colour, struct str *out)
{
    uint32_t point;

    if (text_decode(text, strlen(text), &point) != strlen(text))
        return false;
    for (size_t i = 0; i < ARRAY_LEN(boxes); i++) {
        if (boxes[i].point == point) {
            add_box(&boxes[i], y, x, colour, out);
            return true;
        }
    }
    return add_block(point, y, x, colour, out);
}
