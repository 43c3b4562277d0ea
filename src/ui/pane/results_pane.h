// The results pane's own state, shared by the files it is made of. UI thread. Floor: ui/pane.
#ifndef LODE_UI_PANE_RESULTS_PANE_H
#define LODE_UI_PANE_RESULTS_PANE_H

#include "ui/pane/cells.h"
#include "ui/pane/money.h"
#include "ui/pane/pane.h"
#include "ui/widget/table_view.h"

enum { DRAG_NONE, DRAG_ROWS, DRAG_EDGE, DRAG_HEADING };

struct results_pane {
    struct pane pane;
    struct table_view view;
    struct table_column *columns; // owned; room for those of any entity
    char cell[CELL_MAX], extra[SPAN_MAX];
    int w;       // of the table as drawn last, without what is owned and what it costs
    int owned_w; // what is owned takes so much of it
    bool narrow; // there is no room for the day until when
    int drag;    // DRAG_*: what the mouse holds
    // Of a heading or an edge: the columns of view.held and view.onto, as the entity numbers them.
    const struct entity *drag_entity;
    size_t held, onto;
    int drag_x, drag_width; // where the edge was taken, and how wide the column was
    int beyond; // so many rows below the last one shown, or above the first (< 0), rows are dragged
    struct marks_sums sums;
    struct str implied;         // by the filters, of every row
    size_t looked_at, looked_n; // rows the desk was asked for last; n 0: none
    int64_t asked_ms;           // of the search these rows are from
    size_t rows;                // how many places it had
    size_t arranged;            // and how often they were put in another order
};

static inline struct results_pane *results_of(struct pane *p)
{
    return (struct results_pane *)p;
}

// results_table.c
// Column number `at` of those shown, or NULL.
const struct shown_column *results_column(const struct results_pane *r, size_t at);
// For table_source: the text of a cell as it is shown; NULL where the row is not fetched.
size_t results_rows(void *self);
const char *results_cell(void *self, size_t row, size_t column, enum role *role);
const char *results_sign(void *self, size_t row, enum role *role);
// The columns as the desk has them now.
void results_fill_columns(struct results_pane *r);
void results_draw_table(struct results_pane *r, struct area a, bool focused);

// results.c
// The view's cursor and window become the desk's, and the other way round.
void results_keep_place(struct results_pane *r);
void results_take_place(struct results_pane *r);

// results_act.c
// Sorts by a column: in that order, or back where it is so already. more: behind the keys that are
// there.
bool results_sort(struct results_pane *r, size_t at, bool ascending, bool more, struct err *e);
bool results_sort_column(struct results_pane *r, size_t column, bool ascending, struct err *e);
// The marks of the range that was begun; it ends.
void results_end_range(struct results_pane *r, bool mark);

extern const struct pane_action results_actions[];
bool results_offers(const struct pane *p, const char *command);

// results_more.c: of the table.
// The server's name for an order by this column, or NULL.
const char *results_server_order(const struct results *now, size_t column);
bool results_sort_up_more(struct pane *p, const struct line *line, struct err *e);
bool results_sort_down_more(struct pane *p, const struct line *line, struct err *e);
bool results_filter(struct pane *p, const struct line *line, struct err *e);
bool results_all_rows(struct pane *p, const struct line *line, struct err *e);
bool results_group(struct pane *p, const struct line *line, struct err *e);
bool results_goto(struct pane *p, const struct line *line, struct err *e);
bool results_mark_same(struct pane *p, const struct line *line, struct err *e);
bool results_copy_row(struct pane *p, const struct line *line, struct err *e);
bool results_copy_marked(struct pane *p, const struct line *line, struct err *e);

// results_mouse.c
// What is held is let go where it was.
void results_drop(struct results_pane *r);
// Where the columns may have changed: what is held stays the same column, or is let go.
void results_hold(struct results_pane *r);
bool results_event(struct pane *p, const struct event *ev);
// Goes on with rows that are dragged beyond those that are shown.
void results_woken(struct pane *p);

#endif
