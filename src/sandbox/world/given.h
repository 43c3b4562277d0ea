// One element of matchPersonInput or matchCompanyInput, read into texts. Private to world_match*.c.
// Any thread. Floor: sandbox/world.
#ifndef LODE_SANDBOX_WORLD_GIVEN_H
#define LODE_SANDBOX_WORLD_GIVEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>

enum { GIVEN_MAX = 16 };

struct given {
    char *values[GIVEN_MAX]; // trimmed; NULL: not given, null or empty
};

// The members named names[0..n), without case and with or without prefix before them. Whole numbers
// are taken as text. given_free() is due.
struct given given_read(const json_t *input, const char *const *names, size_t n,
                        const char *prefix);
void given_free(struct given *g);
// A given value as a whole number; INT64_MIN, which is nobody's id, where it is none.
int64_t given_id(const struct given *g, int input);
// Equal without case, beyond ASCII too.
bool given_same(const char *text, const char *given);

#endif
