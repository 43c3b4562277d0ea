// A lode-sandbox of the test's own: started on a free port as a child that dies with the test.
// Main thread. Tests.
#ifndef TESTS_SUPPORT_SERVER_H
#define TESTS_SUPPORT_SERVER_H

#include <stdbool.h>
#include <sys/types.h>

struct server {
    pid_t pid;
    char *url;    // "http://127.0.0.1:41233"; owned
    char *direct; // the same without faults; that of url where it was started without --faults
    int out;
};

// Starts it with these options (NULL-terminated; NULL: none) on port 0 and waits for its URL. Fails
// the test where it does not come within 20 seconds. A small world (200 companies, 2000 contacts)
// unless the options say otherwise.
struct server *server_start(const char *const *options);
// The same with SIGTERM, then waits for its end and frees; returns the exit code. Fails the test
// where it does not end within 20 seconds or dies by a signal (a sanitizer's abort, say).
int server_stop(struct server *s);
// As kill -9 does it; frees.
void server_kill(struct server *s);

// Runs it with these options to its end, which must come by itself: exit code, and what it printed
// (the caller frees both; NULL: not wanted).
int server_run(const char *const *options, char **out, char **err);

// "URL/path" by printf; the caller frees it.
char *server_at(const struct server *s, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
// Signs in as the default user; the caller frees the token. Waits out the one sign-in a second.
char *server_token(const struct server *s);

#endif
