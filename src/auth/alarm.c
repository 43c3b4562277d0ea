// Waiting by a clock that counts suspend. One thread waits, any may ring. Floor: auth.
#include "auth/alarm.h"

#include <poll.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"

struct alarm {
    int bell_fd, timer_fd;
};

struct alarm *alarm_new(void)
{
    struct alarm *a = mem_zalloc(sizeof(*a));

    a->bell_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    a->timer_fd = timerfd_create(CLOCK_BOOTTIME, TFD_CLOEXEC | TFD_NONBLOCK);
    if (a->bell_fd < 0 || a->timer_fd < 0)
        abort();
    return a;
}

void alarm_free(struct alarm *a)
{
    (void)close(a->bell_fd);
    (void)close(a->timer_fd);
    free(a);
}

void alarm_ring(struct alarm *a)
{
    (void)eventfd_write(a->bell_fd, 1);
}

void alarm_wait(struct alarm *a, int64_t ms)
{
    struct pollfd fds[] = {{.fd = a->bell_fd, .events = POLLIN},
                           {.fd = a->timer_fd, .events = POLLIN}};
    // All zeroes would switch the timer off, which is what -1 wants and 0 does not.
    struct itimerspec at = {.it_value = {.tv_sec = ms < 0 ? 0 : (time_t)(ms / 1000),
                                         .tv_nsec = ms < 0 ? 0 : (long)(ms % 1000) * 1000000 + 1}};
    eventfd_t rings;

    (void)timerfd_settime(a->timer_fd, 0, &at, NULL);
    (void)poll(fds, ARRAY_LEN(fds), -1);
    (void)eventfd_read(a->bell_fd, &rings);
}
