// Themes: how each role looks. Files of lines read by the one parser (base/line). Values.
// Floor: ui/term.
#include "ui/term/theme.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/near.h"
#include "base/text.h"

static const char *const role_names[ROLE_COUNT] = {
#define ROLE_NAME(id, name, about) [ROLE_##id] = name,
    ROLES(ROLE_NAME)
#undef ROLE_NAME
};

// By number.
static const char *const colour_names[] = {
    "black",        "red",           "green",       "yellow",         "blue",
    "magenta",      "cyan",          "white",       "bright-black",   "bright-red",
    "bright-green", "bright-yellow", "bright-blue", "bright-magenta", "bright-cyan",
    "bright-white"};

static const struct {
    const char *name;
    unsigned bit;
} looks[] = {{"bold", LOOK_BOLD},
             {"dim", LOOK_DIM},
             {"italic", LOOK_ITALIC},
             {"underline", LOOK_UNDERLINE},
             {"reverse", LOOK_REVERSE}};

// What is known of a kind of name is told where one of it is not.
static bool unknown(struct err *e, const struct word *word, const char *what, const char *name,
                    const struct near *near)
{
    char *clean = text_cleaned(name);

    if (near->best)
        (void)line_fault(e, word, "there is no %s %s; did you mean %s?", what, clean, near->best);
    else
        (void)line_fault(e, word, "there is no %s %s", what, clean);
    free(clean);
    return false;
}

static bool parse_role(const struct word *word, enum role *out, struct err *e)
{
    struct near near = near_start(word->text);

    for (size_t i = 0; i < ROLE_COUNT; i++) {
        if (str_eq(role_names[i], word->text)) {
            *out = (enum role)i;
            return true;
        }
    }
    for (size_t i = 0; i < ROLE_COUNT; i++)
        near_try(&near, role_names[i]);
    return unknown(e, word, "role", word->text, &near);
}

static bool parse_rgb(const char *text, int32_t *out)
{
    char *end;
    unsigned long rgb;

    if (strlen(text) != 7 || *text != '#' || strspn(text + 1, "0123456789abcdefABCDEF") != 6)
        return false;
    rgb = strtoul(text + 1, &end, 16);
    *out = (int32_t)(COLOUR_RGB | rgb);
    return true;
}

static bool parse_colour(const struct word *word, const char *text, int32_t *out, struct err *e)
{
    struct near near = near_start(text);

    if (parse_rgb(text, out))
        return true;
    if (str_eq(text, "default")) {
        *out = COLOUR_DEFAULT;
        return true;
    }
    for (size_t i = 0; i < ARRAY_LEN(colour_names); i++) {
        if (str_eq(colour_names[i], text)) {
            *out = (int32_t)i;
            return true;
        }
        near_try(&near, colour_names[i]);
    }
    return unknown(e, word, "colour", text, &near);
}

static bool parse_look(const struct word *word, unsigned *out, struct err *e)
{
    struct near near = near_start(word->text);

    for (size_t i = 0; i < ARRAY_LEN(looks); i++) {
        if (str_eq(looks[i].name, word->text)) {
            *out |= looks[i].bit;
            return true;
        }
        near_try(&near, looks[i].name);
    }
    return unknown(e, word, "look", word->text, &near);
}

static bool parse_like(const struct theme *t, const struct line *line, size_t at, struct style *out,
                       struct err *e)
{
    enum role other;

    if (at + 1 == line->n)
        return line_fault(e, &line->words[at], "like what role?");
    if (!parse_role(&line->words[at + 1], &other, e))
        return false;
    *out = t->styles[other];
    return true;
}

bool theme_line(struct theme *t, const struct line *line, struct err *e)
{
    struct style style = {COLOUR_DEFAULT, COLOUR_DEFAULT, 0};
    enum role role;
    bool ok = true;

    if (line->n < 2 || !str_eq(line->words[0].text, "role"))
        return line_fault(e, &line->words[0], "a theme's line begins with: role NAME");
    if (!parse_role(&line->words[1], &role, e))
        return false;
    for (size_t i = 2; ok && i < line->n; i++) {
        const struct word *word = &line->words[i];

        if (str_starts(word->text, "fg="))
            ok = parse_colour(word, word->text + 3, &style.fg, e);
        else if (str_starts(word->text, "bg="))
            ok = parse_colour(word, word->text + 3, &style.bg, e);
        else if (str_eq(word->text, "like"))
            ok = parse_like(t, line, i++, &style, e);
        else
            ok = parse_look(word, &style.look, e);
    }
    if (ok)
        t->styles[role] = style;
    return ok;
}

// A theme that is being read, and who hears of its faults.
struct reading {
    struct theme *theme;
    void (*fault)(void *self, const char *sentence);
    void *self;
};

static bool take_line(void *self, const struct line *line, struct err *e)
{
    struct reading *r = self;

    return theme_line(r->theme, line, e);
}

static void take_fault(void *self, const char *sentence)
{
    struct reading *r = self;

    if (r->fault)
        r->fault(r->self, sentence);
}

static size_t read_lines(struct reading *r, const char *file, const char *text)
{
    const struct line_reader reader = {r, take_line, take_fault};

    return lines_read(file, text, &reader);
}

void theme_default(struct theme *t)
{
    struct reading r = {.theme = t};
    const struct theme_asset *f = theme_assets;

    *t = (struct theme){.name = "default"};
    for (size_t i = 0; i < ROLE_COUNT; i++)
        t->styles[i].fg = t->styles[i].bg = COLOUR_DEFAULT;
    while (!str_eq(f->name, t->name))
        f++;
    (void)read_lines(&r, f->name, (const char *)f->bytes);
}

size_t theme_read(struct theme *t, const char *file, const char *text,
                  void (*fault)(void *self, const char *sentence), void *self)
{
    struct reading r = {t, fault, self};
    const char *name = file_name(file);
    size_t len = strlen(name);

    theme_default(t);
    if (str_ends(name, ".theme"))
        len -= strlen(".theme");
    (void)snprintf(t->name, sizeof(t->name), "%.*s", (int)len, name);
    return read_lines(&r, file, text);
}
