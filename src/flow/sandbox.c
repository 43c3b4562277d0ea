// The offline sandbox as a child of this process. One owner. Floor: flow.
#include "flow/sandbox.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/vec.h"
#include "base/xdg.h"

enum { READY_MS = 20000, LINE_MAX_BYTES = 200, HELD_TRIES = 20, HELD_PAUSE_NS = 100000000 };

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
    sigset_t none;

    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    (void)setpgid(0, 0); // the terminal's ^C is for the parent to handle
    (void)dup2(out, STDOUT_FILENO);
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
        (void)close(pipes[0]);
        (void)err_errno(e, ERR_INTERNAL, "the sandbox could not be started");
    }
    return pid;
}

// The first line the child prints, without its end; NULL where it ended or took too long.
static char *first_line(int fd)
{
    struct pollfd ready = {.fd = fd, .events = POLLIN};
    struct str line = {0};
    char c;

    while (line.len < LINE_MAX_BYTES && poll(&ready, 1, READY_MS) > 0 && read(fd, &c, 1) == 1) {
        if (c == '\n')
            return str_take(&line);
        str_add_char(&line, c);
    }
    str_free(&line);
    return NULL;
}

static char *file_of(const char *name, struct err *e)
{
    char *folder = xdg_make(XDG_STATE, SANDBOX_PROFILE, e);
    char *path = folder ? str_format("%s/%s", folder, name) : NULL;

    free(folder);
    return path;
}

// Where it listens, a line, for other Lodes of this person. They do without where it cannot be
// written; nothing of it needs to outlive the machine, so that it is not synced.
static void tell_address(const char *url)
{
    struct err e;
    char *path = file_of("address", &e), *line = str_format("%s\n", url);
    int fd =
        path ? open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600)
             : -1;

    if (fd >= 0) {
        (void)file_write_all(fd, line, strlen(line));
        (void)close(fd);
    }
    free(line);
    free(path);
}

char *sandbox_rates(struct err *e)
{
    return file_of("rates", e);
}

// A new one has answered nobody yet.
static void forget_rates(void)
{
    struct err e;
    char *path = sandbox_rates(&e);

    if (path)
        (void)unlink(path);
    free(path);
}

// A running sandbox holds its account.
static bool is_held(void)
{
    struct err e;
    char *path = file_of("account", &e);
    int fd = path ? open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK) : -1;
    bool held = fd >= 0 && flock(fd, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;

    if (fd >= 0)
        (void)close(fd);
    free(path);
    return held;
}

// Somebody listens there; the line may be one of an earlier start.
static bool answers(const char *url)
{
    const char *port = strrchr(url, ':');
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons(port ? (uint16_t)atoi(port + 1) : 0),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool ok = fd >= 0 && connect(fd, (const struct sockaddr *)&to, sizeof(to)) == 0;

    if (fd >= 0)
        (void)close(fd);
    return ok;
}

// The one that another Lode runs on this account now.
static bool find(struct sandbox_child *c)
{
    struct str url = {0};
    struct err e;
    char *path = is_held() ? file_of("address", &e) : NULL;
    bool found = path && file_read(path, LINE_MAX_BYTES, &url, &e) && strchr(str_text(&url), '\n');

    if (found)
        str_cut(&url, strcspn(str_text(&url), "\n"));
    found = found && answers(str_text(&url));
    free(path);
    *c = (struct sandbox_child){.pid = -1, .url = found ? str_take(&url) : NULL};
    str_free(&url);
    return found;
}

bool sandbox_start(struct sandbox_child *c, char *const *extra, struct err *e)
{
    char *program = program_path(), *state = file_of("account", e);
    char port[] = "--port=0", die[] = "--die-with-parent";
    VEC(char *) args = {0};
    int out = -1;

    *c = (struct sandbox_child){.pid = -1};
    if (state) {
        char *keep = str_format("--state=%s", state);

        vec_push(&args, program);
        vec_push(&args, port);
        vec_push(&args, die);
        vec_push(&args, keep);
        for (; extra && *extra; extra++)
            vec_push(&args, *extra);
        vec_push(&args, NULL);
        c->pid = spawn(program, args.items, &out, e);
        free(keep);
    }
    if (c->pid > 0) {
        c->url = first_line(out);
        (void)close(out);
        if (!c->url) {
            (void)err_set(e, ERR_INTERNAL, "the sandbox (%s) did not start", program);
            sandbox_stop(c);
        } else {
            forget_rates();
            tell_address(c->url);
        }
    }
    vec_free(&args);
    free(state);
    free(program);
    return c->url != NULL;
}

// One that is about to end, as before it in a pipe, is no help.
static void let_go(void)
{
    const struct timespec pause = {.tv_nsec = HELD_PAUSE_NS};

    for (int i = 0; i < HELD_TRIES && is_held(); i++)
        (void)nanosleep(&pause, NULL);
}

bool sandbox_join(struct sandbox_child *c, struct err *e)
{
    let_go();
    // Where two begin at once one of them holds the account, and tells its address a little later.
    return find(c) || sandbox_start(c, NULL, e) || find(c);
}

void sandbox_stop(struct sandbox_child *c)
{
    if (c->pid > 0) {
        (void)kill(c->pid, SIGTERM);
        while (waitpid(c->pid, NULL, 0) < 0 && errno == EINTR)
            continue;
    }
    free(c->url);
    *c = (struct sandbox_child){.pid = -1};
}

// Every file of a folder, but those whose name begins with kept (NULL: none is kept).
static bool remove_files(const char *folder, const char *kept, struct err *e)
{
    DIR *dir = opendir(folder);
    const struct dirent *entry;
    bool ok = true;

    while (dir && ok && (entry = readdir(dir)) != NULL) {
        char *path = str_format("%s/%s", folder, entry->d_name);

        if (entry->d_type != DT_DIR && !(kept && str_starts(entry->d_name, kept)))
            ok = unlink(path) == 0 || errno == ENOENT ||
                 err_errno(e, ERR_STORAGE, "%s could not be removed", path);
        free(path);
    }
    if (dir)
        (void)closedir(dir);
    return ok;
}

bool sandbox_reset(struct err *e)
{
    char *state = xdg_make(XDG_STATE, SANDBOX_PROFILE, e);
    char *folder = state ? xdg_make(XDG_DATA, SANDBOX_PROFILE, e) : NULL;
    char *rows = folder ? str_format("%s/rows", folder) : NULL;
    bool ok = folder && remove_files(state, NULL, e) && remove_files(rows, NULL, e) &&
              remove_files(folder, "searches.", e);

    free(rows);
    free(state);
    free(folder);
    return ok;
}
