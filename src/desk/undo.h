// Steps back and forth. A step holds what stands in the place of what is there now; going through
// it swaps the two. For desk/*.c. UI thread. Floor: desk.
#ifndef LODE_DESK_UNDO_H
#define LODE_DESK_UNDO_H

#include <stdbool.h>
#include <stddef.h>

#include "desk/marks.h"
#include "desk/results.h"
#include "model/query.h"

enum { UNDO_KEPT = 200, UNDO_TEXT_MAX = 96 };

struct desk;
struct seat;
struct undo_step;

// Marks that came or went together, with their places in the whole list.
struct mark_set {
    struct mark *marks; // owned
    size_t *places;     // rising; owned
    size_t n;
};

// An order of the rows, and where the cursor was in it.
struct rows_order {
    struct sort_key keys[SORT_KEYS_MAX]; // of those that are fetched
    size_t n_keys;
    const char *sort_by; // the server's; as in struct query
    bool ascending;
    size_t place, top;
};

struct undo_kind {
    const char *pane; // where it shows
    // false with *e: it cannot be done now, and nothing has changed. Where it sets step->asked the
    // step stays as it is until undo_came().
    bool (*swap)(struct desk *d, struct seat *s, struct undo_step *step, struct err *e);
    void (*free)(struct undo_step *step);
};

struct undo_step {
    const struct undo_kind *kind;
    char what[UNDO_TEXT_MAX]; // "marking 30 rows"
    bool undone;
    bool asked; // the server, for what it takes
    union {
        struct query query;
        struct rows_order order;
        struct {
            struct shown_column *items; // owned
            size_t n, at;               // at: the one under the cursor
        } columns;
        struct {
            struct mark_set gone, come; // gone first, then come
            struct desk *desk;
        } marks;
    };
};

struct undo_steps {
    struct undo_step *items;
    size_t len, cap;
};

struct undo {
    struct undo_steps back, forth;
};

// The step was taken just now; what could be redone is forgotten.
void undo_push(struct seat *s, struct undo_step step, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
// What the server was asked for has come: the step, undone or done again; its swap is the caller's
// to end. NULL: it is kept no more.
struct undo_step *undo_came(struct seat *s);
// It does not come: the step can be gone through again.
void undo_stays(struct seat *s);
// No step of that kind is kept.
void undo_forget(struct seat *s, const struct undo_kind *kind);
void undo_free(struct undo *u);

#endif
