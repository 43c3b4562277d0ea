// The source files of a folder, each with its text. Tests.
#ifndef TESTS_HOUSE_TREE_H
#define TESTS_HOUSE_TREE_H

#include "support/test.h"

#include <fts.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/str.h"

enum { SOURCE_MAX = 1 << 20 };

// Gives check() every .c and .h file below SOURCE_DIR/folder by its path from SOURCE_DIR; blames
// in problems what cannot be read. Returns how many there are.
static inline size_t tree_check(const char *folder, struct str *problems,
                                void (*check)(const char *path, const char *text,
                                              struct str *problems))
{
    char *root = str_format("%s/%s", SOURCE_DIR, folder), *const roots[] = {root, NULL};
    FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    size_t files = 0;

    assert_non_null(tree);
    for (const FTSENT *at = fts_read(tree); at; at = fts_read(tree)) {
        struct str text = {0};
        struct err e;

        if (at->fts_info != FTS_F ||
            !(str_ends(at->fts_path, ".c") || str_ends(at->fts_path, ".h")))
            continue;
        if (file_read(at->fts_path, SOURCE_MAX, &text, &e))
            check(at->fts_path + strlen(SOURCE_DIR "/"), str_text(&text), problems);
        else
            str_addf(problems, "%s\n", e.text);
        str_free(&text);
        files++;
    }
    (void)fts_close(tree);
    free(root);
    return files;
}

#endif
