// Saved searches by name, as text to take elsewhere, and what a run finds beside the one before;
// the history of searches. Floor: flow.
#ifndef LODE_FLOW_SEARCHES_H
#define LODE_FLOW_SEARCHES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/map.h"
#include "base/str.h"
#include "base/vec.h"
#include "flow/app.h"
#include "model/page.h"
#include "model/query.h"

enum { SEARCH_NAME_MAX = 80, CHANGES_KEPT = 10000 };

struct saved {
    int64_t id;
    char *name, *note, *entity, *text; // text as model/query_text.h has it, the entity in it
    int64_t saved_ms, ran_ms;          // UTC; 0: it never ran
    long long hits, rows;              // -1: unknown; rows that the next run is compared with
};

struct saved_list {
    VEC(struct saved) items; // by name
};

struct past {
    char *entity, *text;
    int64_t at_ms;
    long long hits, times;
};

struct past_list {
    VEC(struct past) items; // newest first
};

// Says once what became of a damaged file.
bool searches_list(struct app *a, struct saved_list *out, struct err *e);
void searches_list_free(struct saved_list *l);
void saved_free(struct saved *s);
// By name without case; ERR_NOT_FOUND with the nearest name.
bool searches_find(struct app *a, const char *name, struct saved *out, struct err *e);
// One line of clean text, that is neither empty nor long; else ERR_INVALID. Any thread.
bool searches_name_fits(const char *name, struct err *e);
// A new one, or (id not 0) another name, note and text for that one. id is filled. ERR_INVALID for
// a name that is none, ERR_REFUSED for one that is taken.
bool searches_save(struct app *a, struct saved *s, struct err *e);
bool searches_rename(struct app *a, const struct saved *s, const char *name, struct err *e);
// name NULL: a free one made of its own; the caller frees *made.
bool searches_duplicate(struct app *a, const struct saved *s, const char *name, char **made,
                        struct err *e);

// Takes it away; *made of the one that came back (id 0: the last that was deleted).
bool searches_delete(struct app *a, const struct saved *s, struct err *e);
bool searches_restore(struct app *a, int64_t id, struct saved *out, struct err *e);

// As text: its name and note as comments, then the search. Several follow each other.
void searches_write(const struct saved *s, struct str *out);
// Such a text, taken apart: what stands before the first name is one by the name of `unnamed`. Says
// what is wrong with one and takes it in all the same. ERR_INVALID where it holds no search at all.
bool searches_read(const char *text, const char *unnamed, struct saved_list *out, struct err *e);
// Saves them; a name that is taken gets a number, unless replace. *names: as saved, a line each.
bool searches_import(struct app *a, const struct saved_list *l, bool replace, struct str *names,
                     struct err *e);

// Adds all of them as text; *n: how many.
bool searches_write_all(struct app *a, struct str *text, size_t *n, struct err *e);
// A file of its own. ERR_INVALID where one is in the way that may not be replaced.
bool searches_file_write(const char *path, const struct str *text, bool replace, struct err *e);
// searches_read() and searches_import() of a file ("-": standard input); a search without a name
// takes the file's.
bool searches_file_import(struct app *a, const char *path, bool replace, struct str *names,
                          struct err *e);
// Its count was told just now, without a run.
bool searches_counted(struct app *a, int64_t id, long long hits, struct err *e);

bool history_list(struct app *a, struct past_list *out, struct err *e);
void history_list_free(struct past_list *l);
// One that was searched, its filters as people say them: the history's, and the last run of a saved
// one that has the same filters. Not being able to keep it costs nothing.
void history_remember(struct app *a, const struct query *q, long long hits);

enum row_change { CHANGE_FIRST, CHANGE_NONE, CHANGE_NEW, CHANGE_CHANGED, CHANGE_GONE };

// A row of the run before; label: what names it, as row_label() had it, "" where it was not kept.
struct row_before {
    char *id, *label; // owned
};

// A run of a saved search, watched row by row.
struct changes {
    int64_t saved;
    bool compares; // there was a run before
    bool values;   // whose rows had the same columns: changed ones can be told
    bool was_whole;
    struct map before, now; // id -> hash, never NULL
    VEC(struct row_before) order;
    struct str rows, names; // of this run, as they will be kept
    size_t n_new, n_changed, n_rows;
};

// "", "new", "changed", "gone".
const char *change_name(enum row_change c);
// What names a row of a search: its label columns. The cells are those of all search columns, in
// the catalogue's order. The caller frees it.
char *row_label(const struct entity *entity, const char *const *cells);
bool changes_begin(struct app *a, const struct saved *s, struct changes *c, struct err *e);
// The cells are as row_label() has them.
enum row_change changes_row(struct changes *c, const struct entity *entity, const struct row *row);
// Keeps this run in the place of the one before; whole: it gave every hit. hits -1: unknown. From
// then on gone ones are known: those of the run before that this one had not.
bool changes_keep(struct app *a, struct changes *c, const struct entity *entity, long long hits,
                  bool whole, struct err *e);
// Those that are gone; the caller frees the array, the rows are of c. None where a run was not
// whole: they may only have moved further down.
const struct row_before **changes_gone(const struct changes *c, bool whole, size_t *n);
void changes_free(struct changes *c);

#endif
