// The known name nearest to a mistyped one. Any thread. Floor: base.
#ifndef LODE_BASE_NEAR_H
#define LODE_BASE_NEAR_H

#include <stddef.h>

struct near {
    const char *word;
    const char *best; // nearest candidate so far, or NULL where none is near enough
    size_t distance;
};

// word must outlive the search, candidates must outlive the use of best.
struct near near_start(const char *word);
void near_try(struct near *n, const char *candidate);

#endif
