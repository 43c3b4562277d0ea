// The same program in a tmux of the test's own. One thread. Tests.
#include "support/tmux.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "base/str.h"
#include "support/test.h"

enum { DEADLINE_S = 120, POLL_NS = 20000000, ARGS = 32 };

// tmux with these arguments (NULL-terminated, the first ones of every call left out).
static struct run call(struct tmux *t, const char *const *args, const char *input)
{
    const char *argv[ARGS] = {"/usr/bin/tmux", "-S", t->socket, "-f", "/dev/null"};
    size_t n = 5;

    for (; *args && n < ARGS - 1; args++)
        argv[n++] = *args;
    return run_program(t->home, argv, input);
}

static void must(struct tmux *t, const char *const *args, const char *input)
{
    struct run r = call(t, args, input);

    if (r.status != 0)
        fail_msg("tmux %s: %d: %s", *args, r.status, str_text(&r.err));
    run_free(&r);
}

void tmux_start(struct tmux *t, const struct home *home, int h, int w, const char *command)
{
    char *height = str_format("%d", h), *width = str_format("%d", w), *pid;
    const char *args[] = {"new-session", "-d", "-s", "t", "-x", width, "-y", height, command, NULL};

    *t = (struct tmux){.home = home, .socket = str_format("%s/tmux", home->path)};
    must(t, args, NULL);
    pid = tmux_ask(t, "#{pid}");
    t->server = atoi(pid);
    free(pid);
    free(height);
    free(width);
}

void tmux_stop(struct tmux *t)
{
    const char *args[] = {"kill-server", NULL};
    struct run r;

    if (!t->socket)
        return;
    r = call(t, args, NULL);
    run_free(&r);
    free(t->socket);
    t->socket = NULL;
}

void tmux_kill(struct tmux *t)
{
    (void)kill(t->server, SIGKILL);
}

void tmux_keys(struct tmux *t, const char *keys)
{
    const char *args[ARGS] = {"send-keys", "-t", "t"};
    char *names = mem_strdup(keys), *rest = names, *name;
    size_t n = 3;

    while ((name = strsep(&rest, " ")) != NULL && n < ARGS - 1)
        args[n++] = name;
    must(t, args, NULL);
    free(names);
}

void tmux_type(struct tmux *t, const char *text)
{
    const char *args[] = {"send-keys", "-t", "t", "-l", text, NULL};

    must(t, args, NULL);
}

void tmux_paste(struct tmux *t, const char *text)
{
    const char *load[] = {"load-buffer", "-", NULL},
               *paste[] = {"paste-buffer", "-p", "-t", "t", NULL};

    must(t, load, text);
    must(t, paste, NULL);
}

void tmux_resize(struct tmux *t, int h, int w)
{
    char *height = str_format("%d", h), *width = str_format("%d", w);
    const char *args[] = {"resize-window", "-t", "t", "-x", width, "-y", height, NULL};

    must(t, args, NULL);
    free(height);
    free(width);
}

static char *answer(struct tmux *t, const char *const *args)
{
    struct run r = call(t, args, NULL);
    char *text = r.status == 0 ? mem_strdup(str_text(&r.out)) : mem_strdup("");

    run_free(&r);
    return text;
}

char *tmux_text(struct tmux *t)
{
    const char *args[] = {"capture-pane", "-p", "-t", "t", NULL};

    return answer(t, args);
}

char *tmux_ask(struct tmux *t, const char *format)
{
    const char *args[] = {"display-message", "-p", "-t", "t", format, NULL};
    char *text = answer(t, args);

    text[strcspn(text, "\n")] = '\0';
    return text;
}

static void wait_until(struct tmux *t, const char *text, bool shown)
{
    struct timespec began, now;

    (void)clock_gettime(CLOCK_MONOTONIC, &began);
    for (;;) {
        char *window = tmux_text(t);

        if ((strstr(window, text) != NULL) == shown) {
            free(window);
            return;
        }
        (void)clock_gettime(CLOCK_MONOTONIC, &now);
        if (now.tv_sec - began.tv_sec >= DEADLINE_S)
            fail_msg("\"%s\" %s; tmux shows:\n%s---", text, shown ? "did not come" : "did not go",
                     window);
        free(window);
        (void)nanosleep(&(struct timespec){.tv_nsec = POLL_NS}, NULL);
    }
}

void tmux_wait(struct tmux *t, const char *text)
{
    wait_until(t, text, true);
}

void tmux_gone(struct tmux *t, const char *text)
{
    wait_until(t, text, false);
}
