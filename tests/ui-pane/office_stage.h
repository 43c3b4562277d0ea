// A sandbox of the test's own, whose faults may be set, and the end of a desk at it. Tests.
#ifndef TESTS_UI_PANE_OFFICE_STAGE_H
#define TESTS_UI_PANE_OFFICE_STAGE_H

#include "ui-pane/stage.h"

static inline int set_up(void **state)
{
    static struct office office;

    office_open(&office, (const char *const[]){"--unlimited", "--faults", "", NULL});
    *state = &office;
    return 0;
}

static inline int tear_down(void **state)
{
    office_close(*state);
    return 0;
}

static const char *const vps[] = {"Management level=VP Level Execs", NULL};

static inline void leave(struct host *h, struct desk *d)
{
    stage_close(h);
    (void)desk_marks_clear(d);
    desk_close(d);
}

#endif
