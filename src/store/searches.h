// Saved searches, what the last run of each found, and the history of searches: a file of its own,
// "searches.db", with a backup beside it. These wait for the owner thread. Floor: store.
#ifndef LODE_STORE_SEARCHES_H
#define LODE_STORE_SEARCHES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "store/store.h"

enum {
    HISTORY_KEPT = 200,
    HISTORY_TEXT_MAX = 1 << 20,
    HISTORY_BYTES_MAX = 16 << 20,
    SEARCH_DELETED_KEPT = 50
};

struct saved_search {
    int64_t id;               // 0: not there yet
    const char *name, *note;  // one line; may hold several
    const char *entity;       // its name
    const char *text;         // model/query_text.h, as people say it
    int64_t saved_ms, ran_ms; // UTC; ran 0: never
    long long hits;           // when it ran last, -1: unknown
    long long rows;           // that are kept of that run, for comparing
};

// By name. Stops early where each returns false; what is pointed at lives until then.
bool store_searches_each(struct store *s, bool (*each)(void *arg, const struct saved_search *one),
                         void *arg, struct err *e);
// What a person must be told once of the file (it was damaged), or nothing. The caller frees *note.
bool store_searches_note(struct store *s, struct str *note, struct err *e);
// Saves a new one and fills one->id, or replaces name, note, entity and text of the one with its
// id; other text forgets what it found. ERR_REFUSED where another has the name (without case),
// ERR_NOT_FOUND where the id is gone.
bool store_search_put(struct store *s, struct saved_search *one, struct err *e);
// Takes it away and keeps it for store_search_restore(), the last SEARCH_DELETED_KEPT of them.
bool store_search_delete(struct store *s, int64_t id, struct err *e);
// *id 0: the one deleted last, and *id is filled. Where its name is taken, it gets a number.
bool store_search_restore(struct store *s, int64_t *id, struct err *e);

// How a run of it went: its count, and (rows not NULL) ids and hashes of n rows, and what names
// them to people, in the caller's own form, in the place of the last one's.
struct search_ran {
    int64_t id;
    long long hits, n;
    const struct str *rows, *names;
};

bool store_search_ran(struct store *s, const struct search_ran *ran, struct err *e);
// What the last run left, "" where there is nothing. The names go alone where somebody is purged
// or opts out.
bool store_search_last(struct store *s, int64_t id, struct str *rows, struct str *names,
                       struct err *e);

struct past_search {
    const char *entity, *text;
    int64_t at_ms; // UTC, when it was last searched
    long long hits, times;
};

// One more search, and so a run of a saved one with the same text. The same text is kept once, the
// last HISTORY_KEPT of them, and not more than HISTORY_BYTES_MAX together; longer texts than
// HISTORY_TEXT_MAX are not.
bool store_history_add(struct store *s, const char *entity, const char *text, long long hits,
                       struct err *e);
// Newest first.
bool store_history_each(struct store *s, bool (*each)(void *arg, const struct past_search *one),
                        void *arg, struct err *e);

#endif
