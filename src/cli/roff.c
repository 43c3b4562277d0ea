// Pieces of man pages on standard output. Main thread. Floor: cli.
#include "cli/roff.h"

#include <stdio.h>

void roff_text(const char *text)
{
    if (*text == '.' || *text == '\'')
        (void)fputs("\\&", stdout);
    for (; *text; text++) {
        if (*text == '-' || *text == '\\')
            (void)putchar('\\');
        (void)fputs((const char[]){*text == '\\' ? 'e' : *text, '\0'}, stdout);
    }
}

void roff_entry(const char *term, const char *argument, const char *text)
{
    (void)fputs(".TP\n\\fB", stdout);
    roff_text(term);
    (void)fputs("\\fR", stdout);
    if (*argument) {
        (void)fputs(" \\fI", stdout);
        roff_text(argument);
        (void)fputs("\\fR", stdout);
    }
    (void)putchar('\n');
    roff_text(text);
    (void)putchar('\n');
}
