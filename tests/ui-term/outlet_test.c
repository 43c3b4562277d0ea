// What reaches the terminal, in how many writes, and what becomes of it where nobody reads. Tests.
#include "support/test.h"

#include <fcntl.h>
#include <pty.h>
#include <sys/socket.h>
#include <time.h>

#include "support/screen.h"
#include "ui-term/term_program.h"
#include "ui/term/outlet.h"

enum { PAINTINGS = 300, JUMPS = 40, PIECE_MAX = 400, MUCH = 1 << 20, PRESSES = 400 };

// An outlet on another standard output than the test's.
struct bench {
    int own; // the test's
    int far; // the other end of the outlet's
    struct outlet outlet;
};

static void open_on(struct bench *b, int near)
{
    struct err e;

    (void)fflush(stdout);
    b->own = dup(STDOUT_FILENO);
    assert_true(dup2(near, STDOUT_FILENO) >= 0);
    (void)close(near);
    assert_true(outlet_open(&b->outlet, &e));
}

static void close_bench(struct bench *b)
{
    outlet_close(&b->outlet);
    assert_true(dup2(b->own, STDOUT_FILENO) >= 0);
    (void)close(b->own);
    (void)close(b->far);
}

static void write_piece(struct bench *b, struct rng *r, struct str *all)
{
    char piece[PIECE_MAX];
    size_t len = 1 + rng_below(r, PIECE_MAX);

    for (size_t i = 0; i < len; i++)
        piece[i] = (char)('a' + rng_below(r, 26));
    str_add_len(all, piece, len);
    assert_int_equal(write(fileno(b->outlet.stream), piece, len), len);
}

// On a socket that keeps writes apart: so many pieces of curses, and one write.
static void it_writes_once_a_painting(void **state)
{
    static char got[JUMPS * PIECE_MAX + 64];
    struct bench b;
    struct rng r = rng_seed(7);
    int pair[2];

    (void)state;
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK, 0, pair), 0);
    b.far = pair[0];
    open_on(&b, pair[1]);
    outlet_hold(&b.outlet);
    for (int i = 0; i < PAINTINGS; i++) {
        struct str all = {0};
        int pieces = (int)rng_below(&r, JUMPS);

        str_add(&all, "<");
        for (int k = 0; k < pieces; k++)
            write_piece(&b, &r, &all);
        str_add(&all, ">");
        assert_int_equal(recv(b.far, got, sizeof(got), 0), -1);
        outlet_add(&b.outlet, "<");
        outlet_gather(&b.outlet);
        outlet_add(&b.outlet, ">");
        outlet_go_on(&b.outlet);
        assert_int_equal(recv(b.far, got, sizeof(got), 0), all.len);
        assert_memory_equal(got, all.data, all.len);
        assert_int_equal(recv(b.far, got, sizeof(got), 0), -1);
        assert_false(outlet_waits(&b.outlet));
        str_free(&all);
    }
    outlet_lend(&b.outlet);
    assert_int_equal(write(fileno(b.outlet.stream), "lent", 4), 4);
    assert_int_equal(recv(b.far, got, sizeof(got), 0), 4);
    close_bench(&b);
}

static void open_on_terminal(struct bench *b)
{
    struct termios plain;
    int near;

    assert_int_equal(openpty(&b->far, &near, NULL, NULL, NULL), 0);
    assert_int_equal(tcgetattr(near, &plain), 0);
    cfmakeraw(&plain);
    assert_int_equal(tcsetattr(near, TCSANOW, &plain), 0);
    open_on(b, near);
}

static void fill(struct bench *b)
{
    char *much = mem_alloc(MUCH);

    for (int i = 0; i < MUCH; i++)
        much[i] = (char)('a' + i % 26);
    outlet_put(&b->outlet, much, MUCH);
    free(much);
}

// The terminal reads again: every byte comes, in order.
static void it_keeps_what_nobody_reads(void **state)
{
    struct bench b;
    struct pollfd fds[2];
    char got[4096];
    size_t sum = 0;

    (void)state;
    open_on_terminal(&b);
    fill(&b);
    assert_true(outlet_waits(&b.outlet));
    assert_false(fcntl(STDOUT_FILENO, F_GETFL) & O_NONBLOCK);
    fds[0] = (struct pollfd){.fd = b.far, .events = POLLIN};
    fds[1] = (struct pollfd){.fd = b.outlet.fd, .events = POLLOUT};
    while (sum < MUCH && poll(fds, 2, 10000) > 0) {
        ssize_t n = fds[0].revents ? read(b.far, got, sizeof(got)) : 0;

        for (ssize_t i = 0; i < n; i++)
            assert_int_equal(got[i], 'a' + (sum + (size_t)i) % 26);
        sum += n > 0 ? (size_t)n : 0;
        if (fds[1].revents)
            outlet_go_on(&b.outlet);
    }
    assert_int_equal(sum, MUCH);
    assert_false(outlet_waits(&b.outlet));
    close_bench(&b);
}

static void it_drops_what_nobody_reads_in_the_end(void **state)
{
    struct bench b;
    struct pollfd in;
    struct str got = {0};
    char c;

    (void)state;
    open_on_terminal(&b);
    fill(&b);
    outlet_settle(&b.outlet, 50);
    assert_false(outlet_waits(&b.outlet));
    assert_int_equal(write(STDOUT_FILENO, "\033[?1049l", 8), 8); // there is room to say good-bye
    in = (struct pollfd){.fd = b.far, .events = POLLIN};
    while (!str_ends(str_text(&got), "\033[?1049l") && poll(&in, 1, 10000) > 0) {
        assert_int_equal(read(b.far, &c, 1), 1);
        str_add_char(&got, c);
    }
    assert_true(str_ends(str_text(&got), "\033[?1049l"));
    assert_true(got.len < MUCH / 2);
    str_free(&got);
    close_bench(&b);
}

static double now_s(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static struct screen *start(struct home *home)
{
    static const char *const argv[] = {"/proc/self/exe", "loop", NULL};
    struct screen *s =
        screen_start(&(struct pty_order){.home = home, .argv = argv, .h = 50, .w = 200});

    screen_wait(s, "ready 200x50");
    screen_quiet(s);
    return s;
}

// Each key is a whole repaint, which nobody reads; the next one is pressed once this one was taken.
static void press_unread(struct screen *s)
{
    double until = now_s() + 20;

    for (int i = 0; i < PRESSES; i++) {
        assert_int_equal(write(screen_pty(s)->fd, "L", 1), 1);
        while (pty_unread(screen_pty(s)) > 0) {
            if (now_s() > until)
                fail_msg("key %d was not taken while the terminal did not read", i);
            (void)usleep(200);
        }
    }
}

static void it_takes_keys_while_nobody_reads(void **state)
{
    struct home home = home_make();
    struct screen *s = start(&home);

    (void)state;
    press_unread(s);
    screen_wait(s, "400: L");
    screen_key(s, "x");
    screen_wait(s, "401: x");
    screen_key(s, "q");
    assert_int_equal(screen_end(s), 0);
    screen_free(s);
    home_remove(&home);
}

static void it_ends_while_nobody_reads(void **state)
{
    struct home home = home_make();
    struct screen *s = start(&home);
    struct pty *p = screen_pty(s);
    double from;

    (void)state;
    press_unread(s);
    from = now_s();
    screen_signal(s, SIGTERM);
    while (!pty_ended(p) && now_s() - from < 20)
        (void)usleep(1000);
    assert_true(p->ended);
    assert_int_equal(p->status, 0);
    screen_free(s);
    home_remove(&home);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_writes_once_a_painting),
        cmocka_unit_test(it_keeps_what_nobody_reads),
        cmocka_unit_test(it_drops_what_nobody_reads_in_the_end),
        cmocka_unit_test(it_takes_keys_while_nobody_reads),
        cmocka_unit_test(it_ends_while_nobody_reads),
    };

    if (argc > 1)
        return run_program_here(argv + 1);
    return cmocka_run_group_tests_name("ui-term-outlet", tests, NULL, NULL);
}
