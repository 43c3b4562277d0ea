// The panes there are. What each does is its `about`; which commands it carries out, its `actions`.
// UI thread. Floor: ui/pane.
#ifndef LODE_UI_PANE_PANES_H
#define LODE_UI_PANE_PANES_H

#include "ui/pane/pane.h"

extern const struct pane_ops pane_filters, pane_results, pane_detail, pane_quote, pane_library,
    pane_usage, pane_ledger, pane_jobs, pane_log, pane_welcome, pane_doctor;

// Popups that a command opens: host_open(h, "export").
extern const struct pane_ops pane_columns, pane_export, pane_request, pane_profiles, pane_groups,
    pane_basket;
extern const struct pane_ops pane_searches, pane_recent, pane_changes, pane_waterfall, pane_parts;
// The same with rows to begin with, as a popup for host_popup().
struct pane *export_popup_of(struct desk *desk, struct host *host, enum export_what what);

// Commands that only panes carry out and that the frame's table has rows for besides those of
// moving, marking and money: add-filter, open-url, next-record, prev-record, fields (of a quote),
// copy-body (the answer of a request).

#endif
