// How far a job or another task is: the one count that all panes show. UI thread. Floor: ui/pane.
#ifndef LODE_UI_PANE_JOB_PROGRESS_H
#define LODE_UI_PANE_JOB_PROGRESS_H

#include "desk/desk.h"

enum { PROGRESS_MAX = 64 };

struct progress {
    long long done, total; // total <= 0: not known
};

// Of a job what it was answered, whether it runs or not: what its run counts beside, the library
// has or is in doubt, and a figure that counted it would fall with the next pause. job or task may
// be NULL, not both.
struct progress job_progress(const struct job_row *job, const struct task_view *task);
// "12 of 40 records", "12 of 40" of what is no job, "12", or "". Of a job what was answered, even
// where it is done without the others. Returns buf.
char *job_progress_text(const struct job_row *job, const struct task_view *task,
                        char buf[static PROGRESS_MAX]);

#endif
