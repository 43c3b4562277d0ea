// Steps of scripts: what a person does. One at a time. Tests.
#include <stdlib.h>
#include <string.h>

#include "support/script_inside.h"

enum { SCROLLS = 500 };

struct place {
    int y, x;
};

struct finding {
    const char *text;
    int nth;
    struct place at;
};

static bool find(struct screen *s, void *self)
{
    struct finding *f = self;

    return screen_find(s, f->text, f->nth, &f->at.y, &f->at.x);
}

// A word that is a number and was not quoted.
static bool is_number(const struct line *line, size_t i, int *out)
{
    long long n;
    const char *text = i < line->n ? script_word(line, i) : "";

    if (i >= line->n || line->words[i].quoted || !str_int64(text + (*text == '+'), &n) || n > 1000)
        return false;
    *out = (int)n;
    return true;
}

static bool has_mouse(struct screen *s, void *self)
{
    (void)self;
    return screen_modes(s).mouse;
}

// "ROW COLUMN", or TEXT, then maybe "@2" (its second place) and "+3" or "-3" (columns from there).
// *i: the first word, and then the one after. Waits until the text is there, and rests: what still
// scrolls is somewhere else by the time of the click.
static struct place place(struct script *sc, const struct line *line, size_t *i)
{
    struct finding f = {.nth = 1};
    int shift;

    if (!screen_until(sc->screen, has_mouse, NULL))
        screen_fail(sc->screen, "the program does not ask for the mouse");
    if (is_number(line, *i, &f.at.y) && is_number(line, *i + 1, &f.at.x)) {
        screen_quiet(sc->screen);
        *i += 2;
        return f.at;
    }
    f.text = script_word(line, (*i)++);
    if (*i < line->n && script_word(line, *i)[0] == '@' && !line->words[*i].quoted)
        f.nth = atoi(script_word(line, (*i)++) + 1);
    if (!screen_until(sc->screen, find, &f))
        screen_fail(sc->screen, "\"%s\" is not there to be clicked at", f.text);
    screen_quiet(sc->screen);
    if (!screen_until(sc->screen, find, &f))
        screen_fail(sc->screen, "\"%s\" is not there any more", f.text);
    if (*i < line->n && strchr("+-", script_word(line, *i)[0]) && is_number(line, *i, &shift)) {
        f.at.x += shift;
        ++*i;
    }
    return f.at;
}

static bool all_read(const struct line *line, size_t i, struct err *e)
{
    return i >= line->n || line_fault(e, &line->words[i], "what is this for?");
}

static bool step_key(struct script *sc, const struct line *line, struct err *e)
{
    for (size_t i = 1; i < line->n; i++) {
        if (!screen_key_known(script_word(line, i)))
            return line_fault(e, &line->words[i], "there is no key \"%s\"", script_word(line, i));
        screen_key(sc->screen, script_word(line, i));
    }
    return true;
}

static bool step_type(struct script *sc, const struct line *line, struct err *e)
{
    char *text = mem_strdup(script_word(line, 1));

    (void)e;
    for (char *p = text; *p; p++)
        *p = *p == '\n' ? '\r' : *p; // as the Enter key does
    screen_type(sc->screen, text);
    free(text);
    return true;
}

static bool step_paste(struct script *sc, const struct line *line, struct err *e)
{
    (void)e;
    screen_paste(sc->screen, script_word(line, 1));
    return true;
}

static bool step_click(struct script *sc, const struct line *line, struct err *e)
{
    size_t i = 1;
    struct place at = place(sc, line, &i);

    screen_click(sc->screen, at.y, at.x,
                 str_eq(script_word(line, 0), "right-click") ? BUTTON_RIGHT : BUTTON_LEFT);
    return all_read(line, i, e);
}

static bool step_double(struct script *sc, const struct line *line, struct err *e)
{
    size_t i = 1;
    struct place at = place(sc, line, &i);

    screen_double_click(sc->screen, at.y, at.x);
    return all_read(line, i, e);
}

static bool step_drag(struct script *sc, const struct line *line, struct err *e)
{
    size_t i = 1;
    struct place from = place(sc, line, &i), to;

    if (i + 1 >= line->n || !str_eq(script_word(line, i), "to"))
        return line_fault(e, &line->words[line->n - 1], "\"to\" and a place are missing");
    i++;
    to = place(sc, line, &i);
    screen_drag(sc->screen, from.y, from.x, to.y, to.x);
    return all_read(line, i, e);
}

static bool step_wheel(struct script *sc, const struct line *line, struct err *e)
{
    size_t i = 1;
    struct place at = place(sc, line, &i);
    int steps = 1;

    if (i >= line->n ||
        !(str_eq(script_word(line, i), "up") || str_eq(script_word(line, i), "down")))
        return line_fault(e, &line->words[line->n - 1], "\"up\" or \"down\" is missing");
    if (is_number(line, i + 1, &steps) && !all_read(line, i + 2, e))
        return false;
    screen_wheel(sc->screen, at.y, at.x, str_eq(script_word(line, i), "up") ? -steps : steps);
    return true;
}

// One notch of the wheel at a time, until the text is shown.
static bool step_scroll(struct script *sc, const struct line *line, struct err *e)
{
    size_t i = 1;
    struct place at = place(sc, line, &i);
    int step, y, x;

    if (i + 2 != line->n ||
        !(str_eq(script_word(line, i), "up") || str_eq(script_word(line, i), "down")))
        return line_fault(e, &line->words[0], "usage: scroll PLACE up|down TEXT");
    step = str_eq(script_word(line, i), "up") ? -1 : 1;
    for (int n = 0; !screen_find(sc->screen, script_word(line, i + 1), 1, &y, &x); n++) {
        if (n == SCROLLS)
            screen_fail(sc->screen, "scrolling does not bring \"%s\"", script_word(line, i + 1));
        screen_wheel(sc->screen, at.y, at.x, step);
        screen_quiet(sc->screen);
    }
    return true;
}

// A key (^L where none is named) again and again once the text is there, until it is gone: messages
// stay until they can have been read.
static bool step_dismiss(struct script *sc, const struct line *line, struct err *e)
{
    const char *key = line->n > 2 ? script_word(line, 2) : "C-l";
    bool mouse = str_eq(key, "click");
    int y, x;

    if (!mouse && !screen_key_known(key))
        return line_fault(e, &line->words[2], "there is no key \"%s\"", key);
    screen_wait(sc->screen, script_word(line, 1));
    screen_quiet(sc->screen);
    for (int n = 0; screen_find(sc->screen, script_word(line, 1), 1, &y, &x); n++) {
        if (n == SCROLLS)
            screen_fail(sc->screen, "\"%s\" does not go", script_word(line, 1));
        if (mouse)
            screen_click(sc->screen, y, x, BUTTON_LEFT);
        else
            screen_key(sc->screen, key);
        screen_quiet(sc->screen);
    }
    return true;
}

// Keys (q where none are named) and then the end of the program, whatever its status.
static bool step_quit(struct script *sc, const struct line *line, struct err *e)
{
    if (line->n == 1)
        screen_key(sc->screen, "q");
    if (!step_key(sc, line, e))
        return false;
    (void)screen_end(sc->screen);
    return true;
}

static bool step_quiet(struct script *sc, const struct line *line, struct err *e)
{
    (void)line;
    (void)e;
    screen_quiet(sc->screen);
    return true;
}

const struct script_step script_hand_steps[] = {
    {"key", "KEY...", 1, -1, true, step_key},
    {"type", "TEXT", 1, 1, true, step_type},
    {"paste", "TEXT", 1, 1, true, step_paste},
    {"click", "PLACE", 1, -1, true, step_click},
    {"right-click", "PLACE", 1, -1, true, step_click},
    {"double-click", "PLACE", 1, -1, true, step_double},
    {"drag", "PLACE to PLACE", 3, -1, true, step_drag},
    {"wheel", "PLACE up|down [N]", 2, -1, true, step_wheel},
    {"scroll", "PLACE up|down TEXT", 3, -1, true, step_scroll},
    {"dismiss", "TEXT [KEY|click]", 1, 2, true, step_dismiss},
    {"quit", "[KEY...]", 0, -1, true, step_quit},
    {"quiet", "", 0, 0, true, step_quiet},
    {NULL, NULL, 0, 0, false, NULL},
};
