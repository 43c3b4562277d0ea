// The same table without curses: escape sequences in one write a frame, two rows a key unless it
// scrolls. Keys: j k g G, q. Floor of the bench.
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "rows.h"

enum { FRAME_MAX = 1 << 20 };

struct frame {
    char bytes[FRAME_MAX];
    size_t len;
};

struct table {
    int h, w, at, top, shown_at, shown_top;
    struct frame *frame;
};

#define ADD(f, ...)                                                                                \
    ((f)->len += (size_t)snprintf((f)->bytes + (f)->len, FRAME_MAX - (f)->len, __VA_ARGS__))

static void draw_row(const struct table *t, int i)
{
    char text[ROW_MAX];

    row_text(i, text, sizeof(text));
    ADD(t->frame, "\033[%d;1H%s%-*.*s\033[m", 2 + i - t->top, i == t->at ? "\033[7m" : "", t->w,
        t->w, text);
}

static void draw(struct table *t)
{
    t->frame->len = 0;
    if (t->shown_at >= 0 && t->top == t->shown_top) {
        draw_row(t, t->shown_at);
        draw_row(t, t->at);
    } else {
        ADD(t->frame, "\033[H\033[2J%d rows", ROWS);
        for (int i = t->top; i < ROWS && i < t->top + t->h - 2; i++)
            draw_row(t, i);
    }
    ADD(t->frame, "\033[%d;1Hrow %5d   ? help   q quit\033[%d;1H", t->h, t->at, 2 + t->at - t->top);
    (void)!write(STDOUT_FILENO, t->frame->bytes, t->frame->len);
    t->shown_at = t->at;
    t->shown_top = t->top;
}

static void go(struct table *t, int at)
{
    t->at = at < 0 ? 0 : at >= ROWS ? ROWS - 1 : at;
    if (t->at < t->top)
        t->top = t->at;
    if (t->at >= t->top + t->h - 2)
        t->top = t->at - (t->h - 2) + 1;
}

int main(void)
{
    struct table t = {.shown_at = -1, .frame = calloc(1, sizeof(*t.frame))};
    struct termios before, now;
    struct winsize size;
    char key = 'g';

    (void)ioctl(STDIN_FILENO, TIOCGWINSZ, &size);
    t.h = size.ws_row;
    t.w = size.ws_col;
    (void)tcgetattr(STDIN_FILENO, &before);
    now = before;
    cfmakeraw(&now);
    (void)tcsetattr(STDIN_FILENO, TCSADRAIN, &now);
    (void)!write(STDOUT_FILENO, "\033[?1049h", 8);
    do {
        go(&t, key == 'j'   ? t.at + 1
               : key == 'k' ? t.at - 1
               : key == 'g' ? 0
               : key == 'G' ? ROWS
                            : t.at);
        draw(&t);
    } while (read(STDIN_FILENO, &key, 1) == 1 && key != 'q');
    (void)!write(STDOUT_FILENO, "\033[?1049l", 8);
    (void)tcsetattr(STDIN_FILENO, TCSADRAIN, &before);
    free(t.frame);
    return 0;
}
