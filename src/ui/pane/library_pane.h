// The library pane's own state, shared by the files it is made of. UI thread. Floor: ui/pane.
#ifndef LODE_UI_PANE_LIBRARY_PANE_H
#define LODE_UI_PANE_LIBRARY_PANE_H

#include "ui/pane/cells.h"
#include "ui/pane/money.h"
#include "ui/pane/pane.h"
#include "ui/pane/record_act.h"
#include "ui/pane/when.h"
#include "ui/widget/table_view.h"

// What stands in a column: a field that was bought, or what Lode knows of the record.
enum library_cell {
    LIBRARY_NAME,
    LIBRARY_UNTIL,
    LIBRARY_TAGS,
    LIBRARY_FIELD,
    LIBRARY_NOTICE,
    LIBRARY_NOTE,
    LIBRARY_FETCHED,
    LIBRARY_EARLIER,
    LIBRARY_SOURCE,
    LIBRARY_CELLS
};

struct library_column {
    enum library_cell cell;
    size_t field; // in entity->enrich.columns; of FIELD
};

struct library_pane {
    struct pane pane;
    struct table_view view;
    const struct entity *entity;  // whose columns these are
    struct library_column *which; // owned
    struct table_column *columns; // owned
    struct record_wait wait;
    char cell[CELL_MAX + WHEN_MAX];
    struct marks_sums sums;
    long long purging; // how many records a purge was asked about
    void (*purge_answered)(void *self, int button);
    uint64_t found; // of the rows shown
    size_t looked_at, looked_n;
    int w;
};

static inline struct library_pane *library_of(struct pane *p)
{
    return (struct library_pane *)p;
}

// library_table.c
size_t library_rows_of(void *self);
const char *library_cell(void *self, size_t row, size_t column, enum role *role);
const char *library_sign(void *self, size_t row, enum role *role);
// The columns of the entity that is looked at; widths stay where it is the same.
void library_fill_columns(struct library_pane *l);
// The columns there are, by number: n of them; each shown one in *out, in order (room for all).
size_t library_columns_all(const struct entity *entity);
struct library_column library_column_of(const struct entity *entity, size_t number);
const char *library_column_heading(const struct entity *entity, size_t number);
// Shows these from now on, also at the next start.
void library_set_columns(struct library_pane *l, const size_t *numbers, size_t n);
// The order as it stands, in the headings.
void library_show_order(struct library_pane *l);

// library_columns.c
// A popup for host_popup(): which columns are shown, in which order. l must outlive it.
struct pane *library_columns_open(struct library_pane *l);

// library_purge.c
// How many of what is looked at are past retention.
long long library_past(const struct desk *d);
// false with *e: none is set.
bool library_has_retention(const struct desk *d, struct err *e);
bool library_purge(struct pane *p, const struct line *line, struct err *e);
bool library_purge_past(struct pane *p, const struct line *line, struct err *e);

// library_act.c
// The record under the cursor; NULL: those that are marked are meant, or there is none.
const char *library_which(const struct library_pane *l);
extern const struct pane_action library_actions[];
bool library_offers(const struct pane *p, const char *command);

#endif
