// Help from the command table and the catalogue. Main thread. Floor: cli.
#include "cli/help.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "cli/exit.h"
#include "cli/explore.h"

static void show_options(const char *title, const struct opt *table)
{
    if (!table->name)
        return;
    (void)printf("\n%s:\n", title);
    for (const struct opt *o = table; o->name; o++) {
        char left[64];

        (void)snprintf(left, sizeof(left), "--%s%s%s", o->name, o->arg ? " " : "",
                       o->arg ? o->arg : "");
        (void)printf("  %s%c%s %-22s %s\n", o->letter ? "-" : " ", o->letter ? o->letter : ' ',
                     o->letter ? "," : " ", left, o->help);
    }
}

static const char *operators_of(const struct input *in)
{
    if (in->bound != BOUND_NONE)
        return in->bound == BOUND_LOW ? ">=" : "<=";
    return in->exclude ? "= !=" : "=";
}

static void show_inputs(const struct entity *entity)
{
    (void)printf("\nFields of --where for %s:\n", entity->plural);
    for (int group = 0; group < GROUPS; group++) {
        bool titled = false;

        for (size_t i = 0; i < entity->search.n_inputs; i++) {
            const struct input *in = &entity->search.inputs[i];

            if ((int)in->group != group || in->kind == INPUT_PAGING)
                continue;
            if (!titled)
                (void)printf("  %s\n", group_label(in->group));
            titled = true;
            (void)printf("    %-38s %-4s %-34s%s%s%s\n", in->name, operators_of(in), in->label,
                         in->lookup ? " lookup " : "", in->lookup ? in->lookup : "",
                         in->choices ? in->choices : "");
        }
    }
}

static void show_command(const struct command *c)
{
    (void)printf("usage: lode %s [options] %s\n\n%s.\n", c->name, c->args, c->help);
    if (*c->about)
        (void)printf("%s\n", c->about);
    show_options("Options", c->options);
    show_options("Options of every command", command_global_options());
    if (c->run == command_search || c->run == command_count) {
        for (const struct entity *const *all = entity_all(); *all; all++)
            show_inputs(*all);
    }
}

static void show_all(void)
{
    (void)puts(
        "usage: lode [options]                the explorer, on the whole screen\n"
        "       lode COMMAND [options] ...    the same without a screen\n\n"
        "A terminal explorer for the ZoomInfo Enterprise API (unofficial). No key spends, and no\n"
        "command without --max-credits. Try it without an account: lode --sandbox\n\nCommands:");
    for (const struct command *c = command_all(); c->name; c++)
        (void)printf("  %-9s %-22s %s\n", c->name, c->args, c->help);
    show_options("Options of the explorer (see lode help explorer)", explore_options());
    show_options("Options of every command", command_global_options());
    (void)puts("\nExit status: 0 done, 1 failed, 2 usage, 3 network or rate limit (try again), 4 "
               "sign-in or\nentitlement, 5 spending refused, 6 partly done, 130 interrupted.");
}

int help_show(const struct command *c)
{
    if (c)
        show_command(c);
    else
        show_all();
    return EXIT_DONE;
}
