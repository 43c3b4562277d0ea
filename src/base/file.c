// Whole files: read with a ceiling, written beside and renamed. Any thread. Floor: base.
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

enum { READ_STEP = 64 * 1024 };

const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

static bool read_fd(int fd, const char *path, size_t cap, struct str *out, struct err *e)
{
    size_t start = out->len;

    for (;;) {
        ssize_t n;

        str_reserve(out, READ_STEP);
        n = read(fd, out->data + out->len, READ_STEP);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return err_errno(e, ERR_STORAGE, "cannot read %s", path);
        out->len += (size_t)n;
        out->data[out->len] = '\0';
        if (n == 0)
            return true;
        if (out->len - start > cap)
            return err_set(e, ERR_INVALID, "%s is larger than the %zu bytes taken here", path, cap);
    }
}

bool file_read(const char *path, size_t cap, struct str *out, struct err *e)
{
    bool ok;
    int fd;

    if (str_eq(path, "-"))
        return read_fd(STDIN_FILENO, "standard input", cap, out, e);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return err_errno(e, errno == ENOENT ? ERR_NOT_FOUND : ERR_STORAGE, "cannot open %s", path);
    ok = read_fd(fd, path, cap, out, e);
    (void)close(fd);
    return ok;
}

bool file_write_all(int fd, const void *bytes, size_t len)
{
    const char *p = bytes;

    while (len) {
        ssize_t n = write(fd, p, len);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        p += n;
        len -= (size_t)n;
    }
    return true;
}

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

bool file_new_open(struct file_new *f, const char *path, bool replace, struct err *e)
{
    *f = (struct file_new){.fd = -1, .replace = replace};
    if (!may_take(path, replace, e))
        return false;
    f->path = mem_strdup(path);
    f->temp = str_format("%s.XXXXXX", path);
    f->fd = mkostemp(f->temp, O_CLOEXEC);
    if (f->fd < 0) {
        (void)err_errno(e, ERR_STORAGE, "cannot write beside %s", path);
        free(f->temp);
        f->temp = NULL;
        file_new_abort(f);
        return false;
    }
    return true;
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

static bool finish(struct file_new *f, struct err *e)
{
    bool synced = fsync(f->fd) == 0;
    int why = errno;

    if (close(f->fd) != 0 && synced) {
        synced = false;
        why = errno;
    }
    f->fd = -1;
    errno = why;
    if (!synced)
        return err_errno(e, ERR_STORAGE, "could not finish writing %s, which is as it was before",
                         f->path);
    if (!may_take(f->path, f->replace, e))
        return false;
    if (rename_new(f) != 0)
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

static void make_parents(const char *path)
{
    char *copy = mem_strdup(path);

    for (char *p = strchr(copy, '/'); p; p = strchr(p + 1, '/')) {
        *p = '\0';
        if (*copy)
            (void)mkdir(copy, 0700);
        *p = '/';
    }
    free(copy);
}

bool file_make_dir(const char *path, struct err *e)
{
    struct stat st;
    bool ok;
    int fd;

    make_parents(path);
    if (mkdir(path, 0700) != 0 && errno != EEXIST)
        return err_errno(e, ERR_STORAGE, "cannot make the folder %s", path);
    fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0 && (errno == ENOTDIR || errno == ELOOP))
        return err_set(e, ERR_STORAGE, "%s is not a folder, or a link to one", path);
    if (fd < 0)
        return err_errno(e, ERR_STORAGE, "cannot open the folder %s", path);
    ok = fstat(fd, &st) == 0 && (!(st.st_mode & 077) || fchmod(fd, st.st_mode & 0700) == 0);
    if (!ok)
        (void)err_errno(e, ERR_STORAGE, "cannot make the folder %s private", path);
    (void)close(fd);
    return ok;
}
