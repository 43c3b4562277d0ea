// A few worker threads for what blocks or computes: keyring, decoding, exports. Floor: job.
#ifndef LODE_JOB_POOL_H
#define LODE_JOB_POOL_H

#include "job/job.h"

struct pool;

// At most so many workers, each started when a job finds none free; fewer where the system gives no
// more, and the first pool_submit() aborts where it gives none. All signals are blocked in them.
struct pool *pool_open(int workers);
// Before the first job: its workers, and the threads that those start, let others go first
// (thread_give_way()).
void pool_give_way(struct pool *p);
// Waits for what runs and what waits, then ends the workers.
void pool_close(struct pool *p);
// Gives the job away: job->run on a worker, then it is put on job->reply. A job whose cancel has
// fired before its turn is returned without running. Any thread.
void pool_submit(struct pool *p, struct job *j);

#endif
