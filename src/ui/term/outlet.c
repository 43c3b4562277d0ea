// Where curses writes to: the terminal by a descriptor of its own, so that a whole painting can be
// held back and sent at once. UI thread. Floor: ui/term.
#include "ui/term/outlet.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { FIRST_FD = STDERR_FILENO + 1, PIECE = 8192 };

bool outlet_open(struct outlet *o, struct err *e)
{
    int fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, FIRST_FD);

    *o = (struct outlet){.stream = fd < 0 ? NULL : fdopen(fd, "w"), .kept = -1};
    if (!o->stream) {
        (void)err_set(e, ERR_INTERNAL, "the terminal cannot be opened once more: %s",
                      strerror(errno));
        if (fd >= 0)
            (void)close(fd);
        return false;
    }
    o->kept = memfd_create("lode-paint", MFD_CLOEXEC);
    return true;
}

void outlet_close(struct outlet *o)
{
    (void)fclose(o->stream);
    if (o->kept >= 0)
        (void)close(o->kept);
    str_free(&o->bytes);
    *o = (struct outlet){.kept = -1};
}

static void point(const struct outlet *o, int fd)
{
    (void)dup3(fd, fileno(o->stream), O_CLOEXEC);
}

void outlet_hold(const struct outlet *o)
{
    if (o->kept >= 0)
        point(o, o->kept);
}

// What is held back goes to the end of *bytes; the place for it stays.
static void take(const struct outlet *o, struct str *bytes)
{
    off_t end = lseek(o->kept, 0, SEEK_CUR), at = 0;
    char piece[PIECE];

    while (at < end) {
        off_t rest = end - at;
        ssize_t n = pread(o->kept, piece, rest < PIECE ? (size_t)rest : PIECE, at);

        if (n <= 0)
            break;
        str_add_len(bytes, piece, (size_t)n);
        at += n;
    }
    (void)lseek(o->kept, 0, SEEK_SET);
}

// The terminal may have been made non-blocking by another program that has it too.
static void send_all(const struct str *bytes)
{
    struct pollfd out = {.fd = STDOUT_FILENO, .events = POLLOUT};
    size_t at = 0;

    while (at < bytes->len) {
        ssize_t n = write(STDOUT_FILENO, bytes->data + at, bytes->len - at);

        if (n > 0)
            at += (size_t)n;
        else if (errno == EAGAIN)
            (void)poll(&out, 1, -1);
        else if (errno != EINTR)
            return;
    }
}

void outlet_release(struct outlet *o, const char *before, const char *after)
{
    str_clear(&o->bytes);
    str_add(&o->bytes, before);
    if (o->kept >= 0) {
        point(o, STDOUT_FILENO);
        take(o, &o->bytes);
    }
    str_add(&o->bytes, after);
    send_all(&o->bytes);
}
