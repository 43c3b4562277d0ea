// Files in the store's folder: looked at, made private, set aside, locked. Floor: store.
#ifndef LODE_STORE_DISK_H
#define LODE_STORE_DISK_H

#include <stdbool.h>

#include "base/err.h"
#include "store/owner.h"

enum disk_state { DISK_ABSENT, DISK_EMPTY, DISK_FILLED };

// folder/name; the caller frees it.
char *disk_path(const struct store *s, const char *name);
// ERR_STORAGE where something that is no ordinary file has the name, a link above all.
bool disk_look(const struct store *s, const char *name, enum disk_state *out, struct err *e);
// Makes name, empty and 0600, where it is absent, and takes others' rights from it.
bool disk_make(const struct store *s, const char *name, struct err *e);
void disk_remove(const struct store *s, const char *name);
// May files be made in the folder, and name be written?
bool disk_writable(const struct store *s, const char *name);
// Renames a database, where it is there, and its journals to "name.broken-<time>"; the caller frees
// the new name. NULL with *e filled where that fails: the database is where it was.
char *disk_set_aside(const struct store *s, const char *name, struct err *e);
// Copies a file whole or not at all; to must be absent.
bool disk_copy(const struct store *s, const char *from, const char *to, struct err *e);
// Syncs name, gives it the name to and syncs the folder.
bool disk_rename_synced(const struct store *s, const char *name, const char *to, struct err *e);
// The spender's lock as a descriptor to close; -1 with ERR_REFUSED where another process has it.
int disk_lock(const struct store *s, struct err *e);
// Does no process have it? None gets it then until *lock is closed, where that is not -1.
bool disk_unlocked(const struct store *s, int *lock);

// A mark that outlives the process with the lock: the ledger's log holds what its file does not.
void disk_mark(int lock, bool marked);
bool disk_marked(const struct store *s);

#endif
