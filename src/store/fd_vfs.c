// One open file as all that SQLite sees of the disk. Floor: store.
#include "store/fd_vfs.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

enum { NAME_MAX_HERE = 40, SECTOR = 4096 };

struct fd_vfs {
    sqlite3_vfs vfs;
    char name[NAME_MAX_HERE];
    int fd;
};

struct fd_file {
    sqlite3_file file;
    int fd;
};

static int fd_of(const sqlite3_file *f)
{
    return ((const struct fd_file *)f)->fd;
}

static int close_file(sqlite3_file *f)
{
    (void)f;
    return SQLITE_OK;
}

static int read_at(sqlite3_file *f, void *out, int len, sqlite3_int64 at)
{
    char *p = out;
    ssize_t n = 1;

    while (len > 0 && n > 0) {
        n = pread(fd_of(f), p, (size_t)len, at);
        if (n < 0 && errno == EINTR)
            n = 1;
        else if (n > 0) {
            p += n;
            at += n;
            len -= (int)n;
        }
    }
    if (n < 0)
        return SQLITE_IOERR_READ;
    memset(p, 0, (size_t)len);
    return len ? SQLITE_IOERR_SHORT_READ : SQLITE_OK;
}

static int write_at(sqlite3_file *f, const void *bytes, int len, sqlite3_int64 at)
{
    const char *p = bytes;

    while (len > 0) {
        ssize_t n = pwrite(fd_of(f), p, (size_t)len, at);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return errno == ENOSPC || errno == EDQUOT ? SQLITE_FULL : SQLITE_IOERR_WRITE;
        p += n;
        at += n;
        len -= (int)n;
    }
    return SQLITE_OK;
}

static int cut(sqlite3_file *f, sqlite3_int64 size)
{
    return ftruncate(fd_of(f), size) == 0 ? SQLITE_OK : SQLITE_IOERR_TRUNCATE;
}

static int sync_file(sqlite3_file *f, int flags)
{
    (void)f;
    (void)flags;
    return SQLITE_OK;
}

static int size_of(sqlite3_file *f, sqlite3_int64 *out)
{
    struct stat st;

    if (fstat(fd_of(f), &st) != 0)
        return SQLITE_IOERR_FSTAT;
    *out = st.st_size;
    return SQLITE_OK;
}

static int lock(sqlite3_file *f, int level)
{
    (void)f;
    (void)level;
    return SQLITE_OK;
}

static int reserved(sqlite3_file *f, int *out)
{
    (void)f;
    *out = 0;
    return SQLITE_OK;
}

static int control(sqlite3_file *f, int what, void *arg)
{
    (void)f;
    (void)what;
    (void)arg;
    return SQLITE_NOTFOUND;
}

static int sector(sqlite3_file *f)
{
    (void)f;
    return SECTOR;
}

static int traits(sqlite3_file *f)
{
    (void)f;
    return 0;
}

static const sqlite3_io_methods methods = {
    .iVersion = 1,
    .xClose = close_file,
    .xRead = read_at,
    .xWrite = write_at,
    .xTruncate = cut,
    .xSync = sync_file,
    .xFileSize = size_of,
    .xLock = lock,
    .xUnlock = lock,
    .xCheckReservedLock = reserved,
    .xFileControl = control,
    .xSectorSize = sector,
    .xDeviceCharacteristics = traits,
};

// The database alone: what else it may want to open is kept in memory.
static int open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *got_flags)
{
    (void)name;
    f->pMethods = NULL;
    if (!(flags & SQLITE_OPEN_MAIN_DB))
        return SQLITE_CANTOPEN;
    *(struct fd_file *)f = (struct fd_file){{&methods}, ((struct fd_vfs *)vfs)->fd};
    if (got_flags)
        *got_flags = flags;
    return SQLITE_OK;
}

static int remove_file(sqlite3_vfs *vfs, const char *name, int sync)
{
    (void)vfs;
    (void)name;
    (void)sync;
    return SQLITE_OK;
}

static int look_for(sqlite3_vfs *vfs, const char *name, int flags, int *out)
{
    (void)vfs;
    (void)name;
    (void)flags;
    *out = 0;
    return SQLITE_OK;
}

static int full_name(sqlite3_vfs *vfs, const char *name, int size, char *out)
{
    (void)vfs;
    (void)snprintf(out, (size_t)size, "%s", name);
    return SQLITE_OK;
}

struct fd_vfs *fd_vfs_new(int fd)
{
    const sqlite3_vfs *usual = sqlite3_vfs_find(NULL);
    struct fd_vfs *v;

    if (!usual)
        return NULL;
    v = mem_zalloc(sizeof(*v));
    v->fd = fd;
    v->vfs = *usual; // for randomness and time
    (void)snprintf(v->name, sizeof(v->name), "fd-%p", (void *)v);
    v->vfs.iVersion = 1;
    v->vfs.pNext = NULL;
    v->vfs.zName = v->name;
    v->vfs.szOsFile = sizeof(struct fd_file);
    v->vfs.xOpen = open_file;
    v->vfs.xDelete = remove_file;
    v->vfs.xAccess = look_for;
    v->vfs.xFullPathname = full_name;
    if (sqlite3_vfs_register(&v->vfs, 0) == SQLITE_OK)
        return v;
    free(v);
    return NULL;
}

const char *fd_vfs_name(const struct fd_vfs *v)
{
    return v->name;
}

void fd_vfs_free(struct fd_vfs *v)
{
    if (v)
        (void)sqlite3_vfs_unregister(&v->vfs);
    free(v);
}
