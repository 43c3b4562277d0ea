// Drawing a pane or a popup again allocates nothing: counted by the address sanitizer's hook, on
// this thread alone; skipped in builds without it.
#include "ui-pane/stage.h"

#include "ui/pane/fields_picker.h"
#include "ui/pane/input_picker.h"
#include "ui/pane/value_picker.h"

static _Thread_local bool counting;
static _Thread_local size_t allocations;

void __sanitizer_malloc_hook(const volatile void *p, size_t size);
void __sanitizer_malloc_hook(const volatile void *p, size_t size)
{
    (void)p;
    (void)size;
    allocations += counting;
}

static int set_up(void **state)
{
    static struct office office;

    office_open(&office, (const char *const[]){"--unlimited", NULL});
    *state = &office;
    return 0;
}

static int tear_down(void **state)
{
    office_close(*state);
    return 0;
}

// Draws what is on top, at this size, once it was drawn so already.
static void draw_again(struct host *h, int height, int width)
{
    struct pane *p = stage_top(h);
    struct area a;

    stage_draw(h, height, width);
    a = canvas_area(&h->canvas);
    allocations = 0;
    counting = true;
    p->ops->draw(p, a, true);
    counting = false;
    if (allocations)
        fail_msg("%s allocated %zu times while it was drawn again", p->ops->name, allocations);
}

static void draw_sizes(struct host *h)
{
    draw_again(h, USUAL_H, USUAL_W);
    draw_again(h, SMALL_H, SMALL_W);
    draw_again(h, LARGE_H, LARGE_W);
}

static void chosen(struct pane *owner, const struct input *input)
{
    (void)owner;
    (void)input;
}

// A desk where every pane has something to show.
static struct desk *busy_desk(const struct office *o)
{
    struct desk *d = office_ready(o);
    struct err e;

    stage_search(d, (const char *const[]){"Management level=VP Level Execs",
                                          "Management level!=Director", "State=ny", "Country=us",
                                          NULL});
    (void)desk_mark(d, 0, 9, true);
    assert_true(desk_quote(d, NULL, &e));
    desk_detail(d, table_id(d->results.table, 0));
    desk_refresh_usage(d);
    DESK_WAIT(d, d->buying.state == BUYING_QUOTED && d->marks.summed && !d->detail.asked &&
                     d->ledger.known);
    return d;
}

static void test_panes(void **state)
{
    static const struct pane_ops *const panes[] = {
        &pane_filters, &pane_results, &pane_detail, &pane_quote,  &pane_usage,   &pane_jobs,
        &pane_log,     &pane_welcome, &pane_doctor, &pane_export, &pane_columns, &pane_request};
    struct desk *d = busy_desk(*state);
    void *volatile p;

    counting = true;
    p = malloc(1);
    counting = false;
    free(p);
    for (size_t i = 0; allocations && i < ARRAY_LEN(panes); i++) {
        struct host h;

        stage_open(&h, d, panes[i]);
        draw_sizes(&h);
        stage_close(&h);
    }
    (void)desk_marks_clear(d);
    desk_close(d);
}

static void test_popups(void **state)
{
    struct desk *d = busy_desk(*state);
    const struct input *level = entity_input(d->filters.entity, "managementLevel", BOUND_NONE);
    struct host h;

    stage_open(&h, d, &pane_filters);
    host_popup(&h, value_picker_open(d, &h, level));
    STAGE_WAIT(&h, desk_list(d, "managementLevel")->there);
    draw_sizes(&h);
    stage_close_popup(&h);
    host_popup(&h, input_picker_open(d, &h, chosen, h.pane));
    draw_sizes(&h);
    stage_close_popup(&h);
    host_popup(&h, fields_picker_open(d, &h));
    STAGE_WAIT(&h, desk_fields(d, &entity_contact)->there);
    draw_sizes(&h);
    stage_close(&h);
    (void)desk_marks_clear(d);
    desk_close(d);
}

// Jobs of which each has more to say than the one above it.
static void invent_jobs(struct desk *d, size_t n)
{
    static const char reason[] = "a long story of what became of it and why it had to be stopped; "
                                 "of a meter that moved, of a network that did not answer, and of "
                                 "somebody who asked for it";

    d->jobs.items = mem_regrow(d->jobs.items, n, sizeof(*d->jobs.items));
    d->jobs.n = n;
    for (size_t i = 0; i < n; i++) {
        d->jobs.items[i] = (struct job_info){0};
        d->jobs.items[i].row = (struct job_row){.id = (int64_t)i + 1,
                                                .name = "invented",
                                                .entity = "contact",
                                                .fields = "",
                                                .reason = reason + sizeof(reason) - 1 - i * 9,
                                                .origin = "",
                                                .file.path = "",
                                                .state = JOB_PAUSED,
                                                .n = 10};
    }
    d->jobs_read++;
}

static void test_the_cursor_moves_in_jobs(void **state)
{
    enum { JOBS = 18 };
    struct desk *d = office_ready(*state);
    struct host h;

    DESK_WAIT(d, d->ledger.known);
    stage_open(&h, d, &pane_jobs);
    STAGE_WAIT(&h, desk_rests(d)); // nothing comes in the place of what is invented
    invent_jobs(d, JOBS);
    for (size_t i = 0; i < JOBS; i++) {
        struct area a;

        // The second half of them with what is said in a column of its own.
        stage_draw(&h, 10, i < JOBS / 2 ? USUAL_W : LARGE_W);
        a = canvas_area(&h.canvas);
        DO(&h, "down");
        allocations = 0;
        counting = true;
        h.pane->ops->draw(h.pane, a, true);
        counting = false;
        if (allocations)
            fail_msg("row %zu: %zu allocations while it was drawn", i, allocations);
    }
    d->jobs.n = 0;
    d->jobs_read++;
    stage_close(&h);
    desk_close(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_panes),
        cmocka_unit_test(test_popups),
        cmocka_unit_test(test_the_cursor_moves_in_jobs),
    };

    return cmocka_run_group_tests_name("ui-pane/allocation", tests, set_up, tear_down);
}
