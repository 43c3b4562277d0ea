// How often all processes of this user call as one account: when they called lies in a file that
// they share, so that together they keep the limits. Only kernel locks: whoever dies holds up
// nobody. Network thread, but for tests. Floor: net.
#ifndef LODE_NET_SHARE_H
#define LODE_NET_SHARE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/log.h"

struct share;

// Calls, and signing in, which has a limit of its own: one a second (FACTS 2).
enum share_kind { SHARE_CALL, SHARE_SIGN_IN, SHARE_KINDS };

// Opens the file at path or makes it (0600, in a folder that is there). 0: no limit of that kind.
// Where it cannot be used this process counts alone, from then on. A file that is not one of these
// is left as it is.
struct share *share_open(const char *path, int per_second, int per_minute, int64_t now_ms,
                         struct log *log);
void share_close(struct share *s);
// NULL: calls are counted together. Else they are not, for this reason ("it cannot be opened"), a
// literal; the log says it too.
const char *share_alone(const struct share *s);
// True takes a slot; else *wait_ms (never under 1) says when to ask again.
bool share_take(struct share *s, enum share_kind kind, int64_t now_ms, int64_t *wait_ms);
// What took a slot has been answered, failed or gone. counts: false gives the slot back at once.
void share_done(struct share *s, enum share_kind kind, int64_t now_ms, bool counts);
// After a 429: no process calls before until_ms.
void share_pause(struct share *s, int64_t until_ms, int64_t now_ms);

#endif
