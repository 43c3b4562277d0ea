// A terminal with a program in it: its life, its output, waiting. One thread. Tests.
#include "support/screen_inside.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "support/test.h"

enum {
    DEADLINE_S = 120,
    CHUNK = 65536,
    QUIET_MS = 60,
    TURN_MS = 100,
    PAINTING_MS = 50,
    RAW_MAX = 16 << 20
};

double screen_now(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void on_reply(const char *bytes, size_t len, void *self)
{
    struct screen *s = self;

    str_add_len(s->probe ? s->probe : &s->pending, bytes, len);
}

static int on_property(VTermProp prop, VTermValue *value, void *self)
{
    struct screen *s = self;

    if (prop == VTERM_PROP_ALTSCREEN)
        s->alternate = value->boolean;
    else if (prop == VTERM_PROP_CURSORVISIBLE)
        s->hidden = !value->boolean;
    else if (prop == VTERM_PROP_MOUSE)
        s->mouse = value->number;
    else if (prop == VTERM_PROP_TITLE) {
        str_clear(&s->title);
        str_add(&s->title, value->string);
    }
    return 1;
}

static int on_osc(const char *command, size_t len, void *self)
{
    static const char clipboard[] = "52;c;";
    struct screen *s = self;
    size_t n = strlen(clipboard);

    if (len < n || strncmp(command, clipboard, n) != 0)
        return 0;
    str_clear(&s->clipboard);
    str_add_len(&s->clipboard, command + n, len - n);
    return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = on_property};
static const VTermParserCallbacks fallbacks = {.osc = on_osc};

static void make_terminal(struct screen *s, int h, int w)
{
    s->vt = vterm_new(h, w);
    vterm_set_utf8(s->vt, 1);
    vterm_output_set_callback(s->vt, on_reply, s);
    s->cells = vterm_obtain_screen(s->vt);
    vterm_screen_set_callbacks(s->cells, &callbacks, s);
    vterm_screen_set_unrecognised_fallbacks(s->cells, &fallbacks, s);
    vterm_screen_enable_altscreen(s->cells, 1);
    vterm_screen_reset(s->cells, 1);
}

struct screen *screen_start(const struct pty_order *order)
{
    const char *patience = getenv("LODE_PATIENCE");
    struct screen *s = mem_zalloc(sizeof(*s));

    s->home = order->home;
    s->deadline_s = DEADLINE_S;
    if (patience && atof(patience) > 0)
        s->deadline_s *= atof(patience);
    make_terminal(s, order->h, order->w);
    pty_start(&s->pty, order);
    return s;
}

static void free_all(struct screen *s)
{
    vterm_free(s->vt);
    str_free(&s->passed);
    str_free(&s->pending);
    str_free(&s->title);
    str_free(&s->clipboard);
    str_free(&s->raw);
    str_free(&s->note);
    free(s);
}

void screen_free(struct screen *s)
{
    char *reports;

    if (!s)
        return;
    pty_stop(&s->pty);
    reports = pty_reports(s->home);
    if (*reports)
        screen_fail(s, "a sanitizer reported:\n%s", reports);
    free(reports);
    free_all(s);
}

struct pty *screen_pty(struct screen *s)
{
    return &s->pty;
}

void screen_deadline(struct screen *s, double seconds)
{
    s->deadline_s = seconds;
}

static void keep(struct screen *s, const char *bytes, size_t len)
{
    s->received += len;
    if (s->keep_raw && s->raw.len < RAW_MAX)
        str_add_len(&s->raw, bytes, len);
}

// Reads once; false where nothing was there.
static bool receive(struct screen *s)
{
    char buffer[CHUNK];
    ssize_t n = read(s->pty.fd, buffer, sizeof(buffer));

    if (n <= 0) {
        s->eof = n == 0 || (errno != EAGAIN && errno != EINTR);
        return false;
    }
    keep(s, buffer, (size_t)n);
    str_clear(&s->passed);
    sgr_pass(&s->sgr, buffer, (size_t)n, &s->passed);
    (void)vterm_input_write(s->vt, str_text(&s->passed), s->passed.len);
    return true;
}

static void transmit(struct screen *s)
{
    ssize_t n = write(s->pty.fd, s->pending.data, s->pending.len);

    if (n < 0 && errno != EAGAIN && errno != EINTR)
        n = (ssize_t)s->pending.len; // nobody is there to read it
    if (n > 0) {
        memmove(s->pending.data, s->pending.data + n, s->pending.len - (size_t)n);
        str_cut(&s->pending, s->pending.len - (size_t)n);
    }
}

bool screen_take(struct screen *s, int ms)
{
    short wanted = (short)(POLLIN | (s->pending.len ? POLLOUT : 0));
    struct pollfd fds[2] = {{s->eof ? -1 : s->pty.fd, wanted, 0},
                            {s->pty.ended ? -1 : s->pty.pidfd, POLLIN, 0}};
    bool came = false;

    if (poll(fds, 2, ms) <= 0)
        return false;
    if (fds[0].revents & (POLLIN | POLLHUP | POLLERR))
        came = receive(s);
    if (fds[0].revents & POLLOUT && s->pending.len)
        transmit(s);
    if (fds[1].revents)
        (void)pty_ended(&s->pty);
    return came;
}

// What is painted is looked at when the painting pauses, not in its midst.
static bool take_frame(struct screen *s)
{
    bool came = screen_take(s, TURN_MS);

    for (int i = 0; came && i < PAINTING_MS && screen_take(s, 1); i++)
        continue;
    return came;
}

bool screen_until(struct screen *s, bool (*ok)(struct screen *s, void *self), void *self)
{
    double until = screen_now() + s->deadline_s;

    while (!ok(s, self)) {
        bool came = take_frame(s);

        // What has ended may have written until then.
        if (pty_ended(&s->pty) && !came && !screen_take(s, 0))
            return ok(s, self);
        if (screen_now() > until)
            return false;
    }
    return true;
}

void screen_send(struct screen *s, const char *bytes, size_t len)
{
    double until = screen_now() + s->deadline_s;

    str_add_len(&s->pending, bytes, len);
    if (s->pending.len)
        s->sent = pty_rest(&s->pty);
    while (s->pending.len && !s->eof && !pty_ended(&s->pty)) {
        (void)screen_take(s, TURN_MS);
        if (screen_now() > until)
            screen_fail(s, "the program does not read its input");
    }
    str_clear(&s->pending);
}

static bool has_ended(struct screen *s, void *self)
{
    (void)self;
    return pty_ended(&s->pty);
}

int screen_end(struct screen *s)
{
    if (!screen_until(s, has_ended, NULL))
        screen_fail(s, "the program has not ended");
    while (screen_take(s, 0))
        continue;
    return s->pty.status;
}

// Input lies unread, or a thread has something to do.
static bool is_busy(struct screen *s)
{
    return !s->eof && !pty_ended(&s->pty) && (pty_unread(&s->pty) || !pty_asleep(&s->pty));
}

// Nothing comes for a while that began when it had nothing to do: what it wrote just before it went
// to sleep may still be on its way.
void screen_quiet(struct screen *s)
{
    double until = screen_now() + s->deadline_s;
    bool busy;

    do {
        busy = is_busy(s);
        if (screen_now() > until)
            screen_fail(s, "the program does not become quiet");
    } while (screen_take(s, QUIET_MS) || busy);
}

void screen_resize(struct screen *s, int h, int w)
{
    while (screen_take(s, 0)) // was painted for the old size
        continue;
    vterm_set_size(s->vt, h, w);
    pty_resize(&s->pty, h, w);
}

void screen_signal(struct screen *s, int signal)
{
    (void)kill(s->pty.pid, signal);
}

size_t screen_received(const struct screen *s)
{
    return s->received;
}

char *screen_raw(struct screen *s)
{
    s->keep_raw = true;
    return str_take(&s->raw);
}

// The sanitizer asks this at the end: what a failed test leaves unfreed would only hide its screen.
int __lsan_is_turned_off(void);
static bool failed;

int __lsan_is_turned_off(void)
{
    return failed;
}

void screen_note(struct screen *s, const char *note)
{
    str_clear(&s->note);
    str_add(&s->note, note);
}

_Noreturn void screen_fail(struct screen *s, const char *format, ...)
{
    char *text = screen_text(s);
    va_list args;
    int h, w, y, x;

    (void)fputs(str_text(&s->note), stderr);
    va_start(args, format);
    (void)vfprintf(stderr, format, args);
    va_end(args);
    screen_size(s, &h, &w);
    (void)fprintf(stderr, "\n--- the screen, %d by %d", w, h);
    if (screen_cursor(s, &y, &x))
        (void)fprintf(stderr, ", the cursor in row %d, column %d", y, x);
    if (pty_ended(&s->pty))
        (void)fprintf(stderr, "; the program ended with %d", s->pty.status);
    (void)fprintf(stderr, "\n%s---\n", text);
    free(text);
    failed = true;
    fail();
    abort();
}
