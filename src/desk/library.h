// The library as the explorer looks at it: which owned records fit what was asked for, their rows
// as far as they were looked at, what is written on them, fetching again and purging. UI thread.
// Floor: desk.
#ifndef LODE_DESK_LIBRARY_H
#define LODE_DESK_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "flow/library_wish.h"
#include "flow/refresh.h"
#include "flow/retain.h"

struct desk;

enum library_state {
    LIBRARY_NONE,  // nobody has looked yet
    LIBRARY_ASKED, // being read; what was found before stays
    LIBRARY_THERE,
    LIBRARY_FAILED
};

// A row as far as it was read. Texts live until the next desk_serve().
struct library_line {
    const char *id, *label, *source, *tags, *note; // tags, note: "" for none
    const char **cells;                            // one a column of entity->enrich
    int64_t fetched_ms, until_ms;                  // UTC
    int64_t notice_by_ms;                          // until when a notice is due; UTC, 0: none is
    long long earlier;                             // versions
};

// A field that two answers of a record tell otherwise; column NULL: its first answer.
struct library_change {
    char *id, *before, *after; // owned
    const struct column *column;
    int64_t at_ms; // when the newer one came, UTC
};

struct library_changes {
    uint64_t number; // grows with each that came
    char *title;     // owned
    struct library_change *items;
    size_t n, cap;
    struct refreshed done; // of a refresh
    bool of_refresh;
};

struct library_view {
    enum library_state state;
    const struct entity *entity;
    struct err err;
    char *typed;      // what was asked for, or NULL; owned
    int64_t *numbers; // of the answers that fit, in order; owned
    size_t n;
    uint64_t found; // grows whenever other rows stand here
    enum library_order order;
    const struct column *order_by;
    bool ascending;
    struct library_changes changes; // of the record asked for last, or of the last refresh
    struct library_private *private;
};

// Looks into the library of the entity that is looked at. typed: words, tag:NAME, expiring:DAYS,
// older:DAYS, dnc:yes, retention:past, notice:due; NULL: all.
void desk_library_find(struct desk *d, const char *typed);
// The order of the rows; asks again.
void desk_library_order(struct desk *d, enum library_order order, const struct column *by,
                        bool ascending);
// Rows first..first+n-1 are on the screen: reads what is missing of them.
void desk_library_look(struct desk *d, size_t first, size_t n);
// NULL where it was not read yet, or has gone.
const struct library_line *desk_library_line(const struct desk *d, size_t at);
// The detail of a row, and of the one so many rows behind it where the detail is of one. *e where
// there is none, or it is not read yet.
bool desk_library_detail(struct desk *d, size_t at, struct err *e);
bool desk_library_step(struct desk *d, int by, struct err *e);
// Marks every record found, at most LIBRARY_MARK_MAX, in the background.
enum { LIBRARY_MARK_MAX = 10000 };
bool desk_library_mark_all(struct desk *d, struct err *e);

// What follows is about records by id, the marked ones where id is NULL; ERR_INVALID where there
// are none. It is done in the background, and the rows are read again then.
bool desk_library_note(struct desk *d, const char *id, const char *text, struct err *e);
bool desk_library_tag(struct desk *d, const char *id, const char *tag, bool on, struct err *e);
// Out of every file, and never again.
bool desk_library_purge(struct desk *d, const char *id, struct err *e);
// How many records are past retention (flow/retain.h), of all entities: as last counted.
struct retention_view {
    int months;     // 0: none is set
    bool automatic; // they are purged at the start and once a day
    bool known;
    struct retain_count past;
};
// Sets it, and counts anew. What is automatic begins at the next start, or a day later.
void desk_set_retention(struct desk *d, int months, bool automatic);
// Purges what is past it of the entity that is looked at, as a task.
bool desk_purge_past(struct desk *d, struct err *e);
// How a record's answers differed: changes then holds them.
void desk_library_history(struct desk *d, const char *id);

// What fetching again would cost: 0 credits, and how many records and requests; 0 records: not
// known yet, or none. Asked for in the background; DESK_LIBRARY when it is there.
struct library_plan {
    bool asked, known;
    struct refresh refresh; // while known
};
bool desk_library_plan(struct desk *d, const char *id, struct err *e);
const struct library_plan *desk_library_planned(const struct desk *d);
// Fetches what was planned, as a task. ERR_REFUSED where the lock is on or this process does not
// spend.
bool desk_library_refresh(struct desk *d, struct err *e);

#endif
