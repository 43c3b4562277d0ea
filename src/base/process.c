// What a program does before anything else. Floor: base.
#include "base/process.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

// The lowest free descriptor is the one that is opened, hence the order.
static void hold_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        // Opened the wrong way round: reading it, or writing to it, fails as it did closed.
        if (fcntl(fd, F_GETFD) < 0)
            (void)open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    }
}

void process_begin(void)
{
    hold_streams();
    (void)signal(SIGPIPE, SIG_IGN);
    (void)signal(SIGXFSZ, SIG_IGN);
}
