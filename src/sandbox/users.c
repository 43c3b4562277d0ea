// Waits for the last one that uses this sandbox, on a thread of its own. Floor: sandbox.
#include "sandbox/users.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/lock.h"
#include "base/mem.h"

// Locked as long as it lives, so that a Lode tells it from one that a person started.
enum { BYTE_OURS = 65535 + 2 };

struct users {
    char *path;
    int fd;
};

static bool is_at(const struct users *u)
{
    struct stat ours, there;

    return fstat(u->fd, &ours) == 0 && lstat(u->path, &there) == 0 && ours.st_dev == there.st_dev &&
           ours.st_ino == there.st_ino;
}

// Nobody is left to hear an answer, and what was charged is in the journal: no reason to tidy up.
// The lock is kept to the end, so that nobody comes in.
static void *watch(void *arg)
{
    const struct users *u = arg;

    if (lock_byte_wait(u->fd, 0) && is_at(u))
        (void)unlink(u->path);
    _exit(0);
}

struct users *users_watch(const char *path, struct err *e)
{
    struct users *u = mem_zalloc(sizeof(*u));
    pthread_t thread;

    u->path = mem_strdup(path);
    u->fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (u->fd >= 0 && lock_byte(u->fd, F_RDLCK, BYTE_OURS) &&
        pthread_create(&thread, NULL, watch, u) == 0)
        return pthread_detach(thread) == 0 ? u : NULL;
    (void)err_errno(e, ERR_STORAGE, "the file of those who use the sandbox, %s", path);
    if (u->fd >= 0)
        (void)close(u->fd);
    free(u->path);
    free(u);
    return NULL;
}

bool users_tell(const struct users *u, uint16_t port, struct err *e)
{
    return lock_byte(u->fd, F_WRLCK, port) ||
           err_errno(e, ERR_STORAGE, "the file of those who use the sandbox, %s", u->path);
}
