// A sheet of cells that everything is drawn on: in memory, so that widgets can be tested without a
// terminal and printed as lines. Owner: the UI thread. Floor: ui/term.
#include "ui/term/canvas.h"

#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

enum {
    ELLIPSIS = 0x2026,
    TEXT_FIRST = 2048,      // bytes of room for a text that is made ready
    PREFIX_PER_COLUMN = 64, // bytes of text looked at for each column there is
    BLANKS_SPOKEN = 2
};

// The characters of lines: in UTF-8, elsewhere.
enum glyph {
    GLYPH_ACROSS,
    GLYPH_DOWN,
    GLYPH_TOP_LEFT,
    GLYPH_TOP_RIGHT,
    GLYPH_LOW_LEFT,
    GLYPH_LOW_RIGHT
};

static const wchar_t glyphs[2][6] = {
    {L'-', L'|', L'+', L'+', L'+', L'+'},
    {0x2500, 0x2502, 0x250c, 0x2510, 0x2514, 0x2518},
};

static const struct cell *row_at(const struct canvas *c, int y)
{
    return c->cells + (size_t)y * (size_t)c->w;
}

// To be drawn on.
static struct cell *row_of(struct canvas *c, int y)
{
    c->touched[y] = true;
    return c->cells + (size_t)y * (size_t)c->w;
}

// Field by field: a cell made apart and copied costs four times as much.
static void set_cell(struct cell *cell, wchar_t point, enum role role)
{
    memset(cell, 0, sizeof(*cell));
    cell->text[0] = point;
    cell->role = (uint8_t)role;
    cell->width = 1;
}

// The right half of a wide character.
static void set_half(struct cell *cell, enum role role)
{
    memset(cell, 0, sizeof(*cell));
    cell->role = (uint8_t)role;
}

static void blank(struct cell *cells, int n, enum role role)
{
    for (int i = 0; i < n; i++)
        set_cell(&cells[i], L' ', role);
}

// Longer ones are seldom: drawing allocates nothing where its texts are no longer than before.
static void make_room(struct canvas *c)
{
    struct str *const texts[] = {&c->clean, &c->fitted, &c->printed, &c->scratch};

    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        str_clear(texts[i]);
        str_reserve(texts[i], TEXT_FIRST);
    }
}

static void forget_said(struct canvas *c)
{
    for (int y = 0; y < c->n_said; y++)
        str_free(&c->said[y]);
    free(c->said);
    c->said = NULL;
    c->n_said = 0;
}

void canvas_size(struct canvas *c, int h, int w)
{
    make_room(c);
    forget_said(c);
    c->h = h > 0 ? h : 0;
    c->w = w > 0 ? w : 0;
    c->cells = mem_regrow(c->cells, (size_t)c->h * (size_t)c->w + 1, sizeof(*c->cells));
    c->touched = mem_regrow(c->touched, (size_t)c->h + 1, sizeof(*c->touched));
    for (int y = 0; y < c->h; y++)
        blank(row_of(c, y), c->w, ROLE_TEXT);
    c->cursor_y = c->cursor_x = -1;
    if (!c->spoken)
        return;
    c->said = mem_array((size_t)c->h + 1, sizeof(*c->said));
    c->n_said = c->h;
}

void canvas_free(struct canvas *c)
{
    forget_said(c);
    free(c->cells);
    free(c->touched);
    str_free(&c->clean);
    str_free(&c->fitted);
    str_free(&c->printed);
    str_free(&c->scratch);
    *c = (struct canvas){0};
}

struct area canvas_area(struct canvas *c)
{
    return (struct area){c, 0, 0, c->h, c->w};
}

static bool is_blank(const struct cell *cell)
{
    return cell->text[0] == L' ' && !cell->text[1];
}

void canvas_line(const struct canvas *c, int y, struct str *out)
{
    const struct cell *row = row_at(c, y);
    size_t end = out->len, start = out->len;
    int blanks = 0;

    if (c->spoken && c->said[y].len) {
        text_clean(c->said[y].data, c->said[y].len, out);
        while (out->len > end && out->data[out->len - 1] == ' ')
            str_cut(out, out->len - 1);
        return;
    }
    for (int x = 0; x < c->w; x++) {
        blanks = is_blank(&row[x]) ? blanks + 1 : 0;
        if (c->spoken && blanks > BLANKS_SPOKEN && end > start)
            continue;
        for (int i = 0; i < CELL_POINTS && row[x].text[i]; i++)
            text_encode((uint32_t)row[x].text[i], out);
        if (row[x].width && !is_blank(&row[x]))
            end = out->len;
    }
    str_cut(out, end);
}

struct str *area_said(struct area a, int y)
{
    if (!a.canvas->spoken || y < 0 || y >= a.h)
        return NULL;
    return &a.canvas->said[a.y + y];
}

static int between(int low, int n, int high)
{
    return n < low ? low : n > high ? high : n;
}

// Where n columns or rows from at on end; n may be as large as an int gets.
static int end_of(int at, int n, int limit)
{
    return n > limit - at ? limit : at + n;
}

struct area area_part(struct area a, int y, int x, int h, int w)
{
    int top = between(0, y, a.h), left = between(0, x, a.w);

    return (struct area){a.canvas, a.y + top, a.x + left,
                         between(top, end_of(y, h, a.h), a.h) - top,
                         between(left, end_of(x, w, a.w), a.w) - left};
}

// Before the cells from..to of a row are drawn anew: what stays beside them of a wide character
// becomes a blank.
static void heal(const struct canvas *c, struct cell *row, int from, int to)
{
    if (row[from].width == 0)
        set_cell(&row[from - 1], L' ', row[from - 1].role);
    if (to < c->w && row[to].width == 0)
        set_cell(&row[to], L' ', row[to].role);
}

void area_fill(struct area a, enum role role)
{
    for (int y = a.y; a.w > 0 && y < a.y + a.h; y++) {
        struct cell *row = row_of(a.canvas, y);

        heal(a.canvas, row, a.x, a.x + a.w);
        blank(row + a.x, a.w, role);
    }
}

// Text as it will stand on cells.
struct fitted {
    const char *text;
    size_t len;
    int columns; // with the ellipsis
    bool plain;  // printable ASCII, a cell a byte
    bool cut;    // plain, and the ellipsis is not in text
};

static bool is_plain(char c)
{
    return c >= ' ' && c < 0x7f;
}

static wchar_t ellipsis(void)
{
    return text_is_utf8() ? ELLIPSIS : L'~';
}

// The bytes of text that are looked at, cut at a character.
static size_t prefix_len(const char *text, int width)
{
    size_t max = ((size_t)width + 1) * PREFIX_PER_COLUMN, n = strnlen(text, max);

    while (n == max && n > max - 3 && ((unsigned char)text[n] & 0xc0) == 0x80)
        max = --n;
    return n;
}

static struct fitted fit_any(struct canvas *c, const char *text, int width)
{
    size_t len = prefix_len(text, width);
    int columns;

    str_clear(&c->clean);
    str_clear(&c->fitted);
    text_clean(text, len, &c->clean);
    if (text[len])
        text_encode((uint32_t)ellipsis(), &c->clean);
    if (text_fitting(str_text(&c->clean), c->clean.len, width, &columns) == c->clean.len)
        return (struct fitted){str_text(&c->clean), c->clean.len, columns, false, false};
    text_fit(str_text(&c->clean), width, false, &c->fitted);
    text = str_text(&c->fitted);
    return (struct fitted){text, c->fitted.len, text_width(text), false, false};
}

static struct fitted fit(struct canvas *c, const char *text, int width)
{
    int n = 0;

    while (n < width && is_plain(text[n]))
        n++;
    if (text[n] == '\0')
        return (struct fitted){text, (size_t)n, n, true, false};
    if (n == width && is_plain(text[n]))
        return (struct fitted){text, (size_t)n - 1, n, true, true};
    return fit_any(c, text, width);
}

// Where the next character of a text goes in its row. Nothing is drawn left of column left.
struct pen {
    struct cell *row, *last; // last: what a combining mark joins; NULL where that was cut off
    int x, left;
    enum role role;
};

static void put(struct pen *p, wchar_t point, int width)
{
    int x = p->x;

    p->x += width;
    p->last = NULL;
    if (x >= p->left) {
        p->last = p->row + x;
        set_cell(p->last, point, p->role);
        p->last->width = (uint8_t)width;
        if (width == 2)
            set_half(&p->row[x + 1], p->role);
    } else if (p->x > p->left) {
        set_cell(&p->row[p->left], L' ', p->role);
    }
}

static void join(struct pen *p, wchar_t mark)
{
    for (int i = 1; p->last && i < CELL_POINTS; i++) {
        if (p->last->text[i] == 0) {
            p->last->text[i] = mark;
            return;
        }
    }
}

static void lay_plain(struct pen *p, const struct fitted *f)
{
    int skip = between(0, p->left - p->x, (int)f->len);
    struct cell *cell = p->row + p->x + skip;

    for (size_t i = (size_t)skip; i < f->len; i++)
        set_cell(cell++, f->text[i], p->role);
    p->x += (int)f->len;
    if (f->cut)
        put(p, ellipsis(), 1);
}

static void lay_any(struct pen *p, const struct fitted *f)
{
    for (size_t i = 0; i < f->len;) {
        uint32_t point = 0;
        size_t n = text_decode(f->text + i, f->len - i, &point);
        int width = wcwidth((wchar_t)point);

        assert(n > 0);
        if (width > 0)
            put(p, (wchar_t)point, width);
        else
            join(p, (wchar_t)point);
        i += n;
    }
}

// x: of the canvas.
static int lay(struct area a, int y, int x, enum role role, const struct fitted *f)
{
    struct cell *row = row_of(a.canvas, a.y + y);
    struct pen pen = {.row = row, .x = x, .left = a.x, .role = role};

    if (f->columns <= 0 || x + f->columns <= a.x)
        return f->columns;
    heal(a.canvas, row, x > a.x ? x : a.x, x + f->columns);
    if (f->plain)
        lay_plain(&pen, f);
    else
        lay_any(&pen, f);
    return f->columns;
}

// The columns there are from x on: width of them or what the area has.
static int room(struct area a, int y, int x, int width)
{
    if (y < 0 || y >= a.h || x >= a.w)
        return 0;
    return width < a.w - x ? width : a.w - x;
}

int area_text(struct area a, int y, int x, int width, enum role role, const char *text)
{
    struct fitted f;

    width = room(a, y, x, width);
    if (width <= 0)
        return 0;
    f = fit(a.canvas, text, width);
    return lay(a, y, a.x + x, role, &f);
}

int area_textf(struct area a, int y, int x, int width, enum role role, const char *format, ...)
{
    va_list args;

    str_clear(&a.canvas->printed);
    va_start(args, format);
    str_vaddf(&a.canvas->printed, format, args);
    va_end(args);
    return area_text(a, y, x, width, role, str_text(&a.canvas->printed));
}

int area_text_right(struct area a, int y, int x, int width, enum role role, const char *text)
{
    struct fitted f;

    width = room(a, y, x, width);
    if (width <= 0)
        return 0;
    f = fit(a.canvas, text, width);
    return lay(a, y, a.x + x + width - f.columns, role, &f);
}

void area_role(struct area a, int y, int x, int width, enum role role)
{
    struct area part = area_part(a, y, x, 1, width);
    struct cell *row = row_of(part.canvas, part.y);
    int from = part.x, to = part.x + part.w;

    if (part.h == 0 || part.w == 0)
        return;
    from += row[from].width == 0;
    to += to < a.canvas->w && row[to].width == 0;
    for (int i = from; i < to; i++)
        row[i].role = (uint8_t)role;
}

static wchar_t glyph(enum glyph g)
{
    return glyphs[text_is_utf8()][g];
}

// The same line character in all of a.
static void draw_line(struct area a, enum role role, enum glyph g)
{
    const wchar_t point = glyph(g);

    for (int y = a.y; a.w > 0 && y < a.y + a.h; y++) {
        struct cell *row = row_of(a.canvas, y);

        heal(a.canvas, row, a.x, a.x + a.w);
        for (int x = a.x; x < a.x + a.w; x++)
            set_cell(&row[x], point, role);
    }
}

void area_hline(struct area a, int y, int x, int width, enum role role)
{
    draw_line(area_part(a, y, x, 1, width), role, GLYPH_ACROSS);
}

void area_vline(struct area a, int y, int x, int height, enum role role)
{
    draw_line(area_part(a, y, x, height, 1), role, GLYPH_DOWN);
}

void area_box(struct area a, enum role role)
{
    int low = a.h - 1, right = a.w - 1;

    area_hline(a, 0, 0, a.w, role);
    area_hline(a, low, 0, a.w, role);
    area_vline(a, 0, 0, a.h, role);
    area_vline(a, 0, right, a.h, role);
    draw_line(area_part(a, 0, 0, 1, 1), role, GLYPH_TOP_LEFT);
    draw_line(area_part(a, 0, right, 1, 1), role, GLYPH_TOP_RIGHT);
    draw_line(area_part(a, low, 0, 1, 1), role, GLYPH_LOW_LEFT);
    draw_line(area_part(a, low, right, 1, 1), role, GLYPH_LOW_RIGHT);
}

void area_cursor(struct area a, int y, int x)
{
    if (y < 0 || y >= a.h || x < 0 || x >= a.w)
        return;
    a.canvas->cursor_y = a.y + y;
    a.canvas->cursor_x = a.x + x;
}
