// Scripts for a program in a terminal: lines of steps, as tests/screen/README.md describes them.
// One at a time. Tests.
#ifndef TESTS_SUPPORT_SCRIPT_H
#define TESTS_SUPPORT_SCRIPT_H

#include <stdbool.h>

#include "support/screen.h"

struct script_camera {
    void (*shot)(void *self, const struct screen *s, const char *name, const char *title);
    void (*frame)(void *self, const struct screen *s, double seconds);
    void (*film)(void *self, const char *name, const char *title);
};

struct script_order {
    const char *path;
    bool record; // write the saved screens instead of comparing with them
    // Pictures, where they are made; else NULL. `shot NAME TITLE`: a picture; `frame SECONDS`: a
    // frame of a film; `film NAME TITLE`: the end of the film.
    const struct script_camera *camera;
    void *self; // of the camera
};

// Runs it in a home of its own. Fails the test, with file and line, where a step fails.
void script_run(const struct script_order *order);

#endif
