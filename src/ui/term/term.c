// The terminal: opens, reads events, paints a canvas, gives the screen back. Input is read here and
// not by curses, which reads byte by byte and sleeps after Esc. UI thread. Floor: ui/term.
#include "ui/term/term.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#define NCURSES_NOMACROS
#include <curses.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/secret.h"
#include "ui/term/clipboard.h"
#include "ui/term/fatal.h"
#include "ui/term/input.h"
#include "ui/term/modes.h"
#include "ui/term/paint.h"
#include "ui/term/start.h"
#include "ui/term/stray.h"

enum {
    H_MAX = 500, // more is not drawn
    W_MAX = 1000,
    BLOCK = 8192,
    READ_MAX = 64 * 1024,   // bytes read before events are made of them
    DRAIN_MAX = 512 * 1024, // bytes read before the screen gets a turn
    SYNC_CELLS = 400,       // so many changed cells could be seen half done
    ANSWER_MS = 100,        // how long leaving waits for an answer of the terminal
    ASKED_MS = 1000,        // after that no answer is expected
    SETTLE_MS = 300,        // how long leaving waits for a terminal that does not read
    RELEASE_MS = 500,       // how long leaving waits for the finger on a button
    COPY_MAX = 64 * 1024
};

struct term {
    SCREEN *screen;
    struct outlet outlet;
    struct termios before; // as it was found
    struct modes modes;
    struct key_strings keys;
    struct input input;
    struct stray stray;
    struct paint *paint;
    struct clock clock;
    enum colours colours;
    int h, w;
    size_t drained;  // bytes read since term_read() last said that there is none
    int64_t read_ms; // when that was looked for last
    bool mouse;
    bool pressed; // a button is down
    bool away;    // somebody else has the terminal
    bool gone;    // it went away
    bool told;    // and that was said
    int64_t asked_ms;
};

static int64_t now_ms(const struct term *t)
{
    return clock_boot_ms(&t->clock) + 1;
}

static void send_bytes(struct term *t, const char *bytes, size_t len)
{
    if (!t->gone)
        outlet_put(&t->outlet, bytes, len);
}

static void send_text(struct term *t, const char *text)
{
    send_bytes(t, text, strlen(text));
}

static int clamp(int n, int fallback, int max)
{
    return n <= 0 ? fallback : n > max ? max : n;
}

// What the kernel says, or else the terminal's description.
static void read_size(const struct term *t, int *h, int *w)
{
    struct winsize ws = {0};

    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws) != 0)
        ws = (struct winsize){0};
    *h = clamp(ws.ws_row, clamp(t->modes.h, 24, H_MAX), H_MAX);
    *w = clamp(ws.ws_col, clamp(t->modes.w, 80, W_MAX), W_MAX);
}

static void take_size(struct term *t, int h, int w)
{
    t->h = h;
    t->w = w;
    (void)resize_term(h, w);
    paint_size(t->paint, h, w);
}

static void arm(const struct term *t)
{
    fatal_arm(&t->before, str_text(&t->modes.dying), t->modes.dying.len, &t->stray);
}

// Everything that is on while the screen is ours.
static void switch_on(struct term *t)
{
    send_text(t, str_text(&t->modes.on));
    if (t->mouse)
        send_text(t, MODES_MOUSE_ON);
    arm(t);
}

static void switch_off(struct term *t)
{
    fatal_disarm();
    if (t->mouse)
        send_text(t, MODES_MOUSE_OFF);
    send_text(t, str_text(&t->modes.off));
}

// The answer comes as input; leaving waits for it, so that the shell does not get it.
static void ask(struct term *t)
{
    if (!t->modes.mouse || t->modes.sync)
        return;
    send_text(t, MODES_SYNC_ASK);
    t->asked_ms = now_ms(t);
}

struct term *term_open(struct err *e)
{
    struct term *t;
    struct start s;
    int h, w;

    if (!start_screen(&s, e))
        return NULL;
    t = mem_zalloc(sizeof(*t));
    t->screen = s.screen;
    t->outlet = s.outlet;
    t->before = s.before;
    t->modes = s.modes;
    t->keys = s.keys;
    t->colours = s.colours;
    t->clock = clock_system();
    t->input.keys = t->keys.items;
    t->input.n_keys = t->keys.len;
    t->paint = paint_new(t->colours, s.numbering);
    read_size(t, &h, &w);
    take_size(t, h, w);
    stray_open(&t->stray);
    outlet_hold(&t->outlet);
    switch_on(t);
    ask(t);
    return t;
}

// What is on its way to us must not reach the shell.
static void await_answer(const struct term *t)
{
    struct pollfd p = {.fd = STDIN_FILENO, .events = POLLIN};

    if (t->asked_ms && !t->input.answered && now_ms(t) - t->asked_ms < ASKED_MS)
        (void)poll(&p, 1, ANSWER_MS);
}

// The click that makes us leave ends here too: of its release the shell would make a command.
static void await_release(struct term *t)
{
    struct pollfd p = {.fd = STDIN_FILENO, .events = POLLIN};
    int64_t until = now_ms(t) + RELEASE_MS;
    struct event ignored;

    while (t->pressed && !t->gone) {
        int64_t left = until - now_ms(t);

        if (!term_read(t, &ignored) && (left <= 0 || poll(&p, 1, (int)left) <= 0))
            break;
    }
    t->pressed = false;
}

void term_leave(struct term *t)
{
    if (t->away)
        return;
    await_release(t);
    t->away = true;
    switch_off(t);
    outlet_settle(&t->outlet, SETTLE_MS);
    outlet_lend(&t->outlet);
    await_answer(t);
    // First: what is typed once the screen is gone is the shell's, and must not be dropped.
    (void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &t->before);
    (void)endwin();
    send_text(t, str_text(&t->modes.last));
    stray_leave(&t->stray);
}

void term_return(struct term *t)
{
    int h, w;

    t->away = false;
    stray_return(&t->stray);
    (void)reset_prog_mode();
    outlet_hold(&t->outlet);
    switch_on(t);
    read_size(t, &h, &w);
    take_size(t, h, w);
}

void term_close(struct term *t)
{
    if (!t)
        return;
    term_leave(t);
    stray_close(&t->stray);
    delscreen(t->screen);
    outlet_close(&t->outlet);
    paint_free(t->paint);
    modes_free(&t->modes);
    key_strings_free(&t->keys);
    input_free(&t->input);
    free(t);
}

// Stops the whole process group. Where no shell could continue it the kernel does nothing. The
// SIGCONT that ends it is taken here: the loop would have the screen painted once more for it.
static void stop_here(void)
{
    const struct sigaction plain = {.sa_handler = SIG_DFL};
    const struct timespec at_once = {0};
    struct sigaction before;
    sigset_t stop, go_on, mask;

    (void)sigaction(SIGTSTP, &plain, &before);
    (void)kill(0, SIGTSTP);
    (void)sigemptyset(&stop);
    (void)sigaddset(&stop, SIGTSTP);
    (void)pthread_sigmask(SIG_UNBLOCK, &stop, &mask);
    (void)pthread_sigmask(SIG_SETMASK, &mask, NULL);
    (void)sigaction(SIGTSTP, &before, NULL);
    (void)sigemptyset(&go_on);
    (void)sigaddset(&go_on, SIGCONT);
    (void)sigtimedwait(&go_on, NULL, &at_once);
}

void term_suspend(struct term *t)
{
    term_leave(t);
    stop_here();
    term_return(t);
}

void term_size(const struct term *t, int *h, int *w)
{
    *h = t->h;
    *w = t->w;
}

bool term_resized(struct term *t)
{
    int h, w;

    read_size(t, &h, &w);
    if (h == t->h && w == t->w)
        return false;
    take_size(t, h, w);
    return true;
}

// Reads what there is into *buf. 0: nothing; -1: the terminal went away.
static ssize_t read_some(char *buf, size_t size)
{
    struct pollfd p = {.fd = STDIN_FILENO, .events = POLLIN};
    ssize_t n;

    if (poll(&p, 1, 0) <= 0)
        return 0;
    n = p.revents & POLLIN ? read(STDIN_FILENO, buf, size) : 0;
    if (n > 0)
        return n;
    return n < 0 && (errno == EAGAIN || errno == EINTR) ? 0 : -1;
}

// All that has arrived, so that what was sent at once is seen at once. false: there was nothing.
static bool fill(struct term *t)
{
    char buf[BLOCK];
    ssize_t n = 1;
    size_t sum = 0;

    t->read_ms = now_ms(t);
    while (n > 0 && !t->gone && input_waiting(&t->input) < READ_MAX) {
        n = read_some(buf, sizeof(buf));
        if (n > 0) {
            input_feed(&t->input, buf, (size_t)n, t->read_ms);
            secret_wipe(buf, (size_t)n); // it may have been a secret
            sum += (size_t)n;
        }
    }
    t->gone = t->gone || n < 0;
    t->drained += sum;
    return sum > 0;
}

static void note_button(struct term *t, const struct event *ev)
{
    if (ev->kind != EVENT_MOUSE)
        return;
    if (ev->mouse == MOUSE_PRESS || ev->mouse == MOUSE_DOUBLE)
        t->pressed = t->mouse;
    else if (ev->mouse == MOUSE_RELEASE)
        t->pressed = false;
}

bool term_read(struct term *t, struct event *out)
{
    bool found;

    if (!t->drained)
        t->read_ms = now_ms(t);
    do {
        found = input_next(&t->input, t->read_ms, out);
    } while (!found && t->drained < DRAIN_MAX && fill(t));
    if (found) {
        note_button(t, out);
        return true;
    }
    t->drained = 0;
    if (!t->gone || t->told)
        return false;
    t->told = true;
    *out = (struct event){.kind = EVENT_GONE};
    return true;
}

void term_asks(struct term *t, bool (*asks)(void *self, char c), bool (*types)(void *self),
               bool (*moves)(void *self, char c), void *self)
{
    t->input.asks = asks;
    t->input.types = types;
    t->input.moves = moves;
    t->input.self = self;
}

int term_pending_ms(const struct term *t)
{
    return t->gone ? -1 : input_pending_ms(&t->input, now_ms(t));
}

void term_paint(struct term *t, struct canvas *c)
{
    bool sync;

    if (t->gone || t->away || outlet_waits(&t->outlet))
        return;
    sync = paint_cells(t->paint, c) >= SYNC_CELLS && (t->modes.sync || t->input.sync);
    outlet_add(&t->outlet, sync ? MODES_SYNC_ON : "");
    if (paint_flush(t->paint, c))
        outlet_gather(&t->outlet);
    outlet_add(&t->outlet, str_text(paint_bytes(t->paint)));
    outlet_add(&t->outlet, sync ? MODES_SYNC_OFF : "");
    outlet_go_on(&t->outlet);
}

int term_unsent_fd(const struct term *t)
{
    return outlet_waits(&t->outlet) ? t->outlet.fd : -1;
}

void term_send(struct term *t)
{
    outlet_go_on(&t->outlet);
}

void term_redraw(struct term *t)
{
    paint_redraw(t->paint);
}

void term_theme(struct term *t, const struct theme *theme)
{
    paint_theme(t->paint, theme);
}

enum colours term_colours(const struct term *t)
{
    return t->colours;
}

void term_mouse(struct term *t, bool on)
{
    on = on && t->modes.mouse;
    if (on == t->mouse)
        return;
    t->mouse = on;
    t->pressed = t->pressed && on;
    if (!t->away)
        send_text(t, on ? MODES_MOUSE_ON : MODES_MOUSE_OFF);
}

bool term_has_mouse(const struct term *t)
{
    return t->mouse;
}

bool term_copy(struct term *t, const char *text)
{
    struct str s = {0};
    size_t len = strlen(text);

    if (len > COPY_MAX || !t->modes.ansi || t->away || t->gone)
        return false;
    clipboard_order(clipboard_via(), text, len, &s);
    send_bytes(t, s.data, s.len);
    str_free(&s);
    return true;
}
