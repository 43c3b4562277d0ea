// What has been asked for in a run, and what came of it, in 16 bytes each: in memory while there
// are few, then in a file without a name, so that a million lines take no more memory than fifty
// thousand. One owner at a time. Floor: flow.
#ifndef LODE_FLOW_MATCH_SEEN_H
#define LODE_FLOW_MATCH_SEEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

// What becomes of a line.
enum match_fate {
    MATCH_PENDING,
    MATCH_FOUND,
    MATCH_ABSENT,     // answered without a record: status says why
    MATCH_SUPPRESSED, // opted out or purged
    MATCH_DOUBTFUL,   // sent and not answered
    MATCH_LEFT,       // the cap did not reach
    MATCH_UNSENT,     // the run stopped before
    MATCH_OPEN,       // nobody has asked for it yet
    MATCH_OWNED,      // paid for, and not in the library
    MATCH_GONE,       // of what is done with: purged since, or left by a cap; which is not told
    MATCH_FATES
};

struct match_seen {
    uint64_t hash; // of its key, never 0
    uint32_t line; // where it stood first; 0: an earlier run of the job asked for it
    uint8_t fate;
    char letter; // of MATCH_ABSENT: of its match_status
};

enum { MATCH_SEENS_IN_MEMORY = 1 << 16 }; // slots, a mebibyte

struct match_seens {
    const char *folder;       // where the file is made
    struct match_seen *slots; // owned; NULL once there is a file
    int fd;                   // of the file, which goes when it is closed; -1: there is none
    size_t n, cap;            // cap is a power of two
};

// folder must outlive it.
void match_seens_open(struct match_seens *s, const char *folder);
void match_seens_close(struct match_seens *s);
// The entry of a key, and its place until the next call; its hash is 0 where there is none yet.
// false: the file cannot be made, read or written (ERR_STORAGE).
bool match_seen(struct match_seens *s, uint64_t hash, struct match_seen *out, size_t *place,
                struct err *e);
// Writes the entry of a key, of which seen->hash may be left out, to its place.
bool match_seen_keep(struct match_seens *s, uint64_t hash, const struct match_seen *seen,
                     size_t place, struct err *e);

#endif
