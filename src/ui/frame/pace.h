// When to paint: what a person did at once, news at most 60 times a second. Values. Floor:
// ui/frame.
#ifndef LODE_UI_FRAME_PACE_H
#define LODE_UI_FRAME_PACE_H

#include <stdbool.h>
#include <stdint.h>

struct pace {
    int64_t told_ms;  // when news were painted last
    int64_t began_ms; // when this round began to take keys in
    bool wanted;      // something is to be painted
    bool answer;      // a person waits for it
};

// A round takes in all keys that wait, but no longer than a frame lasts: true once that is over.
void pace_begin(struct pace *p, int64_t now_ms);
bool pace_over(const struct pace *p, int64_t now_ms);
// Milliseconds until it is to be painted: 0 now, -1 there is nothing.
int pace_wait(const struct pace *p, int64_t now_ms);
void pace_painted(struct pace *p, int64_t now_ms);

#endif
