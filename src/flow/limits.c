// What a person allows to be spent, as lode.conf says it. Floor: flow.
#include "flow/limits.h"

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
    return (struct limits){{CAP_NONE, CAP_NONE, CAP_NONE}};
}

bool limit_parse(const char *text, long long *most)
{
    if (str_eq(text, "none")) {
        *most = CAP_NONE;
        return true;
    }
    return str_int64(text, most) && *most >= 0;
}

static bool take(void *self, const struct line *line, struct err *e)
{
    struct limits *l = self;

    (void)e;
    if (line->n < 2 || !str_eq(line->words[0].text, "set"))
        return true;
    for (int i = 0; i < CAPS; i++) {
        if (str_eq(line->words[1].text, limit_defs()[i].name) &&
            (line->n != 3 || !limit_parse(line->words[2].text, &l->most[i])))
            l->most[i] = 0;
    }
    return true;
}

static void pass(void *self, const char *sentence)
{
    (void)self;
    (void)sentence;
}

static void read_file(struct limits *l, const char *folder)
{
    char *path = str_format("%s/lode.conf", folder);
    const struct line_reader reader = {l, take, pass};
    struct str text = {0};
    struct err e;

    if (file_read(path, FILE_LIMIT, &text, &e))
        (void)lines_read(NULL, str_text(&text), &reader);
    str_free(&text);
    free(path);
}

// The first of $XDG_CONFIG_DIRS counts most, so it is read last.
static void read_system(struct limits *l)
{
    const char *given = getenv("XDG_CONFIG_DIRS");
    char *dirs = mem_strdup(given && *given ? given : "/etc/xdg");

    for (bool more = true; more;) {
        char *colon = strrchr(dirs, ':'), *dir = colon ? colon + 1 : dirs, *folder;

        more = colon != NULL;
        folder = str_format("%s/lode", dir);
        if (*dir == '/')
            read_file(l, folder);
        free(folder);
        if (colon)
            *colon = '\0';
    }
    free(dirs);
}

struct limits limits_read(void)
{
    struct limits l = limits_none();
    struct err ignored;
    char *own = xdg_folder(XDG_CONFIG, &ignored);

    read_system(&l);
    if (own)
        read_file(&l, own);
    free(own);
    return l;
}
