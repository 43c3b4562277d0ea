// Rows of a view that are read together when they are looked at: a window of them stays. One owner
// at a time. Floor: desk.
#ifndef LODE_DESK_CHUNKS_H
#define LODE_DESK_CHUNKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/page.h"

enum { CHUNKS = 8 };

struct chunk {
    size_t at;      // the how manieth
    uint64_t found; // of which rows: another number, other rows
    bool asked, there;
    uint64_t used;
    struct page texts;
    void *rows; // as many as a chunk has, zeroed where none came; owned
};

struct chunks {
    struct chunk items[CHUNKS];
    uint64_t turn; // of use
};

// Is that one to be read now? Then it is asked for, and the one that was not looked at for longest
// makes way.
bool chunks_want(struct chunks *c, size_t at, uint64_t found);
// What was read stands in its place: rows and texts are taken over. False where nobody waits for it
// any more.
bool chunks_take(struct chunks *c, struct chunk *came);
// It could not be read. False as above.
bool chunks_lose(struct chunks *c, const struct chunk *gone);
// A row by its number, each of that size, so many a chunk; NULL where its chunk was not read.
const void *chunks_row(const struct chunks *c, size_t row, size_t each, size_t size,
                       uint64_t found);
void chunk_free(struct chunk *c);
void chunks_free(struct chunks *c);

#endif
