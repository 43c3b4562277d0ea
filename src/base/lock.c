// Kernel locks on single bytes of an open file. Any thread. Floor: base.
#include "base/lock.h"

#include <errno.h>
#include <fcntl.h>

static struct flock of(int type, off_t byte)
{
    return (struct flock){.l_type = (short)type, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1};
}

bool lock_byte(int fd, int type, off_t byte)
{
    struct flock l = of(type, byte);

    return fcntl(fd, F_OFD_SETLK, &l) == 0;
}

bool lock_byte_wait(int fd, off_t byte)
{
    struct flock l = of(F_WRLCK, byte);

    while (fcntl(fd, F_OFD_SETLKW, &l) != 0) {
        if (errno != EINTR)
            return false;
    }
    return true;
}

bool lock_byte_held(int fd, off_t byte)
{
    struct flock l = of(F_WRLCK, byte);

    return fcntl(fd, F_OFD_GETLK, &l) != 0 || l.l_type != F_UNLCK;
}

off_t lock_byte_find(int fd, off_t first, off_t n)
{
    struct flock l = of(F_WRLCK, first);

    l.l_len = n;
    return fcntl(fd, F_OFD_GETLK, &l) == 0 && l.l_type != F_UNLCK ? l.l_start : -1;
}
