// The catalogue's columns as a sheet's. One owner at a time. Floor: flow.
#ifndef LODE_FLOW_COLUMNS_H
#define LODE_FLOW_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include "flow/sheet.h"

struct columns {
    const struct column **from; // the catalogue's; owned array
    struct sheet_column *sheet; // the same for a sheet, and what was added behind; owned array
    size_t n, n_sheet;
    char **headings; // that people gave; owned
    size_t n_headings;
};

// By names or headings with ',' between; NULL: the id and those shown by default. "name=Heading"
// gives it that heading, a ? before the name leaves out what rows do not
// have and what is there already, a ! (required when it is bought) says nothing here.
bool columns_choose(struct columns *c, const struct entity *entity, const struct column *all,
                    size_t n, const char *names, struct err *e);
// These columns of the catalogue.
void columns_take(struct columns *c, const struct column *const *from, size_t n);
// One more of the catalogue's, unless it is there already. Before any columns_add().
void columns_also(struct columns *c, const struct column *column);
// Where a personal value is among them, the flags that must travel with it (FACTS 11).
void columns_comply(struct columns *c, const struct column *all, size_t n);
// One that is asked for, after those shown, and not shown.
void columns_hide(struct columns *c, const struct column *column);
// A further column behind them.
void columns_add(struct columns *c, struct sheet_column column);
void columns_free(struct columns *c);

#endif
