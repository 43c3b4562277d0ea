// The file that processes share: a head that says what is now, then the times, under kernel locks.
// Network thread, but for tests. Floor: net.
#include "net/share_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/lock.h"
#include "base/mem.h"

enum {
    TRIES = 100, // for the file's lock, each a TRY_US apart
    TRY_US = 1000,
    SECOND = 1000
};

// The digit is the format's; a file of another one is begun anew.
static const char magic[SHARE_MAGIC] = "lode 2\n";

enum { DIGIT = 5 };

// Bytes that are locked: one for the file, one for each holder that lives. None need be there.
enum { LOCK_FILE = 0, LOCK_HOLDER = 1 };

static bool lives(const struct share_file *f, int holder)
{
    return holder == f->holder || lock_byte_held(f->fd, LOCK_HOLDER + holder);
}

static void part(struct share_file *f, const char *why)
{
    log_write(f->log, LOG_WARNING, "%s: %s; calls of other processes are not counted", f->path,
              why);
    if (f->fd >= 0)
        (void)close(f->fd);
    f->fd = -1;
    f->why = why;
}

// Whoever has it lets go within microseconds, unless it was stopped right then: then each call asks
// once and goes on uncounted, until one has it again.
static bool lock_file(struct share_file *f)
{
    const struct timespec pause = {.tv_nsec = TRY_US * 1000};

    for (int tries = 0; !lock_byte(f->fd, F_WRLCK, LOCK_FILE); tries++) {
        if (f->busy || tries == TRIES || (errno != EAGAIN && errno != EACCES)) {
            f->busy = true;
            return false;
        }
        (void)nanosleep(&pause, NULL);
    }
    f->busy = false;
    return true;
}

static bool is_time(int64_t t)
{
    return t >= 0 && t < INT64_MAX / 2;
}

static bool is_whole(const struct share_head *h)
{
    bool whole = memcmp(h->magic, magic, sizeof(magic)) == 0 && is_time(h->pause_until) &&
                 h->top >= 0 && h->top <= SHARE_HOLDERS;

    for (int kind = 0; whole && kind < SHARE_KINDS; kind++) {
        whole = is_time(h->count[kind]);
        for (int i = 0; i < h->top; i++)
            whole = whole && h->holders[i].flying[kind] >= 0 &&
                    h->holders[i].flying[kind] <= SHARE_TIMES && is_time(h->holders[i].changed);
    }
    return whole;
}

// Up to the last holder that there is.
static size_t head_len(int64_t top)
{
    return offsetof(struct share_head, holders) + (size_t)top * sizeof(struct share_holder);
}

static bool read_head(struct share_file *f)
{
    size_t known = head_len(f->head.top), all;

    if (pread(f->fd, &f->head, known, 0) != (ssize_t)known || f->head.top <= f->holder ||
        f->head.top > SHARE_HOLDERS)
        return false;
    all = head_len(f->head.top);
    return (all <= known || pread(f->fd, (char *)&f->head + known, all - known, (off_t)known) ==
                                (ssize_t)(all - known)) &&
           is_whole(&f->head);
}

static bool write_head(const struct share_file *f)
{
    size_t len = head_len(f->head.top);

    return pwrite(f->fd, &f->head, len, 0) == (ssize_t)len;
}

void share_file_unlock(struct share_file *f, bool changed)
{
    if (changed && !write_head(f))
        part(f, "it cannot be written");
    else
        (void)lock_byte(f->fd, F_UNLCK, LOCK_FILE);
}

static off_t place_of(enum share_kind kind, int64_t number)
{
    return (off_t)(sizeof(struct share_head) +
                   ((size_t)kind * SHARE_TIMES + (size_t)(number % SHARE_TIMES)) * sizeof(int64_t));
}

int64_t share_file_time(const struct share_file *f, enum share_kind kind, int64_t number,
                        int64_t now_ms)
{
    int64_t at;

    if (pread(f->fd, &at, sizeof(at), place_of(kind, number)) != (ssize_t)sizeof(at) ||
        !is_time(at))
        return 0;
    return at < now_ms ? at : now_ms;
}

void share_file_add(struct share_file *f, enum share_kind kind, int64_t at)
{
    int64_t last =
        f->head.count[kind] ? share_file_time(f, kind, f->head.count[kind] - 1, INT64_MAX) : 0;

    at = last > at && last - at < SECOND ? last : at;
    if (pwrite(f->fd, &at, sizeof(at), place_of(kind, f->head.count[kind])) == (ssize_t)sizeof(at))
        f->head.count[kind]++;
}

static void bury(struct share_file *f, int holder, int64_t now_ms)
{
    for (int kind = 0; kind < SHARE_KINDS; kind++) {
        int32_t *flying = &f->head.holders[holder].flying[kind];

        for (int i = 0; i < *flying; i++)
            share_file_add(f, (enum share_kind)kind, now_ms);
        *flying = 0;
    }
}

bool share_file_bury(struct share_file *f, int64_t now_ms)
{
    bool any = false;

    for (int i = 0; i < f->head.top; i++) {
        const int32_t *flying = f->head.holders[i].flying;

        if ((flying[SHARE_CALL] == 0 && flying[SHARE_SIGN_IN] == 0) || lives(f, i))
            continue;
        bury(f, i, now_ms);
        any = true;
    }
    return any;
}

static void read_boot(char out[static SHARE_BOOT_MAX])
{
    int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? 0 : read(fd, out, SHARE_BOOT_MAX - 1);

    out[n > 0 ? n : 0] = '\0';
    if (fd >= 0)
        (void)close(fd);
}

// Takes all the room it will ever need. Where there is none it leaves an empty file.
static bool begin(struct share_file *f, const char *boot)
{
    f->head = (struct share_head){0};
    memcpy(f->head.magic, magic, sizeof(magic));
    memcpy(f->head.boot, boot, SHARE_BOOT_MAX);
    if (ftruncate(f->fd, 0) != 0)
        return false;
    if (posix_fallocate(f->fd, 0, place_of(SHARE_KINDS, 0)) == 0 && write_head(f))
        return true;
    (void)!ftruncate(f->fd, 0); // else it is half written, which the next one begins anew
    return false;
}

// One of ours, though it may be half written: its n bytes begin with the mark, as far as they go,
// or all are zero, for want of room or by a kill.
static bool is_ours(const struct share_head *h, size_t n)
{
    const char *bytes = (const char *)h;
    size_t zeros = 0, same = 0;

    while (zeros < n && bytes[zeros] == 0)
        zeros++;
    while (same < n && same < sizeof(magic) && (bytes[same] == magic[same] || same == DIGIT))
        same++;
    return zeros == n || same == n || same == sizeof(magic);
}

// The file as it is, or begun anew where it is empty, not whole or of another boot; the lock is
// held.
static const char *settle(struct share_file *f)
{
    char boot[SHARE_BOOT_MAX] = {0};
    struct stat st;
    ssize_t n;

    if (fstat(f->fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_uid != geteuid())
        return "it is no file of this user";
    read_boot(boot);
    n = pread(f->fd, &f->head, sizeof(f->head), 0);
    if (n < 0 || st.st_size > place_of(SHARE_KINDS, 0) || !is_ours(&f->head, (size_t)n))
        return "it is of another program, and left alone";
    if (st.st_size == place_of(SHARE_KINDS, 0) && is_whole(&f->head) &&
        memcmp(f->head.boot, boot, SHARE_BOOT_MAX) == 0)
        return NULL;
    return begin(f, boot) ? NULL : "it cannot be written";
}

static bool claim(struct share_file *f)
{
    for (int i = 0; i < SHARE_HOLDERS; i++) {
        if (!lock_byte(f->fd, F_WRLCK, LOCK_HOLDER + i))
            continue;
        f->holder = i;
        return true;
    }
    return false;
}

// Room that the dead took up at the end is given back.
static void fit_top(struct share_file *f)
{
    while (f->head.top > f->holder + 1 && !lives(f, (int)f->head.top - 1))
        f->head.top--;
    for (; f->head.top <= f->holder; f->head.top++)
        f->head.holders[f->head.top] = (struct share_holder){0};
}

// The reason why not, or NULL; the lock is held.
static const char *enter(struct share_file *f, int64_t now_ms)
{
    const char *why = settle(f);

    if (why)
        return why;
    if (!claim(f))
        return "too many processes call as this account";
    if (f->holder < f->head.top)
        bury(f, f->holder, now_ms); // what somebody left who had this place
    (void)share_file_bury(f, now_ms);
    fit_top(f);
    return write_head(f) ? NULL : "it cannot be written";
}

bool share_file_lock(struct share_file *f, int64_t now_ms)
{
    const char *why = NULL;

    if (f->fd < 0 || !lock_file(f))
        return false;
    if (f->holder < 0)
        why = enter(f, now_ms);
    else if (!read_head(f))
        why = "another program has changed it";
    if (why)
        part(f, why);
    return !why;
}

void share_file_open(struct share_file *f, const char *path, struct log *log)
{
    *f = (struct share_file){.log = log, .path = mem_strdup(path), .holder = -1};
    f->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
    if (f->fd < 0)
        part(f, "it cannot be opened");
}

void share_file_close(struct share_file *f)
{
    if (f->fd >= 0)
        (void)close(f->fd);
    free(f->path);
}
