// The filters pane's own state, shared by the files it is made of. UI thread. Floor: ui/pane.
#ifndef LODE_UI_PANE_FILTERS_PANE_H
#define LODE_UI_PANE_FILTERS_PANE_H

#include "base/str.h"
#include "ui/pane/filter_rows.h"
#include "ui/pane/pane.h"
#include "ui/widget/form.h"

// The rows: what is looked for, the inputs, adding another one, searching.
enum { BEFORE_INPUTS = 1, AROUND_INPUTS = 3 };

struct filters_pane {
    struct pane pane;
    struct form form;
    struct filter_rows rows;
    const struct entity *entity; // whose inputs the rows are
    struct str value;            // of the row asked for last
};

static inline struct filters_pane *filters_of(struct pane *p)
{
    return (struct filters_pane *)p;
}

static inline size_t add_row(const struct filters_pane *f)
{
    return f->rows.n + BEFORE_INPUTS;
}

static inline size_t search_row(const struct filters_pane *f)
{
    return add_row(f) + 1;
}

// The input of a row, or NULL.
static inline const struct input *input_at(const struct filters_pane *f, size_t row)
{
    return row >= BEFORE_INPUTS && row < add_row(f) ? f->rows.inputs[row - BEFORE_INPUTS] : NULL;
}

// That of the row under the cursor.
static inline const struct input *input_here(const struct filters_pane *f)
{
    return input_at(f, f->form.scroll.at);
}

// filters.c
// Values as they were given; flags as people say them.
const char *filter_told(const struct input *in, const char *text);
// The rows as the desk's filters are now; the cursor stays on its input.
void filters_refill(struct filters_pane *f);

// filters_act.c
extern const struct pane_action filters_actions[];
bool filters_event(struct pane *p, const struct event *ev);

#endif
