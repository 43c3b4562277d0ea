// The filters pane's own state, shared by the files it is made of. UI thread. Floor: ui/pane.
#ifndef LODE_UI_PANE_FILTERS_PANE_H
#define LODE_UI_PANE_FILTERS_PANE_H

#include "base/str.h"
#include "ui/pane/filter_rows.h"
#include "ui/pane/pane.h"
#include "ui/widget/form.h"

struct filters_pane {
    struct pane pane;
    struct form form;
    struct filter_rows rows;
    const struct entity *entity;       // whose inputs the rows are
    const struct desk_fields *account; // what it says of them
    struct str label, value;           // of the row asked for last
    struct str stale, about;           // as drawn last
    struct str many;                   // how many values, where they are too many to show
};

static inline struct filters_pane *filters_of(struct pane *p)
{
    return (struct filters_pane *)p;
}

// The row under the cursor.
static inline const struct filter_row *row_here(const struct filters_pane *f)
{
    return &f->rows.items[f->form.scroll.at < f->rows.n ? f->form.scroll.at : 0];
}

// Its input, or NULL.
static inline const struct input *input_here(const struct filters_pane *f)
{
    return row_here(f)->input;
}

// May the account not search by it?
static inline bool is_denied(const struct filters_pane *f, const struct input *in)
{
    return desk_fields_name(&f->account->denied, in->name);
}

// filters.c
// Values as they were given; flags as people say them.
const char *filter_told(const struct input *in, const char *text);
// The rows as the desk's filters are now; the cursor stays on its input.
void filters_refill(struct filters_pane *f);

// filters_paste.c
// A paste onto the input under the cursor: text for its line, a list, or a sentence on why not.
void filters_paste(struct filters_pane *f, const struct event *ev);

// filters_act.c
// May the account search by it? false: that was said.
bool filters_granted(struct filters_pane *f, const struct input *in);
// What Enter does on it, by what it takes; false: the account may not, which was said.
bool filters_choose(struct filters_pane *f, const struct input *in);
// Its list of values, on top.
struct pane *filters_pick(struct filters_pane *f, const struct input *in);
extern const struct pane_action filters_actions[];
bool filters_offers(const struct pane *p, const char *command);
bool filters_event(struct pane *p, const struct event *ev);

#endif
