// Threads as this program makes them. Floor: job.
#include "job/thread.h"

#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { WAY = 5, BURST_NS = 1000 * 1000, STRETCH_NS = 100 * 1000 * 1000 };

// As sched_setattr(2) has it, which libc has not.
struct turn {
    uint32_t size, policy;
    uint64_t flags;
    int32_t nice;
    uint32_t priority;
    uint64_t runtime, deadline, period;
};

enum { RESET_ON_FORK = 1 }; // a flag of it

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

// With the runtime a thread asks for, who wakes with a shorter one goes first (Linux 6.12 on).
static void take_turns(uint32_t policy, uint64_t flags, uint64_t runtime_ns)
{
    struct turn turn = {.size = sizeof(turn),
                        .policy = policy,
                        .flags = flags,
                        .nice = getpriority(PRIO_PROCESS, 0),
                        .runtime = runtime_ns};

    (void)syscall(SYS_sched_setattr, 0, &turn, 0);
}

void thread_give_way(void)
{
    if (getpriority(PRIO_PROCESS, 0) < WAY)
        (void)setpriority(PRIO_PROCESS, 0, WAY);
    take_turns(SCHED_BATCH, 0, STRETCH_NS);
}

void thread_answer_soon(void)
{
    take_turns(SCHED_OTHER, RESET_ON_FORK, BURST_NS);
}
