// Threads as this program makes them: every signal blocked, for the main loop reads them. Floor: job.
#ifndef LODE_JOB_THREAD_H
#define LODE_JOB_THREAD_H

#include <pthread.h>

// Starts run(arg); aborts where the system gives no thread at all.
pthread_t thread_start(void *(*run)(void *), void *arg);

#endif
