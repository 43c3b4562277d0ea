// Programs of the person's desktop, started beside and left to themselves. Any thread. Floor: base.
#include "base/program.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"

char *program_find(const char *name)
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
static void run(const char *program, char *const *args, int in)
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
        (void)dup2(fd == STDIN_FILENO && in >= 0 ? in : null, fd);
    (void)execv(program, args);
    _exit(127);
}

bool program_run_apart(const char *program, char *const *args, int in)
{
    pid_t pid = fork();

    if (pid == 0)
        run(program, args, in);
    while (pid > 0 && waitpid(pid, NULL, 0) < 0 && errno == EINTR)
        ;
    return pid > 0;
}
