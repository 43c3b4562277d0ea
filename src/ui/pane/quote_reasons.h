// Why each record of the quote costs what it costs. UI thread. Floor: ui/pane.
#ifndef LODE_UI_PANE_QUOTE_REASONS_H
#define LODE_UI_PANE_QUOTE_REASONS_H

#include "ui/pane/pane.h"

// A popup to read for host_popup(). There must be a quote. top: credits it may cost at most; what
// that leaves out is told first.
struct pane *quote_reasons_open(struct desk *desk, struct host *host, long long top);

#endif
