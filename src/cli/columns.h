// The catalogue's columns as a sheet's. Main thread. Floor: cli.
#ifndef LODE_CLI_COLUMNS_H
#define LODE_CLI_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include "flow/sheet.h"

struct columns {
    const struct column **from; // the catalogue's; owned array
    struct sheet_column *sheet; // the same for a sheet, and what was added behind; owned array
    size_t n, n_sheet;
};

// By names or headings with ',' between; NULL: the id and those shown by default.
bool columns_choose(struct columns *c, const struct entity *entity, const struct column *all,
                    size_t n, const char *names, struct err *e);
// These columns of the catalogue.
void columns_take(struct columns *c, const struct column *const *from, size_t n);
// One more of the catalogue's, unless it is there already. Before any columns_add().
void columns_also(struct columns *c, const struct column *column);
// One that is asked for, after those shown, and not shown.
void columns_hide(struct columns *c, const struct column *column);
// A further column behind them.
void columns_add(struct columns *c, struct sheet_column column);
void columns_free(struct columns *c);

#endif
