// The library's own state, shared by the files it is made of. UI thread. Floor: desk.
#ifndef LODE_DESK_LIBRARY_INSIDE_H
#define LODE_DESK_LIBRARY_INSIDE_H

#include "desk/inside.h"

enum { LIBRARY_CHUNK = 100, LIBRARY_CHUNKS = 8 };

// Rows that were read together.
struct library_chunk {
    size_t at; // times LIBRARY_CHUNK: the first
    bool asked, there;
    uint64_t found; // of which rows
    uint64_t used;
    struct page page; // the texts
    struct library_line lines[LIBRARY_CHUNK];
};

struct library_private {
    struct library_chunk chunks[LIBRARY_CHUNKS];
    uint64_t turn;  // of use
    uint64_t asked; // the number of the last find
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
// Empties it: another entity, another account.
void library_reset(struct desk *d);
void library_free(struct desk *d);
void changes_clear(struct library_changes *c);
void changes_add(struct library_changes *c, struct library_change change);

#endif
