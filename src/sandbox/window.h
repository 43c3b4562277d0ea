// Moments within a closed sliding span: two that lie exactly one span apart are both in it. One
// owner at a time. Floor: sandbox.
#ifndef LODE_SANDBOX_WINDOW_H
#define LODE_SANDBOX_WINDOW_H

#include <stddef.h>
#include <stdint.h>

enum { WINDOW_SECOND_US = 1000000, WINDOW_MINUTE_US = 60000000, WINDOW_MAX = 1 << 20 };

struct window {
    int64_t span_us; // set it; the rest starts zeroed
    int64_t *times;  // a ring; owned
    size_t cap, head, len;
};

// Moments from now - span up to now. now may not go back.
size_t window_count(struct window *w, int64_t now_us);
// Adds now. Past WINDOW_MAX moments the oldest go, so that a count is then a lower bound.
void window_add(struct window *w, int64_t now_us);
// When the oldest moment leaves; one of now where there is none.
int64_t window_free_us(const struct window *w, int64_t now_us);
void window_clear(struct window *w);
void window_free(struct window *w);

// Microseconds of a clock that never goes back.
int64_t window_now_us(void);

#endif
