// Files in the store's folder. Floor: store.
#include "store/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"

enum { COPY_STEP = 1024 * 1024 };

char *disk_path(const struct store *s, const char *name)
{
    return str_format("%s/%s", s->folder, name);
}

static bool look(const char *path, enum disk_state *out, struct err *e)
{
    struct stat st;

    *out = DISK_ABSENT;
    if (lstat(path, &st) != 0)
        return errno == ENOENT || err_errno(e, ERR_STORAGE, "cannot look at %s", path);
    if (!S_ISREG(st.st_mode))
        return err_set(e, ERR_STORAGE, "%s is not an ordinary file and was left alone", path);
    *out = st.st_size ? DISK_FILLED : DISK_EMPTY;
    return true;
}

bool disk_look(const struct store *s, const char *name, enum disk_state *out, struct err *e)
{
    char *path = disk_path(s, name);
    bool ok = look(path, out, e);

    free(path);
    return ok;
}

// A file that exists is never opened here: closing it would drop the locks that SQLite has on it in
// this process.
static bool make(const char *path, struct err *e)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    struct stat st;

    if (fd >= 0)
        return close(fd) == 0 || err_errno(e, ERR_STORAGE, "cannot make %s", path);
    if (errno != EEXIST)
        return err_errno(e, ERR_STORAGE, "cannot make %s", path);
    if (lstat(path, &st) != 0)
        return err_errno(e, ERR_STORAGE, "cannot look at %s", path);
    return !S_ISREG(st.st_mode) || !(st.st_mode & 077) || chmod(path, st.st_mode & 0700) == 0 ||
           err_errno(e, ERR_STORAGE, "cannot make %s private", path);
}

bool disk_make(const struct store *s, const char *name, struct err *e)
{
    char *path = disk_path(s, name);
    bool ok = make(path, e);

    free(path);
    return ok;
}

void disk_remove(const struct store *s, const char *name)
{
    char *path = disk_path(s, name);

    (void)unlink(path);
    free(path);
}

bool disk_writable(const struct store *s, const char *name)
{
    char *path = disk_path(s, name);
    bool ok = access(s->folder, W_OK | X_OK) == 0 && access(path, W_OK) == 0;

    free(path);
    return ok;
}

static bool rename_in(const struct store *s, const char *name, const char *to)
{
    char *before = disk_path(s, name), *after = disk_path(s, to);
    bool ok = rename(before, after) == 0;
    int why = errno;

    free(before);
    free(after);
    errno = why;
    return ok;
}

// A name with the time in it that is not taken.
static char *broken_name(const struct store *s, const char *name)
{
    char when[CLOCK_ISO_MAX];

    (void)clock_iso(clock_utc_ms(&s->clock), when);
    for (int i = 1;; i++) {
        char *made = i == 1 ? str_format("%s.broken-%s", name, when)
                            : str_format("%s.broken-%s-%d", name, when, i);
        char *path = disk_path(s, made);
        bool taken = access(path, F_OK) == 0;

        free(path);
        if (!taken)
            return made;
        free(made);
    }
}

// A file beside a database: left behind, it would be played into whatever gets the name next.
static bool move_companion(const struct store *s, const char *name, const char *aside,
                           const char *ending)
{
    char *from = str_format("%s%s", name, ending), *to = str_format("%s%s", aside, ending);
    bool ok = rename_in(s, from, to) || errno == ENOENT;

    free(from);
    free(to);
    return ok;
}

char *disk_set_aside(const struct store *s, const char *name, struct err *e)
{
    static const char *const endings[] = {"-journal", "-wal", "-shm", ""};
    char *aside = broken_name(s, name);
    bool ok = true;

    for (size_t i = 0; ok && i < ARRAY_LEN(endings); i++)
        ok = move_companion(s, name, aside, endings[i]);
    if (ok)
        return aside;
    (void)err_errno(e, ERR_STORAGE, "%s/%s is damaged and cannot be set aside", s->folder, name);
    for (size_t i = 0; i < ARRAY_LEN(endings); i++)
        (void)move_companion(s, aside, name, endings[i]);
    free(aside);
    return NULL;
}

static bool pour(int from, int to)
{
    char *buffer = mem_alloc(COPY_STEP);
    ssize_t n;

    while ((n = read(from, buffer, COPY_STEP)) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 || !file_write_all(to, buffer, (size_t)n))
            break;
    }
    free(buffer);
    return n == 0;
}

static bool copy(const char *from, const char *to, struct err *e)
{
    int fd = open(from, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    struct file_new made;
    bool ok;

    if (fd < 0)
        return err_errno(e, ERR_STORAGE, "cannot open %s", from);
    ok = file_new_open(&made, to, false, e);
    if (ok && !pour(fd, made.fd))
        ok = err_errno(e, ERR_STORAGE, "cannot copy %s to %s", from, to);
    ok = ok && file_new_commit(&made, e);
    file_new_abort(&made);
    (void)close(fd);
    return ok;
}

bool disk_copy(const struct store *s, const char *from, const char *to, struct err *e)
{
    char *before = disk_path(s, from), *after = disk_path(s, to);
    bool ok = copy(before, after, e);

    free(before);
    free(after);
    return ok;
}

static bool sync_at(const char *path)
{
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;
    int why = errno;

    if (fd >= 0)
        (void)close(fd);
    errno = why;
    return ok;
}

bool disk_rename_synced(const struct store *s, const char *name, const char *to, struct err *e)
{
    char *path = disk_path(s, name);
    bool ok = sync_at(path) && rename_in(s, name, to) && sync_at(s->folder);

    if (!ok)
        (void)err_errno(e, ERR_STORAGE, "cannot finish %s/%s", s->folder, to);
    free(path);
    return ok;
}

static const char lock_name[] = "ledger.lock";

void disk_mark(int lock, bool marked)
{
    // Where it cannot be written, a log that is gone later is not missed: no more than that.
    (void)!pwrite(lock, marked ? "1" : "0", 1, 0);
}

bool disk_marked(const struct store *s)
{
    char *path = disk_path(s, lock_name), mark = '0';
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);

    if (fd >= 0) {
        (void)!pread(fd, &mark, 1, 0);
        (void)close(fd);
    }
    free(path);
    return mark == '1';
}

int disk_lock(const struct store *s, struct err *e)
{
    char *path = disk_path(s, lock_name);
    int fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);

    if (fd < 0)
        (void)err_errno(e, ERR_STORAGE, "cannot open %s", path);
    free(path);
    if (fd < 0 || flock(fd, LOCK_EX | LOCK_NB) == 0)
        return fd;
    if (errno == EWOULDBLOCK)
        (void)err_set(e, ERR_REFUSED,
                      "another lode is spending from %s; end it there, or only browse here",
                      s->folder);
    else
        (void)err_errno(e, ERR_STORAGE, "cannot lock %s/%s", s->folder, lock_name);
    (void)close(fd);
    return -1;
}

bool disk_unlocked(const struct store *s, int *lock)
{
    char *path = disk_path(s, lock_name);
    bool absent;

    *lock = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    absent = *lock < 0 && errno == ENOENT;
    free(path);
    if (*lock < 0 || flock(*lock, LOCK_SH | LOCK_NB) == 0)
        return *lock >= 0 || absent;
    (void)close(*lock);
    *lock = -1;
    return false;
}
