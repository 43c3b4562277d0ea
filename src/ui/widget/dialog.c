// A question with buttons. UI thread. Floor: ui/widget.
#include "ui/widget/dialog.h"

#include <string.h>

#include "base/str.h"
#include "base/text.h"
#include "ui/widget/wrap.h"

enum { BUTTON_AROUND = 4, BUTTON_GAP = 1, OFF_SCREEN = -1 };

static int width_of(const char *label)
{
    return text_width(label) + BUTTON_AROUND;
}

// The first button to draw, so that the chosen one is on the screen.
static size_t first_shown(const struct buttons *b, int w)
{
    size_t first = b->at;
    int room = w - (b->n ? width_of(b->labels[b->at]) : 0);

    while (first > 0 && width_of(b->labels[first - 1]) + BUTTON_GAP <= room) {
        first--;
        room -= width_of(b->labels[first]) + BUTTON_GAP;
    }
    return first;
}

static void say(const struct buttons *b, struct area a)
{
    struct str *said = area_said(a, 0);

    if (!said)
        return;
    str_clear(said);
    for (size_t i = 0; i < b->n; i++) {
        str_addf(said, "%s%s%s", i ? ", " : "Buttons: ", b->labels[i],
                 i == b->at      ? " (chosen)"
                 : b->blocked[i] ? " (not now)"
                                 : "");
    }
}

void buttons_draw(struct buttons *b, struct area a, bool focused)
{
    int x = 0;

    area_fill(area_part(a, 0, 0, 1, a.w), ROLE_TEXT);
    b->at = b->at < b->n ? b->at : 0;
    for (size_t i = 0; i < b->n; i++)
        b->x[i] = OFF_SCREEN;
    for (size_t i = first_shown(b, a.w); i < b->n && x < a.w; i++) {
        bool at = i == b->at;
        enum role role = b->blocked[i] ? ROLE_DIM : at ? ROLE_CHOSEN : ROLE_CHOICE;
        const char *around = at ? "[><]" : b->blocked[i] ? "(  )" : "[  ]";

        b->x[i] = x;
        (void)area_textf(a, 0, x, a.w, role, "%.2s%s%s", around, b->labels[i], around + 2);
        if (at && focused)
            area_cursor(a, 0, x + BUTTON_AROUND / 2);
        x += width_of(b->labels[i]) + BUTTON_GAP;
    }
    say(b, a);
}

static bool choose(struct buttons *b, size_t i)
{
    if (i >= b->n || b->blocked[i] || i == b->at)
        return false;
    b->at = i;
    return true;
}

bool buttons_move(struct buttons *b, enum move move)
{
    bool back = move == MOVE_LEFT || move == MOVE_LAST;
    size_t i = move == MOVE_FIRST ? 0 : move == MOVE_LAST ? b->n - 1 : back ? b->at - 1 : b->at + 1;

    if (move != MOVE_LEFT && move != MOVE_RIGHT && move != MOVE_FIRST && move != MOVE_LAST)
        return false;
    while (i < b->n && b->blocked[i])
        i += back ? (size_t)-1 : 1;
    return choose(b, i);
}

// The capital letter of a label, as a small one; 0: it has none.
static char letter_of(const char *label)
{
    while (*label && !(*label >= 'A' && *label <= 'Z'))
        label++;
    return str_lower(*label);
}

static int by_letter(const struct buttons *b, uint32_t key)
{
    for (size_t i = 0; i < b->n && key < 0x80; i++) {
        if (!b->blocked[i] && key && letter_of(b->labels[i]) == str_lower((char)key))
            return (int)i;
    }
    return -1;
}

static int by_mouse(const struct buttons *b, int x)
{
    for (size_t i = 0; i < b->n; i++) {
        if (b->x[i] != OFF_SCREEN && x >= b->x[i] && x < b->x[i] + width_of(b->labels[i]))
            return b->blocked[i] ? -1 : (int)i;
    }
    return -1;
}

// Round and round.
static void step(struct buttons *b, enum move move)
{
    if (!buttons_move(b, move))
        (void)buttons_move(b, move == MOVE_RIGHT ? MOVE_FIRST : MOVE_LAST);
}

static int press(struct buttons *b, uint32_t key, bool *taken)
{
    int i;

    *taken = true;
    switch (key) {
    case K_LEFT:
        (void)buttons_move(b, MOVE_LEFT);
        return -1;
    case K_RIGHT:
        (void)buttons_move(b, MOVE_RIGHT);
        return -1;
    case K_TAB:
        step(b, MOVE_RIGHT);
        return -1;
    case K_SHIFT | K_TAB:
        step(b, MOVE_LEFT);
        return -1;
    case K_ENTER:
    case ' ':
        return b->at < b->n && !b->blocked[b->at] ? (int)b->at : -1;
    default:
        i = by_letter(b, key);
        *taken = i >= 0;
        return i;
    }
}

int buttons_event(struct buttons *b, const struct event *ev, bool *taken)
{
    int i = -1;

    *taken = false;
    if (ev->kind == EVENT_KEY)
        return press(b, ev->key, taken);
    if (ev->kind == EVENT_MOUSE && ev->mouse == MOUSE_PRESS && ev->button == 1 && ev->y == 0) {
        i = by_mouse(b, ev->x);
        *taken = i >= 0;
    }
    if (i >= 0)
        b->at = (size_t)i;
    return i;
}

static void draw_piece(struct area a, int y, int role, char *piece, size_t len)
{
    char after = piece[len];

    if (role < 0)
        return;
    piece[len] = '\0';
    (void)area_text(a, y, 0, a.w, (enum role)role, piece);
    piece[len] = after;
}

// One line, without its end.
static int wrapped_line(struct area a, int y, int role, const char *line, size_t len)
{
    struct str *clean = &a.canvas->scratch;
    size_t at = 0, next;
    int rows = 0;

    str_clear(clean);
    str_reserve(clean, len);
    text_clean(line, len, clean);
    while (rows == 0 || at < clean->len) {
        size_t n = wrap_row(clean->data + at, clean->len - at, a.w, &next);

        draw_piece(a, y + rows, role, clean->data + at, n);
        at += next;
        rows++;
    }
    return rows;
}

int wrapped_text(struct area a, int y, int role, const char *text)
{
    int rows = 0;

    while (a.w > 0 && *text) {
        size_t len = strcspn(text, "\n");

        rows += wrapped_line(a, y + rows, role, text, len);
        text += len + (text[len] == '\n');
    }
    return rows;
}
