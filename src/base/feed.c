// The bytes of a file a block at a time. Floor: base.
#include "base/feed.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 64 * 1024 };

bool feed_open(struct feed *f, const char *path, struct err *e)
{
    struct stat st;

    *f = (struct feed){.fd = STDIN_FILENO};
    if (str_eq(path, "-"))
        return true;
    f->fd = open(path, O_RDONLY | O_CLOEXEC);
    if (f->fd < 0)
        return err_errno(e, errno == ENOENT ? ERR_NOT_FOUND : ERR_STORAGE, "cannot open %s", path);
    if (fstat(f->fd, &st) == 0 && S_ISDIR(st.st_mode)) {
        feed_close(f);
        return err_set(e, ERR_INVALID, "%s is a folder", path);
    }
    return true;
}

void feed_close(struct feed *f)
{
    if (f->fd > STDIN_FILENO)
        (void)close(f->fd);
    str_free(&f->bytes);
    if (f->began)
        csv_close(&f->csv);
    *f = (struct feed){.fd = -1};
}

bool feed_more(struct feed *f, struct err *e)
{
    ssize_t n;

    e->kind = ERR_NONE;
    if (f->eof)
        return false;
    str_reserve(&f->bytes, BLOCK);
    do
        n = read(f->fd, f->bytes.data + f->bytes.len, BLOCK);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return err_errno(e, ERR_STORAGE, "the file could not be read on");
    f->eof = n == 0;
    f->bytes.len += (size_t)n;
    f->bytes.data[f->bytes.len] = '\0';
    return n > 0;
}

void feed_drop(struct feed *f, size_t n)
{
    if (n)
        str_splice(&f->bytes, 0, n, "", 0);
}

static bool too_long(struct err *e)
{
    return err_set(e, ERR_INVALID, "a line is longer than %d bytes; is this a text file?",
                   FEED_RECORD_MAX);
}

// Where the next line ends among what is read; reads on until there is one.
static bool find_line(struct feed *f, size_t *len, struct err *e)
{
    size_t from = f->looked;

    for (;;) {
        const char *start = str_text(&f->bytes);
        const char *end =
            f->bytes.len > from ? memchr(start + from, '\n', f->bytes.len - from) : NULL;

        if (end) {
            *len = (size_t)(end - start);
            return true;
        }
        if (f->bytes.len - f->looked > FEED_RECORD_MAX)
            return too_long(e);
        from = f->bytes.len;
        if (!feed_more(f, e)) {
            *len = f->bytes.len;
            return e->kind == ERR_NONE && f->bytes.len > f->looked;
        }
    }
}

bool feed_line(struct feed *f, struct str *line, struct err *e)
{
    size_t end = 0;

    // What was handed out goes once it is worth moving the rest.
    if (f->looked >= BLOCK) {
        feed_drop(f, f->looked);
        f->looked = 0;
    }
    e->kind = ERR_NONE;
    if (!find_line(f, &end, e))
        return false;
    str_clear(line);
    str_add_len(line, f->bytes.data + f->looked, end - f->looked);
    f->looked = end + (end < f->bytes.len);
    if (line->len && line->data[line->len - 1] == '\r')
        str_cut(line, line->len - 1);
    return strlen(str_text(line)) == line->len ||
           err_set(e, ERR_INVALID, "a line holds a NUL byte; is this a text file?");
}

// How far records are whole: up to the last line end outside quotes.
static void look_on(struct feed *f)
{
    const char *p = str_text(&f->bytes);

    for (; f->looked < f->bytes.len; f->looked++) {
        char c = p[f->looked];

        if (c == '"')
            f->quoted = !f->quoted;
        else if (c == '\n' && !f->quoted)
            f->whole = f->looked + 1;
    }
}

// Points the reader at the whole records that are read; its separator and line count go on.
static bool refill(struct feed *f, struct err *e)
{
    feed_drop(f, f->whole);
    f->looked -= f->whole;
    for (f->whole = 0; f->whole == 0;) {
        look_on(f);
        if (f->whole)
            break;
        if (f->looked > FEED_RECORD_MAX)
            return too_long(e);
        if (!feed_more(f, e)) {
            if (e->kind != ERR_NONE || f->bytes.len == 0)
                return false;
            f->whole = f->bytes.len;
        }
    }
    if (!f->began)
        f->csv = csv_open(f->bytes.data, f->whole);
    else
        f->csv.at = f->bytes.data;
    f->csv.end = f->bytes.data + f->whole;
    f->began = true;
    return true;
}

bool feed_csv(struct feed *f, struct err *e)
{
    e->kind = ERR_NONE;
    for (;;) {
        if (f->began && csv_next(&f->csv, e))
            return true;
        if (e->kind != ERR_NONE || !refill(f, e))
            return false;
    }
}
