// From the command line to the explorer. Main thread. Floor: cli.
#include "cli/explore.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/secret.h"
#include "base/str.h"
#include "base/vec.h"
#include "cli/account.h"
#include "cli/ask.h"
#include "cli/cli.h"
#include "cli/exit.h"

static const struct opt options[] = {
    {"execute", 'e', OPT_LIST, "COMMAND", "a command for the explorer to run once it is up"},
    {"linear", 0, OPT_FLAG, NULL,
     "the explorer as ordered lines: for screen readers, dumb terminals and pipes"},
    {"color", 0, OPT_VALUE, "WHEN",
     "colours in the explorer: always, never, or auto (as the terminal and NO_COLOR say)"},
    {.name = NULL}};

const struct opt *explore_options(void)
{
    return options;
}

// What is said here goes before the environment. No other thread runs yet.
static bool set_colours(const struct invocation *in, struct err *e)
{
    const char *when = opt_value(&in->opts, "color", "auto");

    if (str_eq(when, "always"))
        (void)unsetenv("NO_COLOR");
    else if (str_eq(when, "never"))
        (void)setenv("NO_COLOR", "1", true);
    else if (!str_eq(when, "auto"))
        return err_set(e, ERR_INVALID, "--color takes always, never or auto, not \"%.20s\"", when);
    return true;
}

static bool check_terminal(const struct cli_order *order, struct err *e)
{
    if (order->linear || (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO)))
        return true;
    return err_set(e, ERR_INVALID,
                   "the explorer needs a terminal for its screen; --linear reads commands from "
                   "standard input instead, and lode help lists the subcommands");
}

// The first line of standard input; commands for --linear follow it.
static bool read_password(const struct invocation *in, struct cli_order *order,
                          struct secret **password, struct err *e)
{
    if (!opt_has(&in->opts, "password-stdin"))
        return true;
    if (!order->user)
        return err_set(e, ERR_INVALID, "--password-stdin goes with --user NAME");
    *password = ask_password(in, e);
    order->password = *password;
    return *password;
}

int explore(const struct invocation *in)
{
    struct cli_order order = {.linear = opt_has(&in->opts, "linear")};
    VEC(const char *) commands = {0};
    struct secret *password = NULL;
    struct err e;
    bool ok;

    for (size_t i = 0; i < in->opts.n_seen; i++) {
        if (str_eq(in->opts.seen[i].opt->name, "execute"))
            vec_push(&commands, in->opts.seen[i].value);
    }
    order.commands = commands.items;
    order.n_commands = commands.len;
    ok = set_colours(in, &e) && account_order(in, &order, &e) && check_terminal(&order, &e) &&
         read_password(in, &order, &password, &e) && in->screen->explore(&order, &e);
    secret_free(password);
    vec_free(&commands);
    return ok ? EXIT_DONE : cli_fail(&e);
}
