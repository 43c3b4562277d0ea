// Where files belong: the XDG base directories, private to the user. Any thread. Floor: base.
#ifndef LODE_BASE_XDG_H
#define LODE_BASE_XDG_H

#include "base/err.h"

// XDG_RUNTIME: until the user has logged out everywhere; where there is no such folder, as
// XDG_STATE.
enum xdg_kind { XDG_CONFIG, XDG_DATA, XDG_STATE, XDG_CACHE, XDG_RUNTIME };

// A path as a person types it: "~/" before it is $HOME. The caller frees it.
char *xdg_home_path(const char *path);
// "$XDG_DATA_HOME/lode" or its default under HOME; an empty variable counts as unset, a relative
// one is ignored. The caller frees it. NULL with *e filled where HOME is missing too. Makes
// nothing.
char *xdg_folder(enum xdg_kind kind, struct err *e);
// The same with /name appended (NULL: as it is), made 0700 and repaired where others could read it.
// The caller frees it. NULL with *e filled where that fails or name is no plain name.
char *xdg_make(enum xdg_kind kind, const char *name, struct err *e);

#endif
