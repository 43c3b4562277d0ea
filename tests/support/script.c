// Reads and runs scripts. One at a time. Tests.
#include "support/script.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "support/script_inside.h"
#include "support/test.h"

enum { SCRIPT_MAX = 1 << 20, DEPTH_MAX = 4 };

static const struct script_step *const tables[] = {script_life_steps, script_hand_steps,
                                                   script_eye_steps};

static const struct script_step *find_step(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
        for (const struct script_step *s = tables[i]; s->name; s++) {
            if (str_eq(s->name, name))
                return s;
        }
    }
    return NULL;
}

bool script_step(struct script *sc, const struct line *line, struct err *e)
{
    const struct script_step *step = find_step(line->words[0].text);
    int args = (int)line->n - 1;

    if (!step)
        return line_fault(e, &line->words[0], "there is no step \"%s\"", line->words[0].text);
    if (args < step->min || (step->max >= 0 && args > step->max))
        return line_fault(e, &line->words[0], "usage: %s %s", step->name, step->args);
    if (step->needs_screen && !sc->screen)
        return line_fault(e, &line->words[0], "nothing was started yet");
    return step->run(sc, line, e);
}

static bool run_line(void *self, const struct line *line, struct err *e)
{
    struct script *sc = self;
    char *note = str_format("%s:%d: ", sc->file, line->number);
    bool ok;

    if (sc->screen)
        screen_note(sc->screen, note);
    free(note);
    ok = script_step(sc, line, e);
    return ok;
}

static void told_fault(void *self, const char *sentence)
{
    (void)self;
    (void)fprintf(stderr, "%s\n", sentence);
    fail();
}

void script_read(struct script *sc, const char *path)
{
    struct line_reader reader = {sc, run_line, told_fault};
    const char *before = sc->file;
    struct str text = {0};
    struct err e;

    if (++sc->depth > DEPTH_MAX)
        fail_msg("%s: parts within parts within parts", path);
    if (!file_read(path, SCRIPT_MAX, &text, &e))
        fail_msg("%s", e.text);
    sc->file = path;
    (void)lines_read(path, str_text(&text), &reader);
    sc->file = before;
    sc->depth--;
    str_free(&text);
}

static char *stem(const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');

    return mem_strndup(name, dot ? (size_t)(dot - name) : strlen(name));
}

void script_run(const struct script_order *order)
{
    const char *slash = strrchr(order->path, '/');
    struct script sc = {
        .order = order, .file = order->path, .h = 24, .w = 80, .program = LODE_BINARY};

    sc.folder = slash ? mem_strndup(order->path, (size_t)(slash - order->path)) : mem_strdup(".");
    sc.name = stem(order->path);
    sc.home = home_make();
    sc.masks = masks_usual();
    script_read(&sc, order->path);
    if (sc.screen && !pty_ended(screen_pty(sc.screen)))
        screen_fail(sc.screen, "%s ends, and the program has not ended", order->path);
    screen_free(sc.screen);
    home_remove(&sc.home);
    masks_free(&sc.masks);
    for (size_t i = 0; i < sc.env.len; i++)
        free(sc.env.items[i]);
    vec_free(&sc.env);
    free(sc.folder);
    free(sc.name);
}
