// What painting costs on a pseudo-terminal of 200x50 whose other end is read: a row that changed,
// a whole screen, nothing. Run:
//   cmake --preset bench && cmake --build --preset bench --target ui_term_bench
//   build/bench/tests/ui_term_bench
// Bench.
#include <locale.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "ui/term/term.h"

enum { H = 50, W = 200, ROUNDS = 2000 };

struct sheet {
    struct term *term;
    struct canvas canvas;
    int at;
};

static double now_us(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void draw_row(struct sheet *s, int y, enum role role)
{
    struct area a = canvas_area(&s->canvas);

    area_fill(area_part(a, y, 0, 1, W), role);
    for (int i = 0; i < 8; i++)
        (void)area_textf(a, y, i * 25, 24, role, "row %d, column %d", y * 7919 % 1000, i);
}

static void draw_all(struct sheet *s)
{
    for (int y = 0; y < H; y++)
        draw_row(s, y, ROLE_TEXT);
}

static void move_cursor(struct sheet *s)
{
    draw_row(s, s->at, ROLE_TEXT);
    s->at = (s->at + 1) % H;
    draw_row(s, s->at, ROLE_CURSOR);
    term_paint(s->term, &s->canvas);
}

static void change_cell(struct sheet *s)
{
    s->at = (s->at + 1) % 10;
    (void)area_textf(canvas_area(&s->canvas), 7, 30, 5, ROLE_TEXT, "%d", s->at);
    term_paint(s->term, &s->canvas);
}

static void paint_nothing(struct sheet *s)
{
    term_paint(s->term, &s->canvas);
}

static void paint_all(struct sheet *s)
{
    term_redraw(s->term);
    term_paint(s->term, &s->canvas);
}

static void scroll_all(struct sheet *s)
{
    s->at++;
    for (int y = 0; y < H; y++)
        draw_row(s, (y + s->at) % H, y % 2 ? ROLE_TEXT : ROLE_DIM);
    term_paint(s->term, &s->canvas);
}

static void draw_only(struct sheet *s)
{
    draw_all(s);
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static void measure(struct sheet *s, FILE *out, const char *name, void (*run)(struct sheet *s))
{
    double *us = mem_array(ROUNDS, sizeof(*us));

    draw_all(s);
    term_paint(s->term, &s->canvas);
    for (int i = 0; i < ROUNDS; i++) {
        double from = now_us();

        run(s);
        us[i] = now_us() - from;
    }
    qsort(us, ROUNDS, sizeof(*us), by_value);
    (void)fprintf(out, "%-42s p50 %8.1f us  p99 %8.1f us\n", name, us[ROUNDS / 2],
                  us[ROUNDS * 99 / 100]);
    free(us);
}

static int paint_in(FILE *out)
{
    double from = now_us();
    struct sheet s = {0};
    struct theme theme;
    struct err e;

    (void)setlocale(LC_ALL, "C.UTF-8");
    s.term = term_open(&e);
    if (!s.term)
        return fprintf(out, "%s\n", e.text), fclose(out), 1;
    theme_default(&theme);
    term_theme(s.term, &theme);
    canvas_size(&s.canvas, H, W);
    draw_all(&s);
    term_paint(s.term, &s.canvas);
    (void)fprintf(out, "%-42s     %8.1f us\n", "open and first frame", now_us() - from);
    measure(&s, out, "draw 10,000 cells, paint nothing", draw_only);
    measure(&s, out, "paint what did not change", paint_nothing);
    measure(&s, out, "a cell", change_cell);
    measure(&s, out, "a cursor moved (two rows of 200)", move_cursor);
    measure(&s, out, "every row changed", scroll_all);
    measure(&s, out, "the whole screen anew", paint_all);
    term_close(s.term);
    canvas_free(&s.canvas);
    return fclose(out);
}

int main(void)
{
    struct winsize size = {.ws_row = H, .ws_col = W};
    char buf[65536];
    int results[2], fd, status = 0;
    pid_t pid;
    ssize_t n;

    if (pipe(results) != 0)
        return 1;
    pid = forkpty(&fd, NULL, NULL, &size);
    if (pid == 0) {
        (void)setenv("TERM", "xterm-256color", 1);
        _exit(paint_in(fdopen(results[1], "w")));
    }
    (void)close(results[1]);
    while ((n = read(fd, buf, sizeof(buf))) > 0)
        continue;
    while ((n = read(results[0], buf, sizeof(buf))) > 0)
        (void)fwrite(buf, 1, (size_t)n, stdout);
    (void)waitpid(pid, &status, 0);
    return status != 0;
}
