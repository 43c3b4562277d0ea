// A profile as text: lines of `name = value`. Any thread. Floor: flow.
#ifndef LODE_FLOW_PROFILE_TEXT_H
#define LODE_FLOW_PROFILE_TEXT_H

#include <stdbool.h>

#include "base/err.h"
#include "base/str.h"

struct profile;

// Fills p, whose name is set. A setting that is not known is passed over: a later Lode wrote it.
bool profile_parse(const char *text, struct profile *p, struct err *e);
void profile_print(const struct profile *p, struct str *out);

#endif
