// A sheet to draw widgets on, and what stands there as a few lines of text.
#ifndef TESTS_UI_WIDGET_DRAWING_H
#define TESTS_UI_WIDGET_DRAWING_H

#include "support/test.h"

#include <locale.h>

#include "ui/term/canvas.h"
#include "ui/term/event.h"

static inline int use_utf8(void **state)
{
    (void)state;
    return setlocale(LC_ALL, "C.UTF-8") ? 0 : -1;
}

// A sheet full of what was drawn before: a widget must cover it.
static inline struct area fresh(struct canvas *c, int h, int w)
{
    canvas_size(c, h, w);
    for (int y = 0; y < h; y++) {
        for (int x = 0; x < w; x++)
            (void)area_text(canvas_area(c), y, x, 1, ROLE_ERROR, "#");
    }
    return canvas_area(c);
}

// The sheet's rows without the blanks at their ends, each followed by a line end.
static inline void check_drawing(const struct canvas *c, const char *want)
{
    struct str got = {0};

    for (int y = 0; y < c->h; y++) {
        canvas_line(c, y, &got);
        str_add_char(&got, '\n');
    }
    assert_string_equal(str_text(&got), want);
    str_free(&got);
}

static inline void check_cursor(const struct canvas *c, int y, int x)
{
    assert_int_equal(c->cursor_y, y);
    assert_int_equal(c->cursor_x, x);
}

static inline enum role role_at(const struct canvas *c, int y, int x)
{
    assert_true(y >= 0 && y < c->h && x >= 0 && x < c->w);
    return c->cells[y * c->w + x].role;
}

// Columns from..to-1 of row y have this role, and their neighbours another.
static inline void check_role(const struct canvas *c, int y, int from, int to, enum role role)
{
    for (int x = from; x < to; x++)
        assert_int_equal(role_at(c, y, x), role);
    if (from > 0)
        assert_int_not_equal(role_at(c, y, from - 1), role);
    if (to < c->w)
        assert_int_not_equal(role_at(c, y, to), role);
}

static inline struct event key(uint32_t code)
{
    return (struct event){.kind = EVENT_KEY, .key = code};
}

static inline struct event mouse(enum mouse_what what, int y, int x)
{
    return (struct event){.kind = EVENT_MOUSE, .mouse = what, .button = 1, .y = y, .x = x};
}

static inline struct event paste(const char *text, size_t len)
{
    return (struct event){.kind = EVENT_PASTE, .paste = text, .paste_len = len};
}

#endif
