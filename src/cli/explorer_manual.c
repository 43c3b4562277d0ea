// What help and the manual say of the explorer and of lode.conf. Main thread. Floor: cli.
#include "cli/help.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "cli/exit.h"
#include "cli/roff.h"

struct topic {
    char name[64]; // of the row before
};

static bool man_command(void *self, const char *const *cells)
{
    struct topic *t = self;

    if (!str_eq(t->name, cells[3])) {
        (void)snprintf(t->name, sizeof(t->name), "%s", cells[3]);
        (void)fputs(".SS ", stdout);
        roff_text(cells[3]);
        (void)putchar('\n');
    }
    roff_entry(cells[0], cells[1], cells[2]);
    return true;
}

static bool man_key(void *self, const char *const *cells)
{
    struct str term = {0};

    (void)self;
    str_addf(&term, "%s %s", cells[0], cells[1]);
    roff_entry(str_text(&term), "", cells[2]);
    str_free(&term);
    return true;
}

static bool man_setting(void *self, const char *const *cells)
{
    struct str text = {0};

    (void)self;
    str_addf(&text, "%s (%s at first)", cells[3], cells[2]);
    roff_entry(cells[0], cells[1], str_text(&text));
    str_free(&text);
    return true;
}

static bool man_role(void *self, const char *const *cells)
{
    (void)self;
    roff_entry(cells[0], "", cells[1]);
    return true;
}

static bool man_name(void *self, const char *const *cells)
{
    (void)self;
    roff_text(cells[0]);
    (void)putchar('\n');
    return true;
}

void help_man_explorer(const struct cli_screen *screen)
{
    (void)puts(
        ".SH THE EXPLORER\nWithout a subcommand\n.B lode\nopens the explorer on the whole "
        "screen. Its commands are run by keys, typed at\n.BR : ,\nfound by a few letters in "
        "the palette, given with\n.BR \\-e ,\nor read a line each from standard input with\n"
        ".BR \\-\\-linear .\nNo key spends: buying is asked for on the screen. Different "
        "characters that come at once where nothing is being typed are a paste and run no key, "
        "unless each only changes what is looked at; nothing that came at once with another key "
        "presses a button or enters the number that buys. Keys and looks "
        "are changed in\n.BR lode.conf (5).");
    screen->list(CLI_COMMANDS, man_command, &(struct topic){""});
}

int help_man_conf(const struct cli_screen *screen)
{
    (void)puts(
        ".TH LODE.CONF 5 \"\" \"lode " LODE_VERSION "\" \"File Formats\"\n.SH NAME\n"
        "lode.conf \\- keys, settings and looks of lode's explorer\n.SH SYNOPSIS\n"
        "$XDG_CONFIG_HOME/lode/lode.conf (~/.config/lode/lode.conf)\n.br\n"
        "$XDG_CONFIG_DIRS/lode/lode.conf (/etc/xdg/lode/lode.conf)\n.SH DESCRIPTION\n"
        "A line a wish, read after the keys that Lode brings; later lines win. Words are parted by "
        "blanks; quotes and backslashes work as in a shell; # begins a comment. What is wrong is "
        "told with file, line and column, and the rest still holds. A change of the file holds at "
        "once in an explorer that runs.\n.SH LINES\n.TP\n"
        "\\fBset\\fR \\fINAME VALUE\\fR\na setting, see below\n.TP\n"
        "\\fBtheme\\fR \\fINAME\\fR\nlooks by name: one that is built in, or a file "
        "themes/NAME.theme beside lode.conf\n.TP\n"
        "\\fBrole\\fR \\fINAME\\fR [\\fBfg=\\fR\\fICOLOUR\\fR] [\\fBbg=\\fR\\fICOLOUR\\fR] "
        "[\\fBbold\\fR] [\\fBdim\\fR] [\\fBitalic\\fR] [\\fBunderline\\fR] [\\fBreverse\\fR]\n"
        "how one role looks, over the theme; a colour is #rrggbb, a number or a name. Theme files "
        "hold such lines\n.TP\n"
        "\\fBbind\\fR \\fICONTEXT KEY COMMAND\\fR...\nlet a key run a command of lode(1). CONTEXT "
        "is "
        "all, popup, text or the name of a pane; KEY is a character, or a name like Enter, Space, "
        "PageUp, F10, with C\\-, M\\- or S\\- before it. A command that spends cannot be "
        "bound\n.TP\n"
        "\\fBunbind\\fR \\fICONTEXT KEY\\fR\nlet it do nothing\n.SH SETTINGS");
    screen->list(CLI_SETTINGS, man_setting, NULL);
    (void)puts(".SH ROLES");
    screen->list(CLI_ROLES, man_role, NULL);
    (void)puts(".SH THEMES");
    screen->list(CLI_THEMES, man_name, NULL);
    (void)puts(".SH KEYS\nAs they come:");
    screen->list(CLI_KEYS, man_key, NULL);
    (void)puts(".SH SEE ALSO\n.BR lode (1)");
    return EXIT_DONE;
}

static bool show_command(void *self, const char *const *cells)
{
    char name[64];

    (void)self;
    (void)snprintf(name, sizeof(name), "%s %s", cells[0], cells[1]);
    (void)printf("  %-30s %s\n", name, cells[2]);
    return true;
}

static bool show_key(void *self, const char *const *cells)
{
    (void)self;
    (void)printf("  %-8s %-10s %s\n", cells[0], cells[1], cells[2]);
    return true;
}

int help_explorer(const struct cli_screen *screen)
{
    (void)puts("usage: lode [options] [-e COMMAND]...\n\nOpens the explorer. Keys run commands; so "
               "do the : line, the palette and the menu.\n\nCommands:");
    screen->list(CLI_COMMANDS, show_command, NULL);
    (void)puts("\nKeys (context, key, command):");
    screen->list(CLI_KEYS, show_key, NULL);
    return EXIT_DONE;
}
