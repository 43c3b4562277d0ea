// The row of an item, alike in tables, lists, trees and menus. UI thread. Floor: ui/widget.
#include "ui/widget/row.h"

#include <string.h>

#include "base/str.h"
#include "base/text.h"

enum { PLAIN_GUTTER = 2, ASIDE_GAP = 2, ASIDE_LEAST = 14 };

int row_gutter(bool signs)
{
    return signs ? 1 + ROW_SIGN_WIDTH : PLAIN_GUTTER;
}

enum role row_role(bool at, bool focused)
{
    if (!at)
        return ROLE_TEXT;
    return focused ? ROLE_CURSOR : ROLE_CURSOR_AWAY;
}

void row_signs(struct area a, int y, enum role role, const char *cursor, const char *sign,
               enum role sign_role)
{
    (void)area_text(a, y, 0, 1, role, cursor);
    if (sign)
        (void)area_text(a, y, 1, ROW_SIGN_WIDTH, role == ROLE_TEXT ? sign_role : role, sign);
}

static const char *word_of(const struct sign_word *words, const char *sign)
{
    for (; words && words->sign; words++) {
        if (str_eq(words->sign, sign))
            return words->word;
    }
    return NULL;
}

struct str *row_say(struct area a, int y, const char *cursor, const char *sign,
                    const struct sign_word *words)
{
    static const struct sign_word usual[] = {
        {"*", "marked"}, {"x", "chosen"},       {"=", "included"}, {"!", "excluded"},
        {"^", "pinned"}, {"|", "in the range"}, {NULL, NULL}};
    struct str *said = area_said(a, y);
    const char *word, *signs[2] = {str_eq(cursor, ROW_CURSOR) ? "" : cursor, sign ? sign : ""};

    if (!said)
        return NULL;
    str_clear(said);
    str_add(said, str_eq(cursor, ROW_CURSOR) ? "> " : "  ");
    for (size_t i = 0; i < 2; i++) {
        if (!*signs[i] || str_eq(signs[i], " "))
            continue;
        word = word_of(words, signs[i]);
        word = word ? word : word_of(usual, signs[i]);
        str_addf(said, "%s, ", word ? word : signs[i]);
    }
    return said;
}

void row_say_pair(struct str *said, const char *name, const char *value)
{
    const char *last = said->len ? &said->data[said->len - 1] : " ";

    if (!*value)
        return;
    str_addf(said, "%s%s%s%s", *last == ' ' ? "" : "; ", name, *name ? ": " : "",
             str_eq(value, "-") ? "none" : value);
}

void row_say_item(struct str *said, const char *text, const char *aside)
{
    if (said)
        str_addf(said, "%s%s%s", text, aside && *aside ? "; " : "", aside ? aside : "");
}

void row_text(struct area a, int y, int x, enum role role, const char *text, enum role aside_role,
              const char *aside)
{
    int room = a.w - x, half = room / 2, used = 0;

    if (aside && *aside) {
        int left = room - ASIDE_GAP - text_width(text);
        int least = half < ASIDE_LEAST ? half : ASIDE_LEAST;
        int most = left < least ? least : left;

        used = area_text_right(a, y, a.w - most, most, aside_role, aside) + ASIDE_GAP;
    }
    (void)area_text(a, y, x, room - used, role, text);
}

void row_text_from(struct area a, int y, int left, enum role role, const char *text, size_t len)
{
    int sign = left && a.w >= ROW_SIGNS_FROM, skip = left + sign, used;
    size_t n = text_fitting(text, len, skip, &used);

    for (int w = skip; used < skip && n < len; w++) // a wide character stands across the edge
        n = text_fitting(text, len, w + 1, &used);
    (void)area_text(a, y, sign + used - skip, a.w, role, text + n);
    if (sign)
        (void)area_text(a, y, 0, 1, ROLE_DIM, "<");
}

struct found found_start(const char *text)
{
    struct found f = {.n = 0};
    size_t len = text ? strlen(text) : 0;

    while (len && f.n < FOUND_MAX) {
        uint32_t point = 0, letter;
        size_t n = text_decode(text, len, &point);

        letter = n ? text_plain(point) : 0xfffd;
        if (letter)
            f.letters[f.n++] = letter;
        text += n ? n : 1;
        len -= n ? n : 1;
    }
    return f;
}

// The columns that show it from cell on, or 0.
static int found_width(const struct found *f, const struct cell *cell, int width)
{
    int x = 0;

    for (int i = 0; i < f->n; i++) {
        if (x >= width || text_plain((uint32_t)cell[x].text[0]) != f->letters[i])
            return 0;
        x += cell[x].width == 2 ? 2 : 1;
    }
    return x;
}

void found_show(const struct found *f, struct area a, int y, int x, int width)
{
    struct area part = area_part(a, y, x, 1, width);
    const struct cell *cells;

    if (f->n == 0 || part.h == 0)
        return;
    cells = part.canvas->cells + (size_t)part.y * (size_t)part.canvas->w + part.x;
    for (x = 0; x < part.w;) {
        int n = found_width(f, cells + x, part.w - x);

        if (n)
            area_role(part, 0, x, n, ROLE_FOUND);
        x += n ? n : 1;
    }
}
