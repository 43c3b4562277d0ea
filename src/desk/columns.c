// How the rows are shown: columns, local order, where the cursor is, what they are a part of. UI
// thread. Floor: desk.
#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/mem.h"
#include "base/text.h"
#include "desk/inside.h"

enum { WIDTH_MIN = 3, WIDTH_MAX = 200 };

// Those of the catalogue's usual selection, the id last.
void columns_usual(struct results *r)
{
    const struct search_operation *op = &r->entity->search;
    size_t id = op->n_columns;

    free(r->shown);
    r->shown = mem_array(op->n_columns, sizeof(*r->shown));
    r->n_shown = 0;
    for (size_t i = 0; i < op->n_columns; i++) {
        const struct column *c = &op->columns[i];

        if (str_eq(c->path, r->entity->id_path))
            id = i;
        else if (c->marks & COLUMN_SHOWN)
            r->shown[r->n_shown++] = (struct shown_column){.column = i, .width = c->width};
    }
    if (id < op->n_columns)
        r->shown[r->n_shown++] =
            (struct shown_column){.column = id, .width = op->columns[id].width};
}

static void changed(struct desk *d)
{
    session_touch(d);
    desk_changed(d, DESK_RESULTS);
}

static void columns_changed(struct desk *d, struct results *r)
{
    r->at = r->at < r->n_shown ? r->at : r->n_shown - 1;
    changed(d);
}

static int bounded(int width)
{
    return width < WIDTH_MIN ? WIDTH_MIN : width > WIDTH_MAX ? WIDTH_MAX : width;
}

bool columns_show(struct results *r, size_t column, int width, bool pinned)
{
    for (size_t i = 0; i < r->n_shown; i++) {
        if (r->shown[i].column == column)
            return false;
    }
    r->shown = mem_regrow(r->shown, desk_n_columns(r), sizeof(*r->shown));
    r->shown[r->n_shown++] =
        (struct shown_column){.column = column,
                              .width = bounded(width ? width : desk_column(r, column)->width),
                              .pinned = pinned};
    return true;
}

static bool check(const struct results *r, const struct shown_column *shown, size_t n,
                  struct err *e)
{
    if (n == 0)
        return err_set(e, ERR_INVALID, "one column at least is shown");
    for (size_t i = 0; i < n; i++) {
        if (shown[i].column >= desk_n_columns(r))
            return err_set(e, ERR_INVALID, "%s have no such column", r->entity->plural);
        for (size_t k = 0; k < i; k++) {
            if (shown[k].column == shown[i].column)
                return err_set(e, ERR_INVALID, "%s is shown already",
                               desk_column(r, shown[i].column)->heading);
        }
    }
    return true;
}

static bool swap(struct desk *d, struct seat *s, struct undo_step *step, struct err *e)
{
    struct results *r = seat_face(d, s).results;
    struct shown_column *items = r->shown;
    size_t n = r->n_shown, at = r->at;

    (void)e;
    r->shown = step->columns.items;
    r->n_shown = step->columns.n;
    r->at = step->columns.at;
    step->columns.items = items;
    step->columns.n = n;
    step->columns.at = at;
    columns_changed(d, r);
    return true;
}

static void release(struct undo_step *step)
{
    free(step->columns.items);
}

static const struct undo_kind kind = {"results", swap, release};

// Takes the place of what is shown, with the cursor on number at, as a step that can be undone.
static void show(struct desk *d, struct shown_column *items, size_t n, size_t at, const char *what)
{
    struct results *r = &d->results;
    struct undo_step step = {.kind = &kind};

    step.columns.items = r->shown;
    step.columns.n = r->n_shown;
    step.columns.at = r->at;
    r->shown = items;
    r->n_shown = n;
    r->at = at;
    undo_push(desk_seat(d), step, "the %s", what);
    columns_changed(d, r);
}

bool desk_columns(struct desk *d, const struct shown_column *shown, size_t n, struct err *e)
{
    struct shown_column *copy;

    if (!check(&d->results, shown, n, e))
        return false;
    copy = mem_dup(shown, n * sizeof(*shown));
    for (size_t i = 0; i < n; i++)
        copy[i].width = bounded(copy[i].width);
    show(d, copy, n, d->results.at, "change of the columns");
    return true;
}

static struct shown_column *copy_shown(const struct results *r)
{
    return mem_dup(r->shown, r->n_shown * sizeof(*r->shown));
}

// Dragging a border sets a width many times: what is undone is the last set of columns.
void desk_column_width(struct desk *d, size_t at, int width)
{
    if (at >= d->results.n_shown)
        return;
    d->results.shown[at].width = bounded(width);
    columns_changed(d, &d->results);
}

void desk_column_pin(struct desk *d, size_t at, bool pinned)
{
    struct shown_column *copy;

    if (at >= d->results.n_shown || d->results.shown[at].pinned == pinned)
        return;
    copy = copy_shown(&d->results);
    copy[at].pinned = pinned;
    show(d, copy, d->results.n_shown, d->results.at, "change of a column's pin");
}

// As they stand on the screen: pinned columns, then the others; at: that column's place there.
static struct shown_column *on_screen(const struct results *r, size_t *at, size_t *to)
{
    struct shown_column *items = mem_array(r->n_shown, sizeof(*items));
    size_t n = 0, from = *at, onto = *to;

    for (int pinned = 1; pinned >= 0; pinned--) {
        for (size_t i = 0; i < r->n_shown; i++) {
            if (r->shown[i].pinned != (pinned == 1))
                continue;
            *at = i == from ? n : *at;
            *to = i == onto ? n : *to;
            items[n++] = r->shown[i];
        }
    }
    return items;
}

void desk_column_move(struct desk *d, size_t at, size_t to)
{
    struct results *r = &d->results;
    struct shown_column *items, moved;

    if (at == to || at >= r->n_shown || to >= r->n_shown)
        return;
    moved = r->shown[at];
    moved.pinned = r->shown[to].pinned;
    items = on_screen(r, &at, &to);
    if (at < to)
        memmove(&items[at], &items[at + 1], (to - at) * sizeof(*items));
    else
        memmove(&items[to + 1], &items[to], (at - to) * sizeof(*items));
    items[to] = moved;
    show(d, items, r->n_shown, to, "move of a column");
}

void desk_place(struct desk *d, size_t place, size_t top, size_t at, size_t left)
{
    struct results *r = &d->results;

    if (!r->table) // rows of the session before may still come, with their place
        return;
    if (r->place == place && r->top == top && r->at == at && r->left == left)
        return;
    r->place = place;
    r->top = top;
    r->at = at;
    r->left = left;
    session_touch(d);
    desk_changed(d, DESK_PLACE);
}

void desk_go_to(struct desk *d, size_t place)
{
    struct results *r = &d->results;

    if (!r->table || place >= table_rows(r->table))
        return;
    r->place = place;
    changed(d);
}

static void add_fetched(const struct results *r, struct str *out)
{
    long long fetched = (long long)table_fetched(r->table);
    char a[COUNT_MAX], b[COUNT_MAX], hits[COUNT_WORDS_MAX];

    if (r->gathered && fetched != r->hits)
        str_addf(out, "put together %s of %s", count_text(fetched, a),
                 r->hits < 0 ? "?" : count_text(r->hits, b));
    else if (r->reach && fetched >= (long long)table_places(r->table))
        str_addf(out, "capped at %s of %s", count_text(fetched, a), count_text(r->hits, b));
    else if (r->reach || r->hits < 0 || table_places(r->table) > table_fetched(r->table))
        str_addf(out, "fetched %s of %s", count_text(fetched, a),
                 r->hits < 0 ? "?" : count_text(r->hits, b));
    else
        str_addf(out, "%s%s", fetched == 1 ? "" : "all ", count_words(fetched, "hit", hits));
}

static void add_filter(const struct results *r, int most, struct str *out)
{
    const struct column *c = r->filter_column == SIZE_MAX ? NULL : desk_column(r, r->filter_column);
    const char *text = r->filter_text;
    char n[COUNT_WORDS_MAX], *clean;

    if (!r->filter)
        return;
    str_addf(out, "%s with ", count_words((long long)table_rows(r->table), "row", n));
    if (c)
        str_addf(out, "%s = ", c->heading);
    if (c && c->type == COLUMN_FLAG)
        text = str_eq_case(text, "true") ? "yes" : str_eq_case(text, "false") ? "no" : text;
    clean = text_cleaned(text);
    str_add_char(out, '"');
    text_fit(clean, most, false, out);
    str_add(out, "\" of ");
    free(clean);
}

void desk_basis_ageless(const struct desk *d, int most, struct str *out)
{
    if (!d->results.table)
        return;
    add_filter(&d->results, most, out);
    add_fetched(&d->results, out);
}

void desk_basis(const struct desk *d, struct str *out)
{
    char when[CLOCK_ISO_MAX];

    desk_basis_ageless(d, BASIS_TEXT, out);
    if (d->results.table && d->results.kept)
        str_addf(out, ", as of %.16sZ", clock_iso(d->results.asked_ms, when));
}
