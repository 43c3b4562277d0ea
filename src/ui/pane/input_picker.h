// Every field that can be filtered by, to choose one from. UI thread. Floor: ui/pane.
#ifndef LODE_UI_PANE_INPUT_PICKER_H
#define LODE_UI_PANE_INPUT_PICKER_H

#include "model/entity.h"
#include "ui/pane/pane.h"

// A popup for host_popup(); chosen gets the input and owner, which must outlive the popup.
struct pane *input_picker_open(struct desk *desk, struct host *host,
                               void (*chosen)(struct pane *owner, const struct input *input),
                               struct pane *owner);

#endif
