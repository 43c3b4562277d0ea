// What is left of a job, priced before it goes on. Any thread but the UI's. Floor: flow.
#ifndef LODE_FLOW_JOB_PRICE_H
#define LODE_FLOW_JOB_PRICE_H

#include "flow/jobs.h"
#include "model/quote.h"

// What going on would cost, by the ledger and the account's meters: one free request. again: what
// is in doubt of it is sent again. Of a job by the lines of a file the file is read and compared
// first: ERR_REFUSED, in the sentence of match_job_open(), where it is not the same.
bool job_price(struct app *a, const struct job_row *job, bool again, struct quote *out,
               struct err *e);

#endif
