// Records let go of: all that is held of people goes, what their charges cost stays. In the
// writing transaction, on the owner thread. Floor: store.
#ifndef LODE_STORE_FORGET_H
#define LODE_STORE_FORGET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "store/owner.h"
#include "store/purge.h"

// SQL: a search may have asked for records by name: "state = Texas; lastName = Doe". Whom it says
// no more than a place or a file of stays, for what it cost.
#define ORIGIN_NAMES(entity, text)                                                                 \
    "EXISTS (SELECT 1 FROM json_each(CASE " entity " WHEN 'company' THEN"                          \
    " '[\"companyId\",\"companyName\",\"companyWebsite\",\"companyTicker\"]' ELSE"                 \
    " '[\"personId\",\"fullName\",\"firstName\",\"middleInitial\",\"lastName\","                   \
    "\"emailAddress\",\"supplementalEmail\",\"hashedEmail\",\"phone\"]' END) n"                    \
    " WHERE '; ' || " text " LIKE '%; ' || n.value || ' = %')"

// How far purge_finish() goes: what stands in purge_due, where the most counts.
enum purge_depth {
    PURGE_NAMED = -1, // the ledger held nothing of them; kept searches and origins may name them
    PURGE_HELD,       // it did: index, log and backup as well
    PURGE_WHOLE       // and the ledger is written anew, so that no page keeps a trace
};

struct forgetting {
    bool suppress;               // they never come back: their ids go on the list
    const char *with_entity;     // NULL: by themselves; else for each id what it came with there
    const char *const *with_ids; // (store/listed.h)
    bool later;                  // with suppress: where they were chosen goes with forget_origins()
    bool bought;                 // when they were bought goes as well: nobody asks for them again
    bool whole;                  // PURGE_WHOLE
};

// Answers, earlier versions, notes, tags and answers that may name them go, and word is left that
// purge_finish() is due. The ids stay, as in the ledger, with when they were bought, for
// the account owns them on.
bool forget(struct store *s, const char *entity, const char *const *ids, size_t n,
            const struct forgetting *how, struct err *e);

// Which unsound answers forget() would let go of.
bool forget_answers(struct store *s, const char *entity, const char *const *ids, size_t n,
                    struct purge_answers *out, struct err *e);

// Where charges were chosen that asked for somebody on the suppression list goes, where it is a
// search that may name them, and word is left of it. It looks through many charges, so
// purge_finish() does it once for all who were let go of meanwhile. A transaction of its own.
bool forget_origins(struct store *s, struct err *e);

#endif
