// What is kept of a file whose lines are bought by. Floor: flow.
#include "flow/match_sum.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"

enum { BLOCK = 64 * 1024 };

bool match_sum_can(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

struct counting {
    bool json, quoted, filled; // a CSV's cell may hold line ends; something stands in this line
    size_t lines;              // that have ended and are not empty
};

static void count_lines(struct counting *c, const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        bool end = bytes[i] == '\n' && !c->quoted;

        c->quoted ^= !c->json && bytes[i] == '"';
        c->lines += end && c->filled;
        c->filled = !end && (c->filled || bytes[i] != '\r');
    }
}

// What f reads, whatever the path leads to by now; where f reads on stays.
static bool add_all(struct app *a, struct sha256 *sum, const struct match_file *f,
                    struct match_sum *out, struct err *e)
{
    struct counting c = {.json = f->json};
    char *bytes = mem_alloc(BLOCK);
    ssize_t n;

    e->kind = ERR_NONE;
    while ((n = pread(f->feed.fd, bytes, BLOCK, (off_t)out->size)) > 0) {
        sha256_add(sum, bytes, (size_t)n);
        out->size += n;
        count_lines(&c, bytes, (size_t)n);
        if (cancel_fired(a->cancel)) {
            (void)err_set(e, ERR_CANCELLED, "stopped on request");
            break;
        }
    }
    if (n < 0)
        (void)err_errno(e, ERR_STORAGE, "the file could not be read on");
    free(bytes);
    out->lines = c.lines + c.filled;
    out->lines -= out->lines && !f->json && !f->held;
    return e->kind == ERR_NONE || err_prefix(e, "%s", f->path);
}

bool match_sum_check(struct app *a, const char *path, struct err *e)
{
    struct match_file file;

    if (!match_sum_can(path))
        return true;
    if (!match_file_open(&file, path, e))
        return false;
    while (match_file_next(&file, e)) {
        if (cancel_fired(a->cancel)) {
            (void)err_set(e, ERR_CANCELLED, "stopped on request");
            break;
        }
    }
    match_file_close(&file);
    return e->kind == ERR_NONE;
}

bool match_sum_read(struct app *a, const struct match_file *f, struct match_sum *out, struct err *e)
{
    struct sha256 *sum;
    bool ok;

    *out = (struct match_sum){0};
    if (!match_sum_can(f->path))
        return err_set(e, ERR_INVALID,
                       "%s cannot be read a second time, so a job cannot go by it: put what it "
                       "says into a file",
                       f->path);
    out->path = realpath(f->path, NULL);
    sum = out->path ? sha256_new(e) : NULL;
    if (!out->path)
        return err_errno(e, errno == ENOENT ? ERR_NOT_FOUND : ERR_STORAGE, "cannot open %s",
                         f->path);
    ok = sum && add_all(a, sum, f, out, e);
    if (ok)
        sha256_hex(sum, out->sha256);
    sha256_free(sum);
    if (!ok)
        match_sum_free(out);
    return ok;
}

void match_sum_free(struct match_sum *s)
{
    free(s->path);
    *s = (struct match_sum){0};
}
