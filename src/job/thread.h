// Threads as this program makes them: every signal blocked, for the main loop reads them. Floor:
// job.
#ifndef LODE_JOB_THREAD_H
#define LODE_JOB_THREAD_H

#include <pthread.h>
#include <stdbool.h>

// Starts run(arg); the caller joins it. False where the system gives no thread.
bool thread_start(pthread_t *out, void *(*run)(void *), void *arg);

#endif
