// matchStatus of an enriched input. Values. Floor: model.
#ifndef LODE_MODEL_MATCH_H
#define LODE_MODEL_MATCH_H

#include <stdbool.h>
#include <stddef.h>

enum { MATCH_STATUSES = 16 };

// What an answer tells of an earlier call for the same, whose own answer was lost.
enum hindsight {
    HINDSIGHT_NONE, // nothing: it may have been free of what kept the record from this one
    HINDSIGHT_NOW,  // no answer will: the record may have been there then
    HINDSIGHT_FULL  // it was charged no more than this tells
};

struct match_status {
    const char *name;  // as on the wire: "FULL_MATCH"
    const char *about; // one plain line
    bool found;        // the record itself came back, and is charged where it is new (FACTS 6)
    bool gone;         // the person opted out: what is held must go
    bool unserved;     // nothing was told of it: asked again, it may be found
    enum hindsight hindsight;
    char letter; // of one that came without a record, for the ledger
};

// Unknown and missing names give a row of that meaning, never NULL; has_row says whether data came
// with it (answers without matchStatus: FACTS 6).
const struct match_status *match_status_find(const char *name, bool has_row);
// By the name that Lode itself gave to a record of which nothing came: that of the one below too.
const struct match_status *match_status_told(const char *name);
// Of a record that came and was charged as any other, but is on the suppression list.
const struct match_status *match_status_withheld(void);
// All there are, by their places from 0 on, to be counted: NO_MATCH stands for what has none.
const struct match_status *match_status_at(size_t place);
size_t match_status_place(const struct match_status *status);
// The one of that letter; NULL: there is none.
const struct match_status *match_status_of(char letter);

#endif
