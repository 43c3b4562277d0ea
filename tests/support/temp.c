// A private folder for one test, gone after it. Any thread. Tests.
#include "support/temp.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/str.h"

char *temp_make(void)
{
    const char *root = getenv("TMPDIR");
    char *path = str_format("%s/lode-test-XXXXXX", root && *root ? root : "/tmp");

    if (!mkdtemp(path))
        abort();
    return path;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
    (void)st;
    (void)type;
    (void)at;
    return remove(path);
}

void temp_remove(const char *path)
{
    (void)nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}
