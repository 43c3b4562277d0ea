// The notice that is due to a person of the EU whose data was not had from them (GDPR, Art. 14):
// within a month, or at the first contact where that is sooner. Pure. Floor: model.
#ifndef LODE_MODEL_NOTICE_H
#define LODE_MODEL_NOTICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/entity.h"

// Until when a notice is due by what a record says in n cells, one a column; UTC, 0: none is. It is
// where the person is in the EU, and neither a date of a notice is told nor that none is required.
// The month begins when the record first came: when it was bought, or fetched (0: not known)
// where that was earlier.
int64_t notice_by(const struct column *const *columns, const char *const *cells, size_t n,
                  int64_t bought_ms, int64_t fetched_ms);

// Do the records of an entity tell of such notices?
bool notice_of(const struct entity *entity);

#endif
