// The explorer's speed on a terminal of 200 by 50, beside bare programs measured in the same run
// (tests/bench/floor). Run:
//   cmake --preset bench && cmake --build --preset bench --target ui-bench
//   build/bench/tests/ui-bench [floors|million|keys|loads]
// million: with as many stored rows, beside the same tables of 10,000. keys: those alone, 10
// seconds. loads: keys while something goes on, alone. Times are from the write of a key to the
// last byte of what it paints. Bench.
#include <locale.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench/ui_lode.h"
#include "bench/ui_probe.h"
#include "support/bus.h"

enum {
    STARTS = 15,
    ROUNDS = 12,
    DOWN = 30, // rows of the screen that j goes through in a round
    FAR = 15,
    QUEUED = 1000,
    QUEUE_ROUNDS = 5,
    GAP_MS = 30,
    IDLE_S = 10
};

enum subject_id { HELLO, TABLE, TWO_ROWS, RAW, LODE, SUBJECTS };

struct subject {
    const char *name;
    const char *argv[6];
    const char *shown; // in the last row once the first frame is whole
    const char *quit;
    bool rows; // has a table that j and G move in
    struct probe probe;
    struct probe_times start, key, key_cpu, queued, queued_cpu, page, end;
    long rss;
    double switches;
};

static struct subject subjects[SUBJECTS] = {
    [HELLO] = {.name = "hello", .argv = {FLOOR_DIR "/floor-hello"}, .shown = "hello", .quit = "q"},
    [TABLE] = {.name = "table",
               .argv = {FLOOR_DIR "/floor-table"},
               .shown = "? help",
               .quit = "q",
               .rows = true},
    [TWO_ROWS] = {.name = "two rows",
                  .argv = {FLOOR_DIR "/floor-table", "two-rows"},
                  .shown = "? help",
                  .quit = "q",
                  .rows = true},
    [RAW] = {.name = "raw",
             .argv = {FLOOR_DIR "/floor-raw"},
             .shown = "? help",
             .quit = "q",
             .rows = true},
    [LODE] = {.name = "lode",
              .argv = {LODE_BINARY, "--sandbox"},
              .shown = "help",
              .quit = "Q",
              .rows = true},
};

static void measure_start(struct subject *s, const struct home *home)
{
    struct probe p;

    probe_start(&p, home, s->argv);
    probe_add(&s->start, probe_first(&p, -1, s->shown));
    probe_quit(&p, s->quit);
}

static void open_subject(struct subject *s, const struct home *home)
{
    probe_start(&s->probe, home, s->argv);
    if (probe_first(&s->probe, -1, s->shown) < 0)
        (void)fprintf(stderr, "ui-bench: %s shows no first frame\n", s->name);
    probe_settle(&s->probe, 300);
}

static void measure_keys(struct subject *s)
{
    double before;
    int row;

    probe_press(&s->probe, "g");
    row = probe_cursor(&s->probe);
    before = probe_cpu_ms(&s->probe);
    for (int i = 1; i <= DOWN; i++) {
        probe_add(&s->key, probe_move(&s->probe, "j", row + i));
        probe_settle(&s->probe, 2);
    }
    probe_add(&s->key_cpu, (probe_cpu_ms(&s->probe) - before) / DOWN);
}

static void measure_queue(struct subject *s)
{
    char keys[QUEUED + 1];
    double before;

    memset(keys, 'j', QUEUED);
    keys[QUEUED] = '\0';
    probe_press(&s->probe, "g");
    before = probe_cpu_ms(&s->probe);
    probe_add(&s->queued, probe_keys(&s->probe, keys, GAP_MS));
    probe_add(&s->queued_cpu, probe_cpu_ms(&s->probe) - before);
}

static void measure_far(struct subject *s)
{
    probe_press(&s->probe, "g");
    probe_add(&s->end, probe_keys(&s->probe, "G", GAP_MS));
    probe_press(&s->probe, "g");
    for (int i = 0; s != &subjects[RAW] && i < 3; i++)
        probe_add(&s->page, probe_keys(&s->probe, "\033[6~", GAP_MS));
}

static void measure_idle(int n)
{
    for (int k = 0; k < n; k++) {
        subjects[k].rss = probe_rss_kib(&subjects[k].probe);
        probe_settle(&subjects[k].probe, 500);
    }
    for (int k = 0; k < n; k++)
        subjects[k].switches = -(double)probe_switches(&subjects[k].probe);
    (void)sleep(IDLE_S);
    for (int k = 0; k < n; k++)
        subjects[k].switches += (double)probe_switches(&subjects[k].probe);
}

static void row(const char *name, const char *aim, double (*figure)(struct subject *s), int n)
{
    (void)printf("%-44s", name);
    for (int i = 0; i < SUBJECTS; i++) {
        double f = i < n ? figure(&subjects[i]) : -1;

        if (f < 0)
            (void)printf(" %9s", "-");
        else
            (void)printf(" %9.2f", f);
    }
    (void)printf("  %s\n", aim);
}

#define PART(name, times, part)                                                                    \
    static double name(struct subject *s)                                                          \
    {                                                                                              \
        return probe_part(&s->times, part);                                                        \
    }

PART(start_p50, start, 0.5)
PART(start_best, start, 0)
PART(key_p50, key, 0.5)
PART(key_p99, key, 0.99)
PART(key_cpu, key_cpu, 0.5)
PART(queued_p50, queued, 0.5)
PART(queued_cpu, queued_cpu, 0.5)
PART(page_p50, page, 0.5)
PART(page_p99, page, 0.99)
PART(end_p50, end, 0.5)
PART(end_p99, end, 0.99)

static double rss_mib(struct subject *s)
{
    return s->rss ? (double)s->rss / 1024 : -1;
}

static double switches(struct subject *s)
{
    return s->switches;
}

static void lode_row(const char *name, struct probe_times *t)
{
    (void)printf("%-44s %9.2f\n", name, probe_part(t, 0.5));
}

static void load_row(const char *name, struct load *l)
{
    double idle = probe_part(&l->idle, 0.99), loaded = probe_part(&l->loaded, 0.99);

    (void)printf("%-44s %9.2f %9.2f %6.2fx  (p50 %.2f %.2f; %zu keys)\n", name, idle, loaded,
                 idle > 0 ? loaded / idle : -1, probe_part(&l->idle, 0.5),
                 probe_part(&l->loaded, 0.5), l->loaded.items.len);
}

static void print_lode(struct lode_times *t)
{
    (void)printf("\nlode alone, 10,000 fetched rows, ms\n");
    lode_row("find what is nowhere", &t->find);
    lode_row("sort by a column", &t->sort);
    (void)printf("%-44s %9s %9s  aim <= 1.3x\n", "p99 of j and k, idle in between and while",
                 "idle", "loaded");
    load_row("  pages come and are decoded", &t->fetching);
    load_row("  answers of 5 MB are decoded", &t->decoding);
    load_row("  an export writes", &t->exporting);
    load_row("  the keyring hangs", &t->hanging);
    load_row("  25 enrich a second", &t->buying);
    load_row("a j behind the key of a sort", &t->sorting);
    load_row("  beside one behind a redraw of all", &t->turning);
}

static void ratio(const char *name, double is, double floor, const char *aim)
{
    (void)printf("%-44s %9.2f  %s\n", name, floor > 0 ? is / floor : -1, aim);
}

static void print_ratios(void)
{
    struct subject *lode = &subjects[LODE], *two = &subjects[TWO_ROWS];

    ratio("start, to hello", start_p50(lode), start_p50(&subjects[HELLO]), "<= 2");
    ratio("j p50, to two rows", key_p50(lode), key_p50(two), "<= 1.2");
    ratio("  by processor time", key_cpu(lode), key_cpu(two), "");
    ratio("j p99, to two rows", key_p99(lode), key_p99(two), "<= 1.5");
    ratio("1,000 queued j, to one", queued_p50(lode), key_p50(lode), "<= 5");
    ratio("  by processor time", queued_cpu(lode), key_cpu(lode), "");
}

static void print_table(int n)
{
    (void)printf("%-44s", "200x50, medians of this run");
    for (int i = 0; i < SUBJECTS; i++)
        (void)printf(" %9s", subjects[i].name);
    (void)printf("  aim\n");
    row("start to first complete frame, ms", "<= 2x hello", start_p50, n);
    row("  the best", "", start_best, n);
    row("j among the rows, p50 ms", "<= 1.2x two rows", key_p50, n);
    row("  p99", "<= 1.5x two rows", key_p99, n);
    row("  processor time, ms", "", key_cpu, n);
    row("1,000 queued j, ms", "<= 5x one", queued_p50, n);
    row("  processor time, ms", "", queued_cpu, n);
    row("page down, p50 ms", "", page_p50, n);
    row("  p99", "", page_p99, n);
    row("End, p50 ms", "", end_p50, n);
    row("  p99", "", end_p99, n);
    row("memory (RSS), MiB", "< 16", rss_mib, n);
    row("waits in 10 s idle (context switches)", "0; 1: a minute of the token", switches, n);
}

static void say(const char *what)
{
    (void)fprintf(stderr, "%s...\n", what);
}

static void measure_all(const struct home *home, int n)
{
    say("starts");
    for (int i = 0; i < STARTS; i++) {
        for (int k = 0; k < n; k++)
            measure_start(&subjects[k], home);
    }
    for (int k = 0; k < n; k++)
        open_subject(&subjects[k], home);
    if (n > LODE && !lode_ready(&subjects[LODE].probe))
        exit(1);
    say("keys");
    for (int i = 0; i < ROUNDS; i++) {
        for (int k = 0; k < n; k++) {
            if (subjects[k].rows)
                measure_keys(&subjects[k]);
        }
    }
    say("pages and ends");
    for (int i = 0; i < FAR; i++) {
        for (int k = 0; k < n; k++) {
            if (subjects[k].rows)
                measure_far(&subjects[k]);
        }
    }
    say("queued keys");
    for (int i = 0; i < QUEUE_ROUNDS; i++) {
        for (int k = 0; k < n; k++) {
            if (subjects[k].rows)
                measure_queue(&subjects[k]);
        }
    }
    say("idle");
    measure_idle(n);
}

static void to_table(const char *name, double (*figure)(struct subject *s))
{
    ratio(name, figure(&subjects[LODE]), figure(&subjects[TABLE]), "<= 2");
}

// From nothing until its first frame, and until its rows are there.
struct opening {
    struct probe_times frame, rows;
    long rss;
};

static void measure_open(struct opening *o, const struct home *home, const char *rows)
{
    enum { FOOT = -4 };
    const struct subject *s = &subjects[LODE];

    for (int i = 0; i < STARTS; i++) {
        struct probe p;

        probe_start(&p, home, s->argv);
        probe_add(&o->frame, probe_first(&p, -1, s->shown));
        probe_quit(&p, s->quit);
        probe_start(&p, home, s->argv);
        probe_add(&o->rows, probe_first(&p, FOOT, rows));
        o->rss = probe_rss_kib(&p);
        probe_quit(&p, s->quit);
    }
}

static void print_openings(struct opening *few, struct opening *many)
{
    const struct {
        const char *name, *aim;
        double few, many;
    } rows[] = {
        {"first frame, ms", "1", probe_part(&few->frame, 0.5), probe_part(&many->frame, 0.5)},
        {"its rows are there, ms", "< 50 ms", probe_part(&few->rows, 0.5),
         probe_part(&many->rows, 0.5)},
        {"memory then, MiB", "<= 1.1", (double)few->rss / 1024, (double)many->rss / 1024},
    };

    (void)printf("%-44s %9s %9s %9s  aim\n", "lode, by stored rows", "10,000", "1,000,000",
                 "ratio");
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        (void)printf("%-44s %9.2f %9.2f %9.2f  %s\n", rows[i].name, rows[i].few, rows[i].many,
                     rows[i].many / rows[i].few, rows[i].aim);
}

static void measure_million(const struct home *home)
{
    enum { FARS = 9 }; // a round
    struct subject *lode = &subjects[LODE];
    struct opening few = {0}, many = {0};

    measure_open(&few, home, "of 10,000");
    if (!lode_million(home))
        exit(1);
    measure_open(&many, home, "of 1,000,000");
    for (int k = TABLE; k < SUBJECTS; k++)
        open_subject(&subjects[k], home);
    if (!lode_ready(&lode->probe))
        exit(1);
    for (int i = 0; i < ROUNDS; i++) {
        for (int k = TABLE; k < SUBJECTS; k++) {
            measure_keys(&subjects[k]);
            for (int n = 0; n < FARS; n++)
                measure_far(&subjects[k]);
        }
    }
    lode->rss = probe_rss_kib(&lode->probe);
    print_openings(&few, &many);
    print_table(SUBJECTS);
    to_table("j p50, to the table", key_p50);
    to_table("  p99", key_p99);
    to_table("page down p50, to the table", page_p50);
    to_table("  p99", page_p99);
    to_table("End p50, to the table", end_p50);
    to_table("  p99", end_p99);
    for (int k = TABLE; k < SUBJECTS; k++)
        probe_stop(&subjects[k].probe);
}

// What work on the way from a key to its painting is measured by.
static void measure_few(const struct home *home)
{
    struct subject *lode = &subjects[LODE];

    for (int k = TWO_ROWS; k < SUBJECTS; k++)
        open_subject(&subjects[k], home);
    if (!lode_ready(&lode->probe))
        exit(1);
    for (int i = 0; i < ROUNDS; i++) {
        measure_keys(&subjects[TWO_ROWS]);
        measure_keys(lode);
        measure_far(lode);
        measure_queue(lode);
    }
    print_table(SUBJECTS);
    print_ratios();
    for (int k = TWO_ROWS; k < SUBJECTS; k++)
        probe_stop(&subjects[k].probe);
}

// In a profile of its own: the other has bought by now.
static void measure_sort(void)
{
    struct subject *lode = &subjects[LODE];
    struct home home = home_make();
    struct load sorting = {0};

    if (!lode_warm(&home) || !lode_million(&home))
        exit(1);
    open_subject(lode, &home);
    if (!lode_sort_many(&lode->probe, &sorting))
        exit(1);
    load_row("  a million rows are sorted", &sorting);
    probe_quit(&lode->probe, lode->quit);
    home_remove(&home);
}

// What work on who goes first is measured by.
static void measure_loads(const struct home *home)
{
    static const char *const busy[] = {FLOOR_DIR "/floor-table", "two-rows", "busy", NULL};
    struct subject *lode = &subjects[LODE];
    struct lode_times times = {0};
    struct load floor = {0};

    open_subject(lode, home);
    if (!lode_ready(&lode->probe))
        exit(1);
    lode_measure(&lode->probe, &times);
    probe_quit(&lode->probe, lode->quit);
    print_lode(&times);
    measure_sort();
    lode_floor(home, subjects[TWO_ROWS].argv, busy, &floor);
    load_row("two rows, while a thread of it works", &floor); // what the machine makes of it
}

// Real ones; the daemon is stopped, so that calls reach it and are never answered.
static struct bus start_hanging_keyring(void)
{
    struct bus b = bus_start(BUS_NO_SERVICES);

    bus_start_keyring(&b, BUS_PASSWORD);
    (void)kill(b.keyring, SIGSTOP);
    return b;
}

// What is measured is when the bytes are there, not when this program has its turn to read them.
static void watch_first(void)
{
    const struct sched_param one = {.sched_priority = 1};

    if (sched_setscheduler(0, SCHED_FIFO | SCHED_RESET_ON_FORK, &one) != 0)
        (void)fprintf(stderr, "ui-bench: may not go first (sched_setscheduler); waits of its own "
                              "are in the figures\n");
}

static const struct {
    const char *name;
    void (*measure)(const struct home *home);
} some[] = {{"million", measure_million}, {"keys", measure_few}, {"loads", measure_loads}};

int main(int argc, char **argv)
{
    int n = argc > 1 && strcmp(argv[1], "floors") == 0 ? LODE : SUBJECTS;
    struct bus bus = start_hanging_keyring();
    struct home home = home_make();
    struct lode_times lode = {0};

    (void)setlocale(LC_ALL, "C.UTF-8");
    watch_first();
    if (n > LODE && !lode_warm(&home))
        return 1;
    if (argc > 1 && n > LODE) {
        for (size_t i = 0; i < sizeof(some) / sizeof(*some); i++) {
            if (strcmp(argv[1], some[i].name) == 0)
                some[i].measure(&home);
        }
        home_remove(&home);
        bus_stop(&bus);
        return 0;
    }
    measure_all(&home, n);
    print_table(n);
    (void)fflush(stdout);
    if (n > LODE) {
        print_ratios();
        (void)fflush(stdout);
        lode_measure(&subjects[LODE].probe, &lode);
        print_lode(&lode);
    }
    for (int k = 0; k < n; k++)
        probe_stop(&subjects[k].probe);
    home_remove(&home);
    bus_stop(&bus);
    return 0;
}
