// What a person allows to be spent, as lode.conf says it. Floor: flow.
#include "flow/limits.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/line.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/xdg.h"

enum { FILE_LIMIT = 1 << 20 };

const struct limit_def *limit_defs(void)
{
    static const struct limit_def defs[CAPS] = {
        [CAP_JOB] = {"budget-job", "credits that one purchase or job may cost, or none"},
        [CAP_SESSION] = {"budget-session", "credits from this start of Lode to its end, or none"},
        [CAP_DAY] = {"budget-day", "credits from midnight to midnight, or none"},
    };

    return defs;
}

struct limits limits_none(void)
{
    return (struct limits){.most = {CAP_NONE, CAP_NONE, CAP_NONE}};
}

bool limit_parse(const char *text, long long *most)
{
    if (str_eq(text, "none")) {
        *most = CAP_NONE;
        return true;
    }
    return str_int64(text, most) && *most >= 0;
}

struct reading {
    struct limits *limits;
    struct str *faults;
};

static bool take_cap(struct limits *l, enum cap_kind which, const struct line *line, struct err *e)
{
    if (line->n == 3 && limit_parse(line->words[2].text, &l->most[which]))
        return true;
    l->most[which] = 0;
    return line_fault(e, &line->words[line->n > 2 ? 2 : 1],
                      "%s is a number of credits or none; nothing is bought until it is one",
                      limit_defs()[which].name);
}

static const struct months {
    const char *name;
    int min, max;
    size_t at; // in struct limits
} months[] = {
    {FREE_MONTHS_NAME, FREE_MONTHS_MIN, FREE_MONTHS_MAX, offsetof(struct limits, free_months)},
    {RETAIN_MONTHS_NAME, 0, RETAIN_MONTHS_MAX, offsetof(struct limits, retain_months)},
};

static bool take_months(struct limits *l, const struct months *m, const struct line *line,
                        struct err *e)
{
    long long n;

    if (line->n != 3 || !str_int64(line->words[2].text, &n) || n < m->min || n > m->max)
        return line_fault(e, &line->words[line->n > 2 ? 2 : 1], "%s is a number from %d to %d",
                          m->name, m->min, m->max);
    *(int *)((char *)l + m->at) = (int)n;
    return true;
}

static bool take(void *self, const struct line *line, struct err *e)
{
    const struct reading *r = self;

    if (line->n < 2 || !str_eq(line->words[0].text, "set"))
        return true;
    for (int i = 0; i < CAPS; i++) {
        if (str_eq(line->words[1].text, limit_defs()[i].name))
            return take_cap(r->limits, (enum cap_kind)i, line, e);
    }
    for (size_t i = 0; i < ARRAY_LEN(months); i++) {
        if (str_eq(line->words[1].text, months[i].name))
            return take_months(r->limits, &months[i], line, e);
    }
    return true;
}

static void tell(void *self, const char *sentence)
{
    const struct reading *r = self;

    str_addf(r->faults, "%s%s", r->faults->len ? "\n" : "", sentence);
}

static void read_file(struct reading *r, const char *folder)
{
    char *path = str_format("%s/lode.conf", folder);
    const struct line_reader reader = {r, take, tell};
    struct str text = {0};
    struct err e;

    if (file_read(path, FILE_LIMIT, &text, &e))
        (void)lines_read(path, str_text(&text), &reader);
    str_free(&text);
    free(path);
}

// The first of $XDG_CONFIG_DIRS counts most, so it is read last.
static void read_system(struct reading *r)
{
    const char *given = getenv("XDG_CONFIG_DIRS");
    char *dirs = mem_strdup(given && *given ? given : "/etc/xdg");

    for (bool more = true; more;) {
        char *colon = strrchr(dirs, ':'), *dir = colon ? colon + 1 : dirs, *folder;

        more = colon != NULL;
        folder = str_format("%s/lode", dir);
        if (*dir == '/')
            read_file(r, folder);
        free(folder);
        if (colon)
            *colon = '\0';
    }
    free(dirs);
}

struct limits limits_read(struct str *faults)
{
    struct limits l = limits_none();
    struct reading r = {&l, faults};
    struct err ignored;
    char *own = xdg_folder(XDG_CONFIG, &ignored);

    read_system(&r);
    if (own)
        read_file(&r, own);
    free(own);
    return l;
}
