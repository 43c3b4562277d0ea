// How the catalogue's files write a row. For contact.c, company.c and their like only. Floor:
// model.
#ifndef LODE_MODEL_ROWS_H
#define LODE_MODEL_ROWS_H

#include <limits.h>

#include "base/mem.h"
#include "model/entity.h"

// The start of an input's row: wire name, label, group, wire type, kind.
#define INPUT(n, l, g, w, k)                                                                       \
    .name = (n), .label = (l), .wire = WIRE_##w, .kind = INPUT_##k, .group = GROUP_##g

// Rank among the most used; those about the company come after the entity's own.
#define COMMON(n) .common = (n)

// Several values go as one string (FACTS 5).
#define COMMAS .join = ","
#define ORS .join = " OR "

#define LOW .bound = BOUND_LOW
#define HIGH .bound = BOUND_HIGH
// Numbers that cannot be negative.
#define COUNTED .min = 0, .max = LLONG_MAX
// contactAccuracyScore lies between these.
#define SCORED .min = 70, .max = 99

#endif
