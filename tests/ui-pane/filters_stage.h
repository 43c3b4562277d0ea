// The filters pane over a sandbox of the test's own, and what its tests do again and again. Main
// thread. Tests.
#ifndef TESTS_UI_PANE_FILTERS_STAGE_H
#define TESTS_UI_PANE_FILTERS_STAGE_H

#include "ui-pane/stage.h"

static inline int set_up(void **state)
{
    static struct office office;

    office_open(&office, (const char *const[]){"--unlimited", "--companies=2000",
                                               "--contacts=20000", "--faults", "", NULL});
    *state = &office;
    return 0;
}

static inline int tear_down(void **state)
{
    office_close(*state);
    return 0;
}

static inline struct desk *open_filters(const struct office *o, struct host *h)
{
    struct desk *d = office_ready(o);

    desk_set_live_count(d, false);
    stage_open(h, d, &pane_filters);
    return d;
}

static inline void leave(struct host *h, struct desk *d)
{
    stage_close(h);
    desk_filters_clear(d);
    desk_entity(d, &entity_contact);
    desk_close(d);
}

static inline const char *filter(const struct desk *d, const char *name)
{
    return desk_filter_get(d, entity_input(d->filters.entity, name, BOUND_NONE));
}

// The cursor on the row with this label.
static inline void go_to(struct host *h, const char *label)
{
    struct str s = {0};

    DO(h, "top");
    for (int i = 0; i < 60; i++) {
        stage_draw(h, LARGE_H, USUAL_W);
        assert_true(h->canvas.cursor_y >= 0);
        str_clear(&s);
        canvas_line(&h->canvas, h->canvas.cursor_y, &s);
        if (strstr(str_text(&s), label)) {
            str_free(&s);
            return;
        }
        DO(h, "down");
    }
    str_free(&s);
    fail_msg("there is no row \"%s\"", label);
}

static inline void open_values(struct host *h, const char *label)
{
    go_to(h, label);
    DO(h, "choose");
    assert_int_equal(h->n_popups, 1);
    h->canvas.h = USUAL_H;
}

#endif
