// Named lists of columns with headings, for exports: shipped ones and a person's own. Floor: flow.
#ifndef LODE_FLOW_PRESET_H
#define LODE_FLOW_PRESET_H

#include <stdbool.h>

#include "base/err.h"
#include "base/str.h"
#include "model/entity.h"

// The preset as a list of columns: "firstName=First Name,?mobilePhone=Mobile"; one with a ? is left
// out where rows have no such column. "plain" gives none: the usual columns under their own names.
// ERR_NOT_FOUND names those there are.
bool preset_get(const char *name, const struct entity *entity, struct str *out, struct err *e);
// Keeps such a list under a name of letters, digits, - and _, a column a line. ERR_EXISTS where
// the name is taken and replace is false, ERR_INVALID where it is none or a shipped one's.
bool preset_save(const char *name, const char *columns, bool replace, struct err *e);
// Takes one of a person's own away. ERR_INVALID where it is a shipped one.
bool preset_drop(const char *name, struct err *e);
// The names there are, "|" between.
void preset_names(struct str *out);

#endif
