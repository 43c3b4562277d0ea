// An ncurses table of 10,000 rows. "table": draws every row of the screen again for each key, as
// simple programs do, and lets ncurses find what changed. "table two-rows": touches the two rows
// that changed, unless it scrolls. "table two-rows busy": the same beside a thread that reads bytes
// and writes others without end, as decoding does. Keys: j k g G, PageDown, PageUp, q. Floor of the
// bench.
#include <locale.h>
#include <pthread.h>
#include <stdbool.h>
#include <string.h>

#include <ncurses.h>

#include "rows.h"

enum { BYTES = 5 * 1024 * 1024 };

struct table {
    int at, top, shown_at, shown_top; // shown_at -1: nothing is shown yet
    bool two_rows;
};

static int page(void)
{
    return LINES - 2;
}

static void draw_row(const struct table *t, int i)
{
    char text[ROW_MAX];

    row_text(i, text, sizeof(text));
    attrset(i == t->at ? A_REVERSE : A_NORMAL);
    mvprintw(1 + i - t->top, 0, "%-*.*s", COLS, COLS, text);
}

static void draw(struct table *t)
{
    if (t->two_rows && t->shown_at >= 0 && t->top == t->shown_top) {
        draw_row(t, t->shown_at);
        draw_row(t, t->at);
    } else {
        erase();
        for (int i = t->top; i < ROWS && i < t->top + page(); i++)
            draw_row(t, i);
    }
    attrset(A_NORMAL);
    mvprintw(0, 0, "%d rows", ROWS);
    mvprintw(LINES - 1, 0, "row %5d   ? help   q quit", t->at);
    (void)move(1 + t->at - t->top, 0);
    (void)refresh();
    t->shown_at = t->at;
    t->shown_top = t->top;
}

static void go(struct table *t, int at)
{
    t->at = at < 0 ? 0 : at >= ROWS ? ROWS - 1 : at;
    if (t->at < t->top)
        t->top = t->at;
    if (t->at >= t->top + page())
        t->top = t->at - page() + 1;
}

static bool on_key(struct table *t, int key)
{
    static const struct {
        int key, step;
    } steps[] = {{'j', 1}, {'k', -1}, {'g', -ROWS}, {'G', ROWS}};

    for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
        if (steps[i].key == key)
            go(t, t->at + steps[i].step);
    }
    if (key == KEY_NPAGE)
        go(t, t->at + page());
    if (key == KEY_PPAGE)
        go(t, t->at - page());
    return key != 'q';
}

static void *work(void *bytes)
{
    volatile unsigned char *at = bytes;

    for (size_t i = 0;; i = (i + 1) % BYTES)
        at[i] = (unsigned char)(at[(i * 7) % BYTES] + 1);
    return NULL;
}

int main(int argc, char **argv)
{
    static unsigned char bytes[BYTES];
    struct table t = {.shown_at = -1, .two_rows = argc > 1 && strcmp(argv[1], "two-rows") == 0};
    pthread_t thread;

    if (argc > 2 && strcmp(argv[2], "busy") == 0 && pthread_create(&thread, NULL, work, bytes) != 0)
        return 1;
    (void)setlocale(LC_ALL, "");
    (void)initscr();
    (void)raw();
    (void)noecho();
    (void)keypad(stdscr, TRUE);
    do
        draw(&t);
    while (on_key(&t, getch()));
    (void)endwin();
    return 0;
}
