// Marks that the explorer left for its next start: they name people. Any thread. Floor: flow.
#ifndef LODE_FLOW_SESSION_MARKS_H
#define LODE_FLOW_SESSION_MARKS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

// Takes the marks of these records out of the profile's session; true where there is none.
bool session_marks_drop(const char *profile, const char *const *ids, size_t n, struct err *e);

#endif
