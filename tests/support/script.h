// Scripts for a program in a terminal: lines of steps, as tests/screen/README.md describes them.
// One at a time. Tests.
#ifndef TESTS_SUPPORT_SCRIPT_H
#define TESTS_SUPPORT_SCRIPT_H

#include <stdbool.h>

#include "support/screen.h"

struct script_order {
    const char *path;
    bool record; // write the saved screens instead of comparing with them
    // What `shot NAME TITLE` does; NULL: nothing.
    void (*shot)(void *self, const struct screen *s, const char *name, const char *title);
    void *self;
};

// Runs it in a home of its own. Fails the test, with file and line, where a step fails.
void script_run(const struct script_order *order);

#endif
