// The one offline sandbox of all Lodes of a person. One owner. Floor: flow.
#include "flow/sandbox.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/lock.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/xdg.h"
#include "flow/sandbox_program.h"
#include "job/thread.h"

enum { PAUSE_NS = 10000000, TRIES = 3000, LAST_TRIES = 100, STRANGE_TRIES = 10, PORT_MAX = 65535 };

// Of the file of those who use it. The first is locked by each Lode that does; the sandbox, which
// ends with the last of them, locks the one whose number is the port it listens at, and before that
// the last.
enum { BYTE_USER, BYTE_STARTER = PORT_MAX + 1, BYTE_OURS };

static char *file_of(const char *name, struct err *e)
{
    char *folder = xdg_make(XDG_STATE, SANDBOX_PROFILE, e);
    char *path = folder ? str_format("%s/%s", folder, name) : NULL;

    free(folder);
    return path;
}

char *sandbox_rates(struct err *e)
{
    return file_of("rates", e);
}

// A new one has answered nobody yet.
static void forget_rates(void)
{
    struct err e;
    char *path = sandbox_rates(&e);

    if (path)
        (void)unlink(path);
    free(path);
}

// A running sandbox holds its account.
static bool is_held(void)
{
    struct err e;
    char *path = file_of("account", &e);
    int fd = path ? open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK) : -1;
    bool held = fd >= 0 && flock(fd, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;

    if (fd >= 0)
        (void)close(fd);
    free(path);
    return held;
}

// A ^C that comes before the command watches for one.
static bool is_stopped(void)
{
    sigset_t set;

    return sigpending(&set) == 0 &&
           (sigismember(&set, SIGINT) == 1 || sigismember(&set, SIGTERM) == 1 ||
            sigismember(&set, SIGHUP) == 1);
}

static void pause_shortly(void)
{
    const struct timespec pause = {.tv_nsec = PAUSE_NS};

    (void)nanosleep(&pause, NULL);
}

// false with *e: it is not to be waited any longer.
static bool wait_shortly(struct err *e)
{
    if (is_stopped())
        return err_set(e, ERR_CANCELLED, "stopped on request");
    pause_shortly();
    return true;
}

// The file of that descriptor is the one that others find there.
static bool is_at(int fd, const char *path)
{
    struct stat ours, there;

    return fstat(fd, &ours) == 0 && lstat(path, &there) == 0 && ours.st_dev == there.st_dev &&
           ours.st_ino == there.st_ino;
}

// Holds whatever sandbox there is or will be, from now on; as F_WRLCK, keeps each from being there.
// -1: one is just ending, or is used; or *e is set.
static int hold(const char *path, int type, struct err *e)
{
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);

    if (fd < 0) {
        (void)err_errno(e, ERR_STORAGE, "%s", path);
        return -1;
    }
    if (lock_byte(fd, type, BYTE_USER) && is_at(fd, path))
        return fd;
    (void)close(fd);
    return -1;
}

// The same, tried again for a while. -1 without *e: still so.
static int hold_soon(const char *path, int type, int tries, struct err *e)
{
    int fd;

    *e = (struct err){0};
    for (fd = hold(path, type, e); fd < 0 && e->kind == ERR_NONE && tries > 0; tries--) {
        if (wait_shortly(e))
            fd = hold(path, type, e);
    }
    return fd;
}

// The address of the one that listens now; the caller frees it. NULL: none does.
static char *find(int fd)
{
    off_t port = lock_byte_find(fd, 1, PORT_MAX);

    return port > 0 ? str_format("http://127.0.0.1:%d", (int)port) : NULL;
}

bool sandbox_runs(const struct sandbox_child *c)
{
    char *url = c->hold >= 0 ? find(c->hold) : NULL;
    bool same = url && str_eq(url, c->url);

    free(url);
    return same;
}

static bool start(struct sandbox_child *c, const char *path, struct err *e)
{
    char *state = file_of("account", e);

    if (state)
        c->url = sandbox_program_start(state, path, &c->pid, e);
    free(state);
    if (!c->url)
        return false;
    forget_rates();
    return true;
}

static bool refuse_strange(struct err *e)
{
    char *path = file_of("account", e);

    (void)err_set(e, ERR_STORAGE,
                  "a lode-sandbox that was not started by Lode has the account's file %s: end it, "
                  "or use it by its address with --base-url",
                  path ? path : "");
    free(path);
    return false;
}

// What is there, or one of our own. One that has the account and does not listen yet was started by
// a Lode that was killed since.
static bool find_or_start(struct sandbox_child *c, const char *path, struct err *e)
{
    for (int tries = 0, strange = 0; tries < TRIES; tries++) {
        c->url = find(c->hold);
        if (c->url || (!is_held() && start(c, path, e)))
            return true;
        if (!is_held())
            return false;
        strange = lock_byte_held(c->hold, BYTE_OURS) ? 0 : strange + 1;
        if (strange == STRANGE_TRIES)
            return refuse_strange(e);
        if (!wait_shortly(e))
            return false;
    }
    return err_set(e, ERR_INTERNAL,
                   "a lode-sandbox has the account and says not where it listens: end it, then "
                   "start Lode again");
}

// Only one Lode at a time looks.
static bool take_turn(struct sandbox_child *c, const char *path, struct err *e)
{
    bool ok;

    for (int tries = 0; !lock_byte(c->hold, F_WRLCK, BYTE_STARTER); tries++) {
        if (tries == TRIES)
            return err_set(e, ERR_INTERNAL,
                           "another Lode has been starting the sandbox for too long: end it");
        if (!wait_shortly(e))
            return false;
    }
    ok = find_or_start(c, path, e);
    (void)lock_byte(c->hold, F_UNLCK, BYTE_STARTER);
    return ok;
}

bool sandbox_join(struct sandbox_child *c, struct err *e)
{
    char *path = file_of("users", e);
    bool ok;

    *c = SANDBOX_NONE;
    if (!path)
        return false;
    c->hold = hold_soon(path, F_RDLCK, TRIES, e);
    if (c->hold < 0 && e->kind == ERR_NONE)
        (void)err_set(e, ERR_INTERNAL, "a sandbox has been ending for too long: end it");
    ok = c->hold >= 0 && take_turn(c, path, e);
    if (!ok)
        sandbox_stop(c);
    free(path);
    return ok;
}

// One that is just ending is waited for.
static bool is_let_go(void)
{
    bool held = is_held();

    for (int tries = 0; held && tries < LAST_TRIES; tries++) {
        pause_shortly();
        held = is_held();
    }
    return !held;
}

static void *wait_for(void *child)
{
    while (waitpid((pid_t)(intptr_t)child, NULL, 0) < 0 && errno == EINTR)
        continue;
    return NULL;
}

// It ends some time, and this process may be there still.
static void leave_to_others(pid_t pid)
{
    pthread_t thread;

    if (pid > 0 && thread_start(&thread, wait_for, (void *)(intptr_t)pid))
        (void)pthread_detach(thread);
}

// The last one that uses it sees it end, so that nothing is left of it then: while it has the lock
// alone nobody comes in.
static void end_with_last(const struct sandbox_child *c)
{
    struct err e;
    char *path;

    if (!lock_byte(c->hold, F_WRLCK, BYTE_USER)) {
        leave_to_others(c->pid);
        return;
    }
    if (c->pid > 0) {
        path = file_of("users", &e);
        if (path && is_at(c->hold, path))
            (void)unlink(path);
        free(path);
        (void)kill(c->pid, SIGTERM);
        (void)wait_for((void *)(intptr_t)c->pid);
        return;
    }
    // Another's child: it ends by itself, unless somebody was quicker.
    (void)lock_byte(c->hold, F_UNLCK, BYTE_USER);
    (void)is_let_go();
}

void sandbox_stop(struct sandbox_child *c)
{
    if (c->hold >= 0) {
        end_with_last(c);
        (void)close(c->hold);
    }
    free(c->url);
    *c = SANDBOX_NONE;
}

// Every file of a folder, but those whose name begins with kept (NULL: none is kept).
static bool remove_files(const char *folder, const char *kept, struct err *e)
{
    DIR *dir = opendir(folder);
    const struct dirent *entry;
    bool ok = true;

    while (dir && ok && (entry = readdir(dir)) != NULL) {
        char *path = str_format("%s/%s", folder, entry->d_name);

        if (entry->d_type != DT_DIR && !(kept && str_starts(entry->d_name, kept)))
            ok = unlink(path) == 0 || errno == ENOENT ||
                 err_errno(e, ERR_STORAGE, "%s could not be removed", path);
        free(path);
    }
    if (dir)
        (void)closedir(dir);
    return ok;
}

// The file of its users goes last: who has that alone keeps all others out.
static bool forget(const char *users, struct err *e)
{
    char *state = xdg_make(XDG_STATE, SANDBOX_PROFILE, e),
         *folder = state ? xdg_make(XDG_DATA, SANDBOX_PROFILE, e) : NULL,
         *rows = folder ? str_format("%s/rows", folder) : NULL;
    bool ok = folder && remove_files(state, file_name(users), e) && remove_files(rows, NULL, e) &&
              remove_files(folder, "searches.", e);

    if (unlink(users) != 0 && ok)
        ok = err_errno(e, ERR_STORAGE, "%s could not be removed", users);
    free(rows);
    free(folder);
    free(state);
    return ok;
}

bool sandbox_reset(struct err *e)
{
    char *path = file_of("users", e);
    int fd = path ? hold_soon(path, F_WRLCK, LAST_TRIES, e) : -1;
    bool ok = false;

    if (fd >= 0 && is_let_go())
        ok = forget(path, e);
    else if (path && e->kind == ERR_NONE)
        (void)err_set(e, ERR_STORAGE,
                      "the sandbox is in use: end each Lode that uses it, then reset it; nothing "
                      "was forgotten");
    if (fd >= 0)
        (void)close(fd);
    free(path);
    return ok;
}
