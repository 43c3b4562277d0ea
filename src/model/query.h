// A filter set with its sort: what a person asks for, before it is a request. Not shared between
// threads. Floor: model.
#ifndef LODE_MODEL_QUERY_H
#define LODE_MODEL_QUERY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"
#include "model/entity.h"

// Where something stands in a text, from 1 (column in bytes); line 0: it was typed.
struct query_place {
    int line, column;
};

struct filter {
    const struct input *input;
    char *text;    // the value as given; owned
    char **values; // split, then (by the lookups) replaced with what goes on the wire; owned
    struct query_place *places; // of each value, for faults; owned
    size_t n_values;
};

struct query {
    const struct entity *entity;
    struct filter *filters;
    size_t n_filters;
    const char *sort_by; // one of entity->search.sorts, or NULL
    bool ascending;
};

struct query query_new(const struct entity *entity);
struct query query_copy(const struct query *q);
void query_free(struct query *q);
// "FIELD=VALUE", "!=" (where the input has an exclude twin), ">=", "<=" (where it is a range).
// FIELD is an API name or a label. Several values with commas, each may stand in double quotes. The
// same field again adds values where it takes several, else replaces. ERR_INVALID says what is
// known.
bool query_where(struct query *q, const char *line, struct err *e);
// The same for line `number` of a text, as its values' places remember. *column: where a fault
// lies.
bool query_where_at(struct query *q, const char *line, int number, int *column, struct err *e);
// Can what this input includes be excluded? false: *e says why not.
bool query_excludes(const struct entity *entity, const struct input *input, struct err *e);
// Gives an input these values in the place of what it had; "" takes its filter away.
bool query_set(struct query *q, const struct input *input, const char *values, struct err *e);
// Adds values to an input that takes several, or gives it the first; all settled (query_settle()).
void query_put(struct query *q, const struct input *input, const char *const *values, size_t n);
// Checks one value by the kind of its input and writes it as the wire wants it; *value is the
// caller's, and may be another afterwards.
bool query_settle(const struct input *input, char **value, struct err *e);
// The text of an input's values, "" where it has no filter. Lives until the query changes.
const char *query_get(const struct query *q, const struct input *input);
// "FIELD", "FIELD:asc", "FIELD:desc".
bool query_sort(struct query *q, const char *text, struct err *e);
// Replaces value number i of a filter.
void filter_set(struct filter *f, size_t i, const char *value);
// The whole set before sending: types, bounds, min over max, dates, 500 characters, zip radius
// without zip, sort. Lookup values must have been resolved. ERR_INVALID names the field.
bool query_check(const struct query *q, struct err *e);

// Who is told all that is wrong with a filter set: each fault as a sentence, its place in a text
// before it where it has one (line_tell()).
struct query_faults {
    const char *file; // names the text, or NULL
    void *self;
    void (*fault)(void *self, const char *sentence);
    const struct input *
        *first;      // gets the input of the first fault, NULL where it has none; or NULL
    bool long_lists; // more values than a request takes are no fault: query_split() will part them
};

// As query_check(), past the first fault; returns how many there are.
size_t query_check_all(const struct query *q, const struct query_faults *to);
void query_fault(const struct query_faults *to, struct query_place at, const char *sentence);
// Faults that keep the first of them in *e, which is emptied.
struct query_faults query_first_fault(struct err *e);
// Plain remarks that do not stop a search (state with country is OR: FACTS 5), a line each.
void query_remarks(const struct query *q, struct str *out);
// What goes on the wire for a string input: values joined.
void filter_wire(const struct filter *f, struct str *out);
// The set as text, one `field = values` line each, as query_where() reads it.
void query_print(const struct query *q, struct str *out);

#endif
