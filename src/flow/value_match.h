// Which values of a list found something: by the rows that name them, by the hits of the searches
// they went with, or by asking for them apart. One owner at a time. Floor: flow.
#ifndef LODE_FLOW_VALUE_MATCH_H
#define LODE_FLOW_VALUE_MATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/map.h"
#include "flow/app.h"
#include "flow/value_list.h"
#include "model/query_split.h"

enum value_fate {
    FATE_UNCLEAR, // something was found with it and others; no row names it
    FATE_MATCHED,
    FATE_UNMATCHED,
    FATE_REFUSED, // cannot be sent: listed_value.why
    FATES
};

struct value_match {
    const struct value_list *list;
    const struct query_parts *parts;
    const struct column *column; // of a row that names such a value, or NULL
    enum value_fate *fates;      // of each value of the list; owned
    bool *maybe;                 // something was found with it; owned
    struct map places;           // of the values that were sent + 1, by their folded text
    bool apart;                  // no value goes with more than one part
    long long requests;          // value_match_each() sent
};

// parts: the searches that the list goes with. Both must outlive the match.
void value_match_begin(struct value_match *m, const struct value_list *list,
                       const struct query_parts *parts);
// A row of that part; cell: the text of m->column.
void value_match_row(struct value_match *m, size_t part, const char *cell);
// How many hits the part had, -1: it was not asked. whole: every row of every part was given.
void value_match_hits(struct value_match *m, size_t part, long long hits, bool whole);
size_t value_match_count(const struct value_match *m, enum value_fate fate);
// The most requests that value_match_each() takes.
long long value_match_price(const struct value_match *m);
// Asks for what is unclear: half of the values, half of those, as long as something is found.
// max_requests 0: as many as it takes; what that leaves stays unclear. ERR_INVALID where values go
// with several parts.
bool value_match_each(struct value_match *m, struct app *a, long long max_requests, struct err *e);
void value_match_end(struct value_match *m);

#endif
