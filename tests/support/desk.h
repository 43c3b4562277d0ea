// A desk on a sandbox of the test's own, served as the main loop does it until something holds.
// Main thread; for tests that link lode_desk. Tests.
#ifndef TESTS_SUPPORT_DESK_H
#define TESTS_SUPPORT_DESK_H

#include "desk/desk.h"
#include "support/run.h"
#include "support/server.h"

// UNWAITED_MS: half of what a silent call is given. What takes less did not wait for one.
enum { DESK_WAIT_MS = 120000, UNWAITED_MS = 10000 };

struct office {
    struct home home;
    struct server *server;
};

// A home of its own, which this process enters, and a server with these options (NULL: the usual).
void office_open(struct office *o, const char *const *options);
void office_close(struct office *o);
// A desk on the server's account that has not begun; no rate limit.
struct desk *office_desk(const struct office *o);
// The same, signed in and ready, with nothing left of an earlier session.
struct desk *office_ready(const struct office *o);
// The same with what an earlier session left.
struct desk *office_again(const struct office *o);
// Where the session of the server's account is kept; the caller frees it.
char *office_session(const struct office *o);
// Signs in as the sandbox's user; the desk is on its way then.
void office_sign_in(const struct office *o, struct desk *d);

// Waits for the desk and takes in what came; false where until_ms (boot clock) is over.
bool desk_pump(struct desk *d, int64_t until_ms);
int64_t desk_clock_ms(void);
// All parts that changed since the last call.
unsigned desk_parts(void);

// Serves the desk until condition holds; fails the test where it does not in time.
#define DESK_WAIT(d, condition)                                                                    \
    do {                                                                                           \
        int64_t until_ = desk_clock_ms() + DESK_WAIT_MS;                                           \
        while (!(condition)) {                                                                     \
            if (!desk_pump((d), until_))                                                           \
                fail_msg("in vain: %s (%s)", #condition, (d)->message.text);                       \
        }                                                                                          \
    } while (0)

// Serves the desk for so long, whatever happens.
void desk_serve_for(struct desk *d, int ms);

#endif
