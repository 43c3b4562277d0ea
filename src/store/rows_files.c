// The files of all searches that are kept: the oldest make way. Any thread. Floor: store.
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/vec.h"
#include "store/rows_file.h"

enum { STALE_S = 3600 };

static const long long bytes_max = 1LL << 30;

struct found {
    char *name; // owned
    struct timespec used;
    long long bytes;
};

struct folder {
    int fd;
    VEC(struct found) files;
};

static void look(struct folder *f, const char *name)
{
    struct stat st;

    if (fstatat(f->fd, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
        return;
    // Left behind by a process that was killed.
    if (str_ends(name, ".new") && st.st_mtim.tv_sec + STALE_S < time(NULL))
        (void)unlinkat(f->fd, name, 0);
    if (str_ends(name, ".rows"))
        vec_push(&f->files,
                 ((struct found){mem_strdup(name), st.st_mtim, (long long)st.st_blocks * 512}));
}

static bool walk(const char *path, struct folder *f,
                 void (*each)(struct folder *f, const char *name))
{
    DIR *dir = opendir(path);
    struct dirent *entry;

    if (!dir)
        return errno == ENOENT;
    f->fd = dirfd(dir);
    while ((entry = readdir(dir)) != NULL)
        each(f, entry->d_name);
    (void)closedir(dir);
    f->fd = -1;
    return true;
}

static int newest_first(const void *a, const void *b)
{
    const struct timespec x = ((const struct found *)a)->used, y = ((const struct found *)b)->used;

    if (x.tv_sec != y.tv_sec)
        return x.tv_sec > y.tv_sec ? -1 : 1;
    return x.tv_nsec > y.tv_nsec ? -1 : x.tv_nsec < y.tv_nsec;
}

void rows_files_thin(const char *folder, size_t keep)
{
    struct folder f = {0};
    long long bytes = 0;

    (void)walk(folder, &f, look);
    if (f.files.len)
        qsort(f.files.items, f.files.len, sizeof(*f.files.items), newest_first);
    for (size_t i = 0; i < f.files.len; i++) {
        char *path = str_format("%s/%s", folder, f.files.items[i].name);

        bytes += f.files.items[i].bytes;
        if (i >= keep || (i > 0 && bytes > bytes_max))
            (void)unlink(path);
        free(path);
        free(f.files.items[i].name);
    }
    vec_free(&f.files);
}

static void remove_one(struct folder *f, const char *name)
{
    if (str_ends(name, ".rows") || str_ends(name, ".new"))
        (void)unlinkat(f->fd, name, 0);
}

static void count_one(struct folder *f, const char *name)
{
    if (str_ends(name, ".rows") || str_ends(name, ".new"))
        vec_push(&f->files, ((struct found){.name = NULL}));
}

bool rows_files_remove(const char *folder, struct err *e)
{
    struct folder f = {0};
    bool ok = walk(folder, &f, remove_one) && walk(folder, &f, count_one) && f.files.len == 0;

    vec_free(&f.files);
    return ok || err_set(e, ERR_STORAGE, "rows of searches stay in %s", folder);
}
