// An append-only file of lines. One owner at a time. Floor: sandbox.
#include "sandbox/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

enum { LOCK_TRIES = 200, LOCK_PAUSE_NS = 10000000, BLOCK = 1 << 16 };

static const char header[] = "lode-sandbox account 1\n";

enum { HEADER_LEN = sizeof(header) - 1 };

struct journal {
    char *name; // for messages
    int fd;
    off_t len; // whole lines only
};

// A process that was just killed may hold its lock a moment longer.
static bool lock(int fd)
{
    const struct timespec pause = {.tv_nsec = LOCK_PAUSE_NS};

    for (int i = 0; i < LOCK_TRIES; i++) {
        if (flock(fd, LOCK_EX | LOCK_NB) == 0)
            return true;
        if (errno != EWOULDBLOCK)
            return false;
        (void)nanosleep(&pause, NULL);
    }
    return false;
}

static bool cut(struct journal *j, off_t len, struct err *e)
{
    if (ftruncate(j->fd, len) != 0 || lseek(j->fd, len, SEEK_SET) != len)
        return err_errno(e, ERR_STORAGE, "cannot shorten the state file %s", j->name);
    j->len = len;
    return true;
}

// Gives take every line from offset at; *whole becomes the offset behind the last finished one.
static bool scan(const struct journal *j, off_t at, journal_take *take, void *self, off_t *whole,
                 struct err *e)
{
    struct str text = {0};
    ssize_t n = 0;
    bool ok = true;

    *whole = at;
    do {
        char *line, *end;

        str_reserve(&text, BLOCK);
        n = pread(j->fd, text.data + text.len, BLOCK, at);
        if (n < 0)
            ok = err_errno(e, ERR_STORAGE, "cannot read the state file %s", j->name);
        at += n > 0 ? n : 0;
        text.len += n > 0 ? (size_t)n : 0;
        for (line = text.data; ok && (end = memchr(line, '\n', text.len)) != NULL; line = end + 1) {
            *end = '\0';
            text.len -= (size_t)(end + 1 - line);
            *whole += end + 1 - line;
            ok = take(line, self, e);
        }
        memmove(text.data, line, text.len);
    } while (ok && n > 0);
    str_free(&text);
    return ok;
}

// An empty file, or one whose very first write was cut short, starts afresh.
static bool check_header(struct journal *j, struct err *e)
{
    char start[sizeof(header)];
    struct stat st;
    ssize_t n;

    if (fstat(j->fd, &st) != 0 || (n = pread(j->fd, start, HEADER_LEN, 0)) < 0)
        return err_errno(e, ERR_STORAGE, "cannot read the state file %s", j->name);
    if (!S_ISREG(st.st_mode) || memcmp(start, header, (size_t)n) != 0)
        return err_set(e, ERR_INVALID, "%s is no state file of lode-sandbox; it was left as it is",
                       j->name);
    if (n < HEADER_LEN && pwrite(j->fd, header, HEADER_LEN, 0) != HEADER_LEN)
        return err_errno(e, ERR_STORAGE, "cannot write to the state file %s", j->name);
    return true;
}

static bool start(struct journal *j, journal_take *take, void *self, struct err *e)
{
    off_t whole;

    if (j->fd < 0)
        return err_errno(e, ERR_STORAGE, "cannot open the state file %s", j->name);
    if (!lock(j->fd))
        return err_errno(e, ERR_STORAGE, "another lode-sandbox uses the state file %s", j->name);
    return check_header(j, e) && scan(j, HEADER_LEN, take, self, &whole, e) && cut(j, whole, e);
}

struct journal *journal_open(const char *path, journal_take *take, void *self, struct err *e)
{
    struct journal *j = mem_zalloc(sizeof(*j));

    j->name = mem_strdup(path ? path : "(in memory)");
    j->fd = path ? open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)
                 : memfd_create("account", MFD_CLOEXEC);
    if (start(j, take, self, e))
        return j;
    journal_close(j);
    return NULL;
}

void journal_close(struct journal *j)
{
    if (!j)
        return;
    if (j->fd >= 0)
        (void)close(j->fd);
    free(j->name);
    free(j);
}

bool journal_append(struct journal *j, const struct str *line, struct err *e)
{
    struct err cannot_cut;

    if (file_write_all(j->fd, line->data, line->len)) {
        j->len += (off_t)line->len;
        return true;
    }
    (void)err_errno(e, ERR_STORAGE, "cannot write to the state file %s", j->name);
    (void)cut(j, j->len, &cannot_cut);
    return false;
}

bool journal_each(const struct journal *j, journal_take *take, void *self, struct err *e)
{
    off_t whole;

    return scan(j, HEADER_LEN, take, self, &whole, e);
}

bool journal_clear(struct journal *j, struct err *e)
{
    return cut(j, HEADER_LEN, e);
}
