// The event loop: one poll, then what a person did is taken in and painted, then the news. UI
// thread. Floor: ui/frame.
#include "ui/frame/loop.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/mem.h"
#include "job/thread.h"
#include "ui/frame/frame.h"
#include "ui/frame/pace.h"
#include "ui/frame/watch.h"

enum { KEYS_AT_ONCE = 32 }; // taken in between two looks at the clock

enum { FD_TERMINAL, FD_DESK, FD_SIGNALS, FD_WATCH, FD_UNSENT, POLLED };

static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH};

struct loop {
    struct frame *frame;
    struct watch watch;
    int signal_fd;
    struct pace pace;
    bool signalled; // there are signals to read
    bool more;      // keys wait that were taken from the terminal already
    bool files;     // files that are watched may have changed
};

static void fill(sigset_t *set)
{
    (void)sigemptyset(set);
    for (size_t i = 0; i < ARRAY_LEN(signals); i++)
        (void)sigaddset(set, signals[i]);
}

void loop_block_signals(void)
{
    sigset_t set;

    fill(&set);
    (void)sigprocmask(SIG_BLOCK, &set, NULL);
    (void)signal(SIGPIPE, SIG_IGN);
}

static void take_size(struct loop *l)
{
    int h, w;

    (void)term_resized(l->frame->term);
    term_size(l->frame->term, &h, &w);
    if (h != l->frame->h || w != l->frame->w)
        frame_size(l->frame, h, w);
    l->pace.answer = true;
}

static void take_signal(struct loop *l, int number)
{
    struct frame *f = l->frame;

    switch (number) {
    case SIGTERM:
    case SIGHUP:
    case SIGQUIT:
        f->leave = true;
        break;
    case SIGINT:
        frame_run(f, "cancel");
        break;
    case SIGTSTP:
        frame_run(f, "suspend");
        break;
    case SIGCONT:
        term_redraw(f->term);
        f->stale = true;
        take_size(l);
        break;
    default:
        take_size(l);
        break;
    }
    l->pace.answer = true;
}

static void take_signals(struct loop *l)
{
    struct signalfd_siginfo info;
    bool resized = false;

    while (read(l->signal_fd, &info, sizeof(info)) == (ssize_t)sizeof(info)) {
        if (info.ssi_signo == SIGWINCH)
            resized = true;
        else
            take_signal(l, (int)info.ssi_signo);
    }
    if (resized)
        take_signal(l, SIGWINCH);
}

static void take_keys(struct loop *l)
{
    struct event ev;

    pace_begin(&l->pace, frame_now_ms(l->frame));
    l->more = false;
    for (int n = 1; !l->more && !l->frame->leave && term_read(l->frame->term, &ev); n++) {
        if (ev.kind == EVENT_RESIZE)
            take_size(l);
        frame_event(l->frame, &ev);
        // A popup that was closed must be gone before the next key.
        frame_reap(l->frame);
        l->pace.answer = true;
        l->more = n % KEYS_AT_ONCE == 0 && pace_over(&l->pace, frame_now_ms(l->frame));
    }
}

static void paint(struct frame *f, bool drawn)
{
    if (!drawn)
        return;
    term_paint(f->term, &f->canvas);
    frame_shown(f);
}

// News wait until it is their turn: a key shows what it does, and no more.
static void paint_answer(struct loop *l)
{
    if (!l->pace.answer || term_unsent_fd(l->frame->term) >= 0)
        return;
    paint(l->frame, frame_settle(l->frame) && frame_draw_answer(l->frame));
    l->pace.answer = false;
}

static void paint_all(struct loop *l)
{
    paint(l->frame, frame_draw(l->frame));
    pace_painted(&l->pace, frame_now_ms(l->frame));
}

static int min_wait(int a, int b)
{
    return a < 0 || (b >= 0 && b < a) ? b : a;
}

// As pace_wait(). Where the terminal does not read frames are left out, and the first one that it
// takes again shows all.
static int paint_wait(const struct loop *l)
{
    if (term_unsent_fd(l->frame->term) >= 0)
        return -1;
    return pace_wait(&l->pace, frame_now_ms(l->frame));
}

static int wait_ms(const struct loop *l)
{
    int wait = min_wait(frame_wait_ms(l->frame), term_pending_ms(l->frame->term));

    return l->more ? 0 : min_wait(wait, paint_wait(l));
}

static void wait(struct loop *l)
{
    struct pollfd fds[POLLED] = {
        [FD_TERMINAL] = {.fd = STDIN_FILENO, .events = POLLIN},
        [FD_DESK] = {.fd = desk_fd(l->frame->desk), .events = POLLIN},
        [FD_SIGNALS] = {.fd = l->signal_fd, .events = POLLIN},
        [FD_WATCH] = {.fd = l->watch.fd, .events = POLLIN},
        [FD_UNSENT] = {.fd = term_unsent_fd(l->frame->term), .events = POLLOUT},
    };

    if (poll(fds, POLLED, wait_ms(l)) < 0 && errno != EINTR)
        l->frame->leave = true;
    l->signalled = fds[FD_SIGNALS].revents;
    l->files = fds[FD_WATCH].revents;
    if (fds[FD_UNSENT].revents)
        term_send(l->frame->term);
    // Input that came before the line was cut is read first; then nothing follows.
    if ((fds[FD_TERMINAL].revents & (POLLHUP | POLLERR | POLLNVAL)) &&
        !(fds[FD_TERMINAL].revents & POLLIN))
        l->frame->leave = true;
}

static void take_all(struct loop *l)
{
    if (l->signalled)
        take_signals(l);
    take_keys(l);
    if (l->files && watch_changed(&l->watch))
        frame_run(l->frame, "reload");
    paint_answer(l);
    l->pace.news |= frame_serve(l->frame);
    if (paint_wait(l) == 0)
        paint_all(l);
}

void loop_run(struct frame *f, void (*started)(struct frame *f))
{
    struct loop l = {.frame = f, .signalled = true, .files = true};
    sigset_t set;
    int h, w;

    thread_answer_soon();
    fill(&set);
    l.signal_fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    term_size(f->term, &h, &w);
    frame_size(f, h, w);
    (void)frame_serve(f);
    paint_all(&l);
    watch_open(&l.watch);
    started(f);
    take_all(&l);
    while (!f->leave) {
        wait(&l);
        take_all(&l);
    }
    watch_close(&l.watch);
    (void)close(l.signal_fd);
}
