// Where packed pages of a table stand that are not in memory: a file, as the model sees it. Any
// thread. Floor: model.
#ifndef LODE_MODEL_SHELF_H
#define LODE_MODEL_SHELF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Zeroed: there is none.
struct shelf {
    void *self;
    void *(*ref)(void *self); // one more owner
    void (*unref)(void *self);
    // len bytes at `at`; false where they are not to be had.
    bool (*read)(void *self, uint64_t at, void *out, size_t len);
    // The next row whose id has this hash (shelf_hash()): *from is 0 at first, and for this
    // function alone. false: no more.
    bool (*find)(void *self, uint32_t hash, size_t *from, uint32_t *row);
};

uint32_t shelf_hash(const char *id);

#endif
