// Files that appear whole or not at all. Any thread. Floor: base.
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

#define SHORT_PREFIX ".lode-"

enum { OWN_NAME_MAX = 32, TRIES = 100, SHORT_DIGITS = 8 };

static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    if (!slash)
        return mem_strdup(".");
    return slash == path ? mem_strdup("/") : mem_strndup(path, (size_t)(slash - path));
}

// What stands at path must be nothing, or an ordinary file that may go: no link, device or pipe.
static bool may_take(const char *path, bool replace, struct err *e)
{
    struct stat st;

    if (!*path)
        return err_set(e, ERR_INVALID, "the name of the file to write is empty");
    if (lstat(path, &st) != 0)
        return errno == ENOENT || err_errno(e, ERR_STORAGE, "cannot write %s", path);
    if (!S_ISREG(st.st_mode))
        return err_set(e, ERR_INVALID, "%s is not an ordinary file; choose another name", path);
    if (!replace)
        return err_set(e, ERR_INVALID,
                       "%s exists and was left as it is; choose another name or pass --force",
                       path);
    return true;
}

// The name by which a process reaches a file that it holds open.
static const char *own_name(int fd, char buf[static OWN_NAME_MAX])
{
    (void)snprintf(buf, OWN_NAME_MAX, "/proc/self/fd/%d", fd);
    return buf;
}

// A file of the folder that has no name and goes with its last user; -1 where the file system knows
// none, or where it could not be named later.
static int open_nameless(const char *path)
{
    char own[OWN_NAME_MAX], *folder = folder_of(path);
    int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

    free(folder);
    if (fd < 0 || access(own_name(fd, own), F_OK) == 0)
        return fd;
    (void)close(fd);
    return -1;
}

bool file_new_open(struct file_new *f, const char *path, bool replace, struct err *e)
{
    *f = (struct file_new){.fd = -1, .replace = replace};
    if (!may_take(path, replace, e))
        return false;
    f->path = mem_strdup(path);
    f->fd = open_nameless(path);
    if (f->fd >= 0)
        return true;
    f->temp = str_format("%s.XXXXXX", path);
    f->fd = mkostemp(f->temp, O_CLOEXEC);
    if (f->fd >= 0)
        return true;
    (void)err_errno(e, ERR_STORAGE, "cannot write beside %s", path);
    free(f->temp);
    f->temp = NULL;
    file_new_abort(f);
    return false;
}

static bool sync_folder(const char *path)
{
    char *folder = folder_of(path);
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;

    if (fd >= 0)
        (void)close(fd);
    free(folder);
    return ok;
}

static int rename_new(const struct file_new *f)
{
    if (f->replace)
        return rename(f->temp, f->path);
    // RENAME_NOREPLACE is not on every file system; a hard link refuses an existing name as well.
    if (renameat2(AT_FDCWD, f->temp, AT_FDCWD, f->path, RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return -1;
    if (link(f->temp, f->path) != 0)
        return -1;
    (void)unlink(f->temp);
    return 0;
}

// Refuses a name that is taken.
static int link_new(const struct file_new *f, const char *path)
{
    char own[OWN_NAME_MAX];

    return linkat(AT_FDCWD, own_name(f->fd, own), AT_FDCWD, path, AT_SYMLINK_FOLLOW);
}

static bool is_short(const char *name)
{
    static const size_t prefix = sizeof(SHORT_PREFIX) - 1;

    return str_starts(name, SHORT_PREFIX) && strlen(name) == prefix + SHORT_DIGITS &&
           strspn(name + prefix, "0123456789abcdef") == SHORT_DIGITS;
}

// Who gives a file of ours a short name has it locked: where nobody has, a kill left it.
static void remove_left(int folder, const char *name)
{
    int fd = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    struct stat st;

    if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_uid == geteuid() &&
        flock(fd, LOCK_EX | LOCK_NB) == 0)
        (void)unlinkat(folder, name, 0);
    if (fd >= 0)
        (void)close(fd);
}

static void sweep(const char *folder)
{
    DIR *dir = opendir(folder);
    const struct dirent *entry;

    while (dir && (entry = readdir(dir)) != NULL) {
        if (is_short(entry->d_name))
            remove_left(dirfd(dir), entry->d_name);
    }
    if (dir)
        (void)closedir(dir);
}

// A link takes nobody's place, a rename does: it gets a short name of the folder's for that moment.
static int link_over(struct file_new *f)
{
    char *folder = folder_of(f->path);
    int result = -1;

    sweep(folder);
    (void)flock(f->fd, LOCK_EX | LOCK_NB);
    errno = EEXIST;
    for (int i = 0; i < TRIES && result != 0 && errno == EEXIST; i++) {
        uint32_t any;

        if (getrandom(&any, sizeof(any), GRND_NONBLOCK) != sizeof(any))
            any = (uint32_t)getpid() + (uint32_t)i;
        free(f->temp);
        f->temp = str_format("%s/" SHORT_PREFIX "%0*x", folder, SHORT_DIGITS, any);
        result = link_new(f, f->temp);
    }
    free(folder);
    if (result == 0)
        return rename(f->temp, f->path);
    free(f->temp);
    f->temp = NULL;
    return -1;
}

static int name_it(struct file_new *f)
{
    if (f->temp)
        return rename_new(f);
    if (link_new(f, f->path) == 0)
        return 0;
    return errno == EEXIST && f->replace ? link_over(f) : -1;
}

// A file without a name is still open for that.
static bool close_named(struct file_new *f)
{
    int fd = f->fd;

    if (!f->temp)
        return true;
    f->fd = -1;
    return close(fd) == 0;
}

static bool finish(struct file_new *f, struct err *e)
{
    if (fsync(f->fd) != 0 || !close_named(f))
        return err_errno(e, ERR_STORAGE, "could not finish writing %s, which is as it was before",
                         f->path);
    if (!may_take(f->path, f->replace, e))
        return false;
    if (name_it(f) != 0)
        return err_errno(e, ERR_STORAGE, "could not give %s its name; nothing was changed",
                         f->path);
    free(f->temp);
    f->temp = NULL;
    if (!sync_folder(f->path))
        return err_errno(e, ERR_STORAGE, "%s is written but its folder could not be synced",
                         f->path);
    return true;
}

bool file_new_commit(struct file_new *f, struct err *e)
{
    bool ok = finish(f, e);

    file_new_abort(f);
    return ok;
}

void file_new_abort(struct file_new *f)
{
    if (f->fd >= 0)
        (void)close(f->fd);
    if (f->temp)
        (void)unlink(f->temp);
    free(f->temp);
    free(f->path);
    *f = (struct file_new){.fd = -1};
}
