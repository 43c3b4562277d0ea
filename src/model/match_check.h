// Values of enrich inputs: whether they are worth sending, and what makes two of them the same.
// Pure functions. Floor: model.
#ifndef LODE_MODEL_MATCH_CHECK_H
#define LODE_MODEL_MATCH_CHECK_H

#include "base/str.h"
#include "model/entity.h"

// NULL, or what is wrong with a value that is not empty: "has no @".
const char *match_check(enum match_check check, const char *value);
// Appends the value as it is compared.
void match_fold(enum match_check check, const char *value, struct str *out);

#endif
