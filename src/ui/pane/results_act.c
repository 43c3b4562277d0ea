// What the results pane does for commands. UI thread. Floor: ui/pane.
#include "ui/pane/results_pane.h"

#include <stdlib.h>

#include "base/count.h"
#include "base/mem.h"
#include "ui/pane/actions.h"

static const struct table *table_of(const struct pane *p)
{
    return p->desk->results.table;
}

static bool move(struct pane *p, const struct line *line, struct err *e)
{
    struct results_pane *r = results_of(p);
    size_t at = r->view.at;

    (void)e;
    (void)table_view_move(&r->view, action_move(line));
    if (r->view.at != at)
        table_view_reveal(&r->view, r->w);
    results_keep_place(r);
    return true;
}

static bool no_rows(struct err *e)
{
    return err_set(e, ERR_INVALID, "there is no fetched row here");
}

enum { RANGE_HERE = 1000 }; // rows that are marked at once, not in the background

static size_t range_rows(const struct results_pane *r)
{
    size_t from = r->view.anchor, to = r->view.rows.at;

    return (from < to ? to - from : from - to) + 1;
}

void results_end_range(struct results_pane *r, bool mark)
{
    char n[COUNT_MAX];
    size_t changed;

    r->view.ranging = false;
    r->pane.dirty = true;
    results_drop(r);
    if (!mark)
        return;
    if (range_rows(r) > RANGE_HERE) {
        desk_mark_range(r->pane.desk, r->view.anchor, r->view.rows.at);
        return;
    }
    changed = desk_mark(r->pane.desk, r->view.anchor, r->view.rows.at, true);
    host_say(r->pane.host, ROLE_TEXT, "%s more marked.", count_text((long long)changed, n));
}

static bool mark(struct pane *p, const struct line *line, struct err *e)
{
    struct results_pane *r = results_of(p);
    size_t at = r->view.rows.at;
    const char *id = table_of(p) ? table_id(table_of(p), at) : NULL;

    (void)line;
    if (r->view.ranging) {
        results_end_range(r, true);
        return true;
    }
    if (!id)
        return no_rows(e);
    (void)desk_mark(p->desk, at, at, !desk_marked(p->desk, id));
    if (table_view_move(&r->view, MOVE_DOWN))
        results_keep_place(r);
    p->dirty = true;
    return true;
}

static bool mark_range(struct pane *p, const struct line *line, struct err *e)
{
    struct results_pane *r = results_of(p);

    (void)line;
    if (r->view.ranging) {
        results_end_range(r, true);
        return true;
    }
    if (!table_of(p) || !table_rows(table_of(p)))
        return no_rows(e);
    r->view.ranging = true;
    r->view.anchor = r->view.rows.at;
    p->dirty = true;
    return true;
}

// The rows on the screen; where all of them are marked already, their marks go.
static bool mark_page(struct pane *p, const struct line *line, struct err *e)
{
    struct results_pane *r = results_of(p);
    size_t first = r->view.rows.top, n = (size_t)r->view.rows.h, rows;

    (void)line;
    rows = table_of(p) ? table_rows(table_of(p)) : 0;
    if (first >= rows || !n)
        return no_rows(e);
    n = first + n > rows ? rows - first : n;
    if (!desk_mark(p->desk, first, first + n - 1, true))
        (void)desk_mark(p->desk, first, first + n - 1, false);
    p->dirty = true;
    return true;
}

static bool back(struct pane *p, const struct line *line, struct err *e)
{
    struct results_pane *r = results_of(p);

    (void)line;
    if (r->view.ranging || r->view.moving) {
        results_end_range(r, false);
        results_drop(r);
        return true;
    }
    if (p->desk->results.found) {
        desk_find_forget(p->desk);
        return true;
    }
    if (p->desk->results.filter) {
        desk_filter_drop(p->desk);
        return true;
    }
    return action_up(e);
}

static bool find(struct results_pane *r, const char *text, int step, struct err *e)
{
    r->pane.dirty = true;
    return desk_find(r->pane.desk, text, step, e);
}

static bool find_text(struct pane *p, const struct line *line, struct err *e)
{
    struct str text = {0};
    bool ok;

    action_text(line, &text);
    ok = find(results_of(p), str_text(&text), 1, e);
    str_free(&text);
    return ok;
}

static bool find_next(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    return find(results_of(p), NULL, 1, e);
}

static bool find_prev(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    return find(results_of(p), NULL, -1, e);
}

static bool sort_up(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    return results_sort(results_of(p), results_of(p)->view.at, true, false, e);
}

static bool sort_down(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    return results_sort(results_of(p), results_of(p)->view.at, false, false, e);
}

// `sort COLUMN`: largest first for numbers, else smallest; without one as the server gave them.
static bool sort(struct pane *p, const struct line *line, struct err *e)
{
    const struct results *now = &p->desk->results;
    size_t column;
    struct str name = {0};
    bool ok = true;

    if (!table_of(p))
        return no_rows(e);
    action_text(line, &name);
    column = desk_column_find(now, str_text(&name));
    if (!name.len)
        desk_unsort(p->desk);
    else if (column != SIZE_MAX)
        ok = results_sort_column(results_of(p), column, !cell_is_number(desk_column(now, column)),
                                 e);
    else
        ok = err_set(e, ERR_INVALID, "there is no column \"%.60s\" to sort by", str_text(&name));
    str_free(&name);
    p->dirty = true;
    return ok;
}

static bool no_column(struct err *e)
{
    return err_set(e, ERR_INVALID, "there is no column here");
}

// From as wide as the column under the cursor is on the screen.
static bool resize(struct pane *p, int by, struct err *e)
{
    struct results_pane *r = results_of(p);

    if (!results_column(r, r->view.at))
        return no_column(e);
    desk_column_width(p->desk, r->view.at, r->columns[r->view.at].width + by);
    r->columns[r->view.at].width = results_column(r, r->view.at)->width; // before it is drawn again
    p->dirty = true;
    return true;
}

enum { WIDTH_STEP = 2 };

static bool wider(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    return resize(p, WIDTH_STEP, e);
}

static bool narrower(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    return resize(p, -WIDTH_STEP, e);
}

static bool pin(struct pane *p, const struct line *line, struct err *e)
{
    struct results_pane *r = results_of(p);
    const struct shown_column *c = results_column(r, r->view.at);

    (void)line;
    if (!c)
        return no_column(e);
    host_say(p->host, ROLE_TEXT, c->pinned ? "%s scrolls again." : "%s stays in sight: pinned.",
             r->columns[r->view.at].heading);
    desk_column_pin(p->desk, r->view.at, !c->pinned);
    p->dirty = true;
    return true;
}

// To where the next one stands, on the screen.
static bool move_column(struct pane *p, enum move to, const char *end, struct err *e)
{
    struct results_pane *r = results_of(p);
    struct table_view there = r->view;

    if (!results_column(r, r->view.at))
        return no_column(e);
    if (!table_view_move(&there, to))
        return err_set(e, ERR_INVALID, "it is the %s column already", end);
    desk_column_move(p->desk, r->view.at, there.at);
    results_fill_columns(r); // before it is drawn again
    results_take_place(r);
    return true;
}

static bool column_left(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    return move_column(p, MOVE_LEFT, "first", e);
}

static bool column_right(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    return move_column(p, MOVE_RIGHT, "last", e);
}

// What is copied is the value itself, whatever mask lies over it.
static const char *raw_cell(const struct results_pane *r, size_t at)
{
    const struct shown_column *c = results_column(r, at);

    return c && table_of(&r->pane) ? desk_cell(r->pane.desk, r->view.rows.at, c->column) : NULL;
}

static bool copy_cell(struct pane *p, const struct line *line, struct err *e)
{
    struct results_pane *r = results_of(p);
    const char *text = raw_cell(r, r->view.at);

    (void)line;
    if (!text)
        return no_rows(e);
    copy_told(p->desk, p->host, text, r->columns[r->view.at].heading);
    return true;
}

static bool detail(struct pane *p, const struct line *line, struct err *e)
{
    const struct results *now = &p->desk->results;
    const char *id = now->table ? table_id(now->table, results_of(p)->view.rows.at) : NULL;

    (void)line;
    if (!id)
        return no_rows(e);
    desk_detail(p->desk, id);
    host_open(p->host, "detail");
    return true;
}

// What did not come is asked for again: pages, else the search itself.
static bool refresh(struct pane *p, const struct line *line, struct err *e)
{
    struct results_pane *r = results_of(p);

    (void)line;
    if (table_of(p) && desk_look_again(p->desk)) {
        r->looked_n = 0;
        p->dirty = true;
        return true;
    }
    return p->desk->results.err.kind == ERR_NONE ? action_up(e) : desk_search(p->desk, e);
}

const struct pane_action results_actions[] = {
    MOVES_TO(move),
    {"mark", mark},
    {"mark-range", mark_range},
    {"mark-page", mark_page},
    {"back", back},
    {"find", find_text},
    {"find-next", find_next},
    {"find-prev", find_prev},
    {"sort", sort},
    {"sort-up", sort_up},
    {"sort-down", sort_down},
    {"wider", wider},
    {"narrower", narrower},
    {"pin", pin},
    {"column-left", column_left},
    {"column-right", column_right},
    {"copy-cell", copy_cell},
    {"copy-row", results_copy_row},
    {"copy-marked", results_copy_marked},
    {"sort-up-more", results_sort_up_more},
    {"sort-down-more", results_sort_down_more},
    {"filter-rows", results_filter},
    {"all-rows", results_all_rows},
    {"group", results_group},
    {"goto", results_goto},
    {"mark-same", results_mark_same},
    {"choose", detail},
    {"detail", detail},
    {"refresh", refresh},
    {NULL, NULL},
};

// Where no row is shown there may be some again; what is marked is there anyway.
bool results_offers(const struct pane *p, const char *command)
{
    const struct results *now = &p->desk->results;

    return (now->table && table_rows(now->table)) || str_eq(command, "back") ||
           str_eq(command, "copy-marked") || str_eq(command, "refresh") ||
           (now->filter && str_eq(command, "all-rows"));
}
