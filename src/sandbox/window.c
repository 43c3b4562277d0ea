// Moments within a closed sliding span. One owner at a time. Floor: sandbox.
#include "sandbox/window.h"

#include <stdlib.h>
#include <time.h>

#include "base/mem.h"

static void drop_oldest(struct window *w)
{
    w->head = (w->head + 1) & (w->cap - 1);
    w->len--;
}

size_t window_count(struct window *w, int64_t now_us)
{
    while (w->len && w->times[w->head] < now_us - w->span_us)
        drop_oldest(w);
    return w->len;
}

static void grow(struct window *w)
{
    size_t cap = w->cap ? w->cap * 2 : 64;
    int64_t *times = mem_array(cap, sizeof(*times));

    for (size_t i = 0; i < w->len; i++)
        times[i] = w->times[(w->head + i) & (w->cap - 1)];
    free(w->times);
    w->times = times;
    w->cap = cap;
    w->head = 0;
}

void window_add(struct window *w, int64_t now_us)
{
    if (w->len == WINDOW_MAX)
        drop_oldest(w);
    else if (w->len == w->cap)
        grow(w);
    w->times[(w->head + w->len) & (w->cap - 1)] = now_us;
    w->len++;
}

int64_t window_free_us(const struct window *w, int64_t now_us)
{
    return (w->len ? w->times[w->head] : now_us) + w->span_us + 1;
}

void window_clear(struct window *w)
{
    w->head = w->len = 0;
}

void window_free(struct window *w)
{
    free(w->times);
    *w = (struct window){.span_us = w->span_us};
}

int64_t window_now_us(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}
