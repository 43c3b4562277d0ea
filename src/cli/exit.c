// Exit statuses and how a failure is told. Floor: cli.
#include "cli/exit.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"

enum exit_status exit_status_of(const struct err *e)
{
    static const enum exit_status by_kind[] = {
        [ERR_NONE] = EXIT_DONE,
        [ERR_UNAUTHORISED] = EXIT_ACCESS,
        [ERR_FORBIDDEN] = EXIT_ACCESS,
        [ERR_NOT_FOUND] = EXIT_FAILED,
        [ERR_INVALID] = EXIT_USAGE,
        [ERR_EXISTS] = EXIT_USAGE,
        [ERR_RATE_LIMITED] = EXIT_NETWORK,
        [ERR_OUT_OF_CREDITS] = EXIT_SPENDING,
        [ERR_REFUSED] = EXIT_SPENDING,
        [ERR_OFFLINE] = EXIT_NETWORK,
        [ERR_IN_DOUBT] = EXIT_NETWORK,
        [ERR_CANCELLED] = EXIT_INTERRUPTED,
        [ERR_STORAGE] = EXIT_FAILED,
        [ERR_INTERNAL] = EXIT_FAILED,
    };
    return by_kind[e->kind];
}

int cli_fail(const struct err *e)
{
    char *text = text_cleaned(e->text), *id = text_cleaned(e->request_id);

    (void)fprintf(stderr, "lode: %s%s%s%s\n", text, *id ? " (request " : "", id, *id ? ")" : "");
    free(text);
    free(id);
    return (int)exit_status_of(e);
}
