// Which output fields to buy, with what the account may have. UI thread. Floor: ui/pane.
#ifndef LODE_UI_PANE_FIELDS_PICKER_H
#define LODE_UI_PANE_FIELDS_PICKER_H

#include "ui/pane/pane.h"

// A popup for host_popup(): Enter quotes the marked records for the chosen fields.
struct pane *fields_picker_open(struct desk *desk, struct host *host);

#endif
