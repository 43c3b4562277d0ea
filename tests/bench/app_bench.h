// An app without a voice, with files of its own, for benches of what goes through one. Bench.
#ifndef TESTS_BENCH_APP_BENCH_H
#define TESTS_BENCH_APP_BENCH_H

#include <stdlib.h>
#include <sys/resource.h>

#include "flow/app.h"
#include "support/temp.h"

struct app_bench {
    struct app app;
    char *home;
};

static inline void be_silent(void *self, const char *sentence)
{
    (void)self;
    (void)sentence;
}

static inline void no_step(void *self, const char *what, long long done, long long total)
{
    (void)self;
    (void)what;
    (void)done;
    (void)total;
}

static inline void app_bench_open(struct app_bench *b)
{
    const struct app_config config = {.profile = "bench", .talk = {NULL, be_silent, no_step}};

    b->home = temp_make();
    (void)setenv("XDG_DATA_HOME", b->home, 1);
    (void)setenv("XDG_STATE_HOME", b->home, 1);
    app_open(&b->app, &config);
}

static inline void app_bench_close(struct app_bench *b)
{
    app_close(&b->app);
    temp_remove(b->home);
    free(b->home);
}

static inline double peak_mib(void)
{
    struct rusage used;

    (void)getrusage(RUSAGE_SELF, &used);
    return (double)used.ru_maxrss / 1024;
}

#endif
