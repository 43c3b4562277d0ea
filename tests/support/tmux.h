// A second opinion on what a program shows: the same, in a tmux of the test's own. One thread.
// Tests.
#ifndef TESTS_SUPPORT_TMUX_H
#define TESTS_SUPPORT_TMUX_H

#include <stdbool.h>
#include <sys/types.h>

#include "support/run.h"

struct tmux {
    const struct home *home;
    char *socket; // owned
    pid_t server;
};

// Runs the shell command in a window of that size. Fails the test where there is no tmux.
void tmux_start(struct tmux *t, const struct home *home, int h, int w, const char *command);
// Ends the server and all in it, where they still are.
void tmux_stop(struct tmux *t);
// As kill -9 of the terminal does it.
void tmux_kill(struct tmux *t);
// Names of keys as tmux has them ("Enter", "C-z", "Down"), parted by blanks; or text as it is.
void tmux_keys(struct tmux *t, const char *keys);
void tmux_type(struct tmux *t, const char *text);
void tmux_paste(struct tmux *t, const char *text); // in brackets
void tmux_resize(struct tmux *t, int h, int w);
// The window's rows, each with a newline; the caller frees them.
char *tmux_text(struct tmux *t);
// Until the text is shown, or is gone, at most two minutes; else the test fails and prints the
// window.
void tmux_wait(struct tmux *t, const char *text);
void tmux_gone(struct tmux *t, const char *text);
// A format of tmux, "#{alternate_on}"; the caller frees the answer.
char *tmux_ask(struct tmux *t, const char *format);

#endif
