// The export popup's own state, shared by the files it is made of. UI thread. Floor: ui/pane.
#ifndef LODE_UI_PANE_EXPORT_PANE_H
#define LODE_UI_PANE_EXPORT_PANE_H

#include "ui/pane/pane.h"
#include "ui/widget/form.h"

enum { EXPORT_VALUE_MAX = 160, EXPORT_NAME_MAX = 80 };

enum {
    ROW_WHAT,
    ROW_COLUMNS,
    ROW_FORMAT,
    ROW_FILE,
    ROW_CALLS,
    ROW_LINES,
    ROW_FORMULAS,
    ROW_MANIFEST,
    ROW_WRITE,
    ROWS
};

struct export_popup {
    struct pane pane;
    struct form form;
    enum export_what what;
    bool suggests; // what has not been chosen by anybody yet
    size_t format;
    size_t ends; // of lines
    enum export_dnc dnc;
    struct str presets; // their names, '|' between
    size_t preset;      // the place of the one chosen
    char name[EXPORT_NAME_MAX];
    bool raw_formulas, manifest;
    struct str path;
    char value[EXPORT_VALUE_MAX];
    char said[ERR_TEXT_MAX]; // why the last try was refused, or ""
};

// export_rows.c
extern const struct form_source export_rows; // self: the popup
const struct entity *export_entity(const struct export_popup *x);
// Enter on row at: the next value, or what it does.
void export_choose(struct export_popup *x, size_t at);
// What stands in the popup as the desk takes it; texts live as long as it is not changed.
struct export_order export_order_of(struct export_popup *x, bool replace);
// Reads the names of the presets anew; goes to that one, where it is given and there.
void export_read_presets(struct export_popup *x, const char *name);
// The preset chosen.
const char *export_preset(struct export_popup *x);

// export.c
// Row `Write`.
void export_write(struct export_popup *x);

#endif
