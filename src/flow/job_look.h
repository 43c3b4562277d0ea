// What has come of a job so far, input by input: the lines of its file, or its record ids. Any
// thread but the UI's. Floor: flow.
#ifndef LODE_FLOW_JOB_LOOK_H
#define LODE_FLOW_JOB_LOOK_H

#include "flow/match_job.h"

// As match_job_open(), closed by match_job_close(); of a job of record ids the plan has one column,
// which holds them.
bool job_look_open(struct app *a, const struct job_row *job, struct match_job *out, struct err *e);
// Hands out each input in its order; sends nothing. *out is filled in any case.
bool job_look(struct app *a, const struct job_row *job, struct match_job *m,
              bool (*row)(void *self, const struct matched_row *row, struct err *e), void *self,
              struct match_summary *out, struct err *e);

#endif
