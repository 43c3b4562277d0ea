// lode-sandbox as a process of its own. Any thread but the UI's. Floor: flow.
#include "flow/sandbox_program.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"

// A busy machine may take long to invent the world; one that ends is heard of at once.
enum { READY_MS = 120000, LINE_MAX_BYTES = 400 };

static char *program_path(void)
{
    char own[4096];
    ssize_t n = readlink("/proc/self/exe", own, sizeof(own) - 1);
    char *slash, *path;

    if (n <= 0)
        return mem_strdup("lode-sandbox");
    own[n] = '\0';
    slash = strrchr(own, '/');
    *slash = '\0';
    path = str_format("%s/lode-sandbox", own);
    if (access(path, X_OK) == 0)
        return path;
    free(path);
    return mem_strdup("lode-sandbox");
}

static void run_child(const char *program, char *const *args, int out)
{
    int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    sigset_t none;

    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    // No signal of the terminal's reaches it. A session of its own would, with sched_autogroup,
    // get as much of the processors as the explorer has, whatever way it gives.
    (void)setpgid(0, 0);
    (void)dup2(nothing, STDIN_FILENO);
    (void)dup2(out, STDOUT_FILENO);
    (void)dup2(out, STDERR_FILENO);
    (void)execvp(program, args);
    _exit(127);
}

static pid_t spawn(const char *program, char *const *args, int *out, struct err *e)
{
    int pipes[2];
    pid_t pid;

    if (pipe2(pipes, O_CLOEXEC) != 0) {
        (void)err_errno(e, ERR_INTERNAL, "the sandbox could not be started");
        return -1;
    }
    pid = fork();
    if (pid == 0)
        run_child(program, args, pipes[1]);
    (void)close(pipes[1]);
    *out = pipes[0];
    if (pid < 0) {
        (void)err_errno(e, ERR_INTERNAL, "the sandbox could not be started");
        (void)close(pipes[0]);
    }
    return pid;
}

// The first line the child prints, without its end; what there is where it ended or took too long.
static void first_line(int fd, struct str *out)
{
    struct pollfd ready = {.fd = fd, .events = POLLIN};
    char c;

    while (out->len < LINE_MAX_BYTES && poll(&ready, 1, READY_MS) > 0 && read(fd, &c, 1) == 1 &&
           c != '\n')
        str_add_char(out, c);
}

static void end(pid_t pid)
{
    (void)kill(pid, SIGKILL);
    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
        continue;
}

char *sandbox_program_start(const char *state, const char *users, pid_t *pid, struct err *e)
{
    char *program = program_path(), *keep = str_format("--state=%s", state),
         *locked = str_format("--while-locked=%s", users), port[] = "--port=0";
    char *args[] = {program, port, keep, locked, NULL};
    struct str line = {0};
    int out;

    *pid = spawn(program, args, &out, e);
    if (*pid > 0) {
        first_line(out, &line);
        (void)close(out);
        if (!str_starts(str_text(&line), "http")) {
            (void)err_set(e, ERR_INTERNAL, "the sandbox (%s) did not start%s%s", program,
                          line.len ? ": " : "", str_text(&line));
            end(*pid);
            *pid = -1;
        }
    }
    free(locked);
    free(keep);
    free(program);
    if (*pid > 0)
        return str_take(&line);
    str_free(&line);
    return NULL;
}
