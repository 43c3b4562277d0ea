// Ids that stand in places, of a charge or of a job, read in slices. Floor: store.
#ifndef LODE_STORE_PLACES_H
#define LODE_STORE_PLACES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/slice.h"
#include "store/task.h"

struct places {
    struct store_task task;
    int64_t of, after;  // the charge or job; the place that was read last, -1: none
    struct slice slice; // id, place
};

// Hands out the ids of `of` in order until each() returns false. read: fills the slice of the
// task, which is a struct places, with those behind after; on the owner thread. Any other thread.
bool places_each(struct store *s,
                 bool (*read)(struct store *s, struct store_task *task, struct err *e), int64_t of,
                 bool (*each)(void *arg, const char *id), void *arg, struct err *e);

#endif
