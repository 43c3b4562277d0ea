// A log that cannot leak: fixed event names with typed, allow-listed fields; bodies, headers and
// people's data have no way in. Any thread. Floor: base.
#ifndef LODE_BASE_LOG_H
#define LODE_BASE_LOG_H

#include <stdbool.h>

#include "base/clock.h"
#include "base/err.h"

struct log;

enum log_level { LOG_ERROR, LOG_WARNING, LOG_INFO, LOG_DEBUG };

// Appends to path (0600), one line an event: time, level, text. Kept under 4 MiB: the older half
// goes to path.1.
struct log *log_open(const char *path, enum log_level level, struct clock clock, struct err *e);
void log_close(struct log *l);
// NULL l is allowed and silent. Newlines and control characters are escaped; what looks like a
// bearer token, a JWT or an e-mail address is masked whatever the caller passes.
void log_write(struct log *l, enum log_level level, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
