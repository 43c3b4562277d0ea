// A bare ncurses program: one line, one key. Floor of the bench.
#include <locale.h>

#include <ncurses.h>

int main(void)
{
    (void)setlocale(LC_ALL, "");
    (void)initscr();
    (void)raw();
    (void)noecho();
    (void)keypad(stdscr, TRUE);
    mvaddstr(LINES - 1, 0, "hello");
    (void)refresh();
    (void)getch();
    (void)endwin();
    return 0;
}
