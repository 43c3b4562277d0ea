// What was typed at `:`, kept in the state folder. UI thread. Floor: ui/frame.
#include "ui/frame/history.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/xdg.h"
#include "ui/frame/frame.h"

#define HISTORY_FILE "history"

enum {
    HISTORY_BYTES =
        1 << 17, // before all but the last TAIL_BYTES of it go; and no more is ever read
    TAIL_BYTES = 1 << 16,
    TRIES = 8,
    PAUSE_NS = 1000000 // between two of them: whoever waits for a key waits for these
};

static char *history_path(struct err *e)
{
    char *folder = xdg_make(XDG_STATE, NULL, e), *path = NULL;

    if (folder)
        path = str_format("%s/" HISTORY_FILE, folder);
    free(folder);
    return path;
}

// Another Lode may have put a shorter one in its place meanwhile.
static bool is_still(int fd, const char *path)
{
    struct stat held, there;

    return fstat(fd, &held) == 0 && S_ISREG(held.st_mode) && stat(path, &there) == 0 &&
           held.st_dev == there.st_dev && held.st_ino == there.st_ino;
}

// Open and locked for this Lode alone, or -1; also where another one holds it through all tries.
static int open_locked(const char *path)
{
    const struct timespec pause = {.tv_nsec = PAUSE_NS};

    for (int i = 0; i < TRIES; i++) {
        int fd = open(path, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC,
                      S_IRUSR | S_IWUSR);

        if (fd < 0)
            return -1;
        if (flock(fd, LOCK_EX | LOCK_NB) == 0 && is_still(fd, path))
            return fd;
        (void)close(fd);
        (void)nanosleep(&pause, NULL);
    }
    return -1;
}

// It is read without a lock: lines are put behind it whole, and a shorter one comes as a new file.
static int open_to_read(const char *path)
{
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    struct stat st;

    if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
        return fd;
    if (fd >= 0)
        (void)close(fd);
    return -1;
}

// The whole lines among the last `most` bytes.
static void read_tail(int fd, off_t most, struct str *out)
{
    off_t size = lseek(fd, 0, SEEK_END), from = size > most ? size - most : 0;
    char *bytes = mem_alloc((size_t)most), *first = bytes;
    ssize_t n = size > 0 ? pread(fd, bytes, (size_t)(size - from), from) : 0;

    if (n > 0 && from > 0)
        first = memchr(bytes, '\n', (size_t)n);
    if (n > 0 && first)
        str_add_len(out, first + (from > 0), (size_t)(bytes + n - first) - (from > 0));
    free(bytes);
}

static void shorten(int fd, const char *path)
{
    struct file_new file;
    struct str text = {0};
    struct err e;

    read_tail(fd, TAIL_BYTES, &text);
    if (file_new_open(&file, path, true, &e)) {
        if (file_write_all(file.fd, str_text(&text), text.len))
            (void)file_new_commit(&file, &e);
        else
            file_new_abort(&file);
    }
    str_free(&text);
}

// A line that was left without an end is ended first.
static void append(int fd, const char *path, const char *text)
{
    off_t size = lseek(fd, 0, SEEK_END);
    struct str line = {0};
    char last = '\n';

    if (size > 0 && pread(fd, &last, 1, size - 1) != 1)
        last = '\n';
    str_addf(&line, "%s%s\n", last == '\n' ? "" : "\n", text);
    // A history that cannot be kept is no reason to hold anybody up.
    if (line.len <= TAIL_BYTES && file_write_all(fd, str_text(&line), line.len) &&
        size + (off_t)line.len > HISTORY_BYTES)
        shorten(fd, path);
    str_free(&line);
}

void history_need(struct frame *f)
{
    struct str text = {0};
    struct err e;
    char *path, *rest;
    int fd;

    if (f->history_read)
        return;
    f->history_read = true;
    path = history_path(&e);
    fd = path ? open_to_read(path) : -1;
    if (fd >= 0) {
        read_tail(fd, HISTORY_BYTES, &text);
        (void)close(fd);
    }
    rest = text.data;
    for (char *line; (line = strsep(&rest, "\n"));)
        (void)history_add(&f->history, line);
    str_free(&text);
    free(path);
}

void history_keep(struct frame *f, const char *text)
{
    struct err e;
    char *path;
    int fd;

    if (!history_add(&f->history, text))
        return;
    path = history_path(&e);
    fd = path ? open_locked(path) : -1;
    if (fd >= 0) {
        append(fd, path, text);
        (void)close(fd);
    }
    free(path);
}
