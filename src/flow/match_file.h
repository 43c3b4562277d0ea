// A file of people or companies to be found: CSV, TSV or a JSON object a line, of any size, read
// once from its start. One owner at a time. Floor: flow.
#ifndef LODE_FLOW_MATCH_FILE_H
#define LODE_FLOW_MATCH_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/feed.h"
#include "base/map.h"
#include "base/vec.h"

struct match_file {
    struct feed feed;
    char *path; // as given, for people too; owned
    bool json;  // a JSON object a line
    // Columns: the first record; of JSON the paths that occur in the first lines.
    VEC(char *) names;
    struct map places; // of JSON: a column's place, from 1
    // Of the record read last:
    size_t line;             // from 1
    VEC(const char *) cells; // one a column; live until the next
    const char *fault;       // what is wrong with it, or NULL
    // Inside:
    struct str text;
    VEC(size_t) starts;
    bool held; // the first record is a value, not a heading: it comes again
};

// "-": standard input. ERR_INVALID where no columns can be made out.
bool match_file_open(struct match_file *f, const char *path, struct err *e);
void match_file_close(struct match_file *f);
// The next record. false at the end (e->kind ERR_NONE) or where reading fails. A record that is
// amiss (too many values, no JSON) comes with f->fault.
bool match_file_next(struct match_file *f, struct err *e);

#endif
