// Times as people read them, in their own time zone. UI thread. Floor: ui/pane.
#ifndef LODE_UI_PANE_WHEN_H
#define LODE_UI_PANE_WHEN_H

#include <stdint.h>

enum { WHEN_MAX = 48 };

// All return buf; times are milliseconds since 1970, UTC.
// "Aug 30", or "Nov 2027" where that day is more than ten months away either way.
char *when_day(int64_t utc_ms, int64_t now_ms, char buf[static WHEN_MAX]);
// "2026-11-25 20:41:07"
char *when_second(int64_t utc_ms, char buf[static WHEN_MAX]);
// "20:41:07"
char *when_clock(int64_t utc_ms, char buf[static WHEN_MAX]);
// "20:41" of today, else the day: "Aug 30", "Nov 2025"
char *when_since(int64_t utc_ms, int64_t now_ms, char buf[static WHEN_MAX]);
// How long ago: "now", "5 min", "3 h", "2 d", "4 mo", "2 y"; "never" for 0.
char *when_age(int64_t utc_ms, int64_t now_ms, char buf[static WHEN_MAX]);
// A duration: "0:07", "41:07", "2:03:40".
char *when_span(int64_t ms, char buf[static WHEN_MAX]);

#endif
