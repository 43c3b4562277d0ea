// Where curses writes to, and how that gets to the terminal. UI thread. Floor: ui/term.
#include "ui/term/outlet.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <termios.h>
#include <unistd.h>

enum { FIRST_FD = STDERR_FILENO + 1, PIECE = 8 * 1024, KEPT_MAX = 64 * 1024 };

// A description of its own: standard output shares one with the shell, which must not find it
// non-blocking. Where the terminal belongs to somebody else (su) there is only that one.
static int open_again(void)
{
    int fd = open("/proc/self/fd/1", O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);

    return fd < 0 ? STDOUT_FILENO : fd;
}

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
    o->fd = open_again();
    o->kept = memfd_create("lode-paint", MFD_CLOEXEC);
    return true;
}

void outlet_close(struct outlet *o)
{
    (void)fclose(o->stream);
    if (o->kept >= 0)
        (void)close(o->kept);
    if (o->fd != STDOUT_FILENO)
        (void)close(o->fd);
    str_free(&o->bytes);
    *o = (struct outlet){.fd = STDOUT_FILENO, .kept = -1};
}

static void point(const struct outlet *o, int fd)
{
    if (o->kept >= 0)
        (void)dup3(fd, fileno(o->stream), O_CLOEXEC);
}

void outlet_hold(struct outlet *o)
{
    point(o, o->kept);
}

void outlet_lend(struct outlet *o)
{
    point(o, STDOUT_FILENO);
}

// What curses wrote since the last time. Its place is used again now and then, not each time: that
// would cost a call of the kernel for every painting.
void outlet_gather(struct outlet *o)
{
    ssize_t n;

    if (o->kept < 0)
        return;
    do {
        str_reserve(&o->bytes, PIECE);
        n = pread(o->kept, o->bytes.data + o->bytes.len, PIECE, o->at);
        o->bytes.len += n > 0 ? (size_t)n : 0;
        o->at += n > 0 ? n : 0;
    } while (n == PIECE);
    if (o->at > KEPT_MAX && ftruncate(o->kept, 0) == 0)
        o->at = lseek(o->kept, 0, SEEK_SET);
}

static void clear(struct outlet *o)
{
    str_clear(&o->bytes);
    o->sent = 0;
}

bool outlet_waits(const struct outlet *o)
{
    return o->sent < o->bytes.len;
}

void outlet_go_on(struct outlet *o)
{
    while (outlet_waits(o)) {
        ssize_t n = write(o->fd, o->bytes.data + o->sent, o->bytes.len - o->sent);

        if (n > 0)
            o->sent += (size_t)n;
        else if (errno == EAGAIN)
            return;
        else if (errno != EINTR)
            break; // it went away
    }
    clear(o);
}

void outlet_put(struct outlet *o, const char *bytes, size_t len)
{
    str_add_len(&o->bytes, bytes, len);
    outlet_go_on(o);
}

void outlet_add(struct outlet *o, const char *text)
{
    str_add(&o->bytes, text);
}

void outlet_settle(struct outlet *o, int timeout_ms)
{
    struct pollfd out = {.fd = o->fd, .events = POLLOUT};

    while (outlet_waits(o) && poll(&out, 1, timeout_ms) > 0)
        outlet_go_on(o);
    if (!outlet_waits(o))
        return;
    (void)tcflow(o->fd, TCOON);
    (void)tcflush(o->fd, TCOFLUSH);
    clear(o);
}
