// A lode-sandbox of the test's own. Main thread. Tests.
#include "support/server.h"

#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/vec.h"
#include "support/http.h"
#include "support/test.h"

enum { WAIT_S = 20, NAP_NS = 5000000, MS = 1000 };

static int64_t now_ms(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * MS + t.tv_nsec / 1000000;
}

static void nap(void)
{
    (void)nanosleep(&(struct timespec){.tv_nsec = NAP_NS}, NULL);
}

// out and err: where the child's output goes; -1: where the test's goes.
static pid_t spawn(const char *const *before, const char *const *options, int out, int err)
{
    VEC(char *) argv = {0};
    sigset_t none;
    pid_t pid;

    vec_push(&argv, mem_strdup(SANDBOX_BINARY));
    for (; before && *before; before++)
        vec_push(&argv, mem_strdup(*before));
    for (; options && *options; options++)
        vec_push(&argv, mem_strdup(*options));
    vec_push(&argv, NULL);
    pid = fork();
    if (pid == 0) {
        (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
        (void)sigemptyset(&none);
        (void)sigprocmask(SIG_SETMASK, &none, NULL);
        if (out >= 0)
            (void)dup2(out, STDOUT_FILENO);
        if (err >= 0)
            (void)dup2(err, STDERR_FILENO);
        (void)execv(SANDBOX_BINARY, argv.items);
        _exit(127);
    }
    for (size_t i = 0; i < argv.len; i++)
        free(argv.items[i]);
    vec_free(&argv);
    assert_true(pid > 0);
    return pid;
}

// One line without its newline, or NULL where none comes in time; the caller frees it.
static char *read_line(int fd, int64_t until_ms)
{
    struct str line = {0};
    char c = 0;

    while (c != '\n') {
        struct pollfd p = {.fd = fd, .events = POLLIN};
        int64_t left = until_ms - now_ms();

        if (left <= 0 || poll(&p, 1, (int)left) <= 0 || read(fd, &c, 1) != 1) {
            str_free(&line);
            return NULL;
        }
        if (c != '\n')
            str_add_char(&line, c);
    }
    return str_take(&line);
}

static bool has(const char *const *options, const char *name)
{
    for (; options && *options; options++) {
        if (str_eq(*options, name))
            return true;
    }
    return false;
}

struct server *server_start(const char *const *options)
{
    static const char *const small[] = {"--port",     "0",    "--companies",       "200",
                                        "--contacts", "2000", "--die-with-parent", NULL};
    struct server *s = mem_zalloc(sizeof(*s));
    int64_t until = now_ms() + (int64_t)WAIT_S * MS;
    int fds[2];

    assert_int_equal(pipe(fds), 0);
    s->pid = spawn(small, options, fds[1], -1);
    s->out = fds[0];
    (void)close(fds[1]);
    s->url = read_line(s->out, until);
    if (!s->url)
        fail_msg("lode-sandbox did not print its URL");
    s->direct = has(options, "--faults") ? read_line(s->out, until) : mem_strdup(s->url);
    if (!s->direct)
        fail_msg("lode-sandbox did not print its second URL");
    s->direct[strcspn(s->direct, " ")] = '\0';
    return s;
}

static void server_free(struct server *s)
{
    (void)close(s->out);
    free(s->url);
    free(s->direct);
    free(s);
}

static int wait_for(pid_t pid)
{
    int64_t until = now_ms() + (int64_t)WAIT_S * MS;
    int status;

    while (waitpid(pid, &status, WNOHANG) == 0) {
        if (now_ms() > until) {
            (void)kill(pid, SIGKILL);
            (void)waitpid(pid, &status, 0);
            fail_msg("lode-sandbox did not end");
        }
        nap();
    }
    if (!WIFEXITED(status))
        fail_msg("lode-sandbox died by signal %d", WTERMSIG(status));
    return WEXITSTATUS(status);
}

int server_stop(struct server *s)
{
    int code;

    (void)kill(s->pid, SIGTERM);
    code = wait_for(s->pid);
    server_free(s);
    return code;
}

void server_kill(struct server *s)
{
    (void)kill(s->pid, SIGKILL);
    (void)waitpid(s->pid, NULL, 0);
    server_free(s);
}

static char *read_all(FILE *f)
{
    struct str text = {0};
    int c;

    rewind(f);
    while ((c = fgetc(f)) != EOF)
        str_add_char(&text, (char)c);
    (void)fclose(f);
    return str_take(&text);
}

int server_run(const char *const *options, char **out, char **err)
{
    FILE *files[2] = {tmpfile(), tmpfile()};
    char **texts[2] = {out, err};
    int code;

    assert_non_null(files[0]);
    assert_non_null(files[1]);
    code = wait_for(spawn(NULL, options, fileno(files[0]), fileno(files[1])));
    for (size_t i = 0; i < 2; i++) {
        char *text = read_all(files[i]);

        if (texts[i])
            *texts[i] = text;
        else
            free(text);
    }
    return code;
}

char *server_at(const struct server *s, const char *format, ...)
{
    struct str url = {0};
    va_list args;

    str_add(&url, s->url);
    va_start(args, format);
    str_vaddf(&url, format, args);
    va_end(args);
    return str_take(&url);
}

char *server_token(const struct server *s)
{
    static const char who[] = "{\"username\":\"analyst@example.com\",\"password\":\"sandbox\"}";
    char *url = str_format("%s/authenticate", s->direct), *token = NULL;
    int64_t until = now_ms() + (int64_t)WAIT_S * MS;

    while (!token && now_ms() < until) {
        struct http_reply r = http_post(url, NULL, who);
        json_t *json = r.status == 200 ? http_json(&r) : NULL;

        if (json)
            token = mem_strdup(json_string_value(json_object_get(json, "jwt")));
        else
            nap();
        json_decref(json);
        http_reply_free(&r);
    }
    free(url);
    if (!token)
        fail_msg("lode-sandbox does not let the test sign in");
    return token;
}
