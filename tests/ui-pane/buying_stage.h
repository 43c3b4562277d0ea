// A purchase, for the panes that show what came of it. Tests.
#ifndef TESTS_UI_PANE_BUYING_STAGE_H
#define TESTS_UI_PANE_BUYING_STAGE_H

#include "ui-pane/office_stage.h"

// Buys rows first..first+n-1 of a search; ended: it has come to its end.
static inline void buy(struct desk *d, size_t first, size_t n, bool ended)
{
    struct err e;

    stage_search(d, NULL);
    (void)desk_marks_clear(d);
    assert_int_equal(desk_mark(d, first, first + n - 1, true), n);
    assert_true(desk_quote(d, NULL, &e));
    DESK_WAIT(d, d->buying.state == BUYING_QUOTED);
    assert_true(desk_lock(d, false, &e));
    assert_true(desk_buy(d, (long long)n, 0, &e));
    if (ended)
        DESK_WAIT(d, d->buying.state == BUYING_DONE || d->buying.state == BUYING_FAILED);
}

#endif
