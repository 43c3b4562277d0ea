// The man page and shell completions from the command table. Main thread. Floor: cli.
#include "cli/help.h"

#include <stdio.h>

#include "base/mem.h"
#include "base/str.h"
#include "cli/exit.h"
#include "cli/explore.h"
#include "cli/roff.h"

static void roff_options(const struct opt *table)
{
    for (const struct opt *o = table; o->name; o++) {
        (void)fputs(".TP\n.B ", stdout);
        if (o->letter)
            (void)printf("\\-%c, ", o->letter);
        (void)fputs("\\-\\-", stdout);
        roff_text(o->name);
        if (o->arg)
            (void)printf(" \\fI%s\\fR", o->arg);
        (void)putchar('\n');
        roff_text(o->help);
        (void)putchar('\n');
    }
}

int help_man(const struct cli_screen *screen)
{
    (void)puts(".TH LODE 1 \"\" \"lode " LODE_VERSION "\" \"User Commands\"\n.SH NAME\n"
               "lode \\- terminal explorer for the ZoomInfo Enterprise API (unofficial)\n"
               ".SH SYNOPSIS\n.B lode\n[options] ...\n.br\n.B lode\n.I command\n[options] ...");
    help_man_explorer(screen);
    roff_options(explore_options());
    (void)puts(".SH SUBCOMMANDS");
    for (const struct command *c = command_all(); c->name; c++) {
        (void)printf(".SS lode %s %s\n", c->name, c->args);
        roff_text(c->help);
        (void)puts(".");
        if (*c->about) {
            roff_text(c->about);
            (void)putchar('\n');
        }
        roff_options(c->options);
    }
    (void)puts(".SH OPTIONS OF EVERY COMMAND");
    roff_options(command_global_options());
    (void)puts(".SH EXIT STATUS\n0 done, 1 failed, 2 usage or configuration, 3 network or rate "
               "limit (try again), 4 sign\\-in or entitlement, 5 spending refused, 6 partly done, "
               "130 interrupted.");
    return EXIT_DONE;
}

static void bash(void)
{
    (void)puts("_lode() {\n  local words\n  case ${COMP_WORDS[1]} in");
    for (const struct command *c = command_all(); c->name; c++) {
        (void)printf("    %s) words='", c->name);
        for (const struct opt *o = c->options; o->name; o++)
            (void)printf("--%s ", o->name);
        for (const struct opt *o = command_global_options(); o->name; o++)
            (void)printf("--%s ", o->name);
        for (const struct entity *const *all = entity_all(); *all; all++)
            (void)printf("%s ", (*all)->name);
        (void)puts("' ;;");
    }
    (void)fputs("    *) words='", stdout);
    for (const struct command *c = command_all(); c->name; c++)
        (void)printf("%s ", c->name);
    for (const struct opt *o = explore_options(); o->name; o++)
        (void)printf("--%s ", o->name);
    for (const struct opt *o = command_global_options(); o->name; o++)
        (void)printf("--%s ", o->name);
    (void)puts("' ;;\n  esac\n"
               "  COMPREPLY=($(compgen -W \"$words\" -- \"${COMP_WORDS[COMP_CWORD]}\"))\n}\n"
               "complete -o default -F _lode lode");
}

static void zsh(void)
{
    (void)puts("#compdef lode\nautoload -U +X bashcompinit && bashcompinit");
    bash();
}

static void fish(void)
{
    for (const struct command *c = command_all(); c->name; c++) {
        (void)printf("complete -c lode -n __fish_use_subcommand -f -a %s -d \"%s\"\n", c->name,
                     c->help);
        for (const struct opt *o = c->options; o->name; o++)
            (void)printf("complete -c lode -n '__fish_seen_subcommand_from %s' -l %s%s -d \"%s\"\n",
                         c->name, o->name, o->kind == OPT_FLAG ? "" : " -r", o->help);
    }
    for (const struct opt *o = explore_options(); o->name; o++)
        (void)printf("complete -c lode -n __fish_use_subcommand -l %s%s -d \"%s\"\n", o->name,
                     o->kind == OPT_FLAG ? "" : " -r", o->help);
    for (const struct opt *o = command_global_options(); o->name; o++)
        (void)printf("complete -c lode -l %s%s -d \"%s\"\n", o->name,
                     o->kind == OPT_FLAG ? "" : " -r", o->help);
}

int help_completion(const char *shell)
{
    static const struct {
        const char *name;
        void (*print)(void);
    } shells[] = {{"bash", bash}, {"zsh", zsh}, {"fish", fish}};
    struct err e;

    for (size_t i = 0; i < ARRAY_LEN(shells); i++) {
        if (str_eq(shells[i].name, shell)) {
            shells[i].print();
            return EXIT_DONE;
        }
    }
    (void)err_set(&e, ERR_INVALID, "--completion takes bash, zsh or fish, not \"%.20s\"", shell);
    return cli_fail(&e);
}
