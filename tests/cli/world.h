// A home and a sandbox for the tests of the program without a screen. Tests.
#ifndef TESTS_CLI_WORLD_H
#define TESTS_CLI_WORLD_H

#include "support/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "support/run.h"
#include "support/server.h"

struct world {
    struct home home;
    struct server *server;
};

static inline int world_open(void **state, const char *const *options)
{
    struct world *w = calloc(1, sizeof(*w));

    w->home = home_make();
    w->server = server_start(options);
    *state = w;
    return 0;
}

static inline int world_close(void **state)
{
    struct world *w = *state;
    int status = server_stop(w->server);

    home_remove(&w->home);
    free(w);
    return status;
}

static inline struct run lode(const struct world *w, const char *line)
{
    return run_lode(&w->home, w->server->url, line);
}

// out: what must stand on standard output, NULL: anything.
static inline void expect(const struct run *r, int status, const char *out)
{
    if (r->status != status)
        fail_msg("exit %d, not %d; it said:\n%s", r->status, status, str_text(&r->err));
    if (out)
        assert_string_equal(str_text(&r->out), out);
}

static inline void expect_in(const struct str *s, const char *text)
{
    if (!strstr(str_text(s), text))
        fail_msg("\"%s\" is not in:\n%s", text, str_text(s));
}

// Runs a line whose output and talk hold these texts (NULL: not looked at).
static inline void expect_line(const struct world *w, const char *line, int status, const char *out,
                               const char *said)
{
    struct run r = lode(w, line);

    if (r.status != status)
        fail_msg("lode %s: exit %d, not %d; it said:\n%s", line, r.status, status,
                 str_text(&r.err));
    if (out)
        expect_in(&r.out, out);
    if (said)
        expect_in(&r.err, said);
    run_free(&r);
}

// What a line prints, which must work; the caller frees it.
static inline char *printed(const struct world *w, const char *line)
{
    struct run r = lode(w, line);

    expect(&r, 0, NULL);
    str_free(&r.err);
    return str_take(&r.out);
}

static inline long long number(const struct world *w, const char *line)
{
    char *text = printed(w, line), *end;
    long long n = strtoll(text, &end, 10);

    assert_string_equal(end, "\n");
    free(text);
    return n;
}

// A world with the ids of so many contacts in its all.csv.
static inline int world_open_with_ids(void **state, const char *const *options, int n)
{
    char *line =
        str_format("search contact --limit %d --rate 0 --columns personId --output all.csv "
                   "--quiet",
                   n);
    int status = world_open(state, options);

    free(printed(*state, line));
    free(line);
    return status;
}

// Searches the server was asked for so far, counts among them.
static inline long long searches(const struct world *w)
{
    return server_stat(w->server, "requests.POST /search/contact") +
           server_stat(w->server, "requests.POST /search/company");
}

static inline void write_file(const struct world *w, const char *name, const char *text)
{
    char *path = str_format("%s/%s", w->home.path, name);
    struct file_new f;
    struct err e;

    assert_true(file_new_open(&f, path, true, &e));
    assert_true(file_write_all(f.fd, text, strlen(text)));
    assert_true(file_new_commit(&f, &e));
    free(path);
}

static inline char *file_text(const struct world *w, const char *name)
{
    char *path = str_format("%s/%s", w->home.path, name);
    struct str text = {0};
    struct err e;

    if (!file_read(path, 64 << 20, &text, &e))
        fail_msg("%s", e.text);
    free(path);
    return str_take(&text);
}

#endif
