// A list of values that was pasted or loaded for one filter: what of it can be sent and what not,
// what it costs, which of them are found. UI thread. Floor: ui/pane.
#ifndef LODE_UI_PANE_VALUES_LOAD_H
#define LODE_UI_PANE_VALUES_LOAD_H

#include "ui/pane/pane.h"

// Begins to read the text, and shows a popup with what comes of it.
void values_load_text(struct desk *desk, struct host *host, const struct input *input,
                      const char *text, size_t len);
// The same of a file: PATH, or PATH:COLUMN of a table.
void values_load_file(struct desk *desk, struct host *host, const struct input *input,
                      const char *path);
// Where this is a paste of a list: shows what comes of it in the place of the popup. false: it is
// none.
bool values_load_instead(struct pane *popup, const struct input *input, const struct event *ev);
// Is this paste a list, of which the input takes several? More than one line, or one line with
// commas that no single value could be as long as.
bool values_load_wanted(const struct input *input, const struct event *ev);

#endif
