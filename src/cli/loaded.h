// Lists of values from files (--where-from): read into a search, and what became of each value told
// afterwards. Main thread. Floor: cli.
#ifndef LODE_CLI_LOADED_H
#define LODE_CLI_LOADED_H

#include "cli/command.h"
#include "flow/value_match.h"

struct loaded {
    VEC(struct value_list) lists;
    VEC(struct value_match) matches; // one a list, from loaded_begin() on
};

// Reads every --where-from into the query; faults are told, and how many there were is returned.
size_t loaded_read(struct loaded *l, struct invocation *in, struct query *q);
// The lists go with these searches from now on.
void loaded_begin(struct loaded *l, const struct query_parts *parts);
// What a row's column that names values of a list has; NULL: none is of use.
const struct column *loaded_column(const struct loaded *l, size_t list);
// How many hits each search had, and whether all rows of all of them were given; says what matched,
// asks apart with --each, writes --unmatched. The exit status.
int loaded_tell(struct loaded *l, struct invocation *in, const long long *hits, bool whole);
void loaded_free(struct loaded *l);

#endif
