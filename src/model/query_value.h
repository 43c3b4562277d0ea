// One value of a filter: split off a line, checked by its kind. For query*.c.
// Floor: model.
#ifndef LODE_MODEL_QUERY_VALUE_H
#define LODE_MODEL_QUERY_VALUE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "model/query.h"

// Adds the values of text, which begins at *at, to the filter, settled. Where the input takes
// several: parted by commas, each may stand in double quotes with "" for one inside; empty ones are
// left out. false: *at is where the value at fault begins.
bool values_read(struct filter *f, const char *text, struct query_place *at, struct err *e);
// Checks a value and writes it as the wire wants it (yes: true; pastandpresent: pastAndPresent).
bool value_settle(const struct input *input, char **value, struct err *e);
// Takes over one whole value, and returns it with double quotes around it where a word in it would
// be read as an operator of this input.
char *value_phrase(const struct input *input, char *value);
// Characters of UTF-8 text, as the API counts them.
size_t value_characters(const char *text);
// Appends a value so that values_read() reads it back as one.
void value_quote(const char *value, struct str *out);
// Text from outside made harmless and short, for a message. The caller frees it.
char *value_shown(const char *text);
// ERR_INVALID: the label, the value harmlessly quoted, why.
bool value_refuse(const struct input *input, const char *value, const char *why, struct err *e);

#endif
