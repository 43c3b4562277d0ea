// Themes by name: built in, and the person's own. UI thread. Floor: ui/frame.
#include "ui/frame/themes.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/near.h"
#include "base/str.h"
#include "base/vec.h"
#include "ui/frame/config.h"

enum { THEME_MAX = 1 << 18 };

#define ENDING ".theme"
#define DEFAULT_NAME "default"

static char *own_path(const char *name)
{
    char *folder = config_folder(), *path = NULL;

    if (folder)
        path = str_format("%s/themes/%s" ENDING, folder, name);
    free(folder);
    return path;
}

static bool read_own(const char *name, struct str *text, struct err *e)
{
    char *path = own_path(name);
    bool ok = path ? file_read(path, THEME_MAX, text, e) : err_set(e, ERR_NOT_FOUND, "no HOME");

    free(path);
    return ok;
}

static bool read_built_in(const char *name, struct str *text)
{
    for (const struct theme_asset *a = theme_assets; a->name; a++) {
        if (str_eq(a->name, name)) {
            str_add_len(text, (const char *)a->bytes, *a->len);
            return true;
        }
    }
    return false;
}

static bool fail_unknown(const char *name, struct err *e)
{
    struct theme_names names = themes_list();
    struct near near = near_start(name);
    struct str all = {0};

    for (size_t i = 0; i < names.len; i++)
        near_try(&near, names.items[i]);
    for (size_t i = 0; !near.best && i < names.len; i++)
        str_addf(&all, "%s%s", i ? ", " : "; there are ", names.items[i]);
    (void)err_set(e, ERR_NOT_FOUND, "there is no theme \"%.40s\"%s%s%.300s", name,
                  near.best ? "; did you mean " : "", near.best ? near.best : "", str_text(&all));
    str_free(&all);
    themes_free(&names);
    return false;
}

bool themes_load(const char *name, struct theme *out,
                 void (*fault)(void *self, const char *sentence), void *self, struct err *e)
{
    struct str text = {0};
    bool own = read_own(name, &text, e);
    char *file;

    if (!own) {
        if (e->kind != ERR_NOT_FOUND)
            return false;
        str_clear(&text);
        if (!read_built_in(name, &text)) {
            str_free(&text);
            return fail_unknown(name, e);
        }
    }
    file = str_format("%s" ENDING, name);
    if (str_eq(name, DEFAULT_NAME) && !own)
        theme_default(out);
    else
        (void)theme_read(out, file, str_text(&text), fault, self);
    free(file);
    str_free(&text);
    return true;
}

static void add_name(struct theme_names *names, const char *name, size_t len)
{
    for (size_t i = 0; i < names->len; i++) {
        if (strlen(names->items[i]) == len && strncmp(names->items[i], name, len) == 0)
            return;
    }
    vec_push(names, mem_strndup(name, len));
}

static void add_own(struct theme_names *names)
{
    char *folder = config_folder(), *path = folder ? str_format("%s/themes", folder) : NULL;
    DIR *dir = path ? opendir(path) : NULL;

    for (const struct dirent *d = dir ? readdir(dir) : NULL; d; d = readdir(dir)) {
        if (d->d_name[0] != '.' && str_ends(d->d_name, ENDING))
            add_name(names, d->d_name, strlen(d->d_name) - strlen(ENDING));
    }
    if (dir)
        (void)closedir(dir);
    free(path);
    free(folder);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

bool themes_named(const struct word *word, struct err *e)
{
    struct theme_names names = themes_list();
    struct err unknown;
    bool found = false;

    for (size_t i = 0; i < names.len; i++)
        found = found || str_eq(names.items[i], word->text);
    themes_free(&names);
    if (found)
        return true;
    (void)fail_unknown(word->text, &unknown);
    return line_fault(e, word, "%s", unknown.text);
}

struct theme_names themes_list(void)
{
    struct theme_names names = {0};

    for (const struct theme_asset *a = theme_assets; a->name; a++)
        add_name(&names, a->name, strlen(a->name));
    add_own(&names);
    if (names.len)
        qsort(names.items, names.len, sizeof(*names.items), by_name);
    return names;
}

void themes_free(struct theme_names *names)
{
    for (size_t i = 0; i < names->len; i++)
        free(names->items[i]);
    vec_free(names);
}
