// lode keys. Main thread. Floor: cli.
#include "cli/command.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "cli/cli.h"
#include "cli/exit.h"
#include "cli/output.h"
#include "cli/progress.h"

static const struct sheet_column columns[] = {{"context", "Context", COLUMN_TEXT},
                                              {"key", "Key", COLUMN_TEXT},
                                              {"command", "Command", COLUMN_TEXT},
                                              {"help", "What it does", COLUMN_TEXT},
                                              {"from", "From", COLUMN_TEXT}};

struct listing {
    struct output out;
    struct err err;
    bool ok;
};

static bool write_row(void *self, const char *const *cells)
{
    struct listing *l = self;

    l->ok = output_row(&l->out, cells, NULL, &l->err);
    return l->ok;
}

static bool tell_fault(void *self, const char *const *cells)
{
    char *clean = text_cleaned(cells[0]);

    *(int *)self = EXIT_USAGE;
    (void)fprintf(stderr, "lode: %s\n", clean);
    free(clean);
    return true;
}

static int list_keys(struct invocation *in)
{
    struct listing l = {.ok = true};
    int status = EXIT_DONE;
    struct err e;

    if (!output_open(&l.out, in, columns, ARRAY_LEN(columns), &e))
        return cli_fail(&e);
    in->screen->list(CLI_KEYS, write_row, &l);
    if (!l.ok) {
        output_abort(&l.out);
        return cli_fail(&l.err);
    }
    if (!output_close(&l.out, &e))
        return cli_fail(&e);
    in->screen->list(CLI_FAULTS, tell_fault, &status);
    return status;
}

int command_keys(struct invocation *in)
{
    struct progress *progress = progress_open(in->quiet);
    int status;

    in->app.config.talk = progress_talk(progress);
    status = list_keys(in);
    progress_close(progress);
    return status;
}
