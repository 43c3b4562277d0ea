// A stored result of a million rows: opening, finding, ordering, counting, marking, and the memory
// it takes, as a table: figure, unit. Run:
//   cmake --preset bench && cmake --build --preset bench --target rows_bench &&
//   build/bench/tests/rows_bench
// With --fill FILE ROWS it makes a stored result in the place of FILE, for other benches. Bench.
#include "bench/report.h"
#include "support/test.h"

#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"
#include "flow/kept.h"
#include "support/desk.h"

enum { FEW = 10000, SOME = 200000, MANY = 1000000, RPP = 100, LOOKS = 2000 };

// What all threads have computed, whoever else had the processors meanwhile.
static double cpu_ms(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

// Of the UI thread's moves since they were cleared: by the clock, and what it computed.
static double worst, worst_cpu;

static double thread_ms(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void timed(void (*move)(struct desk *d), struct desk *d)
{
    double began = clock_ms(CLOCK_MONOTONIC), cpu = thread_ms(), took;

    move(d);
    cpu = thread_ms() - cpu;
    took = clock_ms(CLOCK_MONOTONIC) - began;
    worst = took > worst ? took : worst;
    worst_cpu = cpu > worst_cpu ? cpu : worst_cpu;
}

static void held_up(const char *what)
{
    char name[80];

    (void)snprintf(name, sizeof(name), "%s: UI thread held up at most", what);
    report(name, worst, "ms", "");
    report("  of computing", worst_cpu, "ms", "");
    worst = worst_cpu = 0;
}

static void serve(struct desk *d)
{
    (void)desk_serve(d);
}

static void until(struct desk *d, bool (*holds)(const struct desk *d))
{
    while (!holds(d)) {
        struct pollfd fd = {.fd = desk_fd(d), .events = POLLIN};

        (void)poll(&fd, 1, desk_tick_ms(d));
        timed(serve, d);
        if (desk_tick_ms(d) == 0)
            timed(desk_tick, d);
    }
}

static bool rows_there(const struct desk *d)
{
    return d->results.state == RESULTS_THERE;
}

static bool at_rest(const struct desk *d)
{
    return desk_rests(d) && desk_tick_ms(d) < 0;
}

static bool noted(const struct desk *d)
{
    return table_note(d->results.table, 0);
}

static bool still(const struct desk *d)
{
    return !d->results.arranging && !d->results.finding && !d->results.grouping;
}

static bool marked(const struct desk *d)
{
    return d->marks.n > 0;
}

static long resident(const char *what)
{
    FILE *f = fopen("/proc/self/status", "r");
    char line[200];
    long kib = 0;

    while (f && fgets(line, sizeof(line), f)) {
        if (strncmp(line, what, strlen(what)) == 0)
            (void)sscanf(line + strlen(what), " %ld", &kib);
    }
    if (f)
        (void)fclose(f);
    return kib;
}

// A contact as the sandbox invents them, in length and variety.
static void add_contact(struct page *p, unsigned n)
{
    static const char *const flags[] = {"true", "false"};
    static const char *const titles[] = {"Vice President, Digital Marketing", "Director of Sales",
                                         "Chief Information Officer", "Account Executive",
                                         "Senior Software Engineer"};
    const struct search_operation *op = &entity_contact.search;
    struct row *r = page_add(p, op->n_columns);
    char text[80];

    r->id = page_text(p, text, (size_t)snprintf(text, sizeof(text), "%u", n * 2654435761u));
    for (size_t i = 0; i < op->n_columns; i++) {
        int len = 0;

        if (op->columns[i].type == COLUMN_FLAG)
            len = snprintf(text, sizeof(text), "%s", flags[n >> (i % 8) & 1]);
        else if (op->columns[i].type == COLUMN_DATE)
            len = snprintf(text, sizeof(text), "2024-%02u-%02u %02u:%02u", n % 12 + 1, n % 28 + 1,
                           n % 24, n % 60);
        else if (op->columns[i].type == COLUMN_NUMBER)
            len = snprintf(text, sizeof(text), "%u", 70 + n % 30);
        else if (op->columns[i].type == COLUMN_ID)
            len = snprintf(text, sizeof(text), "%u", n * 2654435761u);
        else if (op->columns[i].width > 20)
            len = snprintf(text, sizeof(text), "%s %u", titles[n % 5], n * 7919 % 997);
        else
            len = snprintf(text, sizeof(text), "Name%u", n * 104729 % 99991);
        page_cell(p, r, i, text, (size_t)len);
    }
}

static void add_last(struct page *p)
{
    static const char last[] = "Zyxwvut the last";

    page_cell(p, &p->rows[p->n_rows - 1], 3, last, strlen(last));
}

static void fill(const char *folder, const char *name, int rows)
{
    const struct search_operation *op = &entity_contact.search;
    const struct rows_info info = {rows, 1700000000000, true};
    struct rows_file *f = rows_file_new(folder, name, op->n_columns, RPP);
    bool keep[RPP];

    memset(keep, true, sizeof(keep));
    for (int i = rows / RPP; i > 0; i--) { // page 1 last: with it the file has its name
        struct page p = {0};
        struct packed *packed;
        uint64_t at;
        size_t len;
        struct err e;

        for (int k = 0; k < RPP; k++)
            add_contact(&p, (unsigned)((i - 1) * RPP + k));
        if (i == rows / RPP)
            add_last(&p);
        packed = packed_new(&p, keep, op->n_columns);
        must(rows_file_put(f, i, packed, &info, &at, &len, &e), &e);
        packed_unref(packed);
        page_free(&p);
    }
    rows_file_unref(f);
}

static int fill_path(const char *path, int rows)
{
    char *folder = mem_strdup(path), *slash = strrchr(folder, '/'), *dot;

    if (!slash || !str_ends(path, ".rows") || rows < RPP)
        return 2;
    *slash = '\0';
    dot = strrchr(slash + 1, '.');
    *dot = '\0';
    fill(folder, slash + 1, rows);
    free(folder);
    return 0;
}

// A session whose result is the file that is filled; returns that file's name.
static void make_session(struct office *o, char **folder, char **name)
{
    struct desk *d = office_desk(o);
    struct err e;
    char *found = NULL;
    FILE *list;
    size_t cap = 0;

    office_sign_in(o, d);
    while (d->state != DESK_READY)
        (void)desk_pump(d, desk_clock_ms() + 1000);
    must(desk_where(d, "Accuracy score>=70", &e) && desk_search(d, &e), &e);
    until(d, rows_there);
    until(d, at_rest);
    desk_close(d);
    list = popen("find \"$HOME\" \"$XDG_DATA_HOME\" -name '*.rows' 2>/dev/null | head -1", "r");
    must(list && getline(&found, &cap, list) > 6, &(struct err){.text = "no stored rows"});
    (void)pclose(list);
    found[strcspn(found, "\n")] = '\0';
    *strrchr(found, '.') = '\0';
    *name = mem_strdup(strrchr(found, '/') + 1);
    *strrchr(found, '/') = '\0';
    *folder = found;
}

static struct desk *open_rows(const struct office *o, int rows)
{
    double began = clock_ms(CLOCK_MONOTONIC);
    struct desk *d = office_desk(o);
    char what[80];

    desk_start(d);
    until(d, rows_there);
    (void)snprintf(what, sizeof(what), "open %d stored rows, from nothing", rows);
    report(what, clock_ms(CLOCK_MONOTONIC) - began, "ms", "");
    if (table_fetched(d->results.table) != (size_t)rows)
        (void)fprintf(stderr, "rows_bench: %zu rows\n", table_fetched(d->results.table));
    desk_look(d, 0, 40);
    until(d, noted);
    return d;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

// The kernel forgets what it has of the file, and reads no more of it than it is asked for.
static void make_cold(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    (void)fdatasync(fd);
    (void)posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    (void)close(fd);
}

// The kernel has all of the file again.
static void make_warm(const char *path)
{
    static char bytes[1 << 16];
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    while (read(fd, bytes, sizeof(bytes)) > 0)
        continue;
    (void)close(fd);
}

// What each window that is looked at costs the UI thread: rows read, and their neighbours asked
// for.
static void look_around(struct desk *d, const char *path)
{
    static double took[LOOKS];
    size_t rows = table_rows(d->results.table), sum = 0;

    for (size_t i = 0; i < LOOKS; i++) {
        size_t first = i % 2 ? rows - 40 : (i * 7919) % (rows - 40);
        double began;

        if (path)
            make_cold(path);
        began = clock_ms(CLOCK_MONOTONIC);
        for (size_t k = first; k < first + 40; k++) {
            for (size_t c = 0; c < 10; c++)
                sum += strlen(table_cell(d->results.table, k, c));
        }
        took[i] = clock_ms(CLOCK_MONOTONIC) - began;
        if (i % 50 == 0)
            desk_look(d, first, 40);
    }
    qsort(took, LOOKS, sizeof(*took), by_size);
    report(path ? "  40 rows anywhere, not in the page cache, p50" : "  40 rows anywhere, p50",
           took[LOOKS / 2], "ms", "");
    report("  p99", took[LOOKS * 99 / 100], sum ? "ms" : "", "");
}

static void timed_work(struct desk *d, const char *what, double began)
{
    double cpu = cpu_ms();

    until(d, still);
    report(what, clock_ms(CLOCK_MONOTONIC) - began, "ms", "");
    report("  of computing", cpu_ms() - cpu, "ms", "");
    held_up(" ");
}

static long memory(struct desk *d, const char *when)
{
    long all, own;

    until(d, at_rest);
    (void)malloc_trim(0);
    all = resident("VmRSS:");
    own = resident("RssAnon:");
    report(when, (double)all / 1024, "MiB", "");
    report("  of its own", (double)own / 1024, "MiB", "");
    return all;
}

static bool summed(const struct desk *d)
{
    return d->marks.summed && at_rest(d);
}

static void unmark_one(struct desk *d)
{
    (void)desk_unmark(d, d->marks.items[7].id);
}

static void undo(struct desk *d)
{
    struct str what = {0};
    struct err e;

    (void)desk_undo(d, &what, &e);
    str_free(&what);
}

static void redo(struct desk *d)
{
    struct str what = {0};
    struct err e;

    (void)desk_redo(d, &what, &e);
    str_free(&what);
}

static void clear(struct desk *d)
{
    (void)desk_marks_clear(d);
}

// The UI thread's longest move, that of the key among them.
static void change_marks(struct desk *d, const char *what, void (*change)(struct desk *d))
{
    timed(change, d);
    until(d, summed);
    held_up(what);
}

static void ordered(const struct office *o)
{
    struct desk *d = open_rows(o, SOME);
    double began;
    struct err e;

    worst = worst_cpu = 0;
    began = clock_ms(CLOCK_MONOTONIC);
    desk_sort(d, 4, true, false);
    timed_work(d, "sort 200,000 rows by a text", began);
    began = clock_ms(CLOCK_MONOTONIC);
    desk_sort(d, 9, false, false);
    timed_work(d, "sort 200,000 rows by a number", began);
    desk_unsort(d);
    began = clock_ms(CLOCK_MONOTONIC);
    must(desk_find(d, "Zyxwvut", 1, &e), &e);
    timed_work(d, "find the last of 200,000 rows", began);
    desk_place(d, 0, 0, 0, 0);
    began = clock_ms(CLOCK_MONOTONIC);
    desk_mark_fetched(d);
    until(d, marked);
    report("mark 200,000 rows", clock_ms(CLOCK_MONOTONIC) - began, "ms", "");
    until(d, summed);
    report("  until they are summed and saved", clock_ms(CLOCK_MONOTONIC) - began, "ms", "");
    held_up("  marking");
    change_marks(d, "unmark one of them", unmark_one);
    change_marks(d, "undo that", undo);
    change_marks(d, "undo the marking", undo);
    change_marks(d, "do it again", redo);
    change_marks(d, "unmark all", clear);
    desk_close(d);
}

static void counted(struct desk *d)
{
    double began = clock_ms(CLOCK_MONOTONIC);
    struct err e;

    worst = worst_cpu = 0;
    must(desk_find(d, "Zyxwvut", 1, &e), &e);
    timed_work(d, "find the last of 1,000,000 rows", began);
    if (d->results.place + 1 != MANY)
        (void)fprintf(stderr, "rows_bench: it is not found\n");
    began = clock_ms(CLOCK_MONOTONIC);
    must(desk_group(d, 9, &e), &e);
    timed_work(d, "count the values of a column of 1,000,000 rows", began);
    began = clock_ms(CLOCK_MONOTONIC);
    must(desk_filter_rows(d, "Chief", &e), &e);
    timed_work(d, "filter 1,000,000 rows by a text", began);
    began = clock_ms(CLOCK_MONOTONIC);
    desk_filter_drop(d);
    timed_work(d, "show all again", began);
    began = clock_ms(CLOCK_MONOTONIC);
    desk_sort(d, 4, true, false);
    timed_work(d, "sort 1,000,000 rows by a text", began);
    desk_unsort(d);
}

int main(int argc, char **argv)
{
    static const char *const options[] = {"--unlimited", NULL};
    struct office o;
    struct desk *d;
    char *folder, *name, *path;
    long few, many;

    if (argc == 4 && str_eq(argv[1], "--fill"))
        return fill_path(argv[2], atoi(argv[3]));
    office_open(&o, options);
    make_session(&o, &folder, &name);
    fill(folder, name, FEW);
    d = open_rows(&o, FEW);
    look_around(d, NULL);
    few = memory(d, "resident with 10,000 rows, looked at all over");
    desk_close(d);
    fill(folder, name, MANY);
    d = open_rows(&o, MANY);
    look_around(d, NULL);
    path = str_format("%s/%s.rows", folder, name);
    look_around(d, path);
    make_warm(path);
    free(path);
    many = memory(d, "resident with 1,000,000 rows, looked at all over");
    report("  times that with 10,000", (double)many / (double)few, "", "");
    counted(d);
    (void)memory(d, "resident after all that");
    desk_close(d);
    fill(folder, name, SOME);
    ordered(&o);
    free(folder);
    free(name);
    office_close(&o);
    return 0;
}
