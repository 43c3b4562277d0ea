// Which records of an entity, and which of their fields: what is quoted, enriched and exported. One
// owner at a time. Floor: flow.
#ifndef LODE_FLOW_SELECTION_H
#define LODE_FLOW_SELECTION_H

#include <stdbool.h>
#include <stddef.h>

#include "api/enrich.h"
#include "base/err.h"
#include "flow/app.h"
#include "flow/match_file.h"
#include "model/entity.h"

// A record of a file that has no id.
struct selection_odd {
    size_t line;
    const char *why; // a constant
};

struct selection {
    const struct entity *entity;
    char **ids;     // in the order given; owned
    char **matches; // for each the input that names it, as JSON, or NULL; owned. NULL: none has one
    size_t n, cap;
    bool from_outside; // the ids were never seen here: one may be of nobody, or of who opted out
    const struct column **fields; // output fields; owned
    size_t n_fields;
    const struct column **required; // of these, what a record must have to be charged; owned
    size_t n_required;
    size_t named;     // so many behind the first, the id, were asked for by name and are left
    bool any_named;   // some were
    char *fields_key; // the names of the fields sorted, ',' between
    // Of the file that it was read from:
    struct selection_odd *odd; // owned
    size_t n_odd;
    size_t n_wrong; // of its ids so many are no number
};

void selection_free(struct selection *s);
// Takes its records out; the fields stay.
void selection_clear(struct selection *s);
// The same, but what was seen of the file that they are of stays too.
void selection_empty(struct selection *s);
// An id as records are known by it, without zeros before its digits; what is none as it stands.
// The caller's to free.
char *selection_id(const char *text);
void selection_add(struct selection *s, const char *id);
// The same of one that may be known by what names it alone.
void selection_add_input(struct selection *s, struct enrich_input input);
// Record i as a call asks for it.
struct enrich_input selection_input(const struct selection *s, size_t i);
// Ids from a file ("-": standard input): one a line, or a CSV, TSV or JSON a line with an id
// column; s->odd has the lines that have none. ERR_INVALID says what was found instead.
bool selection_read(struct selection *s, const char *path, struct err *e);
// The column with the ids, or the number of columns; *bare: it has no heading.
size_t selection_id_column(const struct selection *s, const struct match_file *f, bool *bare);
// The same of what is left of an open file, where there may be none. The ids are from outside.
bool selection_take(struct selection *s, struct match_file *f, struct err *e);

// A file's ids on their way.
struct id_reader {
    struct match_file *file;
    size_t at;  // their column
    bool first; // the file's first line is one and not read yet
};

// ERR_INVALID where the file has no column of ids.
bool id_reader_open(struct id_reader *r, const struct selection *s, struct match_file *f,
                    struct err *e);
// Adds the next ids, up to most in all: fewer are in s at the file's end. false: reading failed.
bool id_reader_next(struct id_reader *r, struct selection *s, size_t most, struct err *e);
// ERR_INVALID where the file held no id.
bool selection_has_any(const struct selection *s, const struct match_file *f, struct err *e);
// Output fields by names with ',' between; NULL: the usual ones. "!email" is required as well: a
// record without it is not charged; where all are such, the usual ones come with them. "@mine" are
// those of a preset. Where a personal value is among them, the flags that must travel with it come
// too (FACTS 11). Fields that the account may not use are left out and said. ERR_INVALID names an
// unknown field and the nearest one, ERR_FORBIDDEN: none that was asked for is left, or not all
// that are required.
bool selection_fields(struct selection *s, struct app *a, const char *names, struct err *e);
// The same of the names alone, whatever the account may use; nothing is added to them.
bool selection_named(struct selection *s, const char *names, struct err *e);
// Appends its fields as selection_fields() reads them.
void selection_names(const struct selection *s, struct str *out);
// Is one of the names, ',' between, a required field? Without case.
bool selection_requires(const struct selection *s, const char *names);
// Takes out fields by name without case (',' between); true where any was there.
bool selection_drop_fields(struct selection *s, const char *names);
// Whether a field that was asked for is left: a record without any is not worth buying.
bool selection_brings(const struct selection *s);

#endif
