// Long text to read: wrapped or not, scrolled, searched. UI thread. Floor: ui/widget.
#include "ui/widget/text_view.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "ui/widget/row.h"
#include "ui/widget/wrap.h"

enum { SIDE_STEP = 8, LINES_FIRST = 64, WIDTH_FIRST = 80, HANG = 2, NOT_BROKEN = -1 };

static const char heading_mark[] = "# ";

// A row of the screen.
struct text_line {
    size_t at, len; // in the text shown
    int indent;     // columns: rows behind the first of a list's line hang
    bool heading;
};

static const struct str *shown(const struct text_view *t)
{
    return t->clean.len ? &t->clean : &t->text;
}

static size_t line_len(const char *p)
{
    return strcspn(p, "\n");
}

void text_view_set(struct text_view *t, const char *text, bool wrap, bool headings)
{
    str_clear(&t->text);
    str_clear(&t->clean);
    str_clear(&t->found);
    str_add(&t->text, text);
    for (const char *p = str_text(&t->text); *p; p += *p == '\n') {
        size_t n = line_len(p);

        text_clean(p, n > 0 && p[n - 1] == '\r' ? n - 1 : n, &t->clean);
        p += n;
        if (*p == '\n')
            str_add_char(&t->clean, '\n');
    }
    if (str_eq(str_text(&t->clean), str_text(&t->text)))
        str_free(&t->clean);
    t->wrap = wrap;
    t->headings = headings;
    t->broken_w = NOT_BROKEN;
    t->left = 0;
    t->scroll = (struct scroll){.h = t->scroll.h};
}

void text_view_free(struct text_view *t)
{
    str_free(&t->text);
    str_free(&t->clean);
    str_free(&t->found);
    free(t->lines);
    *t = (struct text_view){0};
}

static void add_line(struct text_view *t, size_t at, size_t len, int indent, bool heading)
{
    if (t->n_lines == t->cap) {
        t->cap = t->cap ? t->cap * 2 : LINES_FIRST;
        t->lines = mem_regrow(t->lines, t->cap, sizeof(*t->lines));
    }
    t->lines[t->n_lines++] = (struct text_line){at, len, indent, heading};
}

// Of a line that begins with blanks, what stands below it goes on where its second column does, or
// behind those blanks where that leaves too little room.
static int hang_of(const struct text_view *t, const char *line, size_t len, int w)
{
    size_t blanks = strspn(line, " "), at = blanks;

    if (!t->headings || !t->wrap || !blanks || blanks >= len)
        return 0;
    while (at + 1 < len && !(line[at] == ' ' && line[at + 1] == ' '))
        at++;
    at += strspn(line + at, " ");
    return at < len && (int)at <= w / 2 ? (int)at : (int)blanks + HANG;
}

// One line of the text as one row or more.
static void break_line(struct text_view *t, size_t at, size_t len, int w)
{
    const char *text = str_text(shown(t));
    bool heading = t->headings && strncmp(text + at, heading_mark, strlen(heading_mark)) == 0;
    size_t end = at + len, n = len, next = len;
    int used, indent = 0, hang = hang_of(t, text + at, len, w);

    if (heading)
        at += strlen(heading_mark);
    do {
        if (t->wrap) {
            n = wrap_row(text + at, end - at, w - indent, &next);
        } else {
            n = next = text_fitting(text + at, end - at, INT32_MAX, &used);
            t->widest = used > t->widest ? used : t->widest;
        }
        add_line(t, at, n, indent, heading);
        at += next;
        indent = hang < w ? hang : 0;
    } while (at < end);
}

// The row that holds byte `at`.
static size_t row_of(const struct text_view *t, size_t at)
{
    size_t low = 0, high = t->n_lines;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (t->lines[middle].at <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static void break_anew(struct text_view *t, int w)
{
    const char *text = str_text(shown(t));
    size_t len = shown(t)->len;

    t->broken_w = w;
    t->n_lines = 0;
    t->widest = 0;
    for (size_t p = 0; p < len; p += line_len(text + p) + 1)
        break_line(t, p, line_len(text + p), w);
}

// Breaks the text anew where the width is another; the cursor stays at its place in the text.
static void break_text(struct text_view *t, int w)
{
    size_t at = t->broken_w != NOT_BROKEN && t->n_lines ? t->lines[t->scroll.at].at : 0;
    bool broken = t->broken_w == w || (t->broken_w != NOT_BROKEN && !t->wrap);

    if (broken) {
        t->broken_w = w;
        return;
    }
    break_anew(t, w);
    scroll_fit(&t->scroll, t->n_lines, t->scroll.h);
    scroll_to(&t->scroll, t->n_lines ? row_of(t, at) : 0);
}

void text_view_change(struct text_view *t, const char *text)
{
    char *found = mem_strdup(str_text(&t->found));
    struct scroll scroll = t->scroll;
    int left = t->left, w = t->broken_w;

    text_view_set(t, text, t->wrap, t->headings);
    str_add(&t->found, found);
    free(found);
    if (w == NOT_BROKEN)
        return;
    break_anew(t, w);
    t->left = left;
    t->scroll = scroll;
    scroll_fit(&t->scroll, t->n_lines, t->scroll.h);
}

static void draw_row(const struct text_view *t, struct area a, int y, const struct text_line *line,
                     enum role role)
{
    struct str *row = &a.canvas->scratch;

    str_clear(row);
    str_add_len(row, str_text(shown(t)) + line->at, line->len);
    if (role != ROLE_TEXT)
        area_fill(area_part(a, y, 0, 1, a.w), role);
    else if (line->heading)
        role = ROLE_TITLE;
    row_text_from(area_part(a, 0, line->indent, a.h, a.w - line->indent), y, t->left, role,
                  row->data, row->len);
}

void text_view_draw(struct text_view *t, struct area a, bool focused)
{
    struct found found = found_start(str_text(&t->found));

    break_text(t, a.w > 0 ? a.w : 1);
    scroll_fit(&t->scroll, t->n_lines, a.h);
    area_fill(a, ROLE_TEXT);
    for (int y = 0; y < a.h && (size_t)y < t->n_lines - t->scroll.top; y++) {
        size_t i = t->scroll.top + (size_t)y;

        draw_row(t, a, y, &t->lines[i], row_role(i == t->scroll.at, focused));
        found_show(&found, a, y, 0, a.w);
    }
    if (focused)
        area_cursor(a, (int)(t->scroll.at - t->scroll.top), 0);
}

static bool move_sideways(struct text_view *t, enum move move)
{
    int before = t->left, most = t->widest - t->broken_w + 1;
    bool back = move == MOVE_LEFT || move == MOVE_FIRST;

    if (t->wrap || t->broken_w == NOT_BROKEN)
        return false;
    if (move == MOVE_LEFT || move == MOVE_RIGHT)
        t->left += back ? -SIDE_STEP : SIDE_STEP;
    else
        t->left = back ? 0 : most;
    if (t->left > most)
        t->left = most;
    if (t->left < 0)
        t->left = 0;
    return t->left != before;
}

bool text_view_move(struct text_view *t, enum move move)
{
    if (move == MOVE_LEFT || move == MOVE_RIGHT || move == MOVE_FIRST || move == MOVE_LAST)
        return move_sideways(t, move);
    return scroll_move(&t->scroll, move);
}

bool text_view_event(struct text_view *t, const struct event *ev)
{
    size_t row;

    if (scroll_wheeled(&t->scroll, ev))
        return true;
    if (!scroll_clicked(&t->scroll, ev, 0, &row))
        return false;
    scroll_to(&t->scroll, row);
    return true;
}

// The first place of found in from..to, or `to`.
static size_t first_match(const struct text_view *t, size_t from, size_t to)
{
    const char *text = str_text(shown(t)), *match;
    size_t len;

    match = from < to ? text_find(text + from, str_text(&t->found), &len) : NULL;
    return match && (size_t)(match - text) < to ? (size_t)(match - text) : to;
}

static size_t last_match(const struct text_view *t, size_t from, size_t to)
{
    size_t last = to, at = first_match(t, from, to);

    while (at < to) {
        last = at;
        at = first_match(t, text_next(str_text(shown(t)), to, at), to);
    }
    return last;
}

static size_t start_of(const struct text_view *t, size_t row)
{
    return row < t->n_lines ? t->lines[row].at : shown(t)->len;
}

bool text_view_find(struct text_view *t, const char *text, int step)
{
    size_t (*search)(const struct text_view *, size_t, size_t) =
        step < 0 ? last_match : first_match;
    size_t len = shown(t)->len, from, at;

    if (str_text(&t->found) != text) {
        str_clear(&t->found);
        str_add(&t->found, text);
    }
    break_text(t, t->broken_w == NOT_BROKEN ? WIDTH_FIRST : t->broken_w);
    from = start_of(t, t->scroll.at + (step > 0));
    at = step < 0 ? search(t, 0, from) : search(t, from, len);
    if (at == (step < 0 ? from : len)) {
        at = step < 0 ? search(t, from, len) : search(t, 0, from);
        if (at == (step < 0 ? len : from))
            return false;
    }
    scroll_to(&t->scroll, row_of(t, at));
    return true;
}
