// A file of people or companies to be quoted, as a popup. UI thread. Floor: ui/pane.
#ifndef LODE_UI_PANE_IMPORT_H
#define LODE_UI_PANE_IMPORT_H

#include "ui/pane/pane.h"

// NULL with *e where the file cannot be taken.
struct pane *import_popup(struct desk *desk, struct host *host, const char *path, struct err *e);

#endif
