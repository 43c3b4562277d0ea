// The sandbox program: options, start, wait for the signal to end. Exit codes: 0 ended as asked, 1
// could not start, 2 wrong options. Floor: sandbox.
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "base/process.h"
#include "base/str.h"
#include "sandbox/front.h"
#include "sandbox/listener.h"
#include "sandbox/options.h"
#include "sandbox/sandbox.h"
#include "sandbox/httpd.h"
#include "sandbox/users.h"

enum { EXIT_OK, EXIT_FAILED, EXIT_USAGE };

// What listens: the server alone, or the fault front before it.
struct doors {
    struct httpd *httpd;
    struct front *front;
    uint16_t port, inner_port;
};

static int fail(int code, const char *text)
{
    (void)fprintf(stderr, "lode-sandbox: %s\n", text);
    return code;
}

static bool open_doors(struct doors *d, struct sandbox *s, struct err *e)
{
    bool tls = s->options->cert;
    int fd, inner_fd;

    d->port = s->options->port;
    fd = listener_open(&d->port, e);
    if (fd < 0)
        return false;
    if (!s->faults) {
        d->httpd = httpd_start(s, fd, tls, true, e);
        return d->httpd;
    }
    inner_fd = listener_open(&d->inner_port, e);
    if (inner_fd >= 0)
        d->httpd = httpd_start(s, inner_fd, false, false, e);
    if (d->httpd)
        d->front = front_start(s, fd, d->inner_port, tls, e);
    else
        (void)close(fd);
    return d->front;
}

static void close_doors(struct doors *d)
{
    front_stop(d->front);
    httpd_stop(d->httpd);
}

static bool announce(const struct doors *d, const struct options *o, const struct users *users,
                     struct err *e)
{
    if (users && !users_tell(users, d->port, e))
        return false;
    (void)printf("%s://127.0.0.1:%u\n", o->cert ? "https" : "http", d->port);
    if (d->front)
        (void)printf("http://127.0.0.1:%u is the same without faults\n", d->inner_port);
    // Whoever started it may have been killed since: others find it all the same.
    return fflush(stdout) == 0 || users ||
           err_set(e, ERR_STORAGE, "its address cannot be written to standard output");
}

static int run(const struct options *o)
{
    struct doors doors = {0};
    struct users *users = NULL;
    struct sandbox s;
    struct err e;
    sigset_t ends;
    int signal_seen;
    bool ok;

    (void)sigemptyset(&ends);
    (void)sigaddset(&ends, SIGINT);
    (void)sigaddset(&ends, SIGTERM);
    (void)pthread_sigmask(SIG_BLOCK, &ends, NULL);
    if (o->while_locked && !(users = users_watch(o->while_locked, &e)))
        return fail(EXIT_FAILED, e.text);
    ok = sandbox_open(&s, o, &e) && open_doors(&doors, &s, &e) && announce(&doors, o, users, &e);
    if (ok) {
        (void)sigwait(&ends, &signal_seen);
        sandbox_stop(&s);
    }
    close_doors(&doors);
    sandbox_close(&s);
    if (ok)
        return EXIT_OK;
    return fail(e.kind == ERR_INVALID ? EXIT_USAGE : EXIT_FAILED, e.text);
}

static int print(struct str *text)
{
    bool ok = fputs(str_text(text), stdout) >= 0 && fflush(stdout) == 0;

    str_free(text);
    return ok ? EXIT_OK : fail(EXIT_FAILED, "cannot write to standard output");
}

int main(int argc, char **argv)
{
    struct options o;
    struct err e;
    struct str text = {0};

    process_begin();
    if (!options_read(argc, argv, &o, &e))
        return fail(EXIT_USAGE, e.text);
    if (o.help) {
        options_help(&text);
        return print(&text);
    }
    if (o.version) {
        str_add(&text, "lode-sandbox " LODE_VERSION "\n");
        return print(&text);
    }
    if (o.die_with_parent && prctl(PR_SET_PDEATHSIG, SIGKILL) != 0)
        return fail(EXIT_FAILED, "cannot tie itself to its parent");
    return run(&o);
}
