// One request in full, as a popup; and to the clipboard. UI thread. Floor: ui/pane.
#ifndef LODE_UI_PANE_REQUEST_H
#define LODE_UI_PANE_REQUEST_H

#include <stdint.h>

#include "ui/pane/pane.h"

// For host_popup(). number: of the trace's line; 0 is none.
struct pane *request_open(struct desk *desk, struct host *host, uint64_t number);
// As a curl command with $TOKEN; the answer's body. ERR_NOT_FOUND where it is not kept.
bool request_copy_curl(struct desk *d, struct host *h, uint64_t number, struct err *e);
bool request_copy_body(struct desk *d, struct host *h, uint64_t number, struct err *e);

#endif
