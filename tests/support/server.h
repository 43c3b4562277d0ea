// A lode-sandbox of the test's own: started on a free port as a child that dies with the test.
// Main thread. Tests.
#ifndef TESTS_SUPPORT_SERVER_H
#define TESTS_SUPPORT_SERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include <jansson.h>

struct server {
    pid_t pid;
    char *url;    // "http://127.0.0.1:41233"; owned
    char *direct; // the same without faults; that of url where it was started without --faults
    int out;
};

// Starts it with these options (NULL-terminated; NULL: none) on port 0 and waits for its URL. Fails
// the test where it does not come within two minutes. A small world (200 companies, 2000 contacts)
// unless the options say otherwise.
struct server *server_start(const char *const *options);
// The same with SIGTERM, then waits for its end and frees; returns the exit code. Fails the test
// where it does not end within two minutes or dies by a signal (a sanitizer's abort, say).
int server_stop(struct server *s);
// As kill -9 does it; frees.
void server_kill(struct server *s);

// "URL/path" by printf; the caller frees it.
char *server_at(const struct server *s, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
// What the account was charged, without any fault: {"charges":[...],"totals":{...}}, or the totals
// alone. The caller drops it.
json_t *server_audit(const struct server *s);
long long server_total(const struct server *s, const char *meter); // "credits", "records", ...
// A figure of GET /_sandbox/stats by its path: "peakSecond", "requests.POST /search/contact"; 0
// where it is absent.
long long server_stat(const struct server *s, const char *path);
// Waits until a figure has come to least; fails the test where it does not within two minutes.
void server_await(const struct server *s, const char *path, long long least);
// Puts these fault rules in the place of all others; needs --faults.
void server_faults(const struct server *s, const char *rules);
// Forgets charges, limits, stats and the counts of the rules.
void server_reset(const struct server *s);
// The ids of n records ("contact", "company") that an enrich finds (none has opted out). Fails the
// test where there are fewer.
void server_ids(const struct server *s, const char *entity, size_t n, long long *ids);
// Signs in as the default user; the caller frees the token. Waits out the one sign-in a second.
char *server_token(const struct server *s);

#endif
