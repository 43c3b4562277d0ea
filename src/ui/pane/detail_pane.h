// The detail pane's own state, shared by the files it is made of. UI thread. Floor: ui/pane.
#ifndef LODE_UI_PANE_DETAIL_PANE_H
#define LODE_UI_PANE_DETAIL_PANE_H

#include "base/vec.h"
#include "ui/pane/cells.h"
#include "ui/pane/pane.h"
#include "ui/pane/record_act.h"
#include "ui/widget/form.h"

enum { DETAIL_NOTE_MAX = 80 };

// A heading, a field by its number, or a column that was not bought. Numbers, since the desk may
// have other fields by the time a key comes.
struct detail_row {
    const char *heading;                   // a literal; of a heading
    size_t field, head;                    // head: the row of the section's first field
    const struct column *missing, *column; // column: of a field, as it was when the row was made
};

struct detail_pane {
    struct pane pane;
    struct form form;
    VEC(struct detail_row) rows;
    char *id; // whose rows these are; owned
    struct str found;
    struct record_wait wait;
    char value[CELL_MAX], note[DETAIL_NOTE_MAX], heading[DETAIL_NOTE_MAX * 2];
};

static inline struct detail_pane *detail_of(struct pane *p)
{
    return (struct detail_pane *)p;
}

// detail.c
// The field of a row, or NULL.
const struct detail_field *detail_field_of(const struct detail_pane *d, size_t i);
// For form_source: what stands in row i.
struct form_field detail_row_at(void *self, size_t i);

// detail_act.c
extern const struct pane_action detail_actions[];
bool detail_offers(const struct pane *p, const char *command);
bool detail_event(struct pane *p, const struct event *ev);

#endif
