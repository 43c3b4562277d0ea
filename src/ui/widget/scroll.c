// A cursor in a run of items and the window that follows it. Values. Floor: ui/widget.
#include "ui/widget/scroll.h"

#include "base/str.h"

enum { WHEEL_ROWS = 3 };

enum distance { NOWHERE, ONE, HALF, SCREEN, ALL };

static const struct {
    const char *name;
    enum distance distance; // NOWHERE: a move among columns
    bool down;
    bool window; // moves as well, so that the cursor keeps its place on the screen
} moves[MOVES] = {
    [MOVE_UP] = {"up", ONE, false, false},
    [MOVE_DOWN] = {"down", ONE, true, false},
    [MOVE_LEFT] = {"left", NOWHERE, false, false},
    [MOVE_RIGHT] = {"right", NOWHERE, false, false},
    [MOVE_PAGE_UP] = {"page-up", SCREEN, false, true},
    [MOVE_PAGE_DOWN] = {"page-down", SCREEN, true, true},
    [MOVE_HALF_UP] = {"half-up", HALF, false, true},
    [MOVE_HALF_DOWN] = {"half-down", HALF, true, true},
    [MOVE_TOP] = {"top", ALL, false, false},
    [MOVE_BOTTOM] = {"bottom", ALL, true, false},
    [MOVE_FIRST] = {"first", NOWHERE, false, false},
    [MOVE_LAST] = {"last", NOWHERE, false, false},
};

bool move_find(const char *name, enum move *out)
{
    for (int i = 0; i < MOVES; i++) {
        if (str_eq(moves[i].name, name)) {
            *out = (enum move)i;
            return true;
        }
    }
    return false;
}

static size_t shown(const struct scroll *s)
{
    return s->h > 1 ? (size_t)s->h : 1;
}

static size_t last_top(const struct scroll *s)
{
    return s->n > shown(s) ? s->n - shown(s) : 0;
}

static size_t less(size_t from, size_t by)
{
    return from > by ? from - by : 0;
}

// No lower than 0, no further than most.
static size_t step(size_t from, size_t by, bool down, size_t most)
{
    if (!down)
        return less(from, by);
    return from < most && by < most - from ? from + by : most;
}

// Moves the window, and no further than needed, to where the cursor is in it. Before the first
// drawing nobody knows how far that is.
static void follow(struct scroll *s)
{
    if (s->at >= s->n)
        s->at = less(s->n, 1);
    if (s->top > last_top(s))
        s->top = last_top(s);
    if (s->top > s->at)
        s->top = s->at;
    if (s->h > 0 && s->at - s->top >= shown(s))
        s->top = s->at - shown(s) + 1;
}

void scroll_fit(struct scroll *s, size_t n, int h)
{
    s->n = n;
    s->h = h > 0 ? h : 0;
    follow(s);
}

void scroll_to(struct scroll *s, size_t at)
{
    s->at = at;
    follow(s);
}

static size_t rows_of(const struct scroll *s, enum distance distance)
{
    switch (distance) {
    case ONE:
        return 1;
    case HALF:
        return shown(s) > 1 ? shown(s) / 2 : 1;
    case SCREEN:
        return shown(s);
    case ALL:
        return s->n;
    default:
        return 0;
    }
}

bool scroll_move(struct scroll *s, enum move move)
{
    size_t before = s->at, rows = rows_of(s, moves[move].distance);

    s->at = step(s->at, rows, moves[move].down, less(s->n, 1));
    if (moves[move].window)
        s->top = step(s->top, rows, moves[move].down, last_top(s));
    follow(s);
    return s->at != before;
}

void scroll_wheel(struct scroll *s, int rows)
{
    size_t distance = rows < 0 ? 0u - (unsigned)rows : (unsigned)rows, end;

    s->top = step(s->top, distance, rows > 0, last_top(s));
    end = step(s->top, shown(s) - 1, true, less(s->n, 1));
    if (s->at < s->top)
        s->at = s->top;
    if (s->at > end)
        s->at = end;
}

bool scroll_wheeled(struct scroll *s, const struct event *ev)
{
    bool up = ev->mouse == MOUSE_WHEEL_UP;

    if (ev->kind != EVENT_MOUSE || (!up && ev->mouse != MOUSE_WHEEL_DOWN))
        return false;
    scroll_wheel(s, up ? -WHEEL_ROWS : WHEEL_ROWS);
    return true;
}

bool scroll_clicked(const struct scroll *s, const struct event *ev, int y, size_t *item)
{
    int row = ev->y - y;

    if (ev->kind != EVENT_MOUSE || ev->button != 1 ||
        (ev->mouse != MOUSE_PRESS && ev->mouse != MOUSE_DOUBLE))
        return false;
    if (row < 0 || row >= s->h || (size_t)row >= s->n - s->top)
        return false;
    *item = s->top + (size_t)row;
    return true;
}
