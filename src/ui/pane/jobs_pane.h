// The Jobs pane, for its own files only. UI thread. Floor: ui/pane.
#ifndef LODE_UI_PANE_JOBS_PANE_H
#define LODE_UI_PANE_JOBS_PANE_H

#include "base/str.h"
#include "ui/pane/panes.h"
#include "ui/pane/write_file.h"
#include "ui/widget/table_view.h"

// With the narrowest name all but what was said stands on 80 columns.
enum { JOBS_NAME_MIN = 21, JOBS_NAME_MAX = 40, JOBS_BESIDE_NAME = 59, JOBS_CELL_MAX = 128 };

enum {
    COLUMN_TASK,
    COLUMN_STATE,
    COLUMN_SINCE,
    COLUMN_DONE,
    COLUMN_RATE,
    COLUMN_LEFT,
    COLUMN_SAID,
    JOBS_COLUMNS
};

// A row: a job that is kept, with its newest run of this start where it had one; or a task that is
// no run of such a job.
struct jobs_line {
    const struct job_row *job;    // or NULL
    const struct task_view *task; // or NULL
};

struct jobs_pane {
    struct pane pane;
    struct table_view view;
    struct table_column columns[JOBS_COLUMNS]; // the name takes what room there is
    struct jobs_line *lines; // in the order that is shown; owned; jobs_lines() makes them
    size_t n_lines, cap_lines;
    uint64_t jobs_read, task_changes; // of the desk, when they were made
    int64_t at_job;                   // what the cursor is on: by its id, 0: none
    uint64_t at_task;
    uint64_t begun; // the task that the cursor went to when it began
    bool looked;    // there were rows before
    char cell[JOBS_CELL_MAX];
    struct str said;            // what jobs_said() gave last
    struct str told;            // the same of the row under the cursor; jobs_tell() makes it
    uint64_t asked;             // the task that a question is about
    char name[JOB_NAME_MAX];    // the same of a job
    char rows_of[JOB_NAME_MAX]; // the job that a file is written of
    struct write_file file;
    int64_t wake_ms; // when it is drawn again by itself
    int w;
};

// The rows as the desk stands now; the cursor stays on what it was on. Good until the desk moves.
void jobs_lines(struct jobs_pane *j);
// The one under the cursor; both NULL where there is none.
struct jobs_line jobs_at(struct jobs_pane *j);
// The same as it was made last; NULL where the desk has moved since, or there is none.
const struct jobs_line *jobs_shown(const struct jobs_pane *j);
// The table of them; cells live until the next call.
struct table_source jobs_source(struct jobs_pane *j);
extern const struct table_column jobs_columns[JOBS_COLUMNS];
const char *jobs_state_text(const struct jobs_line *l);
// All that there is to say of it, as sentences; lives until the next call.
const char *jobs_said(struct jobs_pane *j, const struct jobs_line *l);
// A second, and how long still, while it runs here; "" where it cannot be told. Both live until the
// next call, in j->cell.
const char *jobs_rate(struct jobs_pane *j, const struct jobs_line *l);
const char *jobs_time_left(struct jobs_pane *j, const struct jobs_line *l);
// When it came into its state; UTC.
int64_t jobs_since(const struct jobs_pane *j, const struct jobs_line *l);
// What was neither answered nor is in doubt.
long long jobs_left(const struct job_row *r);
// Is why its run ended what the job says of itself?
bool jobs_says_why(const struct jobs_pane *j, const struct jobs_line *l);
// jobs_why.c: how it stands, what held it, what is in doubt and what can be done, as lines.
// Appends.
void jobs_tell_all(struct jobs_pane *j, const struct jobs_line *l, struct str *out);
// Takes down what is said of the row under the cursor, for drawing. jobs_lines() does where the
// rows or the cursor are others; what else has changed of them is the caller's to see.
void jobs_tell(struct jobs_pane *j);
// Does it run in this Lode?
bool jobs_runs_here(const struct jobs_line *l);
// Was it told to begin no more calls?
bool jobs_stopping(const struct jobs_line *l);

// jobs_reader.c: all that there is to say of a row, which it follows while it is open. A popup.
struct pane *jobs_reader_open(struct jobs_pane *j, const struct jobs_line *l);

// jobs_act.c
extern const struct pane_action jobs_actions[];
bool jobs_offers(const struct pane *p, const char *command);
// Can the command be carried out on that row now?
bool jobs_can(const struct desk *d, const struct jobs_line *l, const char *command);

#endif
