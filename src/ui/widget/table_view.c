// A table over rows that somebody else has: only what is shown is asked for. UI thread.
// Floor: ui/widget.
#include "ui/widget/table_view.h"

#include "base/str.h"
#include "base/text.h"

enum { GAP = 1, PLACES_MAX = 256 };

// Where a column is drawn.
struct place {
    size_t column;
    int x, w; // w: less than the column's where the screen ends
};

struct layout {
    struct place places[PLACES_MAX];
    size_t n;
    size_t scrolling; // the first column that is not held in place; n_columns: all are
    int scrolling_x;
};

static int width_of(const struct table_view *t, size_t column)
{
    return t->columns[column].width > 1 ? t->columns[column].width : 1;
}

// The first column from `from` on that is pinned or is not; n_columns: none.
static size_t scan(const struct table_view *t, size_t from, bool pinned)
{
    while (from < t->n_columns && t->columns[from].pinned != pinned)
        from++;
    return from;
}

static size_t scan_back(const struct table_view *t, size_t before, bool pinned)
{
    while (before > 0 && t->columns[before - 1].pinned != pinned)
        before--;
    return before > 0 ? before - 1 : t->n_columns;
}

// The order on the screen: pinned columns, then the others. n_columns stands for none.
static size_t first_column(const struct table_view *t)
{
    size_t pinned = scan(t, 0, true);

    return pinned < t->n_columns ? pinned : scan(t, 0, false);
}

static size_t last_column(const struct table_view *t)
{
    size_t other = scan_back(t, t->n_columns, false);

    return other < t->n_columns ? other : scan_back(t, t->n_columns, true);
}

static size_t next_column(const struct table_view *t, size_t column)
{
    bool pinned = t->columns[column].pinned;
    size_t next = scan(t, column + 1, pinned);

    return next == t->n_columns && pinned ? scan(t, 0, false) : next;
}

static size_t prev_column(const struct table_view *t, size_t column)
{
    bool pinned = t->columns[column].pinned;
    size_t prev = scan_back(t, column, pinned);

    return prev == t->n_columns && !pinned ? scan_back(t, t->n_columns, true) : prev;
}

bool table_view_before(const struct table_view *t, size_t a, size_t b)
{
    if (a >= t->n_columns || b >= t->n_columns)
        return a < b;
    if (t->columns[a].pinned != t->columns[b].pinned)
        return t->columns[a].pinned;
    return a < b;
}

// A column of which no more than the sign of being cut would show is left out behind others.
static void lay_place(const struct table_view *t, struct layout *l, size_t column, int x, int w)
{
    int width = width_of(t, column);
    bool shows = w - x > 1 || width == 1 || l->n == 0;

    if (l->n < PLACES_MAX && x < w && shows)
        l->places[l->n++] = (struct place){column, x, width < w - x ? width : w - x};
}

// Pinned columns are held in place as long as they leave half of the screen to the others.
static void lay_pinned(const struct table_view *t, struct layout *l, int w)
{
    int x = row_gutter(t->source.sign != NULL), most = x + (w - x) / 2;
    size_t c = first_column(t);

    l->n = 0;
    while (c < t->n_columns && t->columns[c].pinned && width_of(t, c) <= most - x) {
        lay_place(t, l, c, x, w);
        x += width_of(t, c) + GAP;
        c = next_column(t, c);
    }
    l->scrolling = c;
    l->scrolling_x = x;
}

static void lay_out(const struct table_view *t, struct layout *l, int w)
{
    size_t c = t->left;
    int x;

    lay_pinned(t, l, w);
    x = l->scrolling_x;
    if (c >= t->n_columns || table_view_before(t, c, l->scrolling))
        c = l->scrolling;
    for (; c < t->n_columns && x < w; c = next_column(t, c)) {
        lay_place(t, l, c, x, w);
        x += (width_of(t, c) < w ? width_of(t, c) : w) + GAP;
    }
}

// Do the columns from first to last, in the order on the screen, stand whole in room columns?
static bool fit_in(const struct table_view *t, size_t first, size_t last, int room)
{
    for (size_t c = first;; c = next_column(t, c)) {
        if (width_of(t, c) > room)
            return false;
        room -= width_of(t, c) + GAP;
        if (c == last)
            return true;
    }
}

void table_view_reveal(struct table_view *t, int w)
{
    struct layout l;
    int room;

    if (t->n_columns == 0)
        return;
    t->at = t->at < t->n_columns ? t->at : t->n_columns - 1;
    lay_pinned(t, &l, w);
    if (l.scrolling == t->n_columns)
        return;
    room = w - l.scrolling_x;
    if (t->left >= t->n_columns || table_view_before(t, t->left, l.scrolling))
        t->left = l.scrolling;
    if (!table_view_before(t, t->at, l.scrolling)) {
        if (table_view_before(t, t->at, t->left))
            t->left = t->at;
        while (t->left != t->at && !fit_in(t, t->left, t->at, room))
            t->left = next_column(t, t->left);
    }
    while (t->left != l.scrolling && fit_in(t, prev_column(t, t->left), last_column(t), room))
        t->left = prev_column(t, t->left);
}

// What the sign of the order leaves of w columns to the heading: one of a letter is kept.
static int heading_room(const struct table_column *c, int w)
{
    int letters = text_width(c->heading);

    if (!c->sort)
        return w;
    return w > 2 ? w - 2 : letters <= w ? letters : 0;
}

// In w columns.
static void draw_heading(const struct table_view *t, struct area a, const struct place *p, int w)
{
    const struct table_column *column = &t->columns[p->column];
    const char sort[] = {column->sort, '\0'};
    int room = heading_room(column, w), used;

    if (column->right) {
        (void)area_text_right(a, 0, p->x, room, ROLE_HEADER, column->heading);
        used = room < w ? w - 1 : w;
    } else {
        used = area_text(a, 0, p->x, room, ROLE_HEADER, column->heading);
        used += used > 0 && used + 1 < w;
    }
    (void)area_text(a, 0, p->x + used, w - used, ROLE_HEADER, sort);
    if (p->column == t->at)
        area_role(a, 0, p->x, w, ROLE_CHOSEN);
}

static bool more_right(const struct table_view *t, const struct layout *l)
{
    const struct place *last = &l->places[l->n - 1];

    return last->column != last_column(t) || last->w < width_of(t, last->column);
}

// Where the sign stands that there is more: at the end, or in the gap before a column that has no
// more than the end.
static int more_at(const struct layout *l, int w)
{
    return l->places[l->n - 1].x == w - 1 && w > 1 ? w - 2 : w - 1;
}

// Where the column that is held will stand: a line in front of that place, or behind it.
static void draw_moving(const struct table_view *t, struct area a, const struct place *p)
{
    int x = table_view_before(t, t->onto, t->held) ? p->x - GAP : p->x + p->w;

    area_role(a, 0, p->x, p->w, ROLE_MARK);
    (void)area_text(a, 0, x < a.w ? x : a.w - 1, 1, ROLE_MARK, "|");
}

static const char *spoken_name(const struct table_column *c)
{
    return c->name ? c->name : c->heading;
}

static void say_headings(const struct table_view *t, struct area a)
{
    struct str *said = area_said(a, 0);

    if (!said)
        return;
    str_clear(said);
    for (size_t c = first_column(t); c < t->n_columns; c = next_column(t, c)) {
        char sort = t->columns[c].sort;

        str_addf(said, "%s%s%s%s", said->len ? ", " : "Columns: ", spoken_name(&t->columns[c]),
                 !sort         ? ""
                 : sort == '^' ? " (smallest first)"
                               : " (largest first)",
                 c == t->at ? " (cursor)" : "");
    }
}

static void draw_headings(const struct table_view *t, struct area a, const struct layout *l)
{
    bool more = l->n && more_right(t, l);
    int end = more ? more_at(l, a.w) : a.w;

    area_fill(area_part(a, 0, 0, 1, a.w), ROLE_HEADER);
    say_headings(t, a);
    for (size_t i = 0; i < l->n; i++) {
        const struct place *p = &l->places[i];

        draw_heading(t, a, p, p->x < end && p->x + p->w > end ? end - p->x : p->w);
    }
    for (size_t i = 0; t->moving && i < l->n; i++) {
        if (l->places[i].column == t->onto && t->onto != t->held)
            draw_moving(t, a, &l->places[i]);
    }
    if (t->pins && l->scrolling_x > row_gutter(t->source.sign != NULL) && l->scrolling_x < end)
        (void)area_text(a, 0, l->scrolling_x - GAP, GAP, ROLE_HEADER, "|");
    if (l->scrolling < t->n_columns && t->left != l->scrolling)
        (void)area_text(a, 0, 0, 1, ROLE_HEADER, "<");
    if (more)
        (void)area_text(a, 0, end, 1, ROLE_HEADER, ">");
}

// What the drawing of rows needs to know.
struct drawing {
    struct table_view *t;
    const struct layout *layout;
    struct found found;
    const char *dots;
    bool focused;
};

static int draw_cell(const struct drawing *d, struct area a, int y, size_t row,
                     const struct place *p, enum role row_role)
{
    const struct table_column *column = &d->t->columns[p->column];
    enum role role = ROLE_TEXT;
    const char *text = d->t->source.cell(d->t->source.self, row, p->column, &role);
    int used;

    if (!text) {
        role = ROLE_DIM;
        text = d->dots;
    }
    role = row_role == ROLE_TEXT ? role : row_role;
    if (column->right) {
        used = area_text_right(a, y, p->x, p->w, role, text);
        return used ? p->x + p->w - used : p->x;
    }
    (void)area_text(a, y, p->x, p->w, role, text);
    return p->x;
}

// A cell in words: flags are signs on a screen.
static const char *spoken_cell(const char *text)
{
    return str_eq(text, "x") ? "yes" : str_eq(text, ".") ? "no" : text;
}

// Each cell whole behind its heading, also of columns that a screen would not show just now.
static void say_row(const struct table_view *t, struct area a, int y, size_t row,
                    const char *cursor, const char *sign)
{
    struct str *said = row_say(a, y, cursor, sign, t->words);
    size_t there = 0;

    for (size_t c = first_column(t); said && c < t->n_columns; c = next_column(t, c)) {
        enum role role = ROLE_TEXT;
        const char *text = t->source.cell(t->source.self, row, c, &role);

        there += text != NULL;
        if (text)
            row_say_pair(said, spoken_name(&t->columns[c]), spoken_cell(text));
    }
    if (said && !there)
        str_add(said, "not fetched yet");
}

static bool in_range(const struct table_view *t, size_t row)
{
    if (!t->ranging)
        return false;
    return t->anchor < t->rows.at ? row >= t->anchor && row <= t->rows.at
                                  : row <= t->anchor && row >= t->rows.at;
}

static void draw_row(const struct drawing *d, struct area a, int y, size_t row)
{
    struct table_view *t = d->t;
    bool at = row == t->rows.at, range = in_range(t, row);
    enum role role = at ? row_role(at, d->focused) : range ? ROLE_MARK : ROLE_TEXT;
    enum role sign_role = ROLE_TEXT;
    const char *sign = t->source.sign ? t->source.sign(t->source.self, row, &sign_role) : NULL;
    int cursor_x = 0;

    area_fill(area_part(a, y, 0, 1, a.w), role);
    row_signs(a, y, role, at ? ROW_CURSOR : range ? "|" : "", sign, sign_role);
    say_row(t, a, y, row, at ? ROW_CURSOR : range ? "|" : "", sign);
    for (size_t i = 0; i < d->layout->n; i++) {
        const struct place *p = &d->layout->places[i];
        int x = draw_cell(d, a, y, row, p, role);

        if (d->found.n)
            found_show(&d->found, a, y, p->x, p->w);
        if (p->column == t->at)
            cursor_x = x;
    }
    if (at && d->focused)
        area_cursor(a, y, cursor_x);
}

static bool same_area(const struct area *a, const struct area *b)
{
    return a->canvas == b->canvas && a->y == b->y && a->x == b->x && a->h == b->h && a->w == b->w;
}

// Does all stand where it stood, but for the cursor's row?
static bool same_window(const struct table_drawn *a, const struct table_drawn *b)
{
    return same_area(&a->area, &b->area) && a->focused == b->focused && a->n == b->n &&
           a->top == b->top && a->column == b->column && a->left == b->left;
}

bool table_view_drew(const struct table_view *t, size_t row)
{
    return t->drawn.whole || row == t->drawn.rows[0] || row == t->drawn.rows[1];
}

static void draw(struct table_view *t, struct area a, bool focused, bool whole)
{
    struct layout l;
    struct drawing d = {t, &l, found_start(t->found), text_is_utf8() ? "···" : "...", focused};
    struct area body = area_part(a, 1, 0, a.h - 1, a.w);
    struct table_drawn before = t->drawn;
    int y = 0;

    scroll_fit(&t->rows, t->source.rows(t->source.self), body.h);
    table_view_reveal(t, a.w);
    lay_out(t, &l, a.w);
    t->drawn = (struct table_drawn){.area = a,
                                    .focused = focused,
                                    .n = t->rows.n,
                                    .top = t->rows.top,
                                    .at = t->rows.at,
                                    .column = t->at,
                                    .left = t->left,
                                    .rows = {before.at, t->rows.at}};
    t->drawn.whole = whole || t->ranging || !same_window(&before, &t->drawn);
    if (t->drawn.whole)
        draw_headings(t, a, &l);
    for (; y < body.h && (size_t)y < t->rows.n - t->rows.top; y++) {
        if (table_view_drew(t, t->rows.top + (size_t)y))
            draw_row(&d, body, y, t->rows.top + (size_t)y);
    }
    if (t->drawn.whole)
        area_fill(area_part(body, y, 0, body.h - y, body.w), ROLE_TEXT);
    if (focused && t->rows.n == 0)
        area_cursor(body, 0, 0);
}

void table_view_draw(struct table_view *t, struct area a, bool focused)
{
    draw(t, a, focused, true);
}

void table_view_draw_moved(struct table_view *t, struct area a, bool focused)
{
    draw(t, a, focused, false);
}

bool table_view_move(struct table_view *t, enum move move)
{
    size_t to = t->n_columns;

    if (t->at >= t->n_columns ||
        (move != MOVE_LEFT && move != MOVE_RIGHT && move != MOVE_FIRST && move != MOVE_LAST))
        return scroll_move(&t->rows, move);
    if (move == MOVE_LEFT)
        to = prev_column(t, t->at);
    else if (move == MOVE_RIGHT)
        to = next_column(t, t->at);
    else
        to = move == MOVE_FIRST ? first_column(t) : last_column(t);
    if (move == MOVE_FIRST && t->left) {
        t->left = 0; // also where the first column never left the screen
        t->at = to;
        return true;
    }
    if (to == t->n_columns || to == t->at)
        return false;
    t->at = to;
    return true;
}

static struct table_hit hit_heading(const struct layout *l, int x)
{
    for (size_t i = 0; i < l->n; i++) {
        const struct place *p = &l->places[i];

        if (x >= p->x && x <= p->x + p->w)
            return (struct table_hit){x < p->x + p->w ? TABLE_HEADING : TABLE_EDGE, 0, p->column};
    }
    return (struct table_hit){TABLE_NOTHING, 0, 0};
}

struct table_hit table_view_hit(const struct table_view *t, int w, int y, int x)
{
    struct layout l;
    struct table_hit hit = {TABLE_ROW, 0, t->at};

    lay_out(t, &l, w);
    if (y == 0 && x >= 0 && x < w)
        return hit_heading(&l, x);
    if (y < 1 || y > t->rows.h || x < 0 || x >= w || (size_t)y - 1 >= t->rows.n - t->rows.top)
        return (struct table_hit){TABLE_NOTHING, 0, 0};
    hit.row = t->rows.top + (size_t)y - 1;
    for (size_t i = 0; i < l.n; i++) {
        if (x >= l.places[i].x && x < l.places[i].x + l.places[i].w)
            hit.column = l.places[i].column;
    }
    return hit;
}
