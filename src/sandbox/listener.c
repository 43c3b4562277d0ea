// A listening socket on this machine only. Any thread. Floor: sandbox.
#include "sandbox/listener.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BACKLOG = 1024 };

static bool start(int fd, uint16_t *port)
{
    struct sockaddr_in at = {
        .sin_family = AF_INET,
        .sin_port = htons(*port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };
    socklen_t len = sizeof(at);
    const int on = 1;

    if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) != 0 ||
        bind(fd, (struct sockaddr *)&at, len) != 0 || listen(fd, BACKLOG) != 0 ||
        getsockname(fd, (struct sockaddr *)&at, &len) != 0)
        return false;
    *port = ntohs(at.sin_port);
    return true;
}

int listener_open(uint16_t *port, struct err *e)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd >= 0 && start(fd, port))
        return fd;
    (void)err_errno(e, ERR_STORAGE, "cannot listen on port %u of 127.0.0.1", *port);
    if (fd >= 0)
        (void)close(fd);
    return -1;
}
