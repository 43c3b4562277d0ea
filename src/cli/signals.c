// ^C and friends while a command runs. Floor: cli.
#include "cli/signals.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/mem.h"

struct signals {
    struct app *app;
    pthread_t thread;
    int signal_fd, stop_fd;
};

static void fill(sigset_t *set)
{
    (void)sigemptyset(set);
    (void)sigaddset(set, SIGINT);
    (void)sigaddset(set, SIGTERM);
    (void)sigaddset(set, SIGHUP);
}

void signals_block(void)
{
    sigset_t set;

    fill(&set);
    (void)pthread_sigmask(SIG_BLOCK, &set, NULL);
}

static void *watch(void *arg)
{
    struct signals *s = arg;
    struct pollfd fds[] = {{.fd = s->signal_fd, .events = POLLIN},
                           {.fd = s->stop_fd, .events = POLLIN}};
    struct signalfd_siginfo info;

    while (poll(fds, ARRAY_LEN(fds), -1) < 0 || !fds[1].revents) {
        if (!(fds[0].revents & POLLIN) || read(s->signal_fd, &info, sizeof(info)) < 0)
            continue;
        if (cancel_fired(s->app->cancel)) {
            cancel_fire(s->app->abort);
        } else {
            app_say(s->app, "Stopping; what is under way is waited for. Again: stop at once.");
            cancel_fire(s->app->cancel);
        }
    }
    return NULL;
}

struct signals *signals_watch(struct app *a)
{
    struct signals *s = mem_zalloc(sizeof(*s));
    sigset_t set;

    fill(&set);
    s->app = a;
    s->signal_fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    s->stop_fd = eventfd(0, EFD_CLOEXEC);
    if (pthread_create(&s->thread, NULL, watch, s) != 0)
        abort();
    return s;
}

void signals_unwatch(struct signals *s)
{
    const uint64_t one = 1;

    if (write(s->stop_fd, &one, sizeof(one)) < 0)
        abort();
    (void)pthread_join(s->thread, NULL);
    (void)close(s->signal_fd);
    (void)close(s->stop_fd);
    free(s);
}
