// Runs a program on a pseudo-terminal of its own. Bytes in, bytes out; what they show is screen.h's
// business. One thread. Tests.
#ifndef TESTS_SUPPORT_PTY_H
#define TESTS_SUPPORT_PTY_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <termios.h>

#include "support/run.h"

struct pty_rest {
    pid_t pid;
    long long sleeps;
};

struct pty_order {
    const struct home *home; // whose folders; the program starts in it
    const char *const *argv; // argv[0] is a path; NULL-terminated
    // On top of TERM=xterm-256color, LC_ALL=C.UTF-8, TZ=UTC, PATH, the home's folders and the
    // sanitizers' options, and of nothing else: "NAME=value", or "NAME" to take one away. May be
    // NULL.
    const char *const *env;
    int h, w;
    bool nobody; // as an unprivileged user where the tests run as root
};

struct pty {
    int fd; // of the master; never blocks; -1 after pty_hang_up()
    pid_t pid;
    struct termios before; // as the program found it
    bool ended;
    int status; // where it ended: exit status, or -signal
    struct rusage used;
    int pidfd;
};

// Fails the test where there is no pseudo-terminal.
void pty_start(struct pty *p, const struct pty_order *order);
// Makes a file or folder one of the unprivileged user's, where the tests run as root.
void pty_give(const char *path);
// Kills the program where it still runs, and closes.
void pty_stop(struct pty *p);
// As if the terminal's window was closed.
void pty_hang_up(struct pty *p);
void pty_resize(struct pty *p, int h, int w);
// Looks whether the program has ended; never blocks.
bool pty_ended(struct pty *p);
// Input that the program has not read yet, in bytes.
int pty_unread(const struct pty *p);
// Stopped by a signal, as by ^Z.
bool pty_stopped(const struct pty *p);
// True while the first thread does not run, of the program or of what it has in the foreground.
bool pty_waits(const struct pty *p);
// How often that thread went to sleep so far: once more, and what woke it was taken in.
struct pty_rest pty_rest(const struct pty *p);
// True while no thread runs or waits for the disk, of the program or of what it has in the
// foreground.
bool pty_asleep(const struct pty *p);
// The terminal's modes in one line, as `stty -g` says them; the caller frees it.
char *pty_stty(const struct termios *t);
char *pty_stty_now(const struct pty *p);
// What a sanitizer reported about programs that ran in this home; "" none. The caller frees it.
char *pty_reports(const struct home *h);

#endif
