// A program on a pseudo-terminal with a watch on it. One thread. Bench.
#include "bench/ui_probe.h"

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"

enum {
    CHUNK = 65536,
    PIECE = 4096,
    LONGEST_MS = 20000,
    SETTLE_MS = 30000,
    STATUS_MAX = 65536,
    MOVE_MS = 1000,
    PRESS_MS = 60,
    QUIT_MS = 5000
};

static double now_ms(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void reply(const char *bytes, size_t len, void *self)
{
    struct probe *p = self;

    (void)!write(p->pty.fd, bytes, len);
}

void probe_start(struct probe *p, const struct home *home, const char *const *argv)
{
    const char *address = getenv("DBUS_SESSION_BUS_ADDRESS");
    char *bus = str_format("DBUS_SESSION_BUS_ADDRESS=%s", address ? address : "");
    const char *const env[] = {bus, NULL};
    VTermScreen *cells;

    *p = (struct probe){.vt = vterm_new(PROBE_H, PROBE_W)};
    vterm_set_utf8(p->vt, 1);
    vterm_output_set_callback(p->vt, reply, p);
    cells = vterm_obtain_screen(p->vt);
    vterm_screen_enable_altscreen(cells, 1);
    vterm_screen_reset(cells, 1);
    p->began = now_ms();
    pty_start(&p->pty, &(struct pty_order){
                           .home = home, .argv = argv, .env = env, .h = PROBE_H, .w = PROBE_W});
    free(bus);
}

void probe_stop(struct probe *p)
{
    pty_stop(&p->pty);
    vterm_free(p->vt);
    str_free(&p->bytes);
    vec_free(&p->chunks);
}

void probe_quit(struct probe *p, const char *keys)
{
    struct pollfd ended = {p->pty.pidfd, POLLIN, 0};

    (void)!write(p->pty.fd, keys, strlen(keys));
    (void)poll(&ended, 1, QUIT_MS);
    probe_stop(p);
}

// One read; false where nothing came within ms.
static bool take(struct probe *p, int ms)
{
    struct pollfd fd = {p->pty.fd, POLLIN, 0};
    char buffer[CHUNK];
    struct probe_chunk chunk;
    ssize_t n;

    if (poll(&fd, 1, ms) <= 0)
        return false;
    n = read(p->pty.fd, buffer, sizeof(buffer));
    chunk.at = now_ms() - p->began;
    if (n <= 0)
        return false;
    str_add_len(&p->bytes, buffer, (size_t)n);
    chunk.end = p->bytes.len;
    vec_push(&p->chunks, chunk);
    return true;
}

static void forget(struct probe *p)
{
    str_clear(&p->bytes);
    p->chunks.len = 0;
}

static void show(struct probe *p)
{
    // libvterm puts what it is given on the stack, fourfold.
    for (size_t i = 0; i < p->bytes.len; i += PIECE) {
        size_t rest = p->bytes.len - i;

        (void)vterm_input_write(p->vt, p->bytes.data + i, rest < PIECE ? rest : PIECE);
    }
    forget(p);
}

char *probe_row(struct probe *p, int row)
{
    VTermScreen *cells = vterm_obtain_screen(p->vt);
    struct str text = {0};
    VTermScreenCell cell;

    for (int x = 0; x < PROBE_W; x++) {
        if (!vterm_screen_get_cell(cells, (VTermPos){row, x}, &cell) ||
            cell.chars[0] == (uint32_t)-1)
            continue;
        text_encode(cell.chars[0] ? cell.chars[0] : ' ', &text);
    }
    return str_take(&text);
}

static bool row_holds(struct probe *p, int row, const char *text)
{
    char *shown = probe_row(p, row);
    bool holds = strstr(shown, text) != NULL;

    free(shown);
    return holds;
}

double probe_first(struct probe *p, int row, const char *text)
{
    double until = now_ms() + LONGEST_MS;
    size_t shown = 0, chunk = 0;

    row += row < 0 ? PROBE_H : 0;
    while (now_ms() < until) {
        (void)take(p, 5);
        for (; chunk < p->chunks.len; chunk++) {
            size_t end = p->chunks.items[chunk].end;
            double at = p->chunks.items[chunk].at;

            (void)vterm_input_write(p->vt, p->bytes.data + shown, end - shown);
            shown = end;
            if (row_holds(p, row, text)) {
                forget(p);
                return at;
            }
        }
    }
    return -1;
}

void probe_send(struct probe *p, const char *keys)
{
    forget(p);
    p->began = now_ms();
    (void)!write(p->pty.fd, keys, strlen(keys));
}

double probe_keys(struct probe *p, const char *keys, int gap_ms)
{
    double at = -1;

    probe_settle(p, 2);
    probe_send(p, keys);
    // The first byte may take its time; what follows it comes at once.
    if (take(p, LONGEST_MS)) {
        while (take(p, gap_ms))
            continue;
        at = p->chunks.items[p->chunks.len - 1].at;
    }
    show(p);
    return at;
}

void probe_press(struct probe *p, const char *keys)
{
    probe_settle(p, 2);
    probe_send(p, keys);
    probe_settle(p, PRESS_MS);
}

double probe_move(struct probe *p, const char *key, int row)
{
    double at = -1;

    probe_send(p, key);
    while (at < 0 && now_ms() - p->began < MOVE_MS) {
        if (!take(p, 20))
            continue;
        at = p->chunks.items[p->chunks.len - 1].at;
        show(p);
        if (probe_cursor(p) != row)
            at = -1;
    }
    return at;
}

void probe_settle(struct probe *p, int gap_ms)
{
    double until = now_ms() + SETTLE_MS;

    while (take(p, gap_ms) && now_ms() < until)
        continue;
    show(p);
}

bool probe_wait(struct probe *p, const char *text, double seconds)
{
    double until = now_ms() + seconds * 1e3;

    do {
        for (int y = 0; y < PROBE_H; y++) {
            if (row_holds(p, y, text))
                return true;
        }
        (void)take(p, seconds > 0 ? 50 : 0);
        show(p);
    } while (now_ms() < until);
    return false;
}

int probe_cursor(struct probe *p)
{
    VTermPos at;

    vterm_state_get_cursorpos(vterm_obtain_state(p->vt), &at);
    return at.row;
}

// The number after name in a file of /proc; 0 where it is absent.
static long figure(const char *path, const char *name)
{
    struct str text = {0};
    const char *at = NULL;
    long value = 0;
    struct err e;

    if (file_read(path, STATUS_MAX, &text, &e))
        at = strstr(str_text(&text), name);
    if (at)
        value = strtol(at + strlen(name), NULL, 10);
    str_free(&text);
    return value;
}

long probe_rss_kib(const struct probe *p)
{
    char *path = str_format("/proc/%d/status", p->pty.pid);
    long kib = figure(path, "VmRSS:");

    free(path);
    return kib;
}

// The sum of a number over the program's threads: behind name in this file of each.
static long sum_threads(const struct probe *p, const char *file, const char *name)
{
    char *folder = str_format("/proc/%d/task", p->pty.pid);
    DIR *threads = opendir(folder);
    long sum = 0;

    for (struct dirent *d; threads && (d = readdir(threads)) != NULL;) {
        char *path = str_format("%s/%s/%s", folder, d->d_name, file);

        if (d->d_name[0] != '.')
            sum += figure(path, name);
        free(path);
    }
    if (threads)
        (void)closedir(threads);
    free(folder);
    return sum;
}

double probe_cpu_ms(const struct probe *p)
{
    return (double)sum_threads(p, "schedstat", "") / 1e6;
}

long probe_switches(const struct probe *p)
{
    return sum_threads(p, "status", "\nvoluntary_ctxt_switches:");
}

void probe_add(struct probe_times *t, double ms)
{
    if (ms >= 0)
        vec_push(&t->items, ms);
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

double probe_part(struct probe_times *t, double part)
{
    if (!t->items.len)
        return -1;
    qsort(t->items.items, t->items.len, sizeof(*t->items.items), by_value);
    return t->items.items[(size_t)(part * (double)(t->items.len - 1) + 0.5)];
}

void probe_forget(struct probe_times *t)
{
    vec_free(&t->items);
}
