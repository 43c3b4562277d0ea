// Indexes over the world that only some requests need: built on first use, behind a mutex, and
// read-only from then on. Private to world*.c. Any thread. Floor: sandbox/world.
#ifndef LODE_SANDBOX_WORLD_INDEX_H
#define LODE_SANDBOX_WORLD_INDEX_H

#include <stddef.h>
#include <stdint.h>

#include "sandbox/world/match.h"
#include "sandbox/world/text.h"

struct world;
struct world_index;

struct world_index *world_index_open(void);
void world_index_close(struct world_index *index);

// Rows by hash, with free slots between: where a row with a hash may be starts at slot hash & mask
// and ends at the next WORLD_NONE.
struct row_table {
    uint32_t *rows;
    size_t mask; // slots - 1
};

// Contacts by the first bytes of a digest of their address.
const struct row_table *world_index_digests(const struct world *w, enum world_digest digest);
// Companies by their folded names.
const struct row_table *world_index_names(const struct world *w);
// The hash that each is found by.
uint64_t world_digest_hash(const char *hex);
uint64_t world_name_hash(const char *name);

#endif
