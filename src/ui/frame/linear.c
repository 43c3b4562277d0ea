// The explorer as ordered lines. Main thread. Floor: ui/frame.
#include "ui/frame/linear.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "ui/frame/frame.h"
#include "ui/frame/help.h"
#include "ui/frame/linear_view.h"

// A line is as long as it is: only running text is broken.
enum { WIDTH = 240, PANE_ROWS = 26, CHUNK = 4096, LINE_MOST = 1 << 20, POLLED = 3 };

// How often a pane may ask the desk for more before what it has is said.
enum { DUE_NOTHING, DUE_LOOKS = 5 };

struct linear {
    struct frame frame;
    struct str input; // what came and is no whole line yet
    bool by_hand;     // standard input is a terminal
    bool ended;       // it has come to its end
    struct script script;
    int due;       // the view is to be said: drawings that are left to wait for
    bool whole;    // all of the view, not only the row under the cursor
    bool prompted; // a prompt stands on the line
    int signal_fd;
};

static void fill(sigset_t *set)
{
    (void)sigemptyset(set);
    (void)sigaddset(set, SIGINT);
    (void)sigaddset(set, SIGTERM);
    (void)sigaddset(set, SIGHUP);
}

static void print(struct linear *l, const char *text)
{
    if (l->prompted)
        (void)fputs("\n", stdout);
    l->prompted = false;
    if (fputs(text, stdout) < 0 || fflush(stdout) != 0)
        l->frame.leave = true;
}

static void prompt(struct linear *l)
{
    if (!l->by_hand || l->prompted)
        return;
    print(l, "lode> ");
    l->prompted = true;
}

static void print_message(struct linear *l)
{
    struct message *m = &l->frame.message;
    char *clean, *line;

    if (!m->fresh || !m->text.len)
        return;
    m->fresh = false;
    m->seen = true;
    clean = text_cleaned(str_text(&m->text));
    line = str_format("%s%s\n", m->role == ROLE_ERROR ? "Error: " : "", clean);
    print(l, line);
    free(line);
    free(clean);
}

static void print_view(struct linear *l)
{
    struct str out = {0};

    l->whole |= l->frame.deck.moved;
    l->frame.deck.moved = false;
    linear_view(&l->frame, l->whole, &out);
    print(l, str_text(&out));
    str_free(&out);
    l->due = DUE_NOTHING;
    // Help was read now, and what comes next is meant for what is below it.
    if (help_is_open(&l->frame))
        host_close(&l->frame.host);
}

static void run(struct linear *l, const char *command)
{
    struct line line;
    struct err e;
    const struct cmd *c = NULL;

    if (line_split(command, 0, &line, &e)) {
        c = line.n ? cmd_find(line.words[0].text) : NULL;
        l->due = line.n ? DUE_LOOKS : l->due;
        l->whole = !c || c->topic != TOPIC_MOVE;
        line_free(&line);
    }
    frame_run(&l->frame, command);
}

// The next whole line, or what stands before the end without one; the caller frees it.
static char *take_line(struct linear *l)
{
    const char *text = str_text(&l->input), *end = strchr(text, '\n');
    char *line;
    size_t len = end ? (size_t)(end - text) + 1 : l->input.len;

    if (!end && !(l->ended && l->input.len))
        return NULL;
    line = mem_strndup(text, end ? len - 1 : len);
    memmove(l->input.data, l->input.data + len, l->input.len - len);
    str_cut(&l->input, l->input.len - len);
    return line;
}

static void read_input(struct linear *l)
{
    char bytes[CHUNK];
    ssize_t n = read(STDIN_FILENO, bytes, sizeof(bytes));

    if (n > 0 && l->input.len < LINE_MOST)
        str_add_len(&l->input, bytes, (size_t)n);
    else if (n >= 0 || errno != EINTR)
        l->ended = true;
}

static void take_signals(struct linear *l)
{
    struct signalfd_siginfo info;

    while (read(l->signal_fd, &info, sizeof(info)) == (ssize_t)sizeof(info)) {
        if (info.ssi_signo == SIGINT)
            frame_run(&l->frame, "cancel");
        else
            l->frame.leave = true;
    }
}

static bool may_read(const struct linear *l)
{
    return !l->ended && (l->by_hand || desk_rests(l->frame.desk));
}

static void wait(struct linear *l)
{
    struct pollfd fds[POLLED] = {{.fd = desk_fd(l->frame.desk), .events = POLLIN},
                                 {.fd = l->signal_fd, .events = POLLIN},
                                 {.fd = STDIN_FILENO, .events = POLLIN}};

    if (poll(fds, may_read(l) ? POLLED : POLLED - 1, frame_wait_ms(&l->frame)) < 0)
        return;
    if (fds[1].revents)
        take_signals(l);
    if (fds[2].revents)
        read_input(l);
}

// What a person at the terminal mistypes can be typed again; in a pipe the rest would build on it.
static bool stops(const struct linear *l)
{
    return l->frame.leave || (!l->by_hand && l->frame.failure.kind != ERR_NONE);
}

// A pane that was drawn may ask the desk for rows, and once it knows how many there are for what
// is in them: what is said waits for them.
static void show(struct linear *l)
{
    struct str unseen = {0};

    linear_view(&l->frame, true, &unseen);
    str_free(&unseen);
    l->due--;
    if (l->due == DUE_NOTHING || desk_rests(l->frame.desk))
        print_view(l);
}

// One thing that can be done now. false: there is nothing but to wait, or the end has come.
static bool step(struct linear *l)
{
    bool rests = desk_rests(l->frame.desk);
    const char *scripted;
    char *line;

    if (!rests && !l->by_hand)
        return false;
    if (rests && l->due != DUE_NOTHING) {
        show(l);
        return true;
    }
    scripted = rests ? script_next(&l->script) : NULL;
    if (!scripted && script_waits(&l->script))
        return false;
    line = scripted ? mem_strdup(scripted) : take_line(l);
    if (!line)
        return false;
    // Its end was typed.
    l->prompted = false;
    run(l, line);
    free(line);
    return true;
}

static bool is_over(const struct linear *l)
{
    return l->ended && !l->input.len && !script_waits(&l->script) && l->due == DUE_NOTHING &&
           desk_rests(l->frame.desk);
}

static void loop(struct linear *l)
{
    while (!stops(l)) {
        bool stepped;

        // First: what it brings may be what a step waits for, and nothing else would wake us.
        (void)frame_serve(&l->frame);
        stepped = step(l);
        print_message(l);
        if (!stepped && is_over(l))
            return;
        if (!stepped && !stops(l)) {
            prompt(l);
            wait(l);
        }
    }
}

static void begin(struct linear *l, struct desk *desk, const struct explorer_order *order)
{
    sigset_t set;

    fill(&set);
    (void)sigprocmask(SIG_BLOCK, &set, NULL);
    l->signal_fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    l->by_hand = isatty(STDIN_FILENO);
    l->due = DUE_LOOKS;
    frame_init(&l->frame, panes_all(), desk, NULL, false);
    frame_size(&l->frame, PANE_ROWS, WIDTH);
    frame_open_first(&l->frame);
    for (size_t i = 0; i < order->n_commands; i++)
        script_add(&l->script, order->commands[i]);
}

bool linear_run(struct desk *desk, const struct explorer_order *order, struct err *e)
{
    struct linear l = {0};
    bool ok;

    begin(&l, desk, order);
    if (l.by_hand)
        print(&l, "A line is a command: help tells them, quit leaves.\n");
    desk_start(desk);
    loop(&l);
    ok = l.by_hand || l.frame.failure.kind == ERR_NONE;
    if (!ok)
        *e = l.frame.failure;
    frame_free(&l.frame);
    script_free(&l.script);
    str_free(&l.input);
    (void)close(l.signal_fd);
    return ok;
}
