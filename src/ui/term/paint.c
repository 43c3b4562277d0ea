// A canvas on its way to the terminal: which cells differ from what is shown. UI thread.
// Floor: ui/term.
#include "ui/term/paint.h"

#include <stdlib.h>
#include <string.h>
#define NCURSES_NOMACROS
#include <curses.h>

#include "base/mem.h"
#include "ui/term/ink.h"

enum { BRIGHT = 8, CURSOR_UNKNOWN = -1 };

struct paint {
    enum colours colours;
    enum numbering numbering;
    int h, w;
    bool whole;         // nothing is known of what is shown
    bool cleared;       // the next painting begins with a clear screen
    bool cursed;        // curses has written something
    bool inked;         // this terminal is painted without curses
    int cursor;         // 1: shown, 0: hidden
    int y, x;           // where it was left; y is -1 where that is of no interest
    struct cell *shown; // h * w
    struct ink ink;
    cchar_t *line; // of w cells for curses
    cchar_t looks[ROLE_COUNT];
    struct style styles[ROLE_COUNT]; // with the colours of pair role + 1
};

static const struct {
    unsigned look;
    attr_t attr;
} attrs[] = {{LOOK_BOLD, A_BOLD},
             {LOOK_DIM, A_DIM},
             {LOOK_ITALIC, A_ITALIC},
             {LOOK_UNDERLINE, A_UNDERLINE},
             {LOOK_REVERSE, A_REVERSE}};

struct paint *paint_new(enum colours colours, enum numbering numbering)
{
    struct paint *p = mem_zalloc(sizeof(*p));

    p->colours = colours;
    p->numbering = numbering;
    p->cursor = CURSOR_UNKNOWN;
    p->inked = ink_init(&p->ink);
    return p;
}

void paint_free(struct paint *p)
{
    ink_free(&p->ink);
    free(p->shown);
    free(p->line);
    free(p);
}

void paint_size(struct paint *p, int h, int w)
{
    p->h = h;
    p->w = w;
    p->shown = mem_regrow(p->shown, (size_t)h * (size_t)w, sizeof(*p->shown));
    p->line = mem_regrow(p->line, (size_t)w, sizeof(*p->line));
    paint_redraw(p);
}

void paint_redraw(struct paint *p)
{
    p->whole = p->cleared = true;
    p->cursor = CURSOR_UNKNOWN;
    (void)clearok(curscr, TRUE);
}

// Eight colours: bright ones by bold, which only a foreground can have.
static void bring_to_eight(struct style *s)
{
    if (s->fg >= BRIGHT) {
        s->look |= LOOK_BOLD;
        s->fg -= BRIGHT;
    }
    s->bg -= s->bg >= BRIGHT ? BRIGHT : 0;
    if (s->fg == s->bg && s->fg != COLOUR_DEFAULT)
        s->fg = s->bg == COLOR_BLACK ? COLOR_WHITE : COLOR_BLACK;
}

static bool same_colours(const struct style *a, const struct style *b)
{
    return a->fg == b->fg && a->bg == b->bg;
}

// The pair of a role: shared with the first role that has the same colours.
static int pair_of(const struct paint *p, enum role role)
{
    const struct style *s = &p->styles[role];
    enum role first = 0;

    if (s->fg == COLOUR_DEFAULT && s->bg == COLOUR_DEFAULT)
        return 0;
    while (!same_colours(&p->styles[first], s))
        first++;
    if (first == role)
        (void)init_extended_pair((int)role + 1, direct_number(s->fg, p->numbering),
                                 direct_number(s->bg, p->numbering));
    return (int)first + 1;
}

static void set_look(struct paint *p, enum role role)
{
    const struct style *s = &p->styles[role];
    attr_t attr = A_NORMAL;
    int pair = pair_of(p, role);

    for (size_t i = 0; i < ARRAY_LEN(attrs); i++)
        attr |= s->look & attrs[i].look ? attrs[i].attr : 0;
    (void)setcchar(&p->looks[role], L" ", attr, (short)pair, &pair);
}

void paint_theme(struct paint *p, const struct theme *theme)
{
    for (enum role role = 0; role < ROLE_COUNT; role++) {
        p->styles[role] = theme_style(theme, role, p->colours);
        if (p->numbering == NUMBERING_EIGHT)
            bring_to_eight(&p->styles[role]);
        if (p->inked)
            ink_look(&p->ink, role, &p->styles[role], p->numbering);
        else
            set_look(p, role);
    }
    p->whole = true;
}

static bool same_cell(const struct cell *a, const struct cell *b)
{
    return memcmp(a, b, sizeof(*a)) == 0;
}

// The columns from..to of a row that differ from what is shown; none: from == to. Whole wide
// characters.
static void find_span(const struct cell *now, const struct cell *shown, int w, int *from, int *to)
{
    *from = 0;
    *to = w;
    if (memcmp(now, shown, (size_t)w * sizeof(*now)) == 0) {
        *to = 0;
        return;
    }
    while (same_cell(&now[*from], &shown[*from]))
        ++*from;
    while (same_cell(&now[*to - 1], &shown[*to - 1]))
        --*to;
    *from -= now[*from].width == 0;
}

static void put_span(struct paint *p, const struct cell *row, int y, int from, int to)
{
    int n = 0;

    for (int x = from; x < to; x++) {
        if (row[x].width == 0)
            continue;
        p->line[n] = p->looks[row[x].role];
        memcpy(p->line[n].chars, row[x].text, sizeof(row[x].text));
        n++;
    }
    (void)mvwadd_wchnstr(stdscr, y, from, p->line, n);
}

// What changed of row y.
static int paint_row(struct paint *p, const struct cell *row, int y, int w)
{
    struct cell *shown = p->shown + (size_t)y * (size_t)p->w;
    int from = 0, to = w;

    if (!p->whole)
        find_span(row, shown, w, &from, &to);
    if (from == to)
        return 0;
    if (p->inked)
        ink_put(&p->ink, row, p->whole ? NULL : shown, p->w, y, from, to);
    else
        put_span(p, row, y, from, to);
    memcpy(shown + from, row + from, (size_t)(to - from) * sizeof(*row));
    return to - from;
}

int paint_cells(struct paint *p, struct canvas *c)
{
    int h = c->h < p->h ? c->h : p->h, w = c->w < p->w ? c->w : p->w, cells = 0;

    ink_begin(&p->ink);
    for (int y = 0; y < h; y++) {
        if (!p->whole && !c->touched[y])
            continue;
        c->touched[y] = false;
        cells += paint_row(p, c->cells + (size_t)y * (size_t)c->w, y, w);
    }
    p->whole = false;
    return cells;
}

static void set_cursor(struct paint *p, int shown)
{
    p->cursed |= p->cursor != shown;
    if (p->cursor != shown)
        (void)curs_set(shown);
    p->cursor = shown;
}

static void update(struct paint *p)
{
    (void)wnoutrefresh(stdscr);
    (void)doupdate();
    p->cleared = false;
    p->cursed = true;
}

// Curses knows nothing of what is shown: it has the screen cleared, and enters it where it was
// left.
static void flush_ink(struct paint *p, int y, int x)
{
    if (p->cleared)
        update(p);
    set_cursor(p, y >= 0);
    // Where nothing changed there is nothing to be said.
    if (p->cursed || p->ink.bytes.len || y != p->y || x != p->x)
        ink_end(&p->ink, y, x);
    p->y = y;
    p->x = x;
}

static void flush_curses(struct paint *p, int y, int x)
{
    if (y < 0)
        set_cursor(p, 0);
    else
        (void)wmove(stdscr, y, x);
    update(p);
    if (y >= 0)
        set_cursor(p, 1);
}

bool paint_flush(struct paint *p, const struct canvas *c)
{
    bool shown = c->cursor_y >= 0 && c->cursor_y < p->h && c->cursor_x >= 0 && c->cursor_x < p->w;
    int y = shown ? c->cursor_y : -1;

    p->cursed = false;
    if (p->inked)
        flush_ink(p, y, c->cursor_x);
    else
        flush_curses(p, y, c->cursor_x);
    return p->cursed;
}

const struct str *paint_bytes(const struct paint *p)
{
    return &p->ink.bytes;
}
