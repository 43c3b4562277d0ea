// An object of any shape as paths and texts, for files that people bring. Any thread. Floor: api.
#ifndef LODE_API_FLAT_H
#define LODE_API_FLAT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

// Gives each value of the object in bytes: its path ("company.name") and its text, as cells of rows
// are written; what lists hold is joined, objects in lists stay JSON. false: it is no JSON object.
bool flat_object(const char *bytes, size_t len,
                 void (*each)(void *self, const char *path, const char *text), void *self,
                 struct err *e);

#endif
