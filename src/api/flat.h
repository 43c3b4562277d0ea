// An object of any shape as paths and texts, for files that people bring. Any thread. Floor: api.
#ifndef LODE_API_FLAT_H
#define LODE_API_FLAT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

// Gives each value of the object in bytes: its path ("company.name") and its text, as cells of rows
// are written; what lists hold is joined, objects in lists stay JSON. false: it is no JSON object.
bool flat_object(const char *bytes, size_t len,
                 void (*each)(void *self, const char *path, const char *text), void *self,
                 struct err *e);
// Appends what stands at path in a row kept as JSON, an object or a list of them: each path below
// it with its values ("company.name: A; B | toDate: ; 2025"), the nth of the nth element. Nothing
// where it is no JSON.
void flat_nested(const char *json, const char *path, struct str *out);

#endif
