// Threads as this program makes them: every signal blocked, for the main loop reads them. Floor:
// job.
#ifndef LODE_JOB_THREAD_H
#define LODE_JOB_THREAD_H

#include <pthread.h>
#include <stdbool.h>

// Starts run(arg); the caller joins it. False where the system gives no thread.
bool thread_start(pthread_t *out, void *(*run)(void *), void *arg);
// The calling thread, and those that it starts from now on, let others go first where processors
// are few: a lower priority, a policy under which waking up interrupts nobody, and long turns that
// others may interrupt.
void thread_give_way(void);
// The calling thread works in short bursts that a person waits for: where processors are few it
// asks for its turn early. Not those that it starts. Nothing where the kernel knows no such wish.
void thread_answer_soon(void);

#endif
