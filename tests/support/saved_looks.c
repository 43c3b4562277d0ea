// How the cells of a screen look, as letters and a legend. One thread. Tests.
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "support/saved.h"

static const char letters[] = ".abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

static const struct bit {
    unsigned bit;
    const char *name;
} bits[] = {{SCREEN_BOLD, "bold"},           {SCREEN_DIM, "dim"},         {SCREEN_ITALIC, "italic"},
            {SCREEN_UNDERLINE, "underline"}, {SCREEN_REVERSE, "reverse"}, {SCREEN_BLINK, "blink"}};

struct look {
    unsigned bits;
    int32_t fg, bg;
};

struct looks {
    VEC(struct look) items;
};

static char letter_of(struct looks *l, const struct screen_cell *c)
{
    struct look look = {c->bits, c->fg, c->bg};
    size_t i = 0;

    while (i < l->items.len && memcmp(&l->items.items[i], &look, sizeof(look)) != 0)
        i++;
    if (i == l->items.len)
        vec_push(&l->items, look);
    return i < sizeof(letters) - 1 ? letters[i] : '?';
}

static void add_colour(const char *name, int32_t colour, struct str *out)
{
    if (colour == SCREEN_DEFAULT)
        return;
    if (colour & SCREEN_RGB)
        str_addf(out, " %s=#%06x", name, (unsigned)colour & 0xffffff);
    else
        str_addf(out, " %s=%d", name, colour);
}

static void add_legend(const struct looks *l, struct str *out)
{
    for (size_t i = 0; i < l->items.len && i < sizeof(letters) - 1; i++) {
        const struct look *look = &l->items.items[i];

        str_addf(out, "--- %c", letters[i]);
        add_colour("fg", look->fg, out);
        add_colour("bg", look->bg, out);
        for (size_t b = 0; b < ARRAY_LEN(bits); b++) {
            if (look->bits & bits[b].bit)
                str_addf(out, " %s", bits[b].name);
        }
        str_add_char(out, '\n');
    }
}

unsigned saved_bit(const char *name)
{
    for (size_t b = 0; b < ARRAY_LEN(bits); b++) {
        if (str_eq(bits[b].name, name))
            return bits[b].bit;
    }
    return 0;
}

void saved_looks(const struct screen *s, struct str *out)
{
    struct looks l = {0};
    struct screen_cell plain = {.fg = SCREEN_DEFAULT, .bg = SCREEN_DEFAULT};
    int h, w;

    (void)letter_of(&l, &plain);
    screen_size(s, &h, &w);
    for (int y = 0; y < h; y++) {
        size_t begin = out->len;

        for (int x = 0; x < w; x++) {
            struct screen_cell c = screen_cell(s, y, x);

            str_add_char(out, letter_of(&l, &c));
        }
        while (out->len > begin && out->data[out->len - 1] == '.')
            str_cut(out, out->len - 1);
        str_add_char(out, '\n');
    }
    add_legend(&l, out);
    vec_free(&l.items);
}
