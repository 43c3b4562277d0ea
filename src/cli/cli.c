// The program's command line. Main thread. Floor: cli.
#include "cli/cli.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/near.h"
#include "base/str.h"
#include "base/vec.h"
#include "cli/account.h"
#include "cli/command.h"
#include "cli/exit.h"
#include "cli/explore.h"
#include "cli/help.h"
#include "cli/progress.h"
#include "cli/signals.h"

// Options of every command, so that the line can be read before the command is known.
static bool parse(struct invocation *in, int argc, char **argv, struct err *e)
{
    VEC(const struct opt *) tables = {0};
    bool ok;

    vec_push(&tables, command_global_options());
    vec_push(&tables, explore_options());
    for (const struct command *c = command_all(); c->name; c++)
        vec_push(&tables, c->options);
    vec_push(&tables, NULL);
    ok = opt_parse(tables.items, argc, argv, &in->opts, e);
    vec_free(&tables);
    return ok;
}

static bool in_table(const struct opt *table, const char *name)
{
    for (; table->name; table++) {
        if (str_eq(table->name, name))
            return true;
    }
    return false;
}

static bool find_command(struct invocation *in, struct err *e)
{
    const char *name = in->opts.args[0];
    struct near near = near_start(name);

    in->command = command_find(name);
    if (in->command)
        return true;
    for (const struct command *c = command_all(); c->name; c++)
        near_try(&near, c->name);
    return err_set(e, ERR_INVALID, "there is no command \"%.40s\"; %s%s%s", name,
                   near.best ? "did you mean lode " : "see lode help", near.best ? near.best : "",
                   near.best ? "?" : "");
}

static bool check_line(struct invocation *in, struct err *e)
{
    const struct command *c = in->command;
    // The text of a search may say its entity.
    bool said = c->min_args && opt_has(&in->opts, "query");

    for (size_t i = 0; i < in->opts.n_seen; i++) {
        const char *name = in->opts.seen[i].opt->name;

        if (!in_table(c->options, name) && !in_table(command_global_options(), name))
            return err_set(e, ERR_INVALID, "lode %s takes no --%s; see lode help %s", c->name, name,
                           c->name);
    }
    if (in->opts.n_args) {
        in->args = in->opts.args + 1;
        in->n_args = in->opts.n_args - 1;
    }
    if (in->n_args + said < c->min_args || in->n_args > c->max_args)
        return err_set(e, ERR_INVALID, "usage: lode %s %s%s(see lode help %s)", c->name, c->args,
                       *c->args ? " " : "", c->name);
    return true;
}

// What a command needs, before it runs: nobody below has to ask.
static bool gate(struct invocation *in, struct err *e)
{
    // Which sends nothing, whatever the command.
    if (opt_has(&in->opts, "show-mapping"))
        return true;
    if (in->command->spends && !opt_has(&in->opts, "max-credits"))
        return err_set(
            e, ERR_REFUSED,
            "lode %s spends credits: say how many at the most with --max-credits N; lode "
            "quote tells what it would cost",
            in->command->name);
    switch (in->command->need) {
    case NEED_NONE:
    case NEED_LOGIN:
    case NEED_ACCOUNT:
        return true;
    case NEED_STORE:
        return app_need_store(&in->app, e);
    case NEED_API:
        return app_need_net(&in->app, e);
    }
    return true;
}

static int run_in_app(struct invocation *in)
{
    struct account account;
    struct signals *signals;
    struct err e;
    int status;

    if (!account_open(&account, in, &e))
        return cli_fail(&e);
    app_open(&in->app, &account.config);
    account_start(&account);
    signals = signals_watch(&in->app);
    status = gate(in, &e) ? in->command->run(in) : cli_fail(&e);
    signals_unwatch(signals);
    account_stop(&account);
    app_close(&in->app);
    account_close(&account);
    return status;
}

static int run(struct invocation *in, int argc, char **argv)
{
    struct err e;

    if (!parse(in, argc, argv, &e))
        return cli_fail(&e);
    in->quiet = opt_has(&in->opts, "quiet");
    if (opt_has(&in->opts, "version")) {
        (void)puts("lode " LODE_VERSION);
        return EXIT_DONE;
    }
    if (!in->opts.n_args)
        return opt_has(&in->opts, "help") ? help_show(NULL) : explore(in);
    if (!find_command(in, &e))
        return cli_fail(&e);
    if (opt_has(&in->opts, "help"))
        return help_show(in->command);
    if (!check_line(in, &e))
        return cli_fail(&e);
    return in->command->need == NEED_NONE ? in->command->run(in) : run_in_app(in);
}

// What was printed and did not arrive is no success.
static bool arrived(void)
{
    errno = 0;
    if (fflush(stdout) == 0 && !ferror(stdout))
        return true;
    (void)fprintf(stderr, "lode: standard output: %s\n",
                  errno ? strerror(errno) : "not all of it could be written");
    return false;
}

int cli_main(int argc, char **argv, const struct cli_screen *screen)
{
    struct invocation in = {.screen = screen};
    int status = run(&in, argc, argv);

    opt_free(&in.opts);
    return status == EXIT_DONE && !arrived() ? EXIT_FAILED : status;
}

const struct entity *cli_entity(const char *name, struct err *e)
{
    const struct entity *entity = entity_find(name);
    struct near near = near_start(name);

    if (entity)
        return entity;
    for (const struct entity *const *all = entity_all(); *all; all++)
        near_try(&near, (*all)->name);
    (void)err_set(e, ERR_INVALID, "there is no entity \"%.40s\"; %s%s%s", name,
                  near.best ? "did you mean " : "it is one of: contact, company",
                  near.best ? near.best : "", near.best ? "?" : "");
    return NULL;
}

const struct entity *invocation_entity(const struct invocation *in, struct err *e)
{
    return cli_entity(in->args[0], e);
}
