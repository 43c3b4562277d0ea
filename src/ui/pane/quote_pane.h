// The quote pane's own state, shared by the files it is made of. UI thread. Floor: ui/pane.
#ifndef LODE_UI_PANE_QUOTE_PANE_H
#define LODE_UI_PANE_QUOTE_PANE_H

#include "ui/pane/money.h"
#include "ui/pane/pane.h"
#include "ui/widget/dialog.h"
#include "ui/widget/table_view.h"

enum { QUOTE_LABEL_MAX = 48, QUOTE_BELOW_BUTTONS = 3 };

// A stale quote has BUTTON_AGAIN in the place of all but Cancel.
enum { BUTTON_CANCEL, BUTTON_TRY, BUTTON_BUY, BUTTON_TRIM, BUTTONS, BUTTON_AGAIN = BUTTON_TRY };

enum { COLUMN_RECORD, COLUMN_STANDING, COLUMN_CREDITS, QUOTE_COLUMNS };

struct quote_pane {
    struct pane pane;
    struct table_view view;
    struct table_column columns[QUOTE_COLUMNS];
    struct buttons buttons;
    char labels[BUTTONS][QUOTE_LABEL_MAX];
    char cell[SPAN_MAX * 2];
    const char *reason; // why nothing can be bought now, or NULL
    long long cap;      // credits the purchase was trimmed to, -1: not trimmed
    int64_t quoted_ms;  // of the quote that is shown
    int64_t wake_ms;    // when it looks at the ledger again
    int buttons_y;      // where they were drawn last
    int w;
};

static inline struct quote_pane *quote_of(struct pane *p)
{
    return (struct quote_pane *)p;
}

static inline const struct buying *buying_of(const struct quote_pane *q)
{
    return &q->pane.desk->buying;
}

// Is there a quote to look at?
static inline bool has_quote(const struct buying *b)
{
    return b->quoted.standings && (b->state == BUYING_QUOTED || b->state == BUYING_STALE);
}

// quote_act.c
// What the buttons say and which of them can be pressed, as the desk stands now.
void quote_label(struct quote_pane *q);
// What a purchase may cost: the price, or what it was trimmed to.
long long quote_top(const struct quote_pane *q);
// Appends what stands in the way of more: "the account has 4".
void quote_add_let(const struct desk *d, long long credits, struct str *out);
// Appends what a trimmed purchase leaves out, and why; nothing where it leaves nothing out.
void quote_add_left(const struct quote_pane *q, struct str *out);
extern const struct pane_action quote_actions[];
bool quote_offers(const struct pane *p, const char *command);
bool quote_event(struct pane *p, const struct event *ev);

#endif
