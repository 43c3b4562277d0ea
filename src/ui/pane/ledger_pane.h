// The ledger pane's own state, shared by the files it is made of. UI thread. Floor: ui/pane.
#ifndef LODE_UI_PANE_LEDGER_PANE_H
#define LODE_UI_PANE_LEDGER_PANE_H

#include "ui/pane/write_file.h"
#include "ui/widget/table_view.h"

enum { LEDGER_CELL_MAX = 600, LEDGER_COLUMNS = 14 };

struct ledger_pane {
    struct pane pane;
    struct table_view view;
    struct table_column columns[LEDGER_COLUMNS]; // the last one takes part of what room there is
    uint64_t found;                              // of the rows shown
    size_t looked_at, looked_n;
    int64_t id;      // of the charge under the cursor; 0: none yet, the newest is next
    int64_t telling; // the charge that was asked for in full; 0: none
    uint64_t told;   // the number of the last one told
    uint64_t judged; // and of the last time the meters were asked
    bool judging;    // they were asked here
    struct write_file file;
    char cell[LEDGER_CELL_MAX];
    int y, w; // where the table was drawn last
    int64_t wake_ms;
};

static inline struct ledger_pane *ledger_of(struct pane *p)
{
    return (struct ledger_pane *)p;
}

// Notes which charge the cursor is on.
void ledger_remember(struct ledger_pane *l);

// ledger_words.c: a charge as sentences, with what became of each record. Appends.
void ledger_say(const struct desk *d, const struct charge_told *t, struct str *out);
// What the meters told of each call that was in doubt, with its records; resend: the key. Appends.
void ledger_say_judged(const struct desk *d, const char *resend, struct str *out);
// "0..4"; what is in doubt or under way may have cost anything up to what was quoted. Return buf.
const char *ledger_quoted(const struct ledger_row *row, char *buf, size_t size);
const char *ledger_charged(const struct ledger_row *row, char *buf, size_t size);

extern const struct pane_action ledger_actions[];
bool ledger_offers(const struct pane *p, const char *command);

#endif
