// When to paint: what a person did at once, news at most 30 times a second. Values. Floor:
// ui/frame.
#ifndef LODE_UI_FRAME_PACE_H
#define LODE_UI_FRAME_PACE_H

#include <stdbool.h>
#include <stdint.h>

struct pace {
    int64_t told_ms;  // when news were painted last
    int64_t began_ms; // when this round began to take keys in
    bool news;        // there are some to be painted
    bool answer;      // a person waits for what was done
};

// A round takes in all keys that wait, but no longer than a frame lasts: true once that is over.
void pace_begin(struct pace *p, int64_t now_ms);
bool pace_over(const struct pace *p, int64_t now_ms);
// Milliseconds until news are to be painted: 0 now, -1 there are none.
int pace_wait(const struct pace *p, int64_t now_ms);
// All was painted, with the news.
void pace_painted(struct pace *p, int64_t now_ms);

#endif
