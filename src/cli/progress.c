// What a run says on stderr. Any thread. Floor: cli.
#include "cli/progress.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/count.h"
#include "base/mem.h"
#include "base/text.h"

enum { FIRST_MS = 500, EVERY_MS = 200 };

struct progress {
    pthread_mutex_t lock;
    bool quiet, terminal;
    bool shown; // a progress line stands on the terminal
    struct clock clock;
    int64_t began_ms, drawn_ms;
};

struct progress *progress_open(bool quiet)
{
    struct progress *p = mem_zalloc(sizeof(*p));

    (void)pthread_mutex_init(&p->lock, NULL);
    p->quiet = quiet;
    p->terminal = isatty(STDERR_FILENO);
    p->clock = clock_system();
    return p;
}

static void erase(struct progress *p)
{
    if (p->shown)
        (void)fputs("\r\033[K", stderr);
    p->shown = false;
}

void progress_close(struct progress *p)
{
    if (!p)
        return;
    erase(p);
    (void)pthread_mutex_destroy(&p->lock);
    free(p);
}

static void say(void *self, const char *sentence)
{
    struct progress *p = self;
    char *clean;

    if (p->quiet)
        return;
    clean = text_cleaned(sentence);
    (void)pthread_mutex_lock(&p->lock);
    erase(p);
    (void)fprintf(stderr, "lode: %s\n", clean);
    (void)pthread_mutex_unlock(&p->lock);
    free(clean);
}

static void draw(struct progress *p, const char *what, long long done, long long total, int64_t now)
{
    double seconds = (double)(now - p->began_ms) / 1000;
    double rate = seconds > 0 ? (double)done / seconds : 0;
    char a[COUNT_MAX], b[COUNT_MAX], c[COUNT_MAX];

    (void)fprintf(stderr, "\r\033[K%s", count_text(done, a));
    if (total >= 0)
        (void)fprintf(stderr, " of %s", count_text(total, b));
    (void)fprintf(stderr, " %s  %s/s", what, count_text((long long)rate, c));
    if (total >= 0 && rate > 0) {
        long long left = (long long)((double)(total - done) / rate);

        (void)fprintf(stderr, "  %lld:%02lld left", left / 60, left % 60);
    }
    (void)fflush(stderr);
    p->shown = true;
    p->drawn_ms = now;
}

static void step(void *self, const char *what, long long done, long long total)
{
    struct progress *p = self;
    int64_t now;

    if (p->quiet || !p->terminal)
        return;
    (void)pthread_mutex_lock(&p->lock);
    now = clock_boot_ms(&p->clock);
    if (!p->began_ms)
        p->began_ms = now;
    if (now - p->began_ms >= FIRST_MS && now - p->drawn_ms >= EVERY_MS)
        draw(p, what, done, total, now);
    (void)pthread_mutex_unlock(&p->lock);
}

struct talk progress_talk(struct progress *p)
{
    return (struct talk){.self = p, .say = say, .step = step};
}
