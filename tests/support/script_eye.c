// Steps of scripts: what a person must see. One at a time. Tests.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "support/script_inside.h"

static bool step_wait(struct script *sc, const struct line *line, struct err *e)
{
    (void)e;
    screen_wait(sc->screen, script_word(line, 1));
    return true;
}

static bool step_gone(struct script *sc, const struct line *line, struct err *e)
{
    (void)e;
    screen_gone(sc->screen, script_word(line, 1));
    return true;
}

static bool step_match(struct script *sc, const struct line *line, struct err *e)
{
    (void)e;
    screen_match(sc->screen, script_word(line, 1));
    return true;
}

static bool step_row(struct script *sc, const struct line *line, struct err *e)
{
    (void)e;
    screen_wait_row(sc->screen, script_word(line, 1), script_word(line, 2));
    return true;
}

static bool step_cursor(struct script *sc, const struct line *line, struct err *e)
{
    (void)e;
    screen_wait_cursor(sc->screen, script_word(line, 1));
    return true;
}

static bool compare(struct script *sc, const struct line *line, bool looks)
{
    char *path = str_format("%s/saved/%s.%s.%s", sc->folder, sc->name, script_word(line, 1),
                            looks ? "looks" : "screen");

    saved_compare(sc->screen, &sc->masks, path, looks, sc->order->record);
    free(path);
    return true;
}

static bool step_see(struct script *sc, const struct line *line, struct err *e)
{
    (void)e;
    return compare(sc, line, false);
}

static bool step_see_looks(struct script *sc, const struct line *line, struct err *e)
{
    (void)e;
    return compare(sc, line, true);
}

static bool step_mask(struct script *sc, const struct line *line, struct err *e)
{
    if (masks_add(&sc->masks, script_word(line, 1), line->n > 2 ? script_word(line, 2) : NULL))
        return true;
    return line_fault(e, &line->words[1], "this is no regular expression");
}

struct looking {
    const char *text;
    unsigned bits;
    int32_t fg, bg;
    bool plain, any_colour;
};

// Every cell of the text looks so.
static bool looks_so(struct screen *s, void *self)
{
    const struct looking *l = self;
    int y, x, end;

    if (!screen_find(s, l->text, 1, &y, &x))
        return false;
    end = x + text_width(l->text);
    for (; x < end; x++) {
        struct screen_cell c = screen_cell(s, y, x);

        if ((l->plain && c.bits) || (c.bits & l->bits) != l->bits)
            return false;
        if (!l->any_colour && (c.fg != l->fg || c.bg != l->bg))
            return false;
    }
    return true;
}

static bool step_look(struct script *sc, const struct line *line, struct err *e)
{
    struct looking l = {.text = script_word(line, 1), .any_colour = true};

    for (size_t i = 2; i < line->n; i++) {
        unsigned bit = saved_bit(script_word(line, i));

        if (!bit && !str_eq(script_word(line, i), "plain"))
            return line_fault(e, &line->words[i], "there is no look \"%s\"", script_word(line, i));
        l.bits |= bit;
        l.plain = l.plain || !bit;
    }
    if (!screen_until(sc->screen, looks_so, &l))
        screen_fail(sc->screen, "\"%s\" does not look so", l.text);
    return true;
}

// "default", 0-255 or #rrggbb.
static bool colour(const struct word *w, int32_t *out, struct err *e)
{
    long long n;
    unsigned rgb;

    if (str_eq(w->text, "default"))
        *out = SCREEN_DEFAULT;
    else if (w->text[0] == '#' && sscanf(w->text + 1, "%6x", &rgb) == 1)
        *out = (int32_t)(SCREEN_RGB | rgb);
    else if (str_int64(w->text, &n) && n >= 0 && n < 256)
        *out = (int32_t)n;
    else
        return line_fault(e, w, "\"%s\" is no colour", w->text);
    return true;
}

static bool step_colour(struct script *sc, const struct line *line, struct err *e)
{
    struct looking l = {.text = script_word(line, 1)};

    if (!colour(&line->words[2], &l.fg, e) || !colour(&line->words[3], &l.bg, e))
        return false;
    if (!screen_until(sc->screen, looks_so, &l))
        screen_fail(sc->screen, "\"%s\" has other colours", l.text);
    return true;
}

static bool has_title(struct screen *s, void *self)
{
    return strstr(screen_title(s), self) != NULL;
}

static bool step_title(struct script *sc, const struct line *line, struct err *e)
{
    (void)e;
    if (!screen_until(sc->screen, has_title, line->words[1].text))
        screen_fail(sc->screen, "the title is \"%s\"", screen_title(sc->screen));
    return true;
}

static bool has_copied(struct screen *s, void *self)
{
    char *text = screen_clipboard(s);
    bool has = strstr(text, self) != NULL;

    free(text);
    return has;
}

static bool step_clipboard(struct script *sc, const struct line *line, struct err *e)
{
    (void)e;
    if (!screen_until(sc->screen, has_copied, line->words[1].text))
        screen_fail(sc->screen, "the clipboard holds \"%s\"", screen_clipboard(sc->screen));
    return true;
}

// For whoever writes a script.
static bool step_show(struct script *sc, const struct line *line, struct err *e)
{
    char *text;

    (void)line;
    (void)e;
    screen_quiet(sc->screen);
    text = screen_text(sc->screen);
    (void)printf("%s----\n", text);
    (void)fflush(stdout);
    free(text);
    return true;
}

static const char *title_of(const struct line *line)
{
    return line->n > 2 ? script_word(line, 2) : "";
}

static bool step_shot(struct script *sc, const struct line *line, struct err *e)
{
    (void)e;
    if (sc->order->camera)
        sc->order->camera->shot(sc->order->self, sc->screen, script_word(line, 1), title_of(line));
    return true;
}

static bool step_film(struct script *sc, const struct line *line, struct err *e)
{
    (void)e;
    if (sc->order->camera)
        sc->order->camera->film(sc->order->self, script_word(line, 1), title_of(line));
    return true;
}

static bool seconds_of(const struct line *line, double *out, struct err *e)
{
    return (str_double(script_word(line, 1), out) && *out > 0) ||
           line_fault(e, &line->words[1], "these are no seconds");
}

static bool step_frame(struct script *sc, const struct line *line, struct err *e)
{
    double seconds;

    if (!seconds_of(line, &seconds, e))
        return false;
    screen_quiet(sc->screen);
    if (sc->order->camera)
        sc->order->camera->frame(sc->order->self, sc->screen, seconds);
    return true;
}

// Each key a frame of its own.
static bool step_slowly(struct script *sc, const struct line *line, struct err *e)
{
    double seconds;

    if (!seconds_of(line, &seconds, e))
        return false;
    for (const char *p = script_word(line, 2); *p; p++) {
        char key[2] = {*p, '\0'};

        screen_type(sc->screen, key);
        screen_quiet(sc->screen);
        if (sc->order->camera)
            sc->order->camera->frame(sc->order->self, sc->screen, seconds);
    }
    return true;
}

const struct script_step script_eye_steps[] = {
    {"wait", "TEXT", 1, 1, true, step_wait},
    {"gone", "TEXT", 1, 1, true, step_gone},
    {"match", "REGEX", 1, 1, true, step_match},
    {"row", "TEXT TEXT", 2, 2, true, step_row},
    {"cursor", "TEXT", 1, 1, true, step_cursor},
    {"see", "NAME", 1, 1, true, step_see},
    {"see-looks", "NAME", 1, 1, true, step_see_looks},
    {"mask", "REGEX [INSTEAD]", 1, 2, false, step_mask},
    {"look", "TEXT bold|dim|italic|underline|reverse|blink|plain...", 2, -1, true, step_look},
    {"colour", "TEXT FG BG", 3, 3, true, step_colour},
    {"title", "TEXT", 1, 1, true, step_title},
    {"clipboard", "TEXT", 1, 1, true, step_clipboard},
    {"show", "", 0, 0, true, step_show},
    {"shot", "NAME [TITLE]", 1, 2, true, step_shot},
    {"frame", "SECONDS", 1, 1, true, step_frame},
    {"slowly", "SECONDS TEXT", 2, 2, true, step_slowly},
    {"film", "NAME [TITLE]", 1, 2, true, step_film},
    {NULL, NULL, 0, 0, false, NULL},
};
