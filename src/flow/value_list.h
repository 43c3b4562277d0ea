// A list of values for one input, read from a file or pasted: what of it can be sent, and what not.
// One owner at a time. Floor: flow.
#ifndef LODE_FLOW_VALUE_LIST_H
#define LODE_FLOW_VALUE_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/vec.h"
#include "flow/app.h"
#include "model/query.h"

enum { VALUE_LIST_MAX = 10000 };

// A value as it stood in the list.
struct listed_value {
    char *text; // owned
    size_t line;
    char *why; // it cannot be sent; owned, NULL: it can
};

struct value_list {
    const struct input *input;
    VEC(struct listed_value) values; // without empty ones and repetitions
    size_t repeated;                 // that were left out
    size_t refused;                  // of values, those that cannot be sent
};

// Reads text: one value a line (or a single long line of them with commas), or a CSV or TSV. column
// names the column of a table; NULL: the one whose heading is the input's name or label, else each
// whole line is a value. ERR_INVALID where there are more than VALUE_LIST_MAX, none, or no such
// column.
bool value_list_parse(struct value_list *l, const struct input *input, const char *text, size_t len,
                      const char *column, struct err *e);
// The same of a file; "-" is standard input. Errors name it.
bool value_list_read(struct value_list *l, const struct input *input, const char *path,
                     const char *column, struct err *e);
// Refuses the values that are none of the input's lookup list, and says which is nearest; the
// others become the list's ids. Where the list cannot be had, all go as they are.
bool value_list_resolve(struct value_list *l, struct app *a, struct err *e);
// Adds what can be sent to a query.
void value_list_put(const struct value_list *l, struct query *q);
void value_list_free(struct value_list *l);

#endif
