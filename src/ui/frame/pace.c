// When to paint: what a person did at once, news at most 60 times a second. Values. Floor:
// ui/frame.
#include "ui/frame/pace.h"

enum { FRAME_MS = 17 };

void pace_begin(struct pace *p, int64_t now_ms)
{
    p->began_ms = now_ms;
}

bool pace_over(const struct pace *p, int64_t now_ms)
{
    return now_ms - p->began_ms >= FRAME_MS || now_ms < p->began_ms;
}

int pace_wait(const struct pace *p, int64_t now_ms)
{
    int64_t since = now_ms - p->told_ms;

    if (!p->wanted)
        return -1;
    return p->answer || since >= FRAME_MS || since < 0 ? 0 : (int)(FRAME_MS - since);
}

// What a key does is no news and holds none up: those that it brings about come right behind it.
void pace_painted(struct pace *p, int64_t now_ms)
{
    if (!p->answer)
        p->told_ms = now_ms;
    p->wanted = p->answer = false;
}
