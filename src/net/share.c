// How often all processes of this user call as one account. Network thread, but for tests. Floor:
// net.
#include "net/share.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"

enum {
    SECOND = 1000,
    MINUTE = 60 * SECOND,
    TIMES = 4096,  // of each kind; a limit above that is not watched
    HOLDERS = 64,  // processes at once
    BOOT_MAX = 40, // "0f6b3c5e-..." and a NUL
    TRIES = 100,   // for the file's lock, each a TRY_US apart
    TRY_US = 1000,
    PAUSE_MAX = 5 * MINUTE,
    STALE = 10 * SECOND, // what a process has under way for longer without a change, is long there
    SIGN_INS = 1         // a second
};

static const char magic[8] = "lode 1\n";

// The file: this, then TIMES times of each kind, of which the last ones count[kind] say are in use.
// A time is when the answer came; a slot is free one window later (RELIABILITY 0.7).
struct head {
    char magic[sizeof(magic)];
    char boot[BOOT_MAX]; // the times are of this boot
    int64_t pause_until;
    int64_t count[SHARE_KINDS]; // ever
    struct {
        int64_t changed;
        int32_t flying[SHARE_KINDS];
    } holders[HOLDERS];
};

struct share {
    struct log *log;
    char *path;
    int fd;     // -1: nothing is shared any more
    int holder; // -1: none yet
    struct {
        int per_second, per_minute;
    } limits[SHARE_KINDS];
    // What this process has under way, and what was answered while the lock could not be had.
    int32_t flying[SHARE_KINDS], late[SHARE_KINDS];
    bool busy;        // the lock could not be had the last time
    struct head head; // as read under the lock
};

// Bytes that are locked: one for the file, one for each holder that lives. None need be there.
enum { LOCK_FILE = 0, LOCK_HOLDER = 1 };

static bool lock_byte(const struct share *s, int type, off_t byte)
{
    struct flock l = {.l_type = (short)type, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1};

    return fcntl(s->fd, F_OFD_SETLK, &l) == 0;
}

static bool lives(const struct share *s, int holder)
{
    struct flock l = {
        .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = LOCK_HOLDER + holder, .l_len = 1};

    return holder == s->holder || fcntl(s->fd, F_OFD_GETLK, &l) != 0 || l.l_type != F_UNLCK;
}

static void part(struct share *s, const char *why)
{
    log_write(s->log, LOG_WARNING, "%s: %s; calls of other processes are not counted", s->path,
              why);
    (void)close(s->fd);
    s->fd = -1;
}

// Whoever has it lets go within microseconds, unless it was stopped right then: then each call asks
// once and goes on uncounted, until one has it again.
static bool lock_file(struct share *s)
{
    const struct timespec pause = {.tv_nsec = TRY_US * 1000};

    for (int tries = 0; !lock_byte(s, F_WRLCK, LOCK_FILE); tries++) {
        if (s->busy || tries == TRIES || (errno != EAGAIN && errno != EACCES)) {
            s->busy = true;
            return false;
        }
        (void)nanosleep(&pause, NULL);
    }
    s->busy = false;
    return true;
}

static bool is_time(int64_t t)
{
    return t >= 0 && t < INT64_MAX / 2;
}

static bool is_whole(const struct head *h)
{
    bool whole = memcmp(h->magic, magic, sizeof(magic)) == 0 && is_time(h->pause_until);

    for (int kind = 0; kind < SHARE_KINDS; kind++) {
        whole = whole && is_time(h->count[kind]);
        for (int i = 0; i < HOLDERS; i++)
            whole = whole && h->holders[i].flying[kind] >= 0 &&
                    h->holders[i].flying[kind] <= TIMES && is_time(h->holders[i].changed);
    }
    return whole;
}

static void unlock(struct share *s, bool changed)
{
    if (changed && pwrite(s->fd, &s->head, sizeof(s->head), 0) != (ssize_t)sizeof(s->head))
        part(s, "it cannot be written");
    else
        (void)lock_byte(s, F_UNLCK, LOCK_FILE);
}

static off_t place_of(enum share_kind kind, int64_t number)
{
    return (off_t)(sizeof(struct head) +
                   ((size_t)kind * TIMES + (size_t)(number % TIMES)) * sizeof(int64_t));
}

// When the number-th was answered; never past now, so that no clock and no damage can stop calls.
static int64_t time_of(const struct share *s, enum share_kind kind, int64_t number, int64_t now)
{
    int64_t at;

    if (pread(s->fd, &at, sizeof(at), place_of(kind, number)) != (ssize_t)sizeof(at) ||
        !is_time(at))
        return 0;
    return at < now ? at : now;
}

// They rise: whoever comes late to the lock counts from then.
static void add_time(struct share *s, enum share_kind kind, int64_t at)
{
    int64_t last = s->head.count[kind] ? time_of(s, kind, s->head.count[kind] - 1, INT64_MAX) : 0;

    at = last > at && last - at < SECOND ? last : at;
    if (pwrite(s->fd, &at, sizeof(at), place_of(kind, s->head.count[kind])) == (ssize_t)sizeof(at))
        s->head.count[kind]++;
}

// What died while it called counts as answered now.
static void bury(struct share *s, int holder, int64_t now)
{
    for (int kind = 0; kind < SHARE_KINDS; kind++) {
        int32_t *flying = &s->head.holders[holder].flying[kind];

        for (int i = 0; i < *flying; i++)
            add_time(s, (enum share_kind)kind, now);
        *flying = 0;
    }
}

static bool bury_all(struct share *s, int64_t now)
{
    bool any = false;

    for (int i = 0; i < HOLDERS; i++) {
        const int32_t *flying = s->head.holders[i].flying;

        if ((flying[SHARE_CALL] == 0 && flying[SHARE_SIGN_IN] == 0) || lives(s, i))
            continue;
        bury(s, i, now);
        any = true;
    }
    return any;
}

static int flying_of(const struct share *s, enum share_kind kind, int64_t now)
{
    int sum = 0;

    for (int i = 0; i < HOLDERS; i++) {
        if (now - s->head.holders[i].changed <= STALE)
            sum += s->head.holders[i].flying[kind];
    }
    return sum;
}

// 0 where one more may go within limit a span, else for how long not. What is under way frees its
// slot one span from now at the soonest.
static int64_t wait_for(const struct share *s, enum share_kind kind, int limit, int64_t span,
                        int64_t now)
{
    int64_t back = limit - flying_of(s, kind, now), free_at;

    if (limit == 0 || (back > 0 && back > s->head.count[kind]))
        return 0;
    if (back <= 0)
        return span + 1;
    free_at = time_of(s, kind, s->head.count[kind] - back, now) + span + 1;
    return free_at > now ? free_at - now : 0;
}

static int64_t wait_of(const struct share *s, enum share_kind kind, int64_t now)
{
    int64_t pause = s->head.pause_until - now;
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
            add_time(s, (enum share_kind)kind, now);
        s->head.holders[s->holder].flying[kind] = s->flying[kind];
    }
    s->head.holders[s->holder].changed = now;
}

static void read_boot(char out[static BOOT_MAX])
{
    int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? 0 : read(fd, out, BOOT_MAX - 1);

    out[n > 0 ? n : 0] = '\0';
    if (fd >= 0)
        (void)close(fd);
}

// Takes all the room it will ever need. Where there is none it leaves an empty file.
static bool begin(struct share *s, const char *boot)
{
    s->head = (struct head){0};
    memcpy(s->head.magic, magic, sizeof(magic));
    memcpy(s->head.boot, boot, BOOT_MAX);
    if (ftruncate(s->fd, 0) != 0)
        return false;
    if (posix_fallocate(s->fd, 0, place_of(SHARE_KINDS, 0)) == 0 &&
        pwrite(s->fd, &s->head, sizeof(s->head), 0) == (ssize_t)sizeof(s->head))
        return true;
    (void)!ftruncate(s->fd, 0); // else it is half written, which the next one begins anew
    return false;
}

// One of ours, though it may be half written: its n bytes begin with the mark, as far as they go,
// or all are zero, for want of room or by a kill.
static bool is_ours(const struct head *h, size_t n)
{
    const char *bytes = (const char *)h;
    size_t zeros = 0;

    while (zeros < n && bytes[zeros] == 0)
        zeros++;
    return zeros == n || memcmp(bytes, magic, n < sizeof(magic) ? n : sizeof(magic)) == 0;
}

// The file as it is, or begun anew where it is empty, not whole or of another boot; the lock is
// held.
static const char *settle(struct share *s)
{
    char boot[BOOT_MAX] = {0};
    struct stat st;
    ssize_t n;

    if (fstat(s->fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_uid != geteuid())
        return "it is no file of this user";
    read_boot(boot);
    n = pread(s->fd, &s->head, sizeof(s->head), 0);
    if (n < 0 || st.st_size > place_of(SHARE_KINDS, 0) || !is_ours(&s->head, (size_t)n))
        return "it is of another program, and left alone";
    if (st.st_size == place_of(SHARE_KINDS, 0) && is_whole(&s->head) &&
        memcmp(s->head.boot, boot, BOOT_MAX) == 0)
        return NULL;
    return begin(s, boot) ? NULL : "it cannot be written";
}

static bool claim(struct share *s)
{
    for (int i = 0; i < HOLDERS; i++) {
        if (!lock_byte(s, F_WRLCK, LOCK_HOLDER + i))
            continue;
        s->holder = i;
        return true;
    }
    return false;
}

// The reason why not, or NULL; the lock is held.
static const char *enter(struct share *s, int64_t now)
{
    const char *why = settle(s);

    if (why)
        return why;
    if (!claim(s))
        return "too many processes call as this account";
    bury(s, s->holder, now); // what somebody left who had this place
    if (pwrite(s->fd, &s->head, sizeof(s->head), 0) != (ssize_t)sizeof(s->head))
        return "it cannot be written";
    return NULL;
}

// The head, read under the lock; false: the lock is not held and this call goes uncounted.
static bool lock(struct share *s, int64_t now)
{
    const char *why = NULL;

    if (s->fd < 0 || !lock_file(s))
        return false;
    if (s->holder < 0)
        why = enter(s, now);
    else if (pread(s->fd, &s->head, sizeof(s->head), 0) != (ssize_t)sizeof(s->head) ||
             !is_whole(&s->head))
        why = "another program has changed it";
    if (why)
        part(s, why);
    return !why;
}

static void set_limits(struct share *s, int per_second, int per_minute)
{
    s->limits[SHARE_CALL].per_second = per_second <= TIMES ? per_second : 0;
    s->limits[SHARE_CALL].per_minute = per_minute <= TIMES ? per_minute : 0;
    s->limits[SHARE_SIGN_IN].per_second = SIGN_INS;
}

struct share *share_open(const char *path, int per_second, int per_minute, int64_t now_ms,
                         struct log *log)
{
    struct share *s = mem_zalloc(sizeof(*s));

    s->log = log;
    s->holder = -1;
    s->path = mem_strdup(path);
    set_limits(s, per_second, per_minute);
    s->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
    if (s->fd < 0)
        log_write(log, LOG_WARNING,
                  "%s: it cannot be opened; calls of other processes are not counted", path);
    else if (lock(s, now_ms))
        unlock(s, false);
    if (s->fd >= 0)
        return s;
    share_close(s);
    return NULL;
}

void share_close(struct share *s)
{
    if (!s)
        return;
    if (s->fd >= 0)
        (void)close(s->fd);
    free(s->path);
    free(s);
}

bool share_take(struct share *s, enum share_kind kind, int64_t now_ms, int64_t *wait_ms)
{
    bool buried = false;
    int64_t wait;

    if (!lock(s, now_ms)) {
        s->flying[kind]++;
        return true;
    }
    wait = wait_of(s, kind, now_ms);
    if (wait > 0)
        buried = bury_all(s, now_ms);
    if (wait == 0) {
        s->flying[kind]++;
        tell(s, now_ms);
    } else {
        *wait_ms = wait;
    }
    unlock(s, wait == 0 || buried);
    return wait == 0;
}

void share_done(struct share *s, enum share_kind kind, int64_t now_ms, bool counts)
{
    s->flying[kind] -= s->flying[kind] > 0;
    s->late[kind] += counts && s->late[kind] < TIMES;
    if (!lock(s, now_ms))
        return;
    tell(s, now_ms);
    unlock(s, true);
}

void share_pause(struct share *s, int64_t until_ms, int64_t now_ms)
{
    if (until_ms - now_ms > PAUSE_MAX || !lock(s, now_ms))
        return;
    if (until_ms > s->head.pause_until || s->head.pause_until - now_ms > PAUSE_MAX)
        s->head.pause_until = until_ms;
    unlock(s, true);
}
