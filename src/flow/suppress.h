// Purging, and the list of those of whom nothing may be kept. Any thread but the UI's. Floor: flow.
#ifndef LODE_FLOW_SUPPRESS_H
#define LODE_FLOW_SUPPRESS_H

#include <stdbool.h>
#include <stddef.h>

#include "api/enrich.h"
#include "base/str.h"
#include "flow/app.h"
#include "model/entity.h"
#include "store/suppression.h"

// Takes records out of every file of the profile, held or not; suppress: for good, so that they are
// never bought or kept again, nor asked for by an e-mail address that was held of them. *done: they
// are gone from the library, though sweeping the files failed (*e says what is left to do).
bool suppress_purge(struct app *a, const struct entity *entity, const char *const *ids, size_t n,
                    bool suppress, bool *done, struct err *e);

// A sentence, with a blank before it, about what goes on the list with records that are purged for
// good; "" where they have no addresses. Static. Any thread.
const char *suppress_along(const struct entity *entity);

// A sentence about what goes with these of answers that were kept unsound, as they are of all
// records of a call; nothing where there is none. gone: it has.
bool suppress_answers(struct app *a, const struct entity *entity, const char *const *ids, size_t n,
                      bool gone, struct str *out, struct err *e);

struct suppress_list {
    char **ids;    // owned
    char **hashes; // of e-mail addresses, SHA-256; owned
    size_t n_ids, n_hashes;
    char **others, **of; // hashes of another kind, and of each the SHA-256 it goes with; owned
    size_t n_others, n_of;
};

// An id, an e-mail address, or its SHA-256; false: it is none of them.
bool suppress_list_add(struct suppress_list *l, const char *text);
// A file of these, one a line, or a CSV with a column of ids or e-mail addresses.
bool suppress_list_read(struct suppress_list *l, const struct entity *entity, const char *path,
                        struct err *e);
void suppress_list_free(struct suppress_list *l);

struct suppress_done {
    size_t ids;
    long long emails; // new on the list
    size_t purged;    // records that were held under such an address
};

// Puts all on the list, and purges what is held of them.
bool suppress_apply(struct app *a, const struct entity *entity, const struct suppress_list *l,
                    struct suppress_done *out, struct err *e);

// Takes all of it off the list, with what came there with it alone; *removed: how many of these
// were there, *along: what came with them.
bool suppress_remove(struct app *a, const struct entity *entity, const struct suppress_list *l,
                     size_t *removed, size_t *along, struct err *e);
// All that is on the list.
bool suppress_each(struct app *a, bool (*each)(void *arg, const struct suppressed_row *row),
                   void *arg, struct err *e);

// Of an answer: rows that are on the list, by their id or their e-mail address, become opt-outs
// without a record. On a worker.
void suppress_answer(struct app *a, const struct entity *entity, struct enrich_answer *answer);

#endif
