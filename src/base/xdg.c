// Where files belong: the XDG base directories, private to the user. Any thread. Floor: base.
#include "base/xdg.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"

struct place {
    const char *variable;
    const char *under_home; // NULL: it has no place there
};

static const struct place places[] = {
    [XDG_CONFIG] = {"XDG_CONFIG_HOME", ".config"},
    [XDG_DATA] = {"XDG_DATA_HOME", ".local/share"},
    [XDG_STATE] = {"XDG_STATE_HOME", ".local/state"},
    [XDG_CACHE] = {"XDG_CACHE_HOME", ".cache"},
    [XDG_RUNTIME] = {"XDG_RUNTIME_DIR", NULL},
};

char *xdg_home_path(const char *path)
{
    const char *home = getenv("HOME");

    return str_starts(path, "~/") && home ? str_format("%s%s", home, path + 1) : mem_strdup(path);
}

char *xdg_folder(enum xdg_kind kind, struct err *e)
{
    const struct place *place = &places[kind];
    const char *set = getenv(place->variable), *home = getenv("HOME");

    if (set && *set == '/')
        return str_format("%s/lode", set);
    if (!place->under_home)
        return xdg_folder(XDG_STATE, e);
    if (home && *home == '/')
        return str_format("%s/%s/lode", home, place->under_home);
    (void)err_set(e, ERR_STORAGE, "neither HOME nor %s names a folder; set one of them",
                  place->variable);
    return NULL;
}

char *xdg_make(enum xdg_kind kind, const char *name, struct err *e)
{
    char *folder, *path;

    if (name && (*name == '\0' || *name == '.' || strchr(name, '/'))) {
        (void)err_set(e, ERR_INVALID, "\"%.80s\" is no name for a folder", name);
        return NULL;
    }
    folder = xdg_folder(kind, e);
    if (folder && !file_make_dir(folder, e)) {
        free(folder);
        return NULL;
    }
    if (!folder || !name)
        return folder;
    path = str_format("%s/%s", folder, name);
    free(folder);
    if (file_make_dir(path, e))
        return path;
    free(path);
    return NULL;
}
