// What has been asked for in a run, and what came of it, in 16 bytes each. One owner at a time.
// Floor: flow.
#ifndef LODE_FLOW_MATCH_SEEN_H
#define LODE_FLOW_MATCH_SEEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// What becomes of a line.
enum match_fate {
    MATCH_PENDING,
    MATCH_FOUND,
    MATCH_ABSENT,     // answered without a record: status says why
    MATCH_SUPPRESSED, // opted out or purged
    MATCH_DOUBTFUL,   // sent and not answered
    MATCH_LEFT,       // the cap did not reach
    MATCH_UNSENT      // the run stopped before
};

struct match_seen {
    uint64_t hash; // of its key, never 0
    uint32_t line; // where it stood first
    uint8_t fate;
    uint8_t status; // of MATCH_ABSENT: a place in the run's list of names
};

struct match_seens {
    struct match_seen *slots; // owned
    size_t n, cap;            // cap is a power of two
};

// The entry of a key; *fresh: it was not there, and is now. Lives until the next call.
struct match_seen *match_seen(struct match_seens *s, uint64_t hash, bool *fresh);
void match_seens_free(struct match_seens *s);

#endif
