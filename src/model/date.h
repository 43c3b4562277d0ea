// Dates as the wire has them (FACTS "Value quirks") and as people get them. Pure. Floor: model.
#ifndef LODE_MODEL_DATE_H
#define LODE_MODEL_DATE_H

#include <stdbool.h>
#include <stddef.h>

enum { DATE_MAX = 24 };

// Any of the wire's forms as "2020-07-14" or "2020-07-14 15:05"; false (out untouched) for text
// that is no date ("Notice not required", "").
bool date_normal(const char *wire, char out[static DATE_MAX]);
// YYYY-MM-DD of a real day.
bool date_valid(const char *text);

#endif
