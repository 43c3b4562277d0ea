// What happened at the door. Any thread. Floor: sandbox.
#include "sandbox/stats.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "sandbox/window.h"

enum { STATUS_MAX = 600 };

struct peak {
    struct window window;
    size_t most;
};

struct stats {
    size_t rows;
    pthread_mutex_t lock;
    // under the lock
    uint64_t connections;
    uint64_t *calls; // by row
    uint64_t statuses[STATUS_MAX];
    struct peak second, minute;
};

struct stats *stats_open(size_t rows)
{
    struct stats *s = mem_zalloc(sizeof(*s));

    s->rows = rows;
    s->calls = mem_array(rows, sizeof(*s->calls));
    s->second.window.span_us = WINDOW_SECOND_US;
    s->minute.window.span_us = WINDOW_MINUTE_US;
    (void)pthread_mutex_init(&s->lock, NULL);
    return s;
}

void stats_close(struct stats *s)
{
    if (!s)
        return;
    window_free(&s->second.window);
    window_free(&s->minute.window);
    (void)pthread_mutex_destroy(&s->lock);
    free(s->calls);
    free(s);
}

void stats_connection(struct stats *s)
{
    (void)pthread_mutex_lock(&s->lock);
    s->connections++;
    (void)pthread_mutex_unlock(&s->lock);
}

static void peak_add(struct peak *p, int64_t now_us)
{
    size_t n = window_count(&p->window, now_us) + 1;

    window_add(&p->window, now_us);
    if (n > p->most)
        p->most = n;
}

void stats_arrival(struct stats *s, size_t row, bool limited)
{
    int64_t now_us;

    (void)pthread_mutex_lock(&s->lock);
    s->calls[row]++;
    if (limited) {
        now_us = window_now_us();
        peak_add(&s->second, now_us);
        peak_add(&s->minute, now_us);
    }
    (void)pthread_mutex_unlock(&s->lock);
}

void stats_answer(struct stats *s, int status)
{
    (void)pthread_mutex_lock(&s->lock);
    if (status > 0 && status < STATUS_MAX)
        s->statuses[status]++;
    (void)pthread_mutex_unlock(&s->lock);
}

void stats_reset(struct stats *s)
{
    (void)pthread_mutex_lock(&s->lock);
    s->connections = 0;
    memset(s->calls, 0, s->rows * sizeof(*s->calls));
    memset(s->statuses, 0, sizeof(s->statuses));
    window_clear(&s->second.window);
    window_clear(&s->minute.window);
    s->second.most = s->minute.most = 0;
    (void)pthread_mutex_unlock(&s->lock);
}

static void add_counts(struct str *out, const struct stats *s, const char *(*name)(size_t row))
{
    const char *comma = "";

    str_add(out, "\"requests\":{");
    for (size_t i = 0; i < s->rows; i++) {
        if (!s->calls[i])
            continue;
        str_add(out, comma);
        json_quote(name(i), out);
        str_addf(out, ":%llu", (unsigned long long)s->calls[i]);
        comma = ",";
    }
    str_add(out, "},\"statuses\":{");
    comma = "";
    for (size_t i = 0; i < STATUS_MAX; i++) {
        if (!s->statuses[i])
            continue;
        str_addf(out, "%s\"%zu\":%llu", comma, i, (unsigned long long)s->statuses[i]);
        comma = ",";
    }
    str_add(out, "}");
}

void stats_json(struct stats *s, const char *(*name)(size_t row), struct str *out)
{
    (void)pthread_mutex_lock(&s->lock);
    str_addf(out,
             "{\"connections\":%llu,\"peakSecond\":%zu,\"peakMinute\":%zu,\"rateLimited\":%llu,",
             (unsigned long long)s->connections, s->second.most, s->minute.most,
             (unsigned long long)s->statuses[429]);
    add_counts(out, s, name);
    str_add(out, "}");
    (void)pthread_mutex_unlock(&s->lock);
}
