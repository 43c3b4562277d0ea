// Panes over the ledger keep up with it while something is bought. UI thread. Floor: ui/pane.
#ifndef LODE_UI_PANE_LEDGER_PACE_H
#define LODE_UI_PANE_LEDGER_PACE_H

#include "ui/pane/pane.h"

// The pane was painted: while something is bought the ledger is read again each second, else nobody
// is woken. *wake_ms is the pane's: when it looks again by itself, 0 at first.
void ledger_pace(struct pane *p, int64_t *wake_ms);

#endif
