// A small program on the terminal, for the tests of it: it shows what it is sent, and does to
// itself what a program should survive. Tests.
#ifndef TESTS_UI_TERM_TERM_PROGRAM_H
#define TESTS_UI_TERM_TERM_PROGRAM_H

#include <locale.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/rng.h"
#include "base/text.h"
#include "ui/term/term.h"

// The last column gets no combining marks: libvterm 0.1.4 puts them wrong there where a read ends
// between a character and its mark.
enum { DRAW_H = 20, DRAW_W = 61, DRAWS = 8, EVENTS_SHOWN = 12, END_BUTTON = 2 };

struct program {
    struct term *term;
    struct canvas canvas;
    struct str shown[EVENTS_SHOWN]; // the last events
    int count;
    int signals;
    bool over;
};

// The same on both sides of the terminal.
static void draw_random(struct rng *r, struct canvas *c)
{
    static const char *const texts[] = {
        "李明数据总监",        "Ana Ruiz", "e\u0301e\u0302te\u0301", "x李y明z", "한국어",
        "\xf0\x9f\x91\x8d ok", "-",        "\x1b[2J\x1b]0;x\x07",    "    "};
    struct area a = canvas_area(c);
    int y = (int)rng_below(r, DRAW_H), x = (int)rng_below(r, DRAW_W);
    int w = 1 + (int)rng_below(r, 30);
    enum role role = (enum role)rng_below(r, ROLE_COUNT);

    switch (rng_below(r, 6)) {
    case 0:
        area_fill(area_part(a, y, x, 3, w), role);
        break;
    case 1:
        area_box(area_part(a, y, x, 4, w), role);
        break;
    case 2:
        area_role(a, y, 0, DRAW_W, role);
        break;
    default:
        (void)area_text(area_part(a, 0, 0, DRAW_H, DRAW_W - 1), y, x, w, role,
                        texts[rng_below(r, ARRAY_LEN(texts))]);
        break;
    }
    area_cursor(a, y, x);
}

static void add_program_event(struct program *p, const struct event *e)
{
    static const char *const mouse[] = {"press", "double", "drag", "release", "up", "down"};
    struct str *s = &p->shown[p->count++ % EVENTS_SHOWN];

    str_clear(s);
    str_addf(s, "%d: ", p->count);
    if (e->kind == EVENT_KEY)
        key_print(e->key, s);
    else if (e->kind == EVENT_MOUSE)
        str_addf(s, "%s %d at %d,%d", mouse[e->mouse], e->button, e->y, e->x);
    else if (e->kind == EVENT_PASTE)
        str_addf(s, "paste %zu%s [%s]", e->paste_len, e->paste_cut ? " cut" : "", e->paste);
}

static void draw_program(struct program *p)
{
    struct area a;
    int h, w;

    term_size(p->term, &h, &w);
    canvas_size(&p->canvas, h, w);
    a = canvas_area(&p->canvas);
    (void)area_textf(a, 0, 0, w, ROLE_TITLE, "ready %dx%d signals %d colours %d mouse %d", w, h,
                     p->signals, (int)term_colours(p->term), term_has_mouse(p->term));
    for (int i = 0; i < EVENTS_SHOWN; i++)
        (void)area_text(a, i + 1, 2, w, ROLE_TEXT, str_text(&p->shown[i]));
    area_cursor(a, 0, 0);
    term_paint(p->term, &p->canvas);
}

static void *fault_here(void *arg)
{
    volatile char *wall = mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    *wall = 1;
    return arg;
}

static void fault_in_a_thread(void)
{
    pthread_t thread;

    if (pthread_create(&thread, NULL, fault_here, NULL) == 0)
        (void)pthread_join(thread, NULL);
}

static int overflow(volatile int n)
{
    volatile char room[4096];

    room[0] = (char)n;
    return n ? overflow(n + 1) + room[0] : 0;
}

static void run_child(struct term *t)
{
    term_leave(t);
    if (system("printf 'child '; printf 'on stderr\\n' >&2; stty -g") != 0)
        abort();
    term_return(t);
}

// A theme that comes with the program; the default one where there is none of that name.
static struct theme find_theme(const char *name)
{
    struct theme t;

    theme_default(&t);
    for (const struct theme_asset *a = theme_assets; a->name; a++) {
        if (str_eq(a->name, name))
            (void)theme_read(&t, name, (const char *)a->bytes, NULL, NULL);
    }
    return t;
}

static void act(struct program *p, uint32_t key)
{
    const struct theme dark = find_theme("dark");

    switch (key) {
    case 'q':
        p->over = true;
        break;
    case 'M':
        term_mouse(p->term, !term_has_mouse(p->term));
        break;
    case 'Y':
        (void)term_copy(p->term, "copied: é\x1b[2J");
        break;
    case 'E':
        (void)fputs("a library complains\x1b[31m\n", stderr);
        break;
    case 'L':
        term_redraw(p->term);
        break;
    case 'N':
        draw_program(p);
        for (int i = 0; i < 100; i++)
            term_paint(p->term, &p->canvas);
        break;
    case 'D':
        term_theme(p->term, &dark);
        break;
    case 'C':
        run_child(p->term);
        break;
    case K_CTRL | 'z':
        term_suspend(p->term);
        break;
    case 'S':
        (void)fault_here(NULL);
        break;
    case 'T':
        fault_in_a_thread();
        break;
    case 'O':
        (void)overflow(1);
        break;
    case 'A':
        (void)fputs("an assertion failed\n", stderr);
        abort();
    }
}

static void drain_program(struct program *p)
{
    struct event e;

    while (term_read(p->term, &e)) {
        if (e.kind == EVENT_GONE)
            p->over = true;
        else
            add_program_event(p, &e);
        if (e.kind == EVENT_KEY)
            act(p, e.key);
        if (e.kind == EVENT_MOUSE && e.mouse == MOUSE_PRESS && e.button == END_BUTTON)
            p->over = true;
    }
}

static int watch_signals(void)
{
    sigset_t set;

    (void)sigemptyset(&set);
    (void)sigaddset(&set, SIGWINCH);
    (void)sigaddset(&set, SIGTERM);
    (void)sigaddset(&set, SIGHUP);
    (void)sigaddset(&set, SIGTSTP);
    (void)sigaddset(&set, SIGCONT);
    (void)pthread_sigmask(SIG_BLOCK, &set, NULL);
    return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

static void take_signals(struct program *p, int fd)
{
    struct signalfd_siginfo info;

    while (read(fd, &info, sizeof(info)) == sizeof(info)) {
        p->signals++;
        if (info.ssi_signo == SIGWINCH)
            (void)term_resized(p->term);
        else if (info.ssi_signo == SIGTERM)
            p->over = true;
    }
}

// Until q or the middle button: shows events and does what act() says.
static void run_loop(struct program *p, int signals)
{
    struct pollfd fds[] = {
        {.fd = STDIN_FILENO, .events = POLLIN}, {.fd = signals, .events = POLLIN}, {.fd = -1}};

    while (!p->over) {
        draw_program(p);
        fds[2] = (struct pollfd){.fd = term_unsent_fd(p->term), .events = POLLOUT};
        (void)poll(fds, ARRAY_LEN(fds), term_pending_ms(p->term));
        if (fds[2].revents)
            term_send(p->term);
        take_signals(p, signals);
        drain_program(p);
    }
}

// All of it, however slowly the terminal reads.
static void paint_program(struct program *p)
{
    struct pollfd out = {.events = POLLOUT};

    term_paint(p->term, &p->canvas);
    while ((out.fd = term_unsent_fd(p->term)) >= 0 && poll(&out, 1, -1) > 0)
        term_send(p->term);
}

// A step of drawing a key, from the seed that the test has too; q ends.
static void run_drawing(struct program *p, uint64_t seed)
{
    struct rng r = rng_seed(seed);
    struct pollfd fd = {.fd = STDIN_FILENO, .events = POLLIN};
    struct event e;

    canvas_size(&p->canvas, DRAW_H, DRAW_W);
    paint_program(p);
    while (!p->over && poll(&fd, 1, -1) > 0) {
        while (term_read(p->term, &e)) {
            p->over = p->over || e.kind == EVENT_GONE || e.key == 'q';
            for (int i = 0; e.kind == EVENT_KEY && i < DRAWS; i++)
                draw_random(&r, &p->canvas);
            paint_program(p);
        }
    }
}

// argv: "loop", or "draw" and a seed and a theme's name. The exit status.
static int run_program_here(char **argv)
{
    struct program p = {0};
    struct theme theme;
    struct err e;
    int signals;

    (void)setlocale(LC_ALL, "");
    signals = watch_signals();
    p.term = term_open(&e);
    if (!p.term) {
        (void)printf("refused: %s\n", e.text);
        return 2;
    }
    theme = find_theme(argv[1] && argv[2] ? argv[2] : "default");
    term_theme(p.term, &theme);
    if (str_eq(argv[0], "draw"))
        run_drawing(&p, strtoull(argv[1], NULL, 10));
    else
        run_loop(&p, signals);
    term_close(p.term);
    (void)printf("over after %d\n", p.count);
    canvas_free(&p.canvas);
    for (int i = 0; i < EVENTS_SHOWN; i++)
        str_free(&p.shown[i]);
    (void)close(signals);
    return 0;
}

#endif
