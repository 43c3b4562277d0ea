// An address to the person's browser. UI thread. Floor: desk.
#include "desk/desk.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/program.h"
#include "base/str.h"

enum { URL_MAX = 2048 };

static bool is_address(const char *url)
{
    if (!str_starts(url, "https://") || !url[strlen("https://")] || strlen(url) > URL_MAX)
        return false;
    for (const char *p = url; *p; p++) {
        if ((unsigned char)*p <= ' ' || *p == 0x7f)
            return false;
    }
    return true;
}

bool desk_browse(const char *url, struct err *e)
{
    char *program, *copy, *args[3] = {NULL};
    char opener[] = "xdg-open";
    bool ok;

    if (!is_address(url))
        return err_set(e, ERR_INVALID, "only an address that begins with https:// can be opened");
    program = program_find(opener);
    if (!program)
        return err_set(e, ERR_NOT_FOUND,
                       "there is no xdg-open here to show it; y copies the address");
    copy = mem_strdup(url);
    args[0] = opener;
    args[1] = copy;
    ok = program_run_apart(program, args, -1) ||
         err_errno(e, ERR_INTERNAL, "the browser could not be started");
    free(copy);
    free(program);
    return ok;
}
