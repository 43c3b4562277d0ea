// The lode program: hardening and locale before anything else, then the command line, with the
// explorer for where there is no subcommand. Floor: main.
#include <locale.h>
#include <malloc.h>
#include <sys/stat.h>

#include "base/process.h"
#include "base/secret.h"
#include "cli/cli.h"
#include "cli/signals.h"
#include "ui/frame/explorer.h"
#include "ui/frame/lists.h"

enum { ARENAS = 2 }; // of malloc: one a thread would keep much that is free

static bool explore(const struct cli_order *o, struct err *e)
{
    const struct explorer_order order = {.desk = {.sandbox = o->sandbox,
                                                  .base_url = o->base_url,
                                                  .profile = o->profile,
                                                  .ca_file = o->ca_file,
                                                  .rate = o->rate,
                                                  .user = o->user,
                                                  .password = o->password},
                                         .linear = o->linear,
                                         .commands = o->commands,
                                         .n_commands = o->n_commands};

    return explorer_run(&order, e);
}

static void list(enum cli_list which, bool (*row)(void *self, const char *const *cells), void *self)
{
    static const enum lists_which lists[] = {
        [CLI_COMMANDS] = LISTS_COMMANDS, [CLI_KEYS] = LISTS_KEYS,   [CLI_FAULTS] = LISTS_FAULTS,
        [CLI_SETTINGS] = LISTS_SETTINGS, [CLI_ROLES] = LISTS_ROLES, [CLI_THEMES] = LISTS_THEMES};

    lists_each(lists[which], row, self);
}

int main(int argc, char **argv)
{
    static const struct cli_screen screen = {explore, list};

    process_begin();
    secret_harden_process();
    (void)mallopt(M_ARENA_MAX, ARENAS);
    (void)umask(077);
    // Only character widths follow the locale; numbers and dates stay plain.
    if (!setlocale(LC_CTYPE, ""))
        (void)setlocale(LC_CTYPE, "C.UTF-8");
    signals_block();
    return cli_main(argc, argv, &screen);
}
