// Writing what a job asked for with what was found: which file is asked for, and whether
// one that is there may go. UI thread. Floor: ui/pane.
#ifndef LODE_UI_PANE_JOB_ROWS_H
#define LODE_UI_PANE_JOB_ROWS_H

#include "desk/desk.h"
#include "ui/pane/pane.h"

// Embedded in the pane that asks, and as long-lived.
struct job_rows {
    struct pane *pane;
    char name[JOB_NAME_MAX];
    char *path; // owned
};

// path NULL: it is asked for.
void job_rows_write(struct job_rows *r, struct pane *p, const struct job_row *job,
                    const char *path);

#endif
