// One accepted connection of the fault front. The thread of the connection. Floor: sandbox.
#include "sandbox/wire.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <time.h>

enum { BLOCK = 1 << 14 };

bool wire_open(struct wire *w, int fd, SSL_CTX *tls)
{
    const int on = 1;

    *w = (struct wire){.fd = fd};
    (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    if (!tls)
        return true;
    w->ssl = SSL_new(tls);
    return w->ssl && SSL_set_fd(w->ssl, fd) == 1 && SSL_accept(w->ssl) == 1;
}

bool wire_fill(struct wire *w)
{
    ssize_t n;

    str_reserve(&w->in, BLOCK);
    do {
        n = w->ssl ? SSL_read(w->ssl, w->in.data + w->in.len, BLOCK)
                   : recv(w->fd, w->in.data + w->in.len, BLOCK, 0);
    } while (n < 0 && !w->ssl && errno == EINTR);
    if (n <= 0)
        return false;
    w->in.len += (size_t)n;
    w->in.data[w->in.len] = '\0';
    return true;
}

bool wire_send(struct wire *w, const char *bytes, size_t len)
{
    while (len) {
        size_t part = len < (1 << 20) ? len : (1 << 20);
        ssize_t n =
            w->ssl ? SSL_write(w->ssl, bytes, (int)part) : send(w->fd, bytes, part, MSG_NOSIGNAL);

        if (n < 0 && !w->ssl && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        bytes += n;
        len -= (size_t)n;
    }
    return true;
}

static int left_ms(const struct timespec *start, int ms)
{
    struct timespec now;
    long spent;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    spent = (now.tv_sec - start->tv_sec) * 1000 + (now.tv_nsec - start->tv_nsec) / 1000000;
    return spent < ms ? ms - (int)spent : 0;
}

bool wire_gone(const struct wire *w, int stop_fd, int ms)
{
    struct pollfd fds[] = {{.fd = w->fd, .events = POLLRDHUP}, {.fd = stop_fd, .events = POLLIN}};
    struct timespec start;
    int n;

    (void)clock_gettime(CLOCK_MONOTONIC, &start);
    do {
        n = poll(fds, 2, ms < 0 ? -1 : left_ms(&start, ms));
    } while (n < 0 && errno == EINTR);
    return n != 0;
}

void wire_end(struct wire *w)
{
    if (w->ssl && SSL_is_init_finished(w->ssl))
        (void)SSL_shutdown(w->ssl);
    SSL_free(w->ssl);
    w->ssl = NULL;
    str_free(&w->in);
}

void wire_abort(struct wire *w)
{
    const struct linger at_once = {.l_onoff = 1};

    (void)setsockopt(w->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
    SSL_free(w->ssl);
    w->ssl = NULL;
}
