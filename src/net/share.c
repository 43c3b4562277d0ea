// How often all processes of this user call as one account: the counting. Network thread, but for
// tests. Floor: net.
#include "net/share.h"

#include <stdlib.h>

#include "base/mem.h"
#include "net/share_file.h"

enum {
    SECOND = 1000,
    MINUTE = 60 * SECOND,
    PAUSE_MAX = 5 * MINUTE,
    STALE = 10 * SECOND, // what a process has under way for longer without a change, is long there
    SIGN_INS = 1         // a second
};

struct share {
    struct share_file file;
    struct {
        int per_second, per_minute;
    } limits[SHARE_KINDS];
    // What this process has under way, and what was answered while the lock could not be had.
    int32_t flying[SHARE_KINDS], late[SHARE_KINDS];
};

static int flying_of(const struct share *s, enum share_kind kind, int64_t now)
{
    int sum = 0;

    for (int i = 0; i < s->file.head.top; i++) {
        if (now - s->file.head.holders[i].changed <= STALE)
            sum += s->file.head.holders[i].flying[kind];
    }
    return sum;
}

// 0 where one more may go within limit a span, else for how long not. What is under way frees its
// slot one span from now at the soonest.
static int64_t wait_for(const struct share *s, enum share_kind kind, int limit, int64_t span,
                        int64_t now)
{
    int64_t back = limit - flying_of(s, kind, now), free_at;

    if (limit == 0 || (back > 0 && back > s->file.head.count[kind]))
        return 0;
    if (back <= 0)
        return span + 1;
    free_at = share_file_time(&s->file, kind, s->file.head.count[kind] - back, now) + span + 1;
    return free_at > now ? free_at - now : 0;
}

static int64_t wait_of(const struct share *s, enum share_kind kind, int64_t now)
{
    int64_t pause = s->file.head.pause_until - now;
    int64_t second = wait_for(s, kind, s->limits[kind].per_second, SECOND, now);
    int64_t minute = wait_for(s, kind, s->limits[kind].per_minute, MINUTE, now);
    int64_t wait = second > minute ? second : minute;

    return pause > wait && pause <= PAUSE_MAX && kind == SHARE_CALL ? pause : wait;
}

// Under the lock: what this process knows of itself, into the head.
static void tell(struct share *s, int64_t now)
{
    for (int kind = 0; kind < SHARE_KINDS; kind++) {
        for (; s->late[kind] > 0; s->late[kind]--)
            share_file_add(&s->file, (enum share_kind)kind, now);
        s->file.head.holders[s->file.holder].flying[kind] = s->flying[kind];
    }
    s->file.head.holders[s->file.holder].changed = now;
}

static void set_limits(struct share *s, int per_second, int per_minute)
{
    s->limits[SHARE_CALL].per_second = per_second <= SHARE_TIMES ? per_second : 0;
    s->limits[SHARE_CALL].per_minute = per_minute <= SHARE_TIMES ? per_minute : 0;
    s->limits[SHARE_SIGN_IN].per_second = SIGN_INS;
}

struct share *share_open(const char *path, int per_second, int per_minute, int64_t now_ms,
                         struct log *log)
{
    struct share *s = mem_zalloc(sizeof(*s));

    set_limits(s, per_second, per_minute);
    share_file_open(&s->file, path, log);
    if (share_file_lock(&s->file, now_ms))
        share_file_unlock(&s->file, false);
    return s;
}

void share_close(struct share *s)
{
    if (!s)
        return;
    share_file_close(&s->file);
    free(s);
}

const char *share_alone(const struct share *s)
{
    return s->file.busy ? "another process keeps it locked" : s->file.why;
}

bool share_take(struct share *s, enum share_kind kind, int64_t now_ms, int64_t *wait_ms)
{
    bool buried = false;
    int64_t wait;

    if (!share_file_lock(&s->file, now_ms)) {
        s->flying[kind]++;
        return true;
    }
    wait = wait_of(s, kind, now_ms);
    if (wait > 0)
        buried = share_file_bury(&s->file, now_ms);
    if (wait == 0) {
        s->flying[kind]++;
        tell(s, now_ms);
    } else {
        *wait_ms = wait;
    }
    share_file_unlock(&s->file, wait == 0 || buried);
    return wait == 0;
}

void share_done(struct share *s, enum share_kind kind, int64_t now_ms, bool counts)
{
    s->flying[kind] -= s->flying[kind] > 0;
    s->late[kind] += counts && s->late[kind] < SHARE_TIMES;
    if (!share_file_lock(&s->file, now_ms))
        return;
    tell(s, now_ms);
    share_file_unlock(&s->file, true);
}

void share_pause(struct share *s, int64_t until_ms, int64_t now_ms)
{
    if (until_ms - now_ms > PAUSE_MAX || !share_file_lock(&s->file, now_ms))
        return;
    if (until_ms > s->file.head.pause_until || s->file.head.pause_until - now_ms > PAUSE_MAX)
        s->file.head.pause_until = until_ms;
    share_file_unlock(&s->file, true);
}
