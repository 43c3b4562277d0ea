// A desk that exports from a sandbox of the test's own into one file. Main thread. Tests.
#ifndef TESTS_DESK_EXPORT_STAGE_H
#define TESTS_DESK_EXPORT_STAGE_H

#include "support/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jansson.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/mem.h"
#include "support/desk.h"

struct state {
    struct office office;
    struct desk *desk;
    char *path; // in the office's home
};

static inline int set_up(void **state)
{
    static const char *const options[] = {"--unlimited", "--faults", "", "--contacts=12000", NULL};
    static struct state s;

    office_open(&s.office, options);
    s.desk = office_ready(&s.office);
    s.path = str_format("%s/out", s.office.home.path);
    *state = &s;
    return 0;
}

static inline int tear_down(void **state)
{
    struct state *s = *state;

    desk_close(s->desk);
    office_close(&s->office);
    free(s->path);
    return 0;
}

static inline void search(struct desk *d, const char *where)
{
    struct err e;

    desk_filters_clear(d);
    if (!desk_where(d, where, &e))
        fail_msg("%s", e.text);
    assert_true(desk_search(d, &e));
    DESK_WAIT(d, d->results.state == RESULTS_THERE);
}

static inline int fresh(void **state)
{
    struct state *s = *state;

    (void)unlink(s->path);
    server_faults(s->office.server, "");
    desk_set_live_count(s->desk, false);
    desk_entity(s->desk, &entity_contact);
    (void)desk_marks_clear(s->desk);
    search(s->desk, "Accuracy score>=96");
    return 0;
}

// Exports and waits; returns the file's bytes.
static inline struct str export_by(const struct state *s, enum export_what what, const char *format,
                                   const char *preset)
{
    struct desk *d = s->desk;
    const struct export_order order = {
        .what = what, .format = format, .path = s->path, .preset = preset};
    struct str bytes = {0};
    uint64_t said = d->message.number;
    struct err e;

    if (!desk_export(d, &order, &e))
        fail_msg("%s", e.text);
    assert_non_null(desk_running(d));
    DESK_WAIT(d, !desk_running(d) && d->message.number > said);
    if (access(s->path, F_OK) == 0)
        assert_true(file_read(s->path, 64 << 20, &bytes, &e));
    return bytes;
}

static inline struct str export(const struct state *s, enum export_what what, const char *format)
{
    return export_by(s, what, format, NULL);
}

static inline size_t column_of(const struct csv_reader *csv, const char *name)
{
    for (size_t i = 0; i < csv->n_values; i++) {
        if (str_eq(csv->values[i], name))
            return i;
    }
    fail_msg("no column %s", name);
    return 0;
}

static inline void says(const struct state *s, const char *part)
{
    if (!strstr(s->desk->message.text, part))
        fail_msg("\"%s\" does not say \"%s\"", s->desk->message.text, part);
}

static inline void buy_marked(struct desk *d, long long credits)
{
    struct err e;

    assert_true(desk_quote(d, NULL, &e));
    DESK_WAIT(d, d->buying.state == BUYING_QUOTED);
    assert_true(desk_lock(d, false, &e));
    assert_true(desk_buy(d, credits, 0, &e));
    DESK_WAIT(d, d->buying.state == BUYING_DONE);
}

#endif
