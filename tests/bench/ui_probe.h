// A program on a pseudo-terminal with a watch on it: when a key was written, when the last byte of
// what it painted came. One thread. Bench.
#ifndef TESTS_BENCH_UI_PROBE_H
#define TESTS_BENCH_UI_PROBE_H

#include <stdbool.h>
#include <stddef.h>

#include <vterm.h>

#include "base/str.h"
#include "base/vec.h"
#include "support/pty.h"

enum { PROBE_H = 50, PROBE_W = 200 };

struct probe_chunk {
    double at; // seconds since the last start or key
    size_t end;
};

struct probe {
    struct pty pty;
    VTerm *vt;
    double began;
    struct str bytes; // not shown to the terminal yet
    VEC(struct probe_chunk) chunks;
};

// Milliseconds, all of them; -1: it never came.
struct probe_times {
    VEC(double) items;
};

// Starts it on a terminal of 200 by 50, with the session bus of this process.
void probe_start(struct probe *p, const struct home *home, const char *const *argv);
void probe_stop(struct probe *p);
// The same with keys that end it, and five seconds for that.
void probe_quit(struct probe *p, const char *keys);
// Milliseconds from the start until text stood in the row (below 0: from the bottom), and that
// painting had come to its end; -1: not within 20 seconds.
double probe_first(struct probe *p, int row, const char *text);
// Writes keys and waits until nothing comes for gap_ms; the milliseconds from the write to the last
// byte, -1 where none came.
double probe_keys(struct probe *p, const char *keys, int gap_ms);
// Writes one key and waits until the terminal's cursor is in this row; the milliseconds to that
// chunk of bytes, -1: not within a second. For a busy screen: other painting does not count.
double probe_move(struct probe *p, const char *key, int row);
// Writes keys, which may do nothing, and takes in what they paint.
void probe_press(struct probe *p, const char *keys);
// Writes keys and waits for nothing.
void probe_send(struct probe *p, const char *keys);
// Takes in and shows all until nothing comes for gap_ms, at most 30 seconds.
void probe_settle(struct probe *p, int gap_ms);
// Waits until a row holds text, at most so many seconds.
bool probe_wait(struct probe *p, const char *text, double seconds);
int probe_cursor(struct probe *p);
// The row's text; the caller frees it.
char *probe_row(struct probe *p, int row);

long probe_rss_kib(const struct probe *p);
// Processor time of all threads so far, in ms: what other programs take does not show in it.
double probe_cpu_ms(const struct probe *p);
// Voluntary context switches of all threads so far.
long probe_switches(const struct probe *p);

void probe_add(struct probe_times *t, double ms);
// part of the times is at most this: 0.5 the median, 0.99. Sorts them. -1 where there are none.
double probe_part(struct probe_times *t, double part);
void probe_forget(struct probe_times *t);

#endif
