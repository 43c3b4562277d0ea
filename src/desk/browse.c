// An address to the person's browser. UI thread. Floor: desk.
#include "desk/desk.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
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

// Where a program stands on PATH; the caller frees it. NULL: nowhere.
static char *program_on_path(const char *name)
{
    const char *path = getenv("PATH");
    char *copy = mem_strdup(path ? path : ""), *rest = copy, *found = NULL;

    for (char *folder = strsep(&rest, ":"); folder && !found; folder = strsep(&rest, ":")) {
        char *each = str_format("%s/%s", folder, name);

        if (*folder == '/' && access(each, X_OK) == 0)
            found = each;
        else
            free(each);
    }
    free(copy);
    return found;
}

// In a grandchild, so that nobody has to wait for it.
static void run_apart(const char *program, char *const *args)
{
    sigset_t none;
    int null;

    (void)setsid();
    if (fork() != 0)
        _exit(0);
    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    null = open("/dev/null", O_RDWR | O_CLOEXEC);
    for (int fd = STDIN_FILENO; null >= 0 && fd <= STDERR_FILENO; fd++)
        (void)dup2(null, fd);
    (void)execv(program, args);
    _exit(127);
}

bool desk_browse(const char *url, struct err *e)
{
    char *program, *copy, *args[3] = {NULL};
    char opener[] = "xdg-open";
    pid_t pid;

    if (!is_address(url))
        return err_set(e, ERR_INVALID, "only an address that begins with https:// can be opened");
    program = program_on_path(opener);
    if (!program)
        return err_set(e, ERR_NOT_FOUND,
                       "there is no xdg-open here to show it; y copies the address");
    copy = mem_strdup(url);
    args[0] = opener;
    args[1] = copy;
    pid = fork();
    if (pid == 0)
        run_apart(program, args);
    free(copy);
    free(program);
    if (pid < 0)
        return err_errno(e, ERR_INTERNAL, "the browser could not be started");
    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
        ;
    return true;
}
