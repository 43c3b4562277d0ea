// The three databases from nothing or from damage to open and current. Before the owner thread
// starts, or on it. Floor: store.
#ifndef LODE_STORE_FILES_H
#define LODE_STORE_FILES_H

#include <stdbool.h>

#include "base/err.h"
#include "base/str.h"
#include "store/owner.h"

// Opens s->ledger and decides s->can_spend. What a person must know is added to *note.
bool ledger_file_open(struct store *s, struct str *note, struct err *e);
// Leaves word that the next open must check every page.
void ledger_file_suspect(struct store *s);

// Opens s->cache; in memory where its file cannot be had.
bool cache_file_open(struct store *s, struct str *note, struct err *e);
// A damaged cache is set aside and made anew.
bool cache_file_renew(struct store *s, struct err *e);

// Opens s->searches.db where it is not open yet. On the owner thread.
bool searches_file_open(struct store *s, struct err *e);
// A damaged one is set aside; its backup takes its place, or a new one.
bool searches_file_renew(struct store *s, struct err *e);
// What names the rows that runs found goes, from the file and its backup: the library may not name
// them any more. The ids stay, as in the ledger, so that the next run is compared all the same.
bool searches_forget(struct store *s, struct err *e);
// Closes it, with its backup made before where something was saved.
void searches_file_close(struct store *s);

#endif
