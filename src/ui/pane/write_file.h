// A file that a pane writes: its name is asked for, and whether one that is there may go. UI
// thread. Floor: ui/pane.
#ifndef LODE_UI_PANE_WRITE_FILE_H
#define LODE_UI_PANE_WRITE_FILE_H

#include "ui/pane/pane.h"

// Embedded in the pane that writes, and as long-lived.
struct write_file {
    struct pane *pane;
    // false: *e says why; ERR_EXISTS where the file is there and replace is false.
    bool (*write)(struct pane *p, const char *path, bool replace, struct err *e);
    char *path; // of the one that was named last; owned
};

// Writes path; NULL: it is asked for under this title, with the name proposed. Failures are said.
void write_file(struct write_file *w, const char *path, const char *title, const char *proposed);

#endif
