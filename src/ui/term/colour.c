// Colours: contrast, the nearest a terminal has, and how a role's style is brought down to it.
// Values. Floor: ui/term.
#include "ui/term/theme.h"

#include <math.h>

#include "base/mem.h"

// The least contrast that is left alone where colours were brought down.
#define READABLE 3.0

enum { BLACK = 0, GREY = 8, WHITE = 15, CUBE = 16, GREYS = 232, NUMBERS = 256 };

// xterm's first sixteen; other terminals' are not far.
static const uint32_t named[] = {0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd,
                                 0x00cdcd, 0xe5e5e5, 0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00,
                                 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff};
static const uint32_t cube_levels[] = {0, 95, 135, 175, 215, 255};

static int channel(uint32_t rgb, int which)
{
    return (int)(rgb >> (16 - 8 * which) & 0xff);
}

static double luminance(uint32_t rgb)
{
    static const double weights[] = {0.2126, 0.7152, 0.0722};
    double sum = 0;

    for (int i = 0; i < 3; i++) {
        double c = channel(rgb, i) / 255.0;

        sum += weights[i] * (c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
}

double theme_contrast(uint32_t a, uint32_t b)
{
    double x = luminance(a) + 0.05, y = luminance(b) + 0.05;

    return x > y ? x / y : y / x;
}

static uint32_t numbered(int n)
{
    uint32_t i = (uint32_t)n;

    if (n < CUBE)
        return named[n];
    if (n >= GREYS)
        return 0x010101 * (8 + 10 * (i - GREYS));
    i -= CUBE;
    return cube_levels[i / 36] << 16 | cube_levels[i / 6 % 6] << 8 | cube_levels[i % 6];
}

uint32_t colour_rgb(int32_t colour)
{
    return colour & COLOUR_RGB ? (uint32_t)colour & 0xffffff : numbered(colour);
}

// How far apart two colours look: weighted by how red they are on the whole.
static double distance(uint32_t a, uint32_t b)
{
    double red = (channel(a, 0) + channel(b, 0)) / 2.0;
    double dr = channel(a, 0) - channel(b, 0), dg = channel(a, 1) - channel(b, 1);
    double db = channel(a, 2) - channel(b, 2);

    return (2 + red / 256) * dr * dr + 4 * dg * dg + (2 + (255 - red) / 256) * db * db;
}

int theme_nearest(uint32_t rgb, enum colours colours)
{
    int from = colours == COLOURS_16 ? 0 : CUBE, to = colours == COLOURS_16 ? CUBE : NUMBERS;
    int best = from;

    for (int n = from + 1; n < to; n++) {
        if (distance(rgb, numbered(n)) < distance(rgb, numbered(best)))
            best = n;
    }
    return best;
}

static double least(double a, double b)
{
    return a < b ? a : b;
}

double style_contrast(const struct style *s)
{
    uint32_t known;

    if (s->fg == COLOUR_DEFAULT && s->bg == COLOUR_DEFAULT)
        return 21;
    if (s->fg != COLOUR_DEFAULT && s->bg != COLOUR_DEFAULT)
        return theme_contrast(colour_rgb(s->fg), colour_rgb(s->bg));
    known = colour_rgb(s->fg == COLOUR_DEFAULT ? s->bg : s->fg);
    return least(theme_contrast(known, named[BLACK]), theme_contrast(known, named[WHITE]));
}

static int32_t brought_down(int32_t colour, enum colours colours)
{
    if (colour == COLOUR_DEFAULT || !(colour & COLOUR_RGB))
        return colour;
    return theme_nearest((uint32_t)colour & 0xffffff, colours);
}

// Foreground and background may have come together. Number 8 on a background nobody knows is left
// out because some palettes have it there.
static void keep_readable(struct style *s)
{
    struct style black = {BLACK, s->bg, 0}, white = {WHITE, s->bg, 0};

    if (style_contrast(s) >= READABLE && !(s->bg == COLOUR_DEFAULT && s->fg == GREY))
        return;
    if (s->bg == COLOUR_DEFAULT)
        s->fg = COLOUR_DEFAULT;
    else
        s->fg = style_contrast(&black) > style_contrast(&white) ? BLACK : WHITE;
}

struct style theme_style(const struct theme *t, enum role role, enum colours colours)
{
    struct style s = t->styles[role], text = t->styles[ROLE_TEXT], down;

    s.fg = s.fg == COLOUR_DEFAULT ? text.fg : s.fg;
    s.bg = s.bg == COLOUR_DEFAULT ? text.bg : s.bg;
    if (colours == COLOURS_TRUE)
        return s;
    if (colours == COLOURS_NONE) {
        s.look |= s.bg != text.bg ? LOOK_REVERSE : 0;
        s.fg = s.bg = COLOUR_DEFAULT;
        return s;
    }
    down = (struct style){brought_down(s.fg, colours), brought_down(s.bg, colours), s.look};
    if (down.fg != s.fg || down.bg != s.bg)
        keep_readable(&down);
    return down;
}
