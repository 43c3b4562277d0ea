// Runs a program as a user would and takes what it says. One test at a time. Tests.
#ifndef TESTS_SUPPORT_RUN_H
#define TESTS_SUPPORT_RUN_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/str.h"

// A user's own folders: HOME and the XDG directories below one temporary folder.
struct home {
    char *path;
};

struct home home_make(void);
void home_remove(struct home *h);
// Makes this process live there: environment and folder. For a child before its exec.
void home_enter(const struct home *h);

struct run {
    int status; // exit status, or -signal
    struct str out, err;
    double seconds;   // from start to end
    double computing; // seconds of processors, with those of children it waited for
    long max_rss_kib; // the most memory it held
};

// Runs argv[0] with the home's environment, input on stdin (NULL: empty), and waits.
struct run run_program(const struct home *h, const char *const *argv, const char *input);
void run_free(struct run *r);
// Starts it with stdout and stderr thrown away; the caller waits or kills.
pid_t run_start(const struct home *h, const char *const *argv, const char *input);

// The same for lode against an account at base_url (NULL: without): the words of line are separated
// by blanks; a word may stand in single quotes. The sandbox's user and password are given.
struct run run_lode(const struct home *h, const char *base_url, const char *line);
// The same with nothing given beside the line; input is on stdin.
struct run run_lode_bare(const struct home *h, const char *line, const char *input);
pid_t run_lode_start(const struct home *h, const char *base_url, const char *line);

#endif
