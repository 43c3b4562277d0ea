// The library's own state, shared by the files it is made of. UI thread. Floor: desk.
#ifndef LODE_DESK_LIBRARY_INSIDE_H
#define LODE_DESK_LIBRARY_INSIDE_H

#include "desk/chunks.h"
#include "desk/inside.h"

enum { LIBRARY_CHUNK = 100 }; // rows that are read together

struct library_private {
    struct chunks chunks; // of struct library_line
    uint64_t asked;       // the number of the last find
    struct library_plan plan;
};

// Ids, copied; they are the caller's.
struct id_list {
    char **ids;
    size_t n;
};

// The marked records, or the one. false with *e where there are none.
bool library_ids(const struct desk *d, const char *id, struct id_list *out, struct err *e);
void id_list_free(struct id_list *l);
// Something was written or has gone: the rows are read again where they stand.
void library_stale(struct desk *d);
// Records of a seat have gone from the library; notes: of each what it is now, or NULL.
void library_gone(struct desk *d, struct seat *s, const char *const *ids, size_t n,
                  const struct row_note *notes);
// Their notes as they are now; the caller frees them. NULL: they cannot be told. On a worker.
struct row_note *library_notes(struct app *a, const struct entity *entity, const char *const *ids,
                               size_t n);
// Empties it: another entity, another account.
void library_reset(struct desk *d);
void library_free(struct desk *d);
void changes_clear(struct library_changes *c);
void changes_add(struct library_changes *c, struct library_change change);

#endif
