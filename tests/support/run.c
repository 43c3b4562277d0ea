// Runs a program as a user would and takes what it says. One test at a time. Tests.
#include "support/run.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/vec.h"
#include "support/temp.h"

struct words {
    VEC(char *) items;
};

struct home home_make(void)
{
    return (struct home){.path = temp_make()};
}

void home_remove(struct home *h)
{
    temp_remove(h->path);
    free(h->path);
}

static void set_folder(const struct home *h, const char *variable, const char *name)
{
    char *path = str_format("%s/%s", h->path, name);

    (void)mkdir(path, 0700);
    (void)setenv(variable, path, 1);
    free(path);
}

void home_enter(const struct home *h)
{
    (void)setenv("HOME", h->path, 1);
    set_folder(h, "XDG_CONFIG_HOME", "config");
    set_folder(h, "XDG_DATA_HOME", "data");
    set_folder(h, "XDG_STATE_HOME", "state");
    set_folder(h, "XDG_CACHE_HOME", "cache");
    set_folder(h, "XDG_RUNTIME_DIR", "run");
    (void)setenv("LC_ALL", "C.UTF-8", 1);
    if (chdir(h->path) != 0)
        _exit(126);
}

static void become(const struct home *h, const char *const *argv, int in, int out, int err)
{
    char **args = mem_array(64, sizeof(*args));
    size_t n = 0;

    for (; argv[n] && n < 63; n++)
        args[n] = mem_strdup(argv[n]);
    home_enter(h);
    (void)dup2(in, STDIN_FILENO);
    (void)dup2(out, STDOUT_FILENO);
    (void)dup2(err, STDERR_FILENO);
    (void)execv(args[0], args);
    _exit(127);
}

// A pipe that holds input already; the reading end.
static int input_pipe(const char *input)
{
    int ends[2];
    size_t len = input ? strlen(input) : 0;

    if (pipe2(ends, O_CLOEXEC) != 0)
        abort();
    // Inputs of tests fit a pipe's buffer.
    if (len && write(ends[1], input, len) != (ssize_t)len)
        abort();
    (void)close(ends[1]);
    return ends[0];
}

static void drain(struct run *r, int out, int err)
{
    struct pollfd fds[2] = {{out, POLLIN, 0}, {err, POLLIN, 0}};
    struct str *to[2] = {&r->out, &r->err};

    while (fds[0].fd >= 0 || fds[1].fd >= 0) {
        if (poll(fds, 2, -1) < 0)
            continue;
        for (int i = 0; i < 2; i++) {
            char buffer[65536];
            ssize_t n;

            if (fds[i].fd < 0 || !fds[i].revents)
                continue;
            n = read(fds[i].fd, buffer, sizeof(buffer));
            if (n > 0)
                str_add_len(to[i], buffer, (size_t)n);
            else if (n == 0 || errno != EINTR)
                fds[i].fd = -1;
        }
    }
}

struct run run_program(const struct home *h, const char *const *argv, const char *input)
{
    struct run r = {0};
    struct timespec began, ended;
    struct rusage used;
    int out[2], err[2], in = input_pipe(input), status;
    pid_t pid;

    if (pipe2(out, O_CLOEXEC) != 0 || pipe2(err, O_CLOEXEC) != 0)
        abort();
    (void)clock_gettime(CLOCK_MONOTONIC, &began);
    pid = fork();
    if (pid == 0)
        become(h, argv, in, out[1], err[1]);
    (void)close(in);
    (void)close(out[1]);
    (void)close(err[1]);
    drain(&r, out[0], err[0]);
    (void)close(out[0]);
    (void)close(err[0]);
    while (wait4(pid, &status, 0, &used) < 0 && errno == EINTR)
        continue;
    (void)clock_gettime(CLOCK_MONOTONIC, &ended);
    r.seconds =
        (double)(ended.tv_sec - began.tv_sec) + (double)(ended.tv_nsec - began.tv_nsec) / 1e9;
    r.computing = (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
                  (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
    r.max_rss_kib = used.ru_maxrss;
    r.status = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    return r;
}

void run_free(struct run *r)
{
    str_free(&r->out);
    str_free(&r->err);
}

pid_t run_start(const struct home *h, const char *const *argv, const char *input)
{
    int null = open("/dev/null", O_WRONLY | O_CLOEXEC), in = input_pipe(input);
    pid_t pid = fork();

    if (pid == 0)
        become(h, argv, in, null, null);
    (void)close(in);
    (void)close(null);
    return pid;
}

static struct words split(const char *base_url, const char *line)
{
    struct words w = {0};

    vec_push(&w.items, mem_strdup(LODE_BINARY));
    while (*line) {
        size_t n;

        line += strspn(line, " ");
        n = *line == '\'' ? strcspn(line + 1, "'") : strcspn(line, " ");
        if (*line == '\'') {
            vec_push(&w.items, mem_strndup(line + 1, n));
            line += n + 2;
        } else if (n) {
            vec_push(&w.items, mem_strndup(line, n));
            line += n;
        }
    }
    if (base_url) {
        vec_push(&w.items, str_format("--base-url=%s", base_url));
        vec_push(&w.items, mem_strdup("--user=analyst@example.com"));
        vec_push(&w.items, mem_strdup("--password-stdin"));
    }
    vec_push(&w.items, NULL);
    return w;
}

static void free_words(struct words *w)
{
    for (size_t i = 0; i < w->items.len; i++)
        free(w->items.items[i]);
    vec_free(&w->items);
}

struct run run_lode(const struct home *h, const char *base_url, const char *line)
{
    struct words w = split(base_url, line);
    struct run r =
        run_program(h, (const char *const *)w.items.items, base_url ? "sandbox\n" : NULL);

    free_words(&w);
    return r;
}

struct run run_lode_bare(const struct home *h, const char *line, const char *input)
{
    struct words w = split(NULL, line);
    struct run r = run_program(h, (const char *const *)w.items.items, input);

    free_words(&w);
    return r;
}

pid_t run_lode_start(const struct home *h, const char *base_url, const char *line)
{
    struct words w = split(base_url, line);
    pid_t pid = run_start(h, (const char *const *)w.items.items, base_url ? "sandbox\n" : NULL);

    free_words(&w);
    return pid;
}
