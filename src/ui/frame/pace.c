// When to paint: what a person did at once, news at most 30 times a second. Values. Floor:
// ui/frame.
#include "ui/frame/pace.h"

enum { FRAME_MS = 17, NEWS_MS = 33 };

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

    if (!p->news)
        return -1;
    return since >= NEWS_MS || since < 0 ? 0 : (int)(NEWS_MS - since);
}

void pace_painted(struct pace *p, int64_t now_ms)
{
    p->told_ms = now_ms;
    p->news = p->answer = false;
}
