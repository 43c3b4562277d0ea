// The table of the results pane: columns as wide as there is room for, cells, and at the right
// edge, always in sight, what is owned and what the rest costs. UI thread. Floor: ui/pane.
#include "ui/pane/results_pane.h"

#include "base/text.h"
#include "ui/widget/row.h"

enum {
    OWNED_WIDTH = 10, // a day
    OWNED_NARROW = 8, // a month
    OWNED_LEAST = 5,  // its heading
    COST_WIDTH = 4,
    GAP = 1,
    NARROW = 100, // of the pane: there the texts get what can be spared
    TEXT_LEAST = 10,
    TITLE_LIKES = 20, // a text that wants more than this gets TITLE_LEAST, from SPARE columns on
    TITLE_LEAST = 12,
    SPARE = 60,
    DAY_WIDTH = 10,
    SIGN_WIDTH = 2 // of the order, behind a heading
};

const struct shown_column *results_column(const struct results_pane *r, size_t at)
{
    const struct results *now = &r->pane.desk->results;

    return at < now->n_shown ? &now->shown[at] : NULL;
}

static const struct column *column_of(const struct results_pane *r, size_t at)
{
    const struct shown_column *s = results_column(r, at);

    return s ? desk_column(&r->pane.desk->results, s->column) : NULL;
}

size_t results_rows(void *self)
{
    const struct results *now = &((struct results_pane *)self)->pane.desk->results;

    return now->table ? table_rows(now->table) : 0;
}

const char *results_cell(void *self, size_t row, size_t column, enum role *role)
{
    struct results_pane *r = self;
    const struct column *c = column_of(r, column);
    const char *text;

    (void)role;
    if (!c)
        return "";
    text = desk_cell(r->pane.desk, row, results_column(r, column)->column);
    return text ? cell_shown(r->pane.desk, c, text, r->cell) : NULL;
}

const char *results_sign(void *self, size_t row, enum role *role)
{
    const struct desk *d = ((struct results_pane *)self)->pane.desk;
    const char *id = table_id(d->results.table, row);

    if (!id && desk_row_state(d, row) == ROW_FAILED) {
        *role = ROLE_ERROR;
        return "!";
    }
    if (!id || !desk_marked(d, id))
        return " ";
    *role = ROLE_MARK;
    return "*";
}

// The sign of the order in a heading: of the fetched rows where they were sorted here, else the
// server's.
static char sort_sign(const struct desk *d, size_t column)
{
    const struct results *now = &d->results;
    const struct query *q = &now->query;
    bool ascending;

    if (!now->table)
        return 0;
    if (now->n_keys)
        return !desk_sorted(d, column, &ascending) ? 0 : ascending ? '^' : 'v';
    if (!now->gathered && q->sort_by && results_server_order(now, column) &&
        str_eq(q->sort_by, results_server_order(now, column)))
        return q->ascending ? '^' : 'v';
    return 0;
}

// A flag's heading in a column that it does not fit into: of what all of them begin with nothing,
// and one sign of the rest. "@" is e-mail's.
static const char *sign_of(const char *heading)
{
    static const char letters[] = "A\0B\0C\0D\0E\0F\0G\0H\0I\0J\0K\0L\0M\0N\0O\0P\0Q\0R\0S\0"
                                  "T\0U\0V\0W\0X\0Y\0Z";
    static const char has[] = "Has ";
    const char *rest = str_starts(heading, has) ? heading + sizeof(has) - 1 : heading;
    char c = str_lower(*rest);

    if (str_eq(rest, "e-mail"))
        return "@";
    return c >= 'a' && c <= 'z' ? letters + 2 * (c - 'a') : rest;
}

static const char *heading_of(const struct column *c, int width)
{
    return c->type == COLUMN_FLAG && text_width(c->heading) > width ? sign_of(c->heading)
                                                                    : c->heading;
}

void results_fill_columns(struct results_pane *r)
{
    const struct results *now = &r->pane.desk->results;

    for (size_t i = 0; i < now->n_shown; i++) {
        const struct column *c = column_of(r, i);

        r->columns[i] =
            (struct table_column){.heading = heading_of(c, now->shown[i].width),
                                  .name = c->heading,
                                  .width = now->shown[i].width,
                                  .right = cell_is_number(c),
                                  .pinned = now->shown[i].pinned,
                                  .sort = sort_sign(r->pane.desk, now->shown[i].column)};
    }
    r->view.n_columns = now->n_shown;
}

// As wide as a column likes to be: what was set, else the catalogue's, but no wider than days are.
static int liked(const struct results_pane *r, size_t at)
{
    const struct column *c = column_of(r, at);
    int width = results_column(r, at)->width, heading = text_width(c->heading);
    int day = heading > DAY_WIDTH ? heading : DAY_WIDTH;

    return c->type == COLUMN_DATE && width == c->width && width > day ? day : width;
}

static bool may_shrink(const struct results_pane *r, size_t at)
{
    return results_column(r, at)->width == column_of(r, at)->width;
}

// As wide as its heading is, with the sign of its order.
static int named(const struct results_pane *r, size_t at)
{
    return text_width(r->columns[at].heading) + (r->columns[at].sort ? SIGN_WIDTH : 0);
}

static bool is_text(const struct column *c)
{
    return c->type == COLUMN_TEXT || c->type == COLUMN_LIST || c->type == COLUMN_OBJECT;
}

// What it makes do with where there is little room.
static int least(const struct results_pane *r, size_t at, int w)
{
    const struct column *c = column_of(r, at);
    int width = liked(r, at), heading = named(r, at);

    if (!may_shrink(r, at))
        return width;
    if (c->type == COLUMN_FLAG)
        return 1;
    if (c->type == COLUMN_DATE)
        width = DAY_WIDTH;
    else if (is_text(c) && width > TITLE_LIKES && w >= SPARE)
        width = TITLE_LEAST;
    else if (is_text(c) && width > TEXT_LEAST)
        width = TEXT_LEAST;
    return r->columns[at].sort && width < heading ? heading : width;
}

// What it would take of room that is left over: flags need none.
static int wish_of(const struct results_pane *r, size_t at)
{
    return column_of(r, at)->type == COLUMN_FLAG ? 0 : liked(r, at) - r->columns[at].width;
}

// Room that is left over goes to headings that are cut, then to texts: the more the wider they are,
// up to twice as wide. Widths that were set stay.
static void spread(struct results_pane *r, int room)
{
    int wish = 0;

    for (size_t i = 0; i < r->view.n_columns; i++) {
        int more = named(r, i) - r->columns[i].width;

        if (!may_shrink(r, i))
            continue;
        more = more > room ? room : more;
        r->columns[i].width += more > 0 ? more : 0;
        room -= more > 0 ? more : 0;
        wish += is_text(column_of(r, i)) ? liked(r, i) : 0;
    }
    for (size_t i = 0; i < r->view.n_columns && wish > 0; i++) {
        int like = may_shrink(r, i) && is_text(column_of(r, i)) ? liked(r, i) : 0;
        int more = room < wish ? room * like / wish : like;

        r->columns[i].width += more;
        room -= more;
        wish -= like;
    }
}

// Where not all columns fit, as many as do get what they need, and those of them that are texts
// share what is left by how much more they would like.
static void fit_columns(struct results_pane *r, int w)
{
    size_t n = r->view.n_columns, k = 0;
    int room = w - row_gutter(true) + 1, all = 0, wish = 0;

    for (size_t i = 0; i < n; i++) {
        r->columns[i].width = liked(r, i);
        r->columns[i].heading = heading_of(column_of(r, i), liked(r, i));
        all += liked(r, i) + GAP;
    }
    if (all <= room) {
        spread(r, room - all);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        r->columns[i].width = least(r, i, w);
        r->columns[i].heading = heading_of(column_of(r, i), r->columns[i].width);
        if (k == i && r->columns[i].width + GAP <= room) {
            room -= r->columns[i].width + GAP;
            wish += wish_of(r, i);
            k++;
        }
    }
    for (size_t i = 0; i < k && wish > 0; i++) {
        int more = wish_of(r, i), part = room < wish ? room * more / wish : more;

        r->columns[i].width += part;
        room -= part;
        wish -= more;
    }
}

static bool in_range(const struct results_pane *r, size_t row)
{
    const struct table_view *v = &r->view;
    size_t low = v->anchor < v->rows.at ? v->anchor : v->rows.at;
    size_t high = v->anchor < v->rows.at ? v->rows.at : v->anchor;

    return v->ranging && row >= low && row <= high;
}

// The day where there is room for it: which month it is tells too little of what ends soon.
static char *owned_shown(struct results_pane *r, struct row_note note, enum role *role)
{
    int64_t now = desk_utc_ms(r->pane.desk);

    return r->narrow ? owned_text(note, now, r->extra, role) : owned_day_text(note, r->extra, role);
}

static int owned_width(const struct area *a)
{
    return a->w - GAP - GAP - COST_WIDTH;
}

static void say_extra(struct results_pane *r, struct area a, int y, const struct row_note *note)
{
    struct str *said = area_said(a, y);
    enum role role;

    if (!said || !note)
        return;
    row_say_pair(said, "Owned until", owned_day_text(*note, r->extra, &role));
    row_say_pair(said, "Cost in credits",
                 cost_text(&r->pane.desk->results.entity->charging, *note, r->extra, &role));
}

static void draw_extra(struct results_pane *r, struct area a, int y, size_t row, bool focused)
{
    int owned = owned_width(&a);
    const struct desk *d = r->pane.desk;
    const struct row_note *note = table_note(d->results.table, row);
    bool at = row == r->view.rows.at;
    enum role whole = at ? row_role(true, focused) : in_range(r, row) ? ROLE_MARK : ROLE_TEXT;
    enum role role = ROLE_DIM;
    const char *dots = text_is_utf8() ? "\u00b7\u00b7\u00b7" : "...";

    area_fill(area_part(a, y, 0, 1, a.w), whole);
    if (note)
        (void)owned_shown(r, *note, &role);
    (void)area_text(a, y, GAP, owned, whole == ROLE_TEXT ? role : whole, note ? r->extra : dots);
    if (note)
        (void)cost_text(&d->results.entity->charging, *note, r->extra, &role);
    (void)area_text_right(a, y, GAP + owned + GAP, COST_WIDTH, whole == ROLE_TEXT ? role : whole,
                          note ? r->extra : dots);
    say_extra(r, a, y, note);
}

static void draw_extras(struct results_pane *r, struct area a, bool focused)
{
    struct area body = area_part(a, 1, 0, a.h - 1, a.w);

    size_t n = r->view.rows.n - r->view.rows.top;
    int y = 0;

    for (; y < body.h && (size_t)y < n; y++) {
        if (table_view_drew(&r->view, r->view.rows.top + (size_t)y))
            draw_extra(r, body, y, r->view.rows.top + (size_t)y, focused);
    }
    if (!r->view.drawn.whole)
        return;
    area_fill(area_part(a, 0, GAP, 1, a.w - GAP), ROLE_HEADER);
    (void)area_text(a, 0, GAP, owned_width(&a), ROLE_HEADER, "Owned");
    (void)area_text_right(a, 0, GAP + owned_width(&a) + GAP, COST_WIDTH, ROLE_HEADER, "Cost");
    area_fill(area_part(body, y, 0, body.h - y, body.w), ROLE_TEXT);
}

static int owned_most(const struct results_pane *r)
{
    return r->narrow ? OWNED_NARROW : OWNED_WIDTH;
}

// As wide as what was shown of this search so far.
static int owned_needed(struct results_pane *r, int h)
{
    const struct desk *d = r->pane.desk;

    for (size_t i = r->view.rows.top; i < r->view.rows.top + (size_t)h; i++) {
        const struct row_note *note = table_note(d->results.table, i);
        enum role role;
        int w = note ? text_width(owned_shown(r, *note, &role)) : 0;

        r->owned_w = w > r->owned_w ? w : r->owned_w;
    }
    if (r->owned_w < OWNED_LEAST)
        r->owned_w = OWNED_LEAST;
    return r->owned_w < owned_most(r) ? r->owned_w : owned_most(r);
}

void results_draw_table(struct results_pane *r, struct area a, bool focused)
{
    struct area table;
    int extras;

    r->narrow = a.w < SPARE;
    extras = GAP + (a.w < NARROW ? owned_needed(r, a.h) : OWNED_WIDTH) + GAP + COST_WIDTH;
    r->w = a.w > extras ? a.w - extras : 0;
    // The sign that there is more stands in the gap behind the table.
    table = area_part(a, 0, 0, a.h, r->w + GAP);
    fit_columns(r, r->w);
    if (r->pane.dirty || !r->pane.moved)
        table_view_draw(&r->view, table, focused);
    else
        table_view_draw_moved(&r->view, table, focused);
    draw_extras(r, area_part(a, 0, r->w, a.h, a.w - r->w), focused);
}
