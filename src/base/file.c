// Files read with a ceiling, bytes written, folders made. Any thread. Floor: base.
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
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
