// What happened at the door: calls an operation, connections, the densest second and minute. For
// tests. Any thread. Floor: sandbox.
#ifndef LODE_SANDBOX_STATS_H
#define LODE_SANDBOX_STATS_H

#include <stddef.h>

#include "base/str.h"

struct stats;

// rows: how many operations there are; calls name them by index.
struct stats *stats_open(size_t rows);
void stats_close(struct stats *s);
void stats_connection(struct stats *s);
// A call of operation row arrives. limited: it counts towards the densest second and minute.
void stats_arrival(struct stats *s, size_t row, bool limited);
// An answer leaves.
void stats_answer(struct stats *s, int status);
void stats_reset(struct stats *s);
// Appends a JSON object; name gives an operation's name by its row.
void stats_json(struct stats *s, const char *(*name)(size_t row), struct str *out);

#endif
