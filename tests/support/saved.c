// Screens kept in files and compared with what is shown. One thread. Tests.
#include "support/saved.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/text.h"
#include "base/vec.h"
#include "support/test.h"

enum { FILE_CAP = 1 << 20, RECORD_MS = 300 };

static const char *const usual[][2] = {
    {"[0-9]{2}:[0-9]{2}(:[0-9]{2})?", NULL},             // times and countdowns
    {"20[0-9]{2}-[0-9]{2}-[0-9]{2}", NULL},              // dates
    {"127\\.0\\.0\\.1:[0-9]+", "127.0.0.1:#"},           // the sandbox's port
    {"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", NULL}, // ids of requests
    {" *[0-9.]+ (ms|µs) *", " # ms "},                   // how long something took
    {"[0-9]+/[0-9]+ a second +", "#/# a second  "},      // the rate of this second
    {"[0-9]+/[0-9]+ a second", "#/# a second"},
    {"[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4}", "Day, ## Mon ####"},
    {"list of [A-Z][a-z]{2} [0-9]{1,2} ─*",
     "list of Mon ## "}, // a title: the line is as much shorter
    {"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (20)?[0-9]{1,2}", "Mon ##"},
    {"[a-z]* ?20[2-9][0-9] ", "#### "}, // what a popup leaves of a date
    {"│[0-9-]*-[0-9]{2} ", NULL},
    {"Reset: [0-9]+", "Reset: #"},
    {"[0-9a-f]{6,}…", "#…"},
    {"contacts-[0-9]{8}-[0-9]{4}", "contacts-########-####"},
    {" [0-9]+/25 +", " #/#  "}, // as many blanks as digits go
    {" [0-9]+m  ", " #m  "},    // the token's minutes
};

struct masks masks_usual(void)
{
    struct masks m = {0};

    for (size_t i = 0; i < ARRAY_LEN(usual); i++)
        assert_true(masks_add(&m, usual[i][0], usual[i][1]));
    return m;
}

bool masks_add(struct masks *m, const char *regex, const char *instead)
{
    struct mask mask = {.instead = NULL};

    if (regcomp(&mask.regex, regex, REG_EXTENDED) != 0)
        return false;
    mask.instead = instead ? mem_strdup(instead) : NULL;
    vec_push(m, mask);
    return true;
}

void masks_free(struct masks *m)
{
    for (size_t i = 0; i < m->len; i++) {
        regfree(&m->items[i].regex);
        free(m->items[i].instead);
    }
    vec_free(m);
}

static void add_instead(const struct mask *m, const char *text, size_t len, struct str *out)
{
    if (m->instead) {
        str_add(out, m->instead);
        return;
    }
    for (size_t i = 0; i < len; i++) {
        if (((unsigned char)text[i] & 0xc0) != 0x80) // a # for each code point
            str_add_char(out, '#');
    }
}

static char *masked_once(const struct mask *m, const char *row)
{
    struct str out = {0};
    regmatch_t at;

    while (regexec(&m->regex, row, 1, &at, 0) == 0 && at.rm_eo > at.rm_so) {
        str_add_len(&out, row, (size_t)at.rm_so);
        add_instead(m, row + at.rm_so, (size_t)(at.rm_eo - at.rm_so), &out);
        row += at.rm_eo;
    }
    str_add(&out, row);
    return str_take(&out);
}

static char *masked(const struct masks *m, char *row)
{
    for (size_t i = 0; i < m->len; i++) {
        char *next = masked_once(&m->items[i], row);

        free(row);
        row = next;
    }
    return row;
}

void saved_text(const struct screen *s, const struct masks *m, struct str *out)
{
    int h, w, y, x;

    screen_size(s, &h, &w);
    for (int i = 0; i < h; i++) {
        char *row = masked(m, screen_row(s, i));

        str_addf(out, "%s\n", row);
        free(row);
    }
    if (screen_cursor(s, &y, &x))
        str_addf(out, "--- cursor in row %d, column %d\n", y, x);
    else
        str_add(out, "--- cursor hidden\n");
}

static const char *lines_end(const char *line)
{
    const char *end = strchr(line, '\n');

    return end ? end + 1 : line + strlen(line);
}

void saved_difference(const char *expected, const char *found, struct str *out)
{
    while (*expected || *found) {
        const char *a = lines_end(expected), *b = lines_end(found);
        int n = (int)(a - expected), k = (int)(b - found);

        if (n == k && strncmp(expected, found, (size_t)n) == 0) {
            str_addf(out, "  %.*s", n, expected);
        } else {
            if (n)
                str_addf(out, "- %.*s", n, expected);
            if (k)
                str_addf(out, "+ %.*s", k, found);
        }
        expected = a;
        found = b;
    }
}

struct comparison {
    const struct masks *masks;
    const char *expected;
    bool looks;
    struct str found;
};

static bool is_same(struct screen *s, void *self)
{
    struct comparison *c = self;

    str_clear(&c->found);
    if (c->looks)
        saved_looks(s, &c->found);
    else
        saved_text(s, c->masks, &c->found);
    return str_eq(c->expected, str_text(&c->found));
}

static void write_file(struct screen *s, const char *path, const struct str *text)
{
    char *folder = mem_strndup(path, (size_t)(strrchr(path, '/') - path));
    FILE *f;

    (void)mkdir(folder, 0777);
    f = fopen(path, "w");
    if (!f || fwrite(text->data, 1, text->len, f) != text->len || fclose(f) != 0)
        screen_fail(s, "%s could not be written: %s", path, strerror(errno));
    free(folder);
}

static void record_file(struct screen *s, struct comparison *c, const char *path)
{
    while (screen_take(s, RECORD_MS))
        continue;
    screen_quiet(s);
    (void)is_same(s, c);
    write_file(s, path, &c->found);
}

static void fail_with_difference(struct screen *s, const struct comparison *c, const char *path)
{
    struct str difference = {0};

    saved_difference(c->expected, str_text(&c->found), &difference);
    screen_fail(s,
                "the screen is not the one in %s (- there, + here); sh tests/screen/record.sh "
                "records it anew:\n%s",
                path, str_text(&difference));
}

void saved_compare(struct screen *s, const struct masks *m, const char *path, bool looks,
                   bool record)
{
    struct str expected = {0};
    struct comparison c = {.masks = m, .expected = "", .looks = looks};
    struct err e;

    if (record) {
        record_file(s, &c, path);
    } else {
        if (!file_read(path, FILE_CAP, &expected, &e))
            screen_fail(s, "%s; sh tests/screen/record.sh records what is missing", e.text);
        c.expected = str_text(&expected);
        if (!screen_until(s, is_same, &c))
            fail_with_difference(s, &c, path);
    }
    str_free(&expected);
    str_free(&c.found);
}
