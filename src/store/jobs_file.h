// The file of the jobs. On the owner thread. Floor: store.
#ifndef LODE_STORE_JOBS_FILE_H
#define LODE_STORE_JOBS_FILE_H

#include <stdbool.h>

#include "base/err.h"
#include "store/owner.h"

// Opens s->jobs where that has not been done; makes the file where it is wanted for writing.
// *there: there is one. A damaged file is set aside and said in *e: nothing of what was bought is
// in it.
bool jobs_file_open(struct store *s, bool make, bool *there, struct err *e);
// For whoever has just become the spender: what others left running runs no more.
void jobs_file_claimed(struct store *s);
// The words of searches may name who was purged: takes them out of the file.
bool jobs_file_forget(struct store *s, struct err *e);

#endif
