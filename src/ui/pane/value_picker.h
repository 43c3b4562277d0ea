// The values of a lookup or choice filter, to choose from. UI thread. Floor: ui/pane.
#ifndef LODE_UI_PANE_VALUE_PICKER_H
#define LODE_UI_PANE_VALUE_PICKER_H

#include "model/entity.h"
#include "ui/pane/pane.h"

// A popup for host_popup(). input: the one that includes or its exclude twin, of the entity whose
// filters are being built.
struct pane *value_picker_open(struct desk *desk, struct host *host, const struct input *input);
// Why an input's values cannot be excluded, in *e; true where they can.
bool can_exclude(const struct entity *entity, const struct input *input, struct err *e);

#endif
