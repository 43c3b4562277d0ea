// The Jobs pane, for its own files only. UI thread. Floor: ui/pane.
#ifndef LODE_UI_PANE_JOBS_PANE_H
#define LODE_UI_PANE_JOBS_PANE_H

#include "ui/pane/job_rows.h"
#include "ui/pane/panes.h"
#include "ui/widget/table_view.h"

// With the narrowest name all but what was said stands on 80 columns.
enum { JOBS_NAME_MIN = 21, JOBS_NAME_MAX = 40, JOBS_BESIDE_NAME = 59, JOBS_TEXT_MAX = 400 };

enum {
    COLUMN_TASK,
    COLUMN_STATE,
    COLUMN_DONE,
    COLUMN_RATE,
    COLUMN_TIME,
    COLUMN_SAID,
    JOBS_COLUMNS
};

struct jobs_pane {
    struct pane pane;
    struct table_view view;
    struct table_column columns[JOBS_COLUMNS]; // the name takes what room there is
    char cell[JOBS_TEXT_MAX];
    uint64_t asked;          // the job that a question is about
    char name[JOB_NAME_MAX]; // the same of a kept one
    struct job_rows rows;    // being written
    int64_t wake_ms;         // when it is drawn again by itself
    int w;
};

// The table of kept jobs and below them of tasks, newest first; cells live until the next call.
struct table_source jobs_source(struct jobs_pane *j);
extern const struct table_column jobs_columns[JOBS_COLUMNS];
// How many kept jobs are shown.
size_t jobs_open_count(const struct desk *d);
// The kept job, or the task, of a row; NULL where it is of the other kind or absent.
const struct job_row *jobs_kept_at(const struct jobs_pane *j, size_t row);
const struct task_view *jobs_task_at(const struct jobs_pane *j, size_t row);
// The task of this desk in which the job runs now, or NULL.
const struct task_view *jobs_runner(const struct desk *d, const struct job_row *r);
const char *jobs_state_name(const struct task_view *t);

#endif
