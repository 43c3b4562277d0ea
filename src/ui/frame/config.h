// What lode.conf says: keys, settings and looks. The shipped defaults first, then the system's
// file, then the person's; all lines of one parser. UI thread. Floor: ui/frame.
#ifndef LODE_UI_FRAME_CONFIG_H
#define LODE_UI_FRAME_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/line.h"
#include "base/str.h"
#include "ui/frame/keymap.h"
#include "ui/frame/panes.h"
#include "ui/frame/settings.h"
#include "ui/term/theme.h"

#define CONFIG_FILE "lode.conf"

struct config {
    const struct pane_row *panes;
    struct keymap keys;
    struct settings settings; // as they hold now
    struct settings told;     // as the files say
    struct theme theme;
    struct str roles; // `role` lines, put over the theme
    struct str fault; // what was wrong in any file, a line each
    size_t faults;
};

// Empty, for config_load().
void config_init(struct config *c, const struct pane_row *panes);
// Forgets everything and reads anew, but what was set since by hand and is not said differently
// now. What is at fault is told in fault; the rest holds.
void config_load(struct config *c);
// One line as a file may hold it: set, theme, role, bind or unbind. from names the file, "" for a
// typed line. false with *e.
bool config_line(struct config *c, const char *from, const struct line *line, struct err *e);
// Reads the theme that the settings name, with the roles over it; false with *e and the old one
// kept where there is none.
bool config_theme(struct config *c, struct err *e);
void config_free(struct config *c);
// The person's folder of lode.conf and themes; the caller frees it. NULL: there is no HOME.
char *config_folder(void);

#endif
