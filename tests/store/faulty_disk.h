// SQLite's way to the disk with faults in it: an operation that fails, or the power that goes, and
// with it any part of what was not synced. One database thread in a process of its own. Tests.
#ifndef TESTS_STORE_FAULTY_DISK_H
#define TESTS_STORE_FAULTY_DISK_H

#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/rng.h"
#include "base/str.h"
#include "base/vec.h"

enum disk_fault {
    DISK_SOUND,
    DISK_POWER,     // at that operation the process ends, and the files are as the disk kept them
    DISK_FAIL_ONCE, // that operation fails
    DISK_FAIL_ON    // it and all after it
};

enum { DISK_EXIT = 99, DISK_SECTOR = 512 };

// A write, or a cut where bytes is NULL.
struct disk_change {
    sqlite3_int64 at;
    size_t len;
    char *bytes;
};

// What the disk certainly holds of a file, and what it may hold.
struct disk_image {
    char *path;
    struct str synced;
    VEC(struct disk_change) changes;
    bool deleted;
};

struct faulty_disk {
    sqlite3_vfs vfs, *real;
    enum disk_fault fault;
    long at;   // the operation it happens at, from 1
    long ops;  // so far, on the ledger's files
    bool full; // what fails fails as a full disk does
    struct rng rng;
    VEC(struct disk_image *) images;
};

struct faulty_file {
    sqlite3_file base;
    sqlite3_file *real;
    struct disk_image *image; // NULL: nobody minds
};

static struct faulty_disk faulty_disk;

static inline struct disk_image *disk_image_of(const char *path)
{
    struct faulty_disk *d = &faulty_disk;
    struct disk_image *made;
    struct err ignored;

    for (size_t i = 0; i < d->images.len; i++) {
        if (str_eq(d->images.items[i]->path, path))
            return d->images.items[i];
    }
    made = mem_zalloc(sizeof(*made));
    made->path = mem_strdup(path);
    (void)file_read(path, 1 << 28, &made->synced, &ignored);
    vec_push(&d->images, made);
    return made;
}

static inline void disk_put(struct str *content, size_t at, const char *bytes, size_t len)
{
    while (content->len < at + len)
        str_add_char(content, '\0');
    memcpy(content->data + at, bytes, len);
}

static inline void disk_cut(struct str *content, size_t len)
{
    if (len < content->len)
        str_cut(content, len);
    while (content->len < len)
        str_add_char(content, '\0');
}

static inline void disk_apply(struct str *content, const struct disk_change *c)
{
    if (c->bytes)
        disk_put(content, (size_t)c->at, c->bytes, c->len);
    else
        disk_cut(content, (size_t)c->at);
}

static inline void disk_apply_torn(struct str *content, const struct disk_change *c)
{
    for (size_t done = 0; c->bytes && done < c->len; done += DISK_SECTOR) {
        size_t n = c->len - done < DISK_SECTOR ? c->len - done : DISK_SECTOR;

        if (rng_below(&faulty_disk.rng, 2))
            disk_put(content, (size_t)c->at + done, c->bytes + done, n);
    }
}

static inline void disk_settle(struct disk_image *m)
{
    for (size_t i = 0; i < m->changes.len; i++) {
        disk_apply(&m->synced, &m->changes.items[i]);
        free(m->changes.items[i].bytes);
    }
    m->changes.len = 0;
}

static inline void disk_write_out(struct disk_image *m)
{
    struct rng *rng = &faulty_disk.rng;
    int fd;

    if (m->deleted && rng_below(rng, 2))
        return;
    for (size_t i = 0; i < m->changes.len; i++) {
        uint32_t luck = rng_below(rng, 4);

        if (luck < 2)
            disk_apply(&m->synced, &m->changes.items[i]);
        else if (luck == 2)
            disk_apply_torn(&m->synced, &m->changes.items[i]);
    }
    fd = open(m->path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0 || !file_write_all(fd, str_text(&m->synced), m->synced.len) || close(fd) != 0)
        abort();
}

// The power goes: any part of what was not synced is on the disk, in any order.
static inline void disk_lose_power(void)
{
    for (size_t i = 0; i < faulty_disk.images.len; i++)
        disk_write_out(faulty_disk.images.items[i]);
    _exit(DISK_EXIT);
}

// One more operation on a file; SQLITE_OK where it may happen.
static inline int disk_op(const struct disk_image *m, int failure)
{
    struct faulty_disk *d = &faulty_disk;

    if (!m || !strstr(m->path, "/ledger.db") || d->fault == DISK_SOUND)
        return SQLITE_OK;
    d->ops++;
    if (d->ops < d->at || (d->ops > d->at && d->fault != DISK_FAIL_ON))
        return SQLITE_OK;
    if (d->fault == DISK_POWER)
        disk_lose_power();
    return d->full && failure == SQLITE_IOERR_WRITE ? SQLITE_FULL : failure;
}

static inline struct faulty_file *faulty(sqlite3_file *f)
{
    return (struct faulty_file *)f;
}

#define DISK_REAL(f) (faulty(f)->real)
#define DISK_DO(f, method, ...) (DISK_REAL(f)->pMethods->method(DISK_REAL(f), __VA_ARGS__))
#define DISK_ASK(f, method) (DISK_REAL(f)->pMethods->method(DISK_REAL(f)))

static inline int disk_x_close(sqlite3_file *f)
{
    return DISK_ASK(f, xClose);
}

static inline int disk_x_read(sqlite3_file *f, void *to, int n, sqlite3_int64 at)
{
    return DISK_DO(f, xRead, to, n, at);
}

static inline int disk_x_write(sqlite3_file *f, const void *from, int n, sqlite3_int64 at)
{
    struct disk_image *m = faulty(f)->image;
    int rc = disk_op(m, SQLITE_IOERR_WRITE);

    if (rc != SQLITE_OK)
        return rc;
    if (m)
        vec_push(&m->changes, ((struct disk_change){at, (size_t)n, mem_dup(from, (size_t)n)}));
    return DISK_DO(f, xWrite, from, n, at);
}

static inline int disk_x_truncate(sqlite3_file *f, sqlite3_int64 size)
{
    struct disk_image *m = faulty(f)->image;
    int rc = disk_op(m, SQLITE_IOERR_TRUNCATE);

    if (rc != SQLITE_OK)
        return rc;
    if (m)
        vec_push(&m->changes, ((struct disk_change){size, 0, NULL}));
    return DISK_DO(f, xTruncate, size);
}

// The disk is a pretended one, so nothing is waited for.
static inline int disk_x_sync(sqlite3_file *f, int flags)
{
    struct disk_image *m = faulty(f)->image;
    int rc = disk_op(m, SQLITE_IOERR_FSYNC);

    (void)flags;
    if (rc == SQLITE_OK && m)
        disk_settle(m);
    return rc;
}

static inline int disk_x_size(sqlite3_file *f, sqlite3_int64 *size)
{
    return DISK_DO(f, xFileSize, size);
}

static inline int disk_x_lock(sqlite3_file *f, int kind)
{
    return DISK_DO(f, xLock, kind);
}

static inline int disk_x_unlock(sqlite3_file *f, int kind)
{
    return DISK_DO(f, xUnlock, kind);
}

static inline int disk_x_reserved(sqlite3_file *f, int *out)
{
    return DISK_DO(f, xCheckReservedLock, out);
}

static inline int disk_x_control(sqlite3_file *f, int op, void *arg)
{
    return DISK_DO(f, xFileControl, op, arg);
}

static inline int disk_x_sector(sqlite3_file *f)
{
    return DISK_ASK(f, xSectorSize);
}

static inline int disk_x_traits(sqlite3_file *f)
{
    return DISK_ASK(f, xDeviceCharacteristics);
}

static inline int disk_x_shm_map(sqlite3_file *f, int page, int size, int extend,
                                 void volatile **out)
{
    return DISK_DO(f, xShmMap, page, size, extend, out);
}

static inline int disk_x_shm_lock(sqlite3_file *f, int at, int n, int flags)
{
    return DISK_DO(f, xShmLock, at, n, flags);
}

static inline void disk_x_shm_barrier(sqlite3_file *f)
{
    DISK_ASK(f, xShmBarrier);
}

static inline int disk_x_shm_unmap(sqlite3_file *f, int del)
{
    return DISK_DO(f, xShmUnmap, del);
}

static const sqlite3_io_methods disk_methods = {
    .iVersion = 2,
    .xClose = disk_x_close,
    .xRead = disk_x_read,
    .xWrite = disk_x_write,
    .xTruncate = disk_x_truncate,
    .xSync = disk_x_sync,
    .xFileSize = disk_x_size,
    .xLock = disk_x_lock,
    .xUnlock = disk_x_unlock,
    .xCheckReservedLock = disk_x_reserved,
    .xFileControl = disk_x_control,
    .xSectorSize = disk_x_sector,
    .xDeviceCharacteristics = disk_x_traits,
    .xShmMap = disk_x_shm_map,
    .xShmLock = disk_x_shm_lock,
    .xShmBarrier = disk_x_shm_barrier,
    .xShmUnmap = disk_x_shm_unmap,
};

static inline int disk_x_open(sqlite3_vfs *v, const char *name, sqlite3_file *f, int flags,
                              int *out_flags)
{
    struct faulty_file *file = faulty(f);
    int rc;

    (void)v;
    *file = (struct faulty_file){.real = (sqlite3_file *)(file + 1)};
    rc = faulty_disk.real->xOpen(faulty_disk.real, name, file->real, flags, out_flags);
    // SQLite closes what has methods, and only that.
    if (!file->real->pMethods)
        return rc;
    file->base.pMethods = &disk_methods;
    if (rc == SQLITE_OK && name) {
        file->image = disk_image_of(name);
        file->image->deleted = false;
    }
    return rc;
}

static inline int disk_x_delete(sqlite3_vfs *v, const char *name, int sync_folder)
{
    struct disk_image *m = disk_image_of(name);
    int rc = disk_op(m, SQLITE_IOERR_DELETE);

    (void)v;
    if (rc != SQLITE_OK)
        return rc;
    m->deleted = true;
    if (sync_folder) {
        disk_settle(m);
        str_clear(&m->synced);
    }
    return faulty_disk.real->xDelete(faulty_disk.real, name, 0);
}

// From now on every database this process opens stands on such a disk.
static inline void disk_begin(enum disk_fault fault, long at, bool full, uint64_t seed)
{
    struct faulty_disk *d = &faulty_disk;

    *d = (struct faulty_disk){.real = sqlite3_vfs_find(NULL),
                              .fault = fault,
                              .at = at,
                              .full = full,
                              .rng = rng_seed(seed)};
    d->vfs = *d->real;
    d->vfs.zName = "faulty";
    d->vfs.szOsFile += (int)sizeof(struct faulty_file);
    d->vfs.xOpen = disk_x_open;
    d->vfs.xDelete = disk_x_delete;
    if (sqlite3_vfs_register(&d->vfs, 1) != SQLITE_OK)
        abort();
}

#endif
