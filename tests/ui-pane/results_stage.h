// The results pane over rows of a sandbox of the test's own. Main thread. Tests.
#ifndef TESTS_UI_PANE_RESULTS_STAGE_H
#define TESTS_UI_PANE_RESULTS_STAGE_H

#include "ui-pane/office_stage.h"

// A desk with a search that was run, and the pane on it.
static inline struct desk *open_rows(const struct office *o, struct host *h,
                                     const char *const *where)
{
    struct desk *d = office_ready(o);

    stage_search(d, where);
    stage_open(h, d, &pane_results);
    return d;
}

// Where it begins.
static inline int heading_at(const struct host *h, const char *heading)
{
    struct str line = {0};
    const char *at;
    int x;

    canvas_line(&h->canvas, 0, &line);
    at = strstr(str_text(&line), heading);
    x = at ? (int)(at - str_text(&line)) : -1;
    str_free(&line);
    assert_true(x >= 0);
    return x;
}

#endif
