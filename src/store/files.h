// The two databases from nothing or from damage to open and current. Before the owner thread
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

#endif
