// A log that cannot leak: what looks like a token or an e-mail address is masked whoever wrote it.
// Any thread. Floor: base.
#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"

enum { HALF = 2 * 1024 * 1024, LINE_MAX_BYTES = 2048 };

struct log {
    char *path, *older; // owned
    enum log_level level;
    struct clock clock;
    pthread_mutex_t lock; // guards fd
    int fd;
};

static const char *const level_names[] = {
    [LOG_ERROR] = "error", [LOG_WARNING] = "warning", [LOG_INFO] = "info", [LOG_DEBUG] = "debug"};

static const char mask[] = "[masked]";
static const char word_ends[] = " \t\r\n\v\f\"<>()[]{},;=&?|:/\\`";
static const char token_ends[] = " \t\r\n\v\f\"'<>()[]{},;&";

static int open_private(const char *path)
{
    int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);
    struct stat st;

    if (fd < 0)
        return -1;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        (void)close(fd);
        errno = EINVAL;
        return -1;
    }
    if (st.st_mode & 077)
        (void)fchmod(fd, 0600);
    return fd;
}

struct log *log_open(const char *path, enum log_level level, struct clock clock, struct err *e)
{
    int fd = open_private(path);
    struct log *l;

    if (fd < 0) {
        (void)err_errno(e, ERR_STORAGE, "cannot write the log %s", path);
        return NULL;
    }
    l = mem_zalloc(sizeof(*l));
    l->path = mem_strdup(path);
    l->older = str_format("%s.1", path);
    l->level = level;
    l->clock = clock;
    l->fd = fd;
    (void)pthread_mutex_init(&l->lock, NULL);
    return l;
}

void log_close(struct log *l)
{
    if (!l)
        return;
    (void)close(l->fd);
    (void)pthread_mutex_destroy(&l->lock);
    free(l->path);
    free(l->older);
    free(l);
}

// An @ (or its %40) with something on both sides.
static bool is_address(const char *word, size_t len)
{
    for (size_t i = 1; i + 1 < len; i++) {
        if (word[i] == '@' || (len - i > 3 && strncmp(word + i, "%40", 3) == 0))
            return true;
    }
    return false;
}

// Where in the word a token starts, or len. Every JSON object in base64url, as in a JWT, starts so.
static size_t token_start(const char *word, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (strncmp(word + i, "eyJ", 3) == 0 && strcspn(word + i, token_ends) > 8)
            return i;
    }
    return len;
}

static size_t bearer_len(const char *word, size_t len)
{
    static const char name[] = "bearer";
    size_t n = sizeof(name) - 1;

    if (len < n || strncasecmp(word + len - n, name, n) != 0)
        return 0;
    return len + strspn(word + len, " \t\r\n:=\"'");
}

static void add_masked(const char *p, struct str *out)
{
    while (*p) {
        size_t len = strcspn(p, word_ends), bearer = bearer_len(p, len);
        size_t start = token_start(p, len);

        if (bearer || start < len) {
            size_t before = bearer ? bearer : start;

            str_add_len(out, p, before);
            str_add(out, mask);
            p += before + strcspn(p + before, token_ends);
        } else if (is_address(p, len)) {
            str_add(out, mask);
            p += len;
        } else {
            len += p[len] != '\0';
            str_add_len(out, p, len);
            p += len;
        }
    }
}

// Line ends as \n and \r, so that one event is one line that nobody can forge; the rest as every
// text from outside.
static void add_escaped(const char *p, struct str *out)
{
    while (*p) {
        size_t len = strcspn(p, "\r\n");

        text_clean(p, len, out);
        p += len;
        if (*p)
            str_add(out, *p++ == '\n' ? "\\n" : "\\r");
    }
}

static void cut_at_character(struct str *s, size_t len)
{
    if (s->len <= len)
        return;
    while (len && ((unsigned char)s->data[len] & 0xc0) == 0x80)
        len--;
    str_cut(s, len);
}

static bool is_current(const struct log *l)
{
    struct stat ours, named;

    return fstat(l->fd, &ours) == 0 && lstat(l->path, &named) == 0 && ours.st_ino == named.st_ino &&
           ours.st_dev == named.st_dev;
}

// Moves a full file aside; another process may have done so already, then ours is the older one.
static bool make_room(struct log *l)
{
    struct stat st;
    bool moved;
    int fd;

    if (fstat(l->fd, &st) == 0 && st.st_size < HALF - LINE_MAX_BYTES)
        return true;
    if (flock(l->fd, LOCK_EX) != 0)
        return false;
    moved = !is_current(l) || rename(l->path, l->older) == 0;
    (void)flock(l->fd, LOCK_UN);
    fd = moved ? open_private(l->path) : -1;
    if (fd < 0)
        return false;
    (void)close(l->fd);
    l->fd = fd;
    return true;
}

void log_write(struct log *l, enum log_level level, const char *format, ...)
{
    struct str raw = {0}, masked = {0}, line = {0};
    char time[CLOCK_ISO_MAX];
    int saved = errno;
    va_list args;

    if (!l || level > l->level)
        return;
    va_start(args, format);
    str_vaddf(&raw, format, args);
    va_end(args);
    add_masked(str_text(&raw), &masked);
    str_addf(&line, "%s %s ", clock_iso(clock_utc_ms(&l->clock), time), level_names[level]);
    add_escaped(str_text(&masked), &line);
    cut_at_character(&line, LINE_MAX_BYTES - 1);
    str_add_char(&line, '\n');
    (void)pthread_mutex_lock(&l->lock);
    if (make_room(l))
        (void)file_write_all(l->fd, line.data, line.len);
    (void)pthread_mutex_unlock(&l->lock);
    str_free(&raw);
    str_free(&masked);
    str_free(&line);
    errno = saved;
}
