// What lode.conf says: defaults, system, person. UI thread. Floor: ui/frame.
#include "ui/frame/config.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/near.h"
#include "base/xdg.h"
#include "ui/frame/themes.h"

extern const unsigned char keys_conf[];
extern const size_t keys_conf_len;

enum { CONFIG_MAX = 1 << 20 };

#define DEFAULTS_NAME "keys.conf"

struct reading {
    struct config *config;
    const char *file;
};

typedef bool line_runner(struct config *c, const char *from, const struct line *line,
                         struct err *e);

static bool run_set(struct config *c, const char *from, const struct line *line, struct err *e)
{
    enum setting which;

    (void)from;
    if (line->n != 3)
        return line_fault(e, &line->words[0], "usage: set NAME VALUE");
    if (str_eq(line->words[1].text, setting_defs()[SETTING_THEME].name) &&
        !themes_named(&line->words[2], e))
        return false;
    return settings_line(&c->settings, line, &which, e);
}

static bool run_theme(struct config *c, const char *from, const struct line *line, struct err *e)
{
    (void)from;
    if (line->n != 2)
        return line_fault(e, &line->words[0], "usage: theme NAME");
    if (!themes_named(&line->words[1], e))
        return false;
    settings_put(&c->settings, SETTING_THEME, line->words[1].text);
    return true;
}

static bool run_role(struct config *c, const char *from, const struct line *line, struct err *e)
{
    struct theme probe = {0};

    (void)from;
    if (!theme_line(&probe, line, e))
        return false;
    for (size_t i = 0; i < line->n; i++) {
        line_quote(line->words[i].text, &c->roles);
        str_add_char(&c->roles, i + 1 < line->n ? ' ' : '\n');
    }
    return true;
}

static bool run_key(struct config *c, const char *from, const struct line *line, struct err *e)
{
    return keymap_line(&c->keys, c->panes, from, line, e);
}

static const struct {
    const char *name;
    line_runner *run;
} runners[] = {{"bind", run_key},
               {"unbind", run_key},
               {"set", run_set},
               {"theme", run_theme},
               {"role", run_role}};

static bool fail_line(const struct word *word, struct err *e)
{
    struct near near = near_start(word->text);

    for (size_t i = 0; i < ARRAY_LEN(runners); i++)
        near_try(&near, runners[i].name);
    return line_fault(e, word, "\"%.40s\" is no line of lode.conf; %s%s", word->text,
                      near.best ? "did you mean " : "it takes set, theme, role, bind and unbind",
                      near.best ? near.best : "");
}

bool config_line(struct config *c, const char *from, const struct line *line, struct err *e)
{
    for (size_t i = 0; i < ARRAY_LEN(runners); i++) {
        if (str_eq(runners[i].name, line->words[0].text))
            return runners[i].run(c, from, line, e);
    }
    return fail_line(&line->words[0], e);
}

static bool run(void *self, const struct line *line, struct err *e)
{
    const struct reading *r = self;

    return config_line(r->config, r->file, line, e);
}

static void add_fault(struct config *c, const char *sentence)
{
    if (c->faults++)
        str_add_char(&c->fault, '\n');
    str_add(&c->fault, sentence);
}

static void fault(void *self, const char *sentence)
{
    const struct reading *r = self;

    add_fault(r->config, sentence);
}

static void theme_fault(void *self, const char *sentence)
{
    add_fault(self, sentence);
}

static void read_text(struct config *c, const char *file, const char *text)
{
    struct reading reading = {c, file};
    const struct line_reader reader = {&reading, run, fault};

    (void)lines_read(file, text, &reader);
}

static void read_file(struct config *c, const char *path)
{
    struct str text = {0};
    struct err e;

    if (file_read(path, CONFIG_MAX, &text, &e))
        read_text(c, path, str_text(&text));
    else if (e.kind != ERR_NOT_FOUND)
        add_fault(c, e.text);
    str_free(&text);
}

// The first of $XDG_CONFIG_DIRS counts most, so it is read last.
static void read_system(struct config *c)
{
    const char *given = getenv("XDG_CONFIG_DIRS");
    char *dirs = mem_strdup(given && *given ? given : "/etc/xdg");

    for (bool more = true; more;) {
        char *colon = strrchr(dirs, ':'), *dir = colon ? colon + 1 : dirs, *path;

        more = colon != NULL;
        if (*dir == '/') {
            path = str_format("%s/lode/" CONFIG_FILE, dir);
            read_file(c, path);
            free(path);
        }
        if (colon)
            *colon = '\0';
    }
    free(dirs);
}

char *config_folder(void)
{
    struct err e;

    return xdg_folder(XDG_CONFIG, &e);
}

static void read_own(struct config *c)
{
    char *folder = config_folder(), *path;

    if (!folder)
        return;
    path = str_format("%s/" CONFIG_FILE, folder);
    read_file(c, path);
    free(path);
    free(folder);
}

static bool run_over(void *self, const struct line *line, struct err *e)
{
    return theme_line(self, line, e);
}

static void no_fault(void *self, const char *sentence)
{
    (void)self;
    (void)sentence;
}

bool config_theme(struct config *c, struct err *e)
{
    const struct line_reader over = {&c->theme, run_over, no_fault};

    if (!themes_load(settings_text(&c->settings, SETTING_THEME), &c->theme, theme_fault, c, e))
        return false;
    (void)lines_read(CONFIG_FILE, str_text(&c->roles), &over);
    return true;
}

void config_init(struct config *c, const struct pane_row *panes)
{
    *c = (struct config){.panes = panes};
}

static bool same(const char *a, const char *b)
{
    return a && b ? str_eq(a, b) : a == b;
}

// What the files say holds, but what was set by hand stays where they say the same as before.
static void take_over(struct config *c, const struct settings *was, const struct settings *was_told)
{
    for (int i = 0; i < SETTINGS; i++) {
        if (c->settings.texts[i])
            settings_put(&c->told, (enum setting)i, c->settings.texts[i]);
        if (was->texts[i] && same(c->told.texts[i], was_told->texts[i]))
            settings_put(&c->settings, (enum setting)i, was->texts[i]);
    }
}

void config_load(struct config *c)
{
    const struct pane_row *panes = c->panes;
    struct settings was = c->settings, told = c->told;
    char *defaults = mem_strndup((const char *)keys_conf, keys_conf_len);
    struct err e;

    c->settings = c->told = (struct settings){0};
    config_free(c);
    config_init(c, panes);
    read_text(c, DEFAULTS_NAME, defaults);
    free(defaults);
    read_system(c);
    read_own(c);
    take_over(c, &was, &told);
    settings_free(&was);
    settings_free(&told);
    if (!config_theme(c, &e)) {
        theme_default(&c->theme);
        add_fault(c, e.text);
    }
}

void config_free(struct config *c)
{
    keymap_free(&c->keys);
    settings_free(&c->settings);
    settings_free(&c->told);
    str_free(&c->roles);
    str_free(&c->fault);
}
