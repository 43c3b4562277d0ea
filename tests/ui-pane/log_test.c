// The log and a request in full: lines, failures, copying as curl, finding, without secrets.
#include "ui-pane/stage.h"

static int set_up(void **state)
{
    static struct office office;

    office_open(&office, (const char *const[]){"--unlimited", "--faults", "", NULL});
    *state = &office;
    return 0;
}

static int tear_down(void **state)
{
    office_close(*state);
    return 0;
}

static struct desk *open_log(const struct office *o, struct host *h)
{
    struct desk *d = office_ready(o);

    stage_search(d, (const char *const[]){"Management level=VP Level Execs", NULL});
    stage_open(h, d, &pane_log);
    return d;
}

static void leave(struct host *h, struct desk *d)
{
    stage_close(h);
    desk_close(d);
}

static void test_lines(void **state)
{
    struct host h;
    struct desk *d = open_log(*state, &h);
    struct str status = {0};

    assert_int_equal(stage_find(&h, "/search/contact"), 1); // the newest first
    SHOWS(&h, "POST /authenticate");
    SHOWS(&h, "   200 ");
    stage_draw(&h, LARGE_H, LARGE_W);
    SHOWS(&h, "Request id");
    SHOWS(&h, "Why no answer");
    pane_log.status(h.pane, &status);
    assert_non_null(strstr(str_text(&status), " kept"));
    str_free(&status);
    DO(&h, "copy-cell");
    assert_int_equal(strlen(h.copied), 36);
    leave(&h, d);
}

static void test_nothing_sent(void **state)
{
    struct desk *d = desk_open(&(struct desk_config){.rate = -1});
    struct host h;

    (void)state;
    stage_open(&h, d, &pane_log);
    SHOWS(&h, "No request was sent yet");
    REFUSED(&h, "choose", "no request here");
    REFUSED(&h, "copy-body", "no request here");
    host_popup(&h, pane_request.open(d, &h));
    stage_draw(&h, USUAL_H, 74);
    SHOWS(&h, "No request was sent yet");
    REFUSED(&h, "copy-request", "not kept");
    leave(&h, d);
}

// New lines come on top; the cursor stays with its request, but for the newest, which it follows.
static void test_the_cursor_stays(void **state)
{
    struct host h;
    struct desk *d = open_log(*state, &h);
    struct trace_line before, after;

    DO(&h, "down");
    assert_true(trace_line(d->trace, 1, &before));
    stage_search(d, NULL);
    stage_draw(&h, USUAL_H, USUAL_W);
    DO(&h, "choose");
    assert_true(trace_line(d->trace, 0, &after));
    assert_true(after.number > before.number + 1);
    stage_draw(&h, USUAL_H, 108);
    SHOWS(&h, before.path);
    stage_close_popup(&h);
    DO(&h, "top");
    stage_search(d, NULL);
    stage_draw(&h, USUAL_H, USUAL_W);
    assert_int_equal(h.canvas.cursor_y, 1);
    leave(&h, d);
}

static void test_a_request(void **state)
{
    struct host h;
    struct desk *d = open_log(*state, &h);

    DO(&h, "choose");
    stage_draw(&h, USUAL_H, 108);
    SHOWS(&h, "Authorization: Bearer $TOKEN");
    SHOWS(&h, "\"managementLevel\": \"VP Level Exec\"");
    SHOWS(&h, "HTTP 200 in ");
    DO(&h, "find lastname");
    stage_draw(&h, USUAL_H, 108);
    SHOWS(&h, "\"lastName\":");
    DO(&h, "find-next");
    DO(&h, "find-prev");
    DO(&h, "bottom");
    DO(&h, "copy-request");
    assert_true(str_starts(h.copied, "curl "));
    assert_non_null(strstr(h.copied, "$TOKEN"));
    DO(&h, "copy-body");
    assert_true(str_starts(h.copied, "{"));
    assert_non_null(strstr(h.copied, "lastName"));
    DO(&h, "copy-cell");
    assert_non_null(strstr(h.copied, "HTTP 200"));
    stage_close_popup(&h);
    DO(&h, "copy-request");
    assert_true(str_starts(h.copied, "curl "));
    leave(&h, d);
}

static void test_sign_ins_stay_secret(void **state)
{
    struct host h;
    struct desk *d = open_log(*state, &h);

    DO(&h, "bottom");
    DO(&h, "choose");
    stage_draw(&h, USUAL_H, 108);
    SHOWS(&h, "/authenticate");
    SHOWS(&h, "never kept");
    SHOWS_NOT(&h, "\"jwt\"");
    REFUSED(&h, "copy-body", "not kept");
    leave(&h, d);
}

// Under the privacy mask what went and came is hidden; the heads stay.
static void test_privacy(void **state)
{
    struct host h;
    struct desk *d = open_log(*state, &h);

    DO(&h, "choose");
    stage_draw(&h, USUAL_H, 108);
    SHOWS(&h, "\"managementLevel\"");
    desk_set_privacy(d, true);
    stage_draw(&h, USUAL_H, 108);
    SHOWS(&h, "open it again");
    SHOWS_NOT(&h, "managementLevel");
    REFUSED(&h, "copy-cell", "hidden");
    stage_close_popup(&h);
    DO(&h, "choose");
    stage_draw(&h, LARGE_H, 108);
    SHOWS(&h, "/search/contact");
    SHOWS(&h, "hidden while people's values are masked");
    SHOWS(&h, "HTTP 200 in ");
    SHOWS(&h, "X-Request-Id");
    SHOWS_NOT(&h, "managementLevel");
    SHOWS_NOT(&h, "lastName");
    desk_set_privacy(d, false);
    leave(&h, d);
}

static void test_failures(void **state)
{
    const struct office *o = *state;
    struct host h;
    struct desk *d = open_log(o, &h);

    server_faults(o->server, "/search/contact 400");
    stage_search(d, NULL);
    server_faults(o->server, "");
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS(&h, "   400 ");
    SHOWS(&h, "!"); // not by colour alone
    leave(&h, d);
}

static void test_mouse(void **state)
{
    struct host h;
    struct desk *d = open_log(*state, &h);

    assert_true(stage_mouse(&h, MOUSE_PRESS, 2, 10));
    stage_draw(&h, USUAL_H, USUAL_W);
    assert_int_equal(h.canvas.cursor_y, 2);
    assert_true(stage_mouse(&h, MOUSE_DOUBLE, 1, 10));
    assert_int_equal(h.n_popups, 1);
    assert_true(stage_mouse(&h, MOUSE_WHEEL_DOWN, 5, 5));
    leave(&h, d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_nothing_sent),
        cmocka_unit_test(test_the_cursor_stays),
        cmocka_unit_test(test_a_request),
        cmocka_unit_test(test_sign_ins_stay_secret),
        cmocka_unit_test(test_privacy),
        cmocka_unit_test(test_failures),
        cmocka_unit_test(test_mouse),
    };

    return cmocka_run_group_tests_name("ui-pane/log", tests, set_up, tear_down);
}
