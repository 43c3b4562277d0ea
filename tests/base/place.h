// A folder of a test's own with the path of a file in it, and looks at what is there. Tests.
#ifndef TESTS_BASE_PLACE_H
#define TESTS_BASE_PLACE_H

#include "support/test.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "support/temp.h"

struct place {
    char *folder, *path;
};

static inline int setup(void **state)
{
    struct place *p = mem_zalloc(sizeof(*p));

    p->folder = temp_make();
    p->path = str_format("%s/out.csv", p->folder);
    *state = p;
    return 0;
}

static inline int teardown(void **state)
{
    struct place *p = *state;

    temp_remove(p->folder);
    free(p->folder);
    free(p->path);
    free(p);
    return 0;
}

static inline size_t entries(const char *folder)
{
    DIR *d = opendir(folder);
    size_t n = 0;

    assert_non_null(d);
    for (struct dirent *entry = readdir(d); entry; entry = readdir(d))
        n += !str_eq(entry->d_name, ".") && !str_eq(entry->d_name, "..");
    (void)closedir(d);
    return n;
}

static inline void put(const char *path, const char *bytes)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);

    assert_true(fd >= 0);
    assert_true(file_write_all(fd, bytes, strlen(bytes)));
    (void)close(fd);
}

static inline void check_holds(const char *path, const char *expected)
{
    struct str s = {0};
    struct err e;

    assert_true(file_read(path, 1000, &s, &e));
    assert_string_equal(str_text(&s), expected);
    str_free(&s);
}

static inline mode_t mode_of(const char *path)
{
    struct stat st;

    assert_int_equal(lstat(path, &st), 0);
    return st.st_mode & 07777;
}

#define IN_FOLDER(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

#endif
