// Threads as this program makes them. Floor: job.
#include "job/thread.h"

#include <signal.h>

bool thread_start(pthread_t *out, void *(*run)(void *), void *arg)
{
    sigset_t all, before;
    bool ok;

    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &before);
    ok = pthread_create(out, NULL, run, arg) == 0;
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    return ok;
}
