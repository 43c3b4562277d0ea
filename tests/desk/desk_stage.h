// One desk, signed in to a sandbox of the program's own, for all its tests. Main thread. Tests.
#ifndef TESTS_DESK_DESK_STAGE_H
#define TESTS_DESK_DESK_STAGE_H

#include "support/test.h"

#include <stdlib.h>
#include <string.h>

#include "support/desk.h"

struct state {
    struct office office;
    struct desk *desk;
};

static inline int open_desk(void **state, const char *const *options)
{
    static struct state s;

    office_open(&s.office, options);
    s.desk = office_ready(&s.office);
    *state = &s;
    return 0;
}

static inline int tear_down(void **state)
{
    struct state *s = *state;

    desk_close(s->desk);
    office_close(&s->office);
    return 0;
}

#endif
