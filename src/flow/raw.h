// One free request as it stands, for the curious. Floor: flow.
#ifndef LODE_FLOW_RAW_H
#define LODE_FLOW_RAW_H

#include <stdbool.h>

#include "base/str.h"
#include "flow/app.h"

// Sends method path with a JSON body ("" for none); the answer's bytes go to *out and its status to
// *status, a refusal's too (false then, with *e). What charges, or is no operation of the API, is
// ERR_REFUSED before anything is sent.
bool raw_call(struct app *a, const char *method, const char *path, const char *body, int *status,
              struct str *out, struct err *e);

#endif
