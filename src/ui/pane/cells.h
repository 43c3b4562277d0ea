// A value of a record as panes show it: by its column's type, masked where a person's values are to
// be hidden. UI thread. Floor: ui/pane.
#ifndef LODE_UI_PANE_CELLS_H
#define LODE_UI_PANE_CELLS_H

#include "desk/desk.h"

enum { CELL_MAX = 64 };

// How text of a column is shown: flags as x and ., money with thousands, dates by the day, all else
// as it is; dots where the desk's privacy mask is on and the column is about a person. Returns text
// or buf.
const char *cell_shown(const struct desk *d, const struct column *c, const char *text,
                       char buf[static CELL_MAX]);
// The same for reading one by one: flags as yes and no, dates with their time.
const char *cell_told(const struct desk *d, const struct column *c, const char *text,
                      char buf[static CELL_MAX]);
// The dots that stand for a person's value: as many for every value.
const char *cell_mask(void);
// A record's label, which is a person's name where the entity is about people.
const char *label_shown(const struct desk *d, const struct entity *entity, const char *label);
// Is what this input looks for about a person, and to be masked now?
bool input_masked(const struct desk *d, const struct input *in);
// Right-aligned?
bool cell_is_number(const struct column *c);

#endif
