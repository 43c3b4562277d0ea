// lode raw, lode sandbox, lode help. Main thread. Floor: cli.
#include "cli/command.h"
#include "cli/exit.h"
#include "cli/help.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "flow/raw.h"
#include "flow/sandbox.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/str.h"

enum { BODY_CAP = 1 << 20 };

static bool read_body(const struct invocation *in, struct str *body, struct err *e)
{
    const char *given = in->n_args > 2 ? in->args[2] : "";

    if (str_eq(given, "-"))
        return file_read("-", BODY_CAP, body, e);
    str_add(body, given);
    return true;
}

int command_raw(struct invocation *in)
{
    struct str body = {0}, answer = {0};
    struct err e;
    int http = 0;
    bool ok = read_body(in, &body, &e) &&
              raw_call(&in->app, in->args[0], in->args[1], str_text(&body), &http, &answer, &e);

    output_bytes(&answer);
    str_free(&body);
    str_free(&answer);
    return ok ? EXIT_DONE : cli_fail(&e);
}

static int serve(const struct invocation *in)
{
    struct sandbox_child child;
    struct err e;
    sigset_t set;
    int signal;

    if (!sandbox_join(&child, &e))
        return cli_fail(&e);
    (void)printf("%s\n", child.url);
    if (fflush(stdout) != 0) {
        sandbox_stop(&child);
        return EXIT_DONE; // cli_main() says why it is none
    }
    if (!in->quiet)
        (void)fprintf(stderr,
                      "lode: user %s, password %s; ^C ends it, once no other Lode uses it.\n",
                      SANDBOX_USER, SANDBOX_PASSWORD);
    (void)sigemptyset(&set);
    (void)sigaddset(&set, SIGINT);
    (void)sigaddset(&set, SIGTERM);
    (void)sigaddset(&set, SIGHUP);
    (void)sigaddset(&set, SIGCHLD);
    (void)pthread_sigmask(SIG_BLOCK, &set, NULL);
    (void)sigwait(&set, &signal);
    sandbox_stop(&child);
    return signal == SIGCHLD ? EXIT_FAILED : EXIT_DONE;
}

int command_sandbox(struct invocation *in)
{
    struct err e;

    if (str_eq(in->args[0], "serve"))
        return serve(in);
    if (!str_eq(in->args[0], "reset"))
        (void)err_set(&e, ERR_INVALID, "lode sandbox takes serve or reset, not \"%.20s\"",
                      in->args[0]);
    else if (sandbox_reset(&e)) {
        if (!in->quiet)
            (void)fputs("lode: the sandbox's account starts afresh.\n", stderr);
        return EXIT_DONE;
    }
    return cli_fail(&e);
}

int command_help(struct invocation *in)
{
    const struct command *c = in->n_args ? command_find(in->args[0]) : NULL;
    struct err e;

    if (opt_has(&in->opts, "man"))
        return help_man(in->screen);
    if (opt_has(&in->opts, "man-conf"))
        return help_man_conf(in->screen);
    if (opt_has(&in->opts, "completion"))
        return help_completion(opt_value(&in->opts, "completion", ""));
    if (in->n_args && str_eq(in->args[0], "explorer"))
        return help_explorer(in->screen);
    if (in->n_args && !c) {
        (void)err_set(&e, ERR_INVALID, "there is no command \"%.40s\"; see lode help", in->args[0]);
        return cli_fail(&e);
    }
    return help_show(c);
}
