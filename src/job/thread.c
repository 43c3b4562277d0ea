// Threads as this program makes them. Floor: job.
#include "job/thread.h"

#include <signal.h>
#include <stdlib.h>

pthread_t thread_start(void *(*run)(void *), void *arg)
{
    sigset_t all, before;
    pthread_t thread;

    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &before);
    if (pthread_create(&thread, NULL, run, arg) != 0)
        abort();
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    return thread;
}
