// The values of a list that the API gives only by query: technologies, by category, then vendor,
// then product. UI thread. Floor: ui/pane.
#ifndef LODE_UI_PANE_PRODUCT_PICKER_H
#define LODE_UI_PANE_PRODUCT_PICKER_H

#include "model/entity.h"
#include "ui/pane/pane.h"

// A popup for host_popup(). input: one whose lookup list has a query.
struct pane *product_picker_open(struct desk *desk, struct host *host, const struct input *input);

#endif
