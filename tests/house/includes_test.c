// The rules of the house: which floor may include what, and how every source file begins.
#include "house/tree.h"

#include <stdbool.h>
#include <stdio.h>

#include "base/mem.h"

enum { HEADER_COMMENT_MAX = 4 };

// What each floor may include besides itself.
static const struct floor {
    const char *name, *may;
} floors[] = {
    {"main", "ui/frame cli flow base"},
    {"ui/frame", "ui/pane ui/widget ui/term desk flow model job base"},
    {"ui/pane", "ui/widget ui/term desk flow model base"},
    {"ui/widget", "ui/term base"},
    {"ui/term", "base"},
    {"desk", "flow model job base"},
    {"cli", "flow model base"},
    {"flow", "api store auth net model job base"},
    {"api", "auth net model base"},
    {"store", "model job base"},
    {"auth", "net job base"},
    {"net", "job base"},
    {"model", "base"},
    {"job", "base"},
    {"base", ""},
    {"sandbox/facts", "base"},
    {"sandbox/world", "sandbox/facts base"},
    {"sandbox/search", "sandbox/world sandbox/facts base"},
    {"sandbox", "sandbox/search sandbox/world sandbox/facts base"},
};

// Which floors may include a library's header, by how its name begins; a floor's folders with it.
static const struct library {
    const char *header, *may;
} libraries[] = {
    {"curl/", "net"},
    {"jansson", "api auth sandbox"},
    {"sqlite3", "store"},
    {"openssl/", "auth net sandbox"},
    {"libsecret/", "auth"},
    {"glib", "auth"},
    {"microhttpd", "sandbox flow"},
    {"zlib", "sandbox store"},
    {"utf8proc", "base"},
    {"curses", "ui/term"},
    {"ncurses", "ui/term"},
    {"term.h", "ui/term"},
    {"pthread", "cli flow api store auth net job base sandbox"},
};

struct source {
    const char *path; // from src/, as in an include
    const char *text;
    const struct floor *floor;
    struct str *problems;
};

static bool has_word(const char *list, const char *word, size_t len)
{
    while (*list) {
        size_t n = strcspn(list, " ");

        if (n == len && strncmp(list, word, len) == 0)
            return true;
        list += n + strspn(list + n, " ");
    }
    return false;
}

static const struct floor *floor_of(const char *path)
{
    for (size_t i = 0; i < ARRAY_LEN(floors); i++) {
        if (str_starts(path, floors[i].name) && path[strlen(floors[i].name)] == '/')
            return &floors[i];
    }
    return NULL;
}

static void blame(const struct source *s, const char *what, const char *name)
{
    str_addf(s->problems, "src/%s %s %s\n", s->path, what, name);
}

static void check_own(const struct source *s, const char *name)
{
    const struct floor *to = floor_of(name);

    if (!to)
        blame(s, "includes what lies on no floor:", name);
    else if (to != s->floor && !has_word(s->floor->may, to->name, strlen(to->name)))
        blame(s, "may not include", name);
}

static void check_library(const struct source *s, const char *name)
{
    const char *floor = s->floor->name;

    for (size_t i = 0; i < ARRAY_LEN(libraries); i++) {
        const char *may = libraries[i].may;

        if (str_starts(name, libraries[i].header) && !has_word(may, floor, strlen(floor)) &&
            !has_word(may, floor, strcspn(floor, "/")))
            blame(s, "may not include the library", name);
    }
}

// line: what stands behind "#".
static void check_include(const struct source *s, const char *line)
{
    char name[200];

    line += strspn(line, " \t");
    if (!str_starts(line, "include"))
        return;
    line += strlen("include");
    if (sscanf(line, " \"%199[^\"\n]\"", name) == 1)
        check_own(s, name);
    else if (sscanf(line, " <%199[^>\n]>", name) == 1)
        check_library(s, name);
    else
        blame(s, "has an include that cannot be read", "");
}

static void check_includes(const struct source *s)
{
    for (const char *line = s->text; line; line = strchr(line, '\n')) {
        line += strspn(line, " \t\n");
        if (*line == '#')
            check_include(s, line + 1);
    }
}

// A short comment at the top that names the floor.
static void check_comment(const struct source *s)
{
    struct str comment = {0};
    char *wanted = str_format(" Floor: %s.", s->floor->name);
    const char *line = s->text;
    int lines = 0;

    for (; str_starts(line, "//"); lines++) {
        size_t len = strcspn(line, "\n");

        str_add_len(&comment, line + 2, len - 2);
        line += len + (line[len] == '\n');
    }
    if (lines < 1 || lines > HEADER_COMMENT_MAX)
        blame(s, "does not start with a short comment", "");
    else if (!str_ends(comment.data, wanted))
        blame(s, "has no comment that ends with", wanted + 1);
    str_free(&comment);
    free(wanted);
}

// base/str.h is guarded by LODE_BASE_STR_H.
static void check_guard(const struct source *s)
{
    char *name = str_format("LODE_%s", s->path), *guard;

    for (char *p = name; *p; p++) {
        bool small = *p >= 'a' && *p <= 'z';

        *p = (char)(small ? *p - 'a' + 'A' : strchr("/.-", *p) ? '_' : *p);
    }
    guard = str_format("\n#ifndef %s\n#define %s\n", name, name);
    if (!strstr(s->text, guard) || !str_ends(s->text, "\n#endif\n"))
        blame(s, "is not guarded by", name);
    free(name);
    free(guard);
}

static void check_source(const char *path, const char *text, struct str *problems)
{
    struct source s = {path, text, floor_of(path), problems};

    if (!s.floor) {
        blame(&s, "lies on no floor", "");
        return;
    }
    check_includes(&s);
    check_comment(&s);
    if (str_ends(path, ".h"))
        check_guard(&s);
}

static void check_file(const char *path, const char *text, struct str *problems)
{
    check_source(path + strlen("src/"), text, problems);
}

static void test_every_source_keeps_the_rules(void **state)
{
    struct str problems = {0};

    (void)state;
    assert_true(tree_check("src", &problems, check_file) > 30);
    if (problems.len)
        fail_msg("\n%s", problems.data);
    str_free(&problems);
}

static void check_blamed(const char *path, const char *text, const char *expected)
{
    struct str problems = {0};

    check_source(path, text, &problems);
    assert_string_equal(str_text(&problems), expected);
    str_free(&problems);
}

static void test_what_is_allowed(void **state)
{
    (void)state;
    check_blamed("net/a.c", "// A. Floor: net.\n#include \"net/a.h\"\n#include <curl/curl.h>\n",
                 "");
    check_blamed("ui/pane/a.c",
                 "// Draws.\n// Floor: ui/pane.\n#include \"ui/term/b.h\"\n"
                 "#  include \"desk/c.h\"\n",
                 "");
    check_blamed("ui/term/a.c", "// A. Floor: ui/term.\n#include <curses.h>\n", "");
    check_blamed("base/a-b.h",
                 "// A. Floor: base.\n#ifndef LODE_BASE_A_B_H\n#define LODE_BASE_A_B_H\n\n#endif\n",
                 "");
}

static void test_what_is_not(void **state)
{
    (void)state;
    check_blamed("ui/pane/a.c", "// A. Floor: ui/pane.\n#include \"net/b.h\"\n",
                 "src/ui/pane/a.c may not include net/b.h\n");
    check_blamed("ui/pane/a.c", "// A. Floor: ui/pane.\n#include <curses.h>\n",
                 "src/ui/pane/a.c may not include the library curses.h\n");
    check_blamed("ui/widget/a.c", "// A. Floor: ui/widget.\n#include \"model/b.h\"\n",
                 "src/ui/widget/a.c may not include model/b.h\n");
    check_blamed("desk/a.c", "// A. Floor: desk.\n#include \"ui/term/b.h\"\n",
                 "src/desk/a.c may not include ui/term/b.h\n");
    check_blamed("ui/a.c", "// A.\n", "src/ui/a.c lies on no floor \n");
    check_blamed("cli/a.c", "// A. Floor: cli.\n  # include \"ui/frame/b.h\"\n",
                 "src/cli/a.c may not include ui/frame/b.h\n");
    check_blamed("sandbox/a.c", "// A. Floor: sandbox.\n#include \"model/b.h\"\n",
                 "src/sandbox/a.c may not include model/b.h\n");
    check_blamed("main/a.c", "// A. Floor: main.\n#include \"sandbox/b.h\"\n",
                 "src/main/a.c may not include sandbox/b.h\n");
    check_blamed("api/a.c", "// A. Floor: api.\n#include <curl/curl.h>\n",
                 "src/api/a.c may not include the library curl/curl.h\n");
    check_blamed("flow/a.c", "// A. Floor: flow.\n#include <jansson.h>\n#include <sqlite3.h>\n",
                 "src/flow/a.c may not include the library jansson.h\n"
                 "src/flow/a.c may not include the library sqlite3.h\n");
    check_blamed("flow/a.c", "// A. Floor: flow.\n#include <ncurses.h>\n",
                 "src/flow/a.c may not include the library ncurses.h\n");
    check_blamed("model/a.c", "// A. Floor: model.\n#include <pthread.h>\n",
                 "src/model/a.c may not include the library pthread.h\n");
    check_blamed("base/a.c", "// A. Floor: base.\n#include \"a.h\"\n",
                 "src/base/a.c includes what lies on no floor: a.h\n");
    check_blamed("attic/a.c", "// A.\n", "src/attic/a.c lies on no floor \n");
    check_blamed("a.c", "// A.\n", "src/a.c lies on no floor \n");
    check_blamed("base/a.c", "#include \"base/a.h\"\n",
                 "src/base/a.c does not start with a short comment \n");
    check_blamed("base/a.c", "// A. Floor: net.\n",
                 "src/base/a.c has no comment that ends with Floor: base.\n");
    check_blamed("base/a.h", "// A. Floor: base.\n#pragma once\n",
                 "src/base/a.h is not guarded by LODE_BASE_A_H\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_source_keeps_the_rules),
        cmocka_unit_test(test_what_is_allowed),
        cmocka_unit_test(test_what_is_not),
    };

    return cmocka_run_group_tests_name("house-includes", tests, NULL, NULL);
}
