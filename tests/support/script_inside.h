// The inside of a running script, for script*.c alone. Tests.
#ifndef TESTS_SUPPORT_SCRIPT_INSIDE_H
#define TESTS_SUPPORT_SCRIPT_INSIDE_H

#include "base/line.h"
#include "base/vec.h"
#include "support/saved.h"
#include "support/script.h"

struct script {
    const struct script_order *order;
    char *folder, *name; // of the script: saved screens are FOLDER/saved/NAME.*
    const char *file;    // being read: the script, or a part of it
    struct home home;
    struct screen *screen; // NULL before the first start
    bool running;
    int h, w, depth;
    double deadline_s; // 0: the usual
    const char *program;
    VEC(char *) env;
    struct masks masks;
};

// A step: line->words[0] is its name. false with *e where the line is wrong; a step that does not
// come true fails the test itself.
struct script_step {
    const char *name, *args;
    int min, max; // arguments; -1: as many as there are
    bool needs_screen;
    bool (*run)(struct script *sc, const struct line *line, struct err *e);
};

extern const struct script_step script_life_steps[], script_hand_steps[], script_eye_steps[];

// Reads a file of steps; fails the test at the first that is wrong.
void script_read(struct script *sc, const char *path);
bool script_step(struct script *sc, const struct line *line, struct err *e);

static inline const char *script_word(const struct line *line, size_t i)
{
    return line->words[i].text;
}

#endif
