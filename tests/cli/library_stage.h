// A library of 30 contacts bought of a sandbox. Tests.
#ifndef TESTS_CLI_LIBRARY_STAGE_H
#define TESTS_CLI_LIBRARY_STAGE_H

#include "cli/world.h"

#include <sys/stat.h>

#include "support/ledger.h"

static inline int library_world(void **state)
{
    static const char *const options[] = {
        "--unlimited", "--companies=500", "--contacts=5000", "--faults", "", NULL};

    return world_open(state, options);
}

// The person's lode.conf.
static inline void configure(const struct world *w, const char *text)
{
    char *folder = str_format("%s/config/lode", w->home.path);
    char *path = str_format("%s/lode.conf", folder);
    struct file_new f = {.fd = -1};
    struct err e;

    (void)mkdir(folder, 0700);
    if (!file_new_open(&f, path, true, &e) || !file_write_all(f.fd, text, strlen(text)) ||
        !file_new_commit(&f, &e))
        fail_msg("%s was not written", path);
    free(path);
    free(folder);
}

static inline void search_and_buy(const struct world *w)
{
    char *line;

    expect_line(w, "search contact --where Industry=software --limit 30 --force -o found.csv", 0,
                NULL, NULL);
    line = str_format("enrich contact --from %s/found.csv --max-credits 30 --force -o bought.csv",
                      w->home.path);
    expect_line(w, line, 0, NULL, NULL);
    free(line);
}

// The first record bought: its id, and its e-mail address. The caller frees them.
static inline char *first(const struct world *w, const char *column)
{
    char *line = str_format("library search contact --all --sort id:asc --limit 1 --columns %s "
                            "--format jsonl",
                            column);
    char *text = printed(w, line), *key = str_format("\"%s\":", column);
    const char *at = strstr(text, key);
    char *value;

    assert_non_null(at);
    at += strlen(key);
    at += *at == '"';
    value = mem_dup(at, strcspn(at, ",\"}") + 1);
    value[strcspn(at, ",\"}")] = '\0';
    free(text);
    free(line);
    free(key);
    return value;
}

#endif
