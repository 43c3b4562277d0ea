// A small ncurses program for the tests of the harness: a list that keys and the mouse move in, and
// a line that says what came last. Keys: j k Up Down, s (works a while), t (title, clipboard), x
// (ends with 7), l (leaks and ends), c (dies, restoring nothing), q. Main thread. Tests.
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include <ncurses.h>

enum { ITEMS = 100, FIRST_ROW = 6, WORK_MS = 150, PASTE_CAP = 64, MOUSE_CAP = 32 };
enum { KEY_PASTE = 3000, KEY_PASTE_END, KEY_SGR };

struct tiny {
    int at, top, status, resizes;
    bool quit, working, pasting, mousing;
    char said[128], pasted[PASTE_CAP], mouse[MOUSE_CAP];
    size_t pasted_len, mouse_len;
};

static void draw_looks(void)
{
    mvaddstr(2, 0, "plain ");
    attrset(A_BOLD);
    addstr("bold ");
    attrset(A_DIM);
    addstr("dim ");
    attrset(A_ITALIC);
    addstr("italic ");
    attrset(A_UNDERLINE);
    addstr("underlined ");
    attrset(A_REVERSE);
    addstr("reversed ");
    attrset(COLOR_PAIR(1) | A_BOLD);
    addstr("red");
    attrset(A_NORMAL);
    mvaddstr(3, 0, "|李明|数据总监|e\u0301|");
    mvhline(4, 0, 'x', 20); // the terminal's repeat
}

static void draw(struct tiny *t)
{
    time_t now = time(NULL);
    char clock[16];

    erase();
    (void)strftime(clock, sizeof(clock), "%H:%M:%S", gmtime(&now));
    mvprintw(0, 0, "tiny %dx%d resizes %d at %s", COLS, LINES, t->resizes, clock);
    mvprintw(1, 0, "%s", t->said);
    draw_looks();
    if (t->at < t->top)
        t->top = t->at;
    if (t->at >= t->top + LINES - FIRST_ROW)
        t->top = t->at - (LINES - FIRST_ROW) + 1;
    for (int i = 0; i < LINES - FIRST_ROW && t->top + i < ITEMS; i++) {
        attrset(t->top + i == t->at ? A_REVERSE : A_NORMAL);
        mvprintw(FIRST_ROW + i, 2, "item %d ", t->top + i);
    }
    attrset(A_NORMAL);
    (void)move(FIRST_ROW + t->at - t->top, 2);
    (void)refresh();
}

static void say(struct tiny *t, const char *what, const char *detail)
{
    (void)snprintf(t->said, sizeof(t->said), "%s %s", what, detail);
}

// "0;12;3M": button, column and row from 1; m where it was let go.
static void on_mouse(struct tiny *t)
{
    static const struct {
        int button;
        char end;
        const char *name;
    } kinds[] = {{0, 'M', "press"},     {0, 'm', "release"},     {2, 'M', "right press"},
                 {64, 'M', "wheel up"}, {65, 'M', "wheel down"}, {32, 'M', "drag"}};
    int button, x, y;
    char end, at[64];

    if (sscanf(t->mouse, "%d;%d;%d%c", &button, &x, &y, &end) != 4)
        return;
    (void)snprintf(at, sizeof(at), "%d,%d", y - 1, x - 1);
    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
        if (kinds[i].button == button && kinds[i].end == end)
            say(t, kinds[i].name, at);
    }
    if (button == 0 && end == 'M' && y > FIRST_ROW && t->top + y - 1 - FIRST_ROW < ITEMS)
        t->at = t->top + y - 1 - FIRST_ROW;
    else if (button == 65)
        t->at = t->at + 3 < ITEMS ? t->at + 3 : ITEMS - 1;
    else if (button == 64)
        t->at = t->at > 3 ? t->at - 3 : 0;
}

static void on_mouse_byte(struct tiny *t, wint_t key)
{
    t->mouse[t->mouse_len++] = (char)key;
    t->mouse[t->mouse_len] = '\0';
    if (key != 'M' && key != 'm' && t->mouse_len < MOUSE_CAP - 1)
        return;
    on_mouse(t);
    t->mouse_len = 0;
    t->mousing = false;
}

static void on_paste(struct tiny *t, wint_t key)
{
    if (key == KEY_PASTE_END) {
        t->pasting = false;
        t->pasted[t->pasted_len] = '\0';
        say(t, "pasted", t->pasted);
    } else if (t->pasted_len < PASTE_CAP - 1) {
        t->pasted[t->pasted_len++] = key < 128 ? (char)(key == '\r' ? '\n' : key) : '?';
    }
}

static void on_letter(struct tiny *t, wint_t key)
{
    char name[32];

    (void)snprintf(name, sizeof(name), key < ' ' ? "^%lc" : "%lc", key < ' ' ? key + '@' : key);
    say(t, "key", name);
    t->quit = key > 0 && key < 128 && strchr("qxlc", (int)key);
    t->status = key == 'x' ? 7 : 0;
    if (key == 'j' && t->at < ITEMS - 1)
        t->at++;
    else if (key == 'k' && t->at > 0)
        t->at--;
    else if (key == 's')
        t->working = true;
    else if (key == 't')
        (void)!write(STDOUT_FILENO, "\033]0;a title\033\\\033]52;c;aGVsbG8=\033\\", 31);
    else if (key == 'l')
        memset(malloc(10), 1, 10);
    else if (key == 'c')
        (void)raise(SIGKILL);
}

static void on_key(struct tiny *t, int kind, wint_t key)
{
    if (kind == KEY_CODE_YES && key == KEY_PASTE) {
        t->pasting = true;
        t->pasted_len = 0;
    } else if (t->pasting) {
        on_paste(t, key);
    } else if (t->mousing) {
        on_mouse_byte(t, key);
    } else if (kind == KEY_CODE_YES && key == KEY_SGR) {
        t->mousing = true;
    } else if (kind == KEY_CODE_YES) {
        say(t, "key", keyname((int)key));
        if (key == KEY_DOWN && t->at < ITEMS - 1)
            t->at++;
        if (key == KEY_UP && t->at > 0)
            t->at--;
    } else {
        on_letter(t, key);
    }
}

static void on_resize(struct tiny *t, int fd)
{
    struct signalfd_siginfo info;
    struct winsize size;

    while (read(fd, &info, sizeof(info)) > 0)
        t->resizes++;
    (void)ioctl(STDIN_FILENO, TIOCGWINSZ, &size);
    (void)resizeterm(size.ws_row, size.ws_col);
    (void)clearok(curscr, TRUE);
}

static int open_terminal(void)
{
    sigset_t set;

    (void)sigemptyset(&set);
    (void)sigaddset(&set, SIGWINCH);
    (void)sigprocmask(SIG_BLOCK, &set, NULL);
    (void)initscr();
    (void)raw();
    (void)noecho();
    (void)nonl();
    (void)nodelay(stdscr, TRUE);
    (void)keypad(stdscr, TRUE);
    (void)set_escdelay(25);
    (void)start_color();
    (void)use_default_colors();
    (void)init_pair(1, COLOR_RED, -1);
    (void)define_key("\033[200~", KEY_PASTE);
    (void)define_key("\033[201~", KEY_PASTE_END);
    // By itself: of events that come together ncurses loses some.
    (void)define_key("\033[<", KEY_SGR);
    (void)!write(STDOUT_FILENO, "\033[?1002h\033[?1006h\033[?2004h", 24);
    return signalfd(-1, &set, SFD_NONBLOCK);
}

int main(void)
{
    struct tiny t = {.said = "ready"};
    int fd;

    (void)setlocale(LC_ALL, "");
    fd = open_terminal();
    while (!t.quit) {
        struct pollfd fds[2] = {{STDIN_FILENO, POLLIN, 0}, {fd, POLLIN, 0}};
        wint_t key;
        int kind;

        draw(&t);
        if (poll(fds, 2, t.working ? WORK_MS : -1) == 0) {
            t.working = false;
            say(&t, "worked", "a while");
        }
        if (fds[1].revents)
            on_resize(&t, fd);
        while (!t.quit && (kind = get_wch(&key)) != ERR)
            on_key(&t, kind, key);
    }
    (void)!write(STDOUT_FILENO, "\033[?2004l\033[?1006l\033[?1002l", 24);
    (void)endwin();
    return t.status;
}
