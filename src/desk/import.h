// A file of people or companies that is to be quoted: how its columns are taken. UI thread.
// Floor: desk.
#ifndef LODE_DESK_IMPORT_H
#define LODE_DESK_IMPORT_H

#include <stdbool.h>

#include "base/err.h"
#include "model/match_plan.h"

struct desk;

struct import {
    char *path;             // owned
    struct match_plan plan; // a guess, to be changed
    char **firsts;          // the first value of each column; owned
    bool bare;              // one column of ids without a heading: there is nothing to choose
};

// Looks at the file's head. ~/ is home. ERR_INVALID where it is no ordinary file.
bool import_look(struct import *out, const struct entity *entity, const char *path, struct err *e);
// Whether it can be quoted as its columns are taken; ERR_INVALID says what is lacking.
bool import_suffices(const struct import *i, struct err *e);
void import_free(struct import *i);
// Quotes what the file names, as desk_quote() does with the marked: by what stands in desk.buying
// it can be bought then. What the file lacks is said.
bool desk_import(struct desk *d, const struct import *i, struct err *e);

#endif
