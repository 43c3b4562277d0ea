// A lode-sandbox of the test's own. Main thread. Tests.
#include "support/server.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
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

enum { WAIT_S = 120, NAP_NS = 5000000, MS = 1000 };

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

// out: where the child's standard output goes.
static pid_t spawn(const char *const *before, const char *const *options, int out)
{
    VEC(char *) argv = {0};
    sigset_t none;
    pid_t pid;

    vec_push(&argv, mem_strdup(SANDBOX_BINARY));
    for (; *before; before++)
        vec_push(&argv, mem_strdup(*before));
    for (; options && *options; options++)
        vec_push(&argv, mem_strdup(*options));
    vec_push(&argv, NULL);
    pid = fork();
    if (pid == 0) {
        (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
        (void)sigemptyset(&none);
        (void)sigprocmask(SIG_SETMASK, &none, NULL);
        (void)dup2(out, STDOUT_FILENO);
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

    assert_int_equal(pipe2(fds, O_CLOEXEC), 0);
    s->pid = spawn(small, options, fds[1]);
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

static json_t *ask(const struct server *s, const char *path)
{
    char *url = str_format("%s%s", s->direct, path);
    json_t *json = http_get_json(url, NULL, 200);

    free(url);
    return json;
}

json_t *server_audit(const struct server *s)
{
    return ask(s, "/_sandbox/audit");
}

static long long figure(json_t *root, const char *path)
{
    const json_t *at = root;
    char *names = mem_strdup(path), *rest = names, *name;
    long long value;

    while ((name = strsep(&rest, ".")) != NULL)
        at = json_object_get(at, name);
    value = json_integer_value(at);
    free(names);
    json_decref(root);
    return value;
}

long long server_total(const struct server *s, const char *meter)
{
    char *path = str_format("totals.%s", meter);
    long long value = figure(ask(s, "/_sandbox/audit?summary=1"), path);

    free(path);
    return value;
}

long long server_stat(const struct server *s, const char *path)
{
    return figure(ask(s, "/_sandbox/stats"), path);
}

void server_await(const struct server *s, const char *path, long long least)
{
    int64_t until = now_ms() + (int64_t)WAIT_S * MS;

    while (server_stat(s, path) < least) {
        if (now_ms() > until)
            fail_msg("%s did not come to %lld", path, least);
        nap();
    }
}

static void tell(const struct server *s, const char *path, const char *body)
{
    char *url = str_format("%s%s", s->direct, path);

    json_decref(http_post_json(url, NULL, body, 200));
    free(url);
}

void server_faults(const struct server *s, const char *rules)
{
    tell(s, "/_sandbox/faults", rules);
}

void server_reset(const struct server *s)
{
    tell(s, "/_sandbox/reset", "");
}

void server_ids(const struct server *s, const char *entity, size_t n, long long *ids)
{
    char *path = str_format("/_sandbox/ids?entity=%s&n=%zu", entity, n);
    json_t *root = ask(s, path), *list = json_object_get(root, "ids");

    assert_int_equal(json_array_size(list), n);
    for (size_t i = 0; i < n; i++)
        ids[i] = json_integer_value(json_array_get(list, i));
    json_decref(root);
    free(path);
}
