// Runs a program on a pseudo-terminal of its own. One thread. Tests.
#include "support/pty.h"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <glob.h>
#include <grp.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <utmp.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "support/test.h"

enum { REPORT_MAX = 1 << 20, NOBODY = 65534 };

// A zone where it is past noon now: saved screens show the first digit of an hour where the rest is
// covered, and would change from one hour to another.
static void set_noon(void)
{
    time_t now = time(NULL);
    struct tm utc;
    char *zone;

    assert_non_null(gmtime_r(&now, &utc));
    zone = str_format("NOON%+d", utc.tm_hour - 12);
    (void)setenv("TZ", zone, 1);
    free(zone);
}

static void set_environment(const struct pty_order *o)
{
    const char *path = getenv("PATH");
    char *kept = mem_strdup(path ? path : "/usr/bin:/bin");
    // Reports go to files: on the terminal they would be lost among the painting.
    char *sanitizer = str_format("log_path=%s/sanitizer:detect_leaks=1", o->home->path);

    (void)clearenv();
    (void)setenv("PATH", kept, 1);
    (void)setenv("TERM", "xterm-256color", 1);
    set_noon();
    (void)setenv("LODE", LODE_BINARY, 1);
    (void)setenv("ASAN_OPTIONS", sanitizer, 1);
    (void)setenv("UBSAN_OPTIONS", "print_stacktrace=1", 1);
    home_enter(o->home);
    for (const char *const *e = o->env; e && *e; e++) {
        if (strchr(*e, '='))
            (void)putenv(mem_strdup(*e));
        else
            (void)unsetenv(*e);
    }
}

static void become(const struct pty_order *o, int slave)
{
    char **args = mem_array(64, sizeof(*args));
    sigset_t none;

    for (size_t n = 0; o->argv[n] && n < 63; n++)
        args[n] = mem_strdup(o->argv[n]);
    args[63] = NULL;
    if (o->nobody && geteuid() == 0 &&
        (setgroups(0, NULL) != 0 || setgid(NOBODY) != 0 || setuid(NOBODY) != 0))
        _exit(126);
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    set_environment(o);
    if (login_tty(slave) != 0)
        _exit(126);
    (void)execv(args[0], args);
    _exit(127);
}

void pty_give(const char *path)
{
    if (geteuid() == 0)
        assert_int_equal(chown(path, NOBODY, NOBODY), 0);
}

void pty_start(struct pty *p, const struct pty_order *o)
{
    struct winsize size = {.ws_row = (unsigned short)o->h, .ws_col = (unsigned short)o->w};
    int slave;

    *p = (struct pty){.pidfd = -1};
    if (openpty(&p->fd, &slave, NULL, NULL, &size) != 0)
        fail_msg("no pseudo-terminal");
    (void)tcgetattr(slave, &p->before);
    p->before.c_iflag |= IUTF8;
    (void)tcsetattr(slave, TCSANOW, &p->before);
    (void)fcntl(p->fd, F_SETFD, FD_CLOEXEC);
    (void)fcntl(p->fd, F_SETFL, O_NONBLOCK);
    if (o->nobody)
        pty_give(o->home->path);
    p->pid = fork();
    if (p->pid == 0)
        become(o, slave);
    (void)close(slave);
    assert_true(p->pid > 0);
    p->pidfd = (int)syscall(SYS_pidfd_open, p->pid, 0);
    assert_true(p->pidfd >= 0);
}

static void reap(struct pty *p, int flags)
{
    int status;

    if (p->ended || wait4(p->pid, &status, flags, &p->used) != p->pid)
        return;
    p->ended = true;
    p->status = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

bool pty_ended(struct pty *p)
{
    reap(p, WNOHANG);
    return p->ended;
}

void pty_hang_up(struct pty *p)
{
    if (p->fd >= 0)
        (void)close(p->fd);
    p->fd = -1;
}

void pty_stop(struct pty *p)
{
    if (!pty_ended(p)) {
        (void)kill(p->pid, SIGKILL);
        reap(p, 0);
    }
    pty_hang_up(p);
    (void)close(p->pidfd);
}

void pty_resize(struct pty *p, int h, int w)
{
    struct winsize size = {.ws_row = (unsigned short)h, .ws_col = (unsigned short)w};

    (void)ioctl(p->fd, TIOCSWINSZ, &size);
}

int pty_unread(const struct pty *p)
{
    char name[64];
    struct pollfd slave = {.events = POLLIN};
    int n = 0;

    if (ptsname_r(p->fd, name, sizeof(name)) != 0)
        return 0;
    slave.fd = open(name, O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    // Poll has the kernel bring what is on its way.
    if (slave.fd < 0 || poll(&slave, 1, 0) < 0 || ioctl(slave.fd, FIONREAD, &n) != 0)
        n = 0;
    if (slave.fd >= 0)
        (void)close(slave.fd);
    return n;
}

// The letter after the name in brackets, as /proc/PID/stat has it; 'X' where it is gone.
static char thread_state(pid_t pid, const char *thread)
{
    char *path = str_format("/proc/%d/task/%s/stat", pid, thread);
    struct str text = {0};
    struct err e;
    const char *end = NULL;
    char state = 'X';

    if (file_read(path, REPORT_MAX, &text, &e))
        end = strrchr(str_text(&text), ')');
    if (end && end[1])
        state = end[2];
    str_free(&text);
    free(path);
    return state;
}

bool pty_stopped(const struct pty *p)
{
    char *pid = str_format("%d", p->pid);
    bool stopped = thread_state(p->pid, pid) == 'T';

    free(pid);
    return stopped;
}

// Who has the terminal: the program, or what runs in the foreground of a shell.
static pid_t foreground(const struct pty *p)
{
    pid_t group = p->fd < 0 ? -1 : tcgetpgrp(p->fd);

    return group > 0 ? group : p->pid;
}

bool pty_waits(const struct pty *p)
{
    pid_t pid = foreground(p);
    char *thread = str_format("%d", pid);
    bool waits = thread_state(pid, thread) != 'R';

    free(thread);
    return waits;
}

struct pty_rest pty_rest(const struct pty *p)
{
    static const char name[] = "\nvoluntary_ctxt_switches:";
    struct pty_rest rest = {.pid = foreground(p)};
    char *path = str_format("/proc/%d/status", rest.pid);
    struct str text = {0};
    const char *line = NULL;
    struct err e;

    if (file_read(path, REPORT_MAX, &text, &e))
        line = strstr(str_text(&text), name);
    if (line)
        rest.sleeps = atoll(line + strlen(name));
    str_free(&text);
    free(path);
    return rest;
}

bool pty_asleep(const struct pty *p)
{
    pid_t pid = foreground(p);
    char *path = str_format("/proc/%d/task", pid);
    DIR *threads = opendir(path);
    bool asleep = true;

    for (struct dirent *d; asleep && threads && (d = readdir(threads)) != NULL;) {
        if (d->d_name[0] != '.')
            asleep = !strchr("RD", thread_state(pid, d->d_name));
    }
    if (threads)
        (void)closedir(threads);
    free(path);
    return asleep;
}

char *pty_stty(const struct termios *t)
{
    struct str s = {0};

    str_addf(&s, "%x:%x:%x:%x", t->c_iflag, t->c_oflag, t->c_cflag, t->c_lflag);
    for (int i = 0; i < NCCS; i++)
        str_addf(&s, ":%x", t->c_cc[i]);
    return str_take(&s);
}

char *pty_stty_now(const struct pty *p)
{
    struct termios now;

    (void)tcgetattr(p->fd, &now);
    return pty_stty(&now);
}

char *pty_reports(const struct home *h)
{
    char *pattern = str_format("%s/sanitizer.*", h->path);
    struct str text = {0};
    glob_t found = {0};
    struct err e;

    if (glob(pattern, 0, NULL, &found) == 0) {
        for (size_t i = 0; i < found.gl_pathc; i++)
            (void)file_read(found.gl_pathv[i], REPORT_MAX, &text, &e);
    }
    globfree(&found);
    free(pattern);
    return str_take(&text);
}
