// A growing array of any type, as macros over a plain struct. Any thread. Floor: base.
#ifndef LODE_BASE_VEC_H
#define LODE_BASE_VEC_H

#include "base/mem.h"

#include <stdlib.h>

#define VEC(type)                                                                                  \
    struct {                                                                                       \
        type *items;                                                                               \
        size_t len, cap;                                                                           \
    }

#define vec_reserve(v, n)                                                                          \
    do {                                                                                           \
        if ((v)->cap < (n)) {                                                                      \
            (v)->cap = (n);                                                                        \
            (v)->items = mem_regrow((v)->items, (v)->cap, sizeof(*(v)->items));                    \
        }                                                                                          \
    } while (0)

#define vec_push(v, item)                                                                          \
    do {                                                                                           \
        if ((v)->len == (v)->cap)                                                                  \
            vec_reserve(v, (v)->cap ? (v)->cap * 2 : 8);                                           \
        (v)->items[(v)->len++] = (item);                                                           \
    } while (0)

// Frees the array, not what its items own.
#define vec_free(v)                                                                                \
    do {                                                                                           \
        free((v)->items);                                                                          \
        (v)->items = NULL;                                                                         \
        (v)->len = (v)->cap = 0;                                                                   \
    } while (0)

#endif
