// The library, searched: which of the owned records fit, their rows, earlier versions, and what
// people wrote about them. Waits for the owner thread; any thread but the UI's. Floor: store.
#ifndef LODE_STORE_LIBRARY_H
#define LODE_STORE_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/entity.h"
#include "store/owned.h"

enum library_order {
    ORDER_BEST,    // the best fit first, where words are asked for and few fit; else as FETCHED
    ORDER_FETCHED, // by when they were fetched
    ORDER_EXPIRY,  // by when their free window ends
    ORDER_COLUMN   // by the value of order_by
};

// Each part that is left out (NULL, 0, negative) lets all pass.
struct library_query {
    const char *entity;
    const char *words;                       // an FTS5 expression
    const char *tag;                         // without case
    int64_t expires_after_ms, expires_by_ms; // when the free window ends
    int64_t fetched_before_ms;
    int do_not_call; // 1: carries a flag that forbids calling; 0: carries none; -1: either
    enum library_order order;
    const struct column *order_by;
    bool ascending;
};

// Answers by their numbers, which a record keeps as long as it is here. Frees with free().
bool store_library_find(struct store *s, const struct library_query *q, int64_t **out, size_t *n,
                        struct err *e);
// Brings the index for words and flags further up to date. *left: answers that it lacks still.
bool store_library_index(struct store *s, long long *left, struct err *e);

struct library_row {
    struct owned_row owned;
    int64_t number;    // of its answer
    const char *tags;  // ',' between, or NULL
    const char *note;  // or NULL
    int64_t note_ms;   // UTC
    long long earlier; // versions kept beside this one
    const char *older; // "MS:NAME,NAME;MS:NAME": fields that came with answers before the newest,
                       // and when, UTC; or NULL
};

// Rows by the numbers of their answers, in that order; those that have gone are left out.
bool store_library_rows(struct store *s, const int64_t *numbers, size_t n,
                        bool (*each)(void *arg, const struct library_row *row), void *arg,
                        struct err *e);
// The number of a record's answer; 0: it is not here.
bool store_library_number(struct store *s, const char *entity, const char *id, int64_t *out,
                          struct err *e);

struct library_version {
    const char *raw, *match_status, *source, *fields;
    int64_t fetched_ms, until_ms; // UTC; until_ms 0: it is the one that holds
};

// The answers a record had, the one that holds first. Stops early where each() returns false.
bool store_library_versions(struct store *s, const char *entity, const char *id,
                            bool (*each)(void *arg, const struct library_version *v), void *arg,
                            struct err *e);

// What people write about an owned record; "" takes the note away. All need store_claim_spending();
// ERR_NOT_FOUND where the record is not here.
bool store_note(struct store *s, const char *entity, const char *id, const char *text,
                struct err *e);
// Of records that are to have a tag, or not to have it.
struct tagged {
    size_t here;    // those that are owned, which have it now or have not
    size_t changed; // of these: what was otherwise before
};

// The same tag on, or off, those of the records that are here, in one transaction.
bool store_tag(struct store *s, const char *entity, const char *const *ids, size_t n,
               const char *tag, bool on, struct tagged *out, struct err *e);
// The tags there are, with how many records have each.
bool store_tags_each(struct store *s, const char *entity,
                     bool (*each)(void *arg, const char *tag, long long n), void *arg,
                     struct err *e);

#endif
