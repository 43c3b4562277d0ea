// The welcome pane: the sandbox, signing in, failures with their mend, a password that is never
// shown.
#include "ui-pane/stage.h"

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

static struct desk *open_welcome(struct host *h)
{
    struct desk *d = desk_open(&(struct desk_config){.rate = -1});

    stage_open(h, d, &pane_welcome);
    return d;
}

static void leave(struct host *h, struct desk *d)
{
    stage_close(h);
    desk_close(d);
}

// Text into the field under the cursor, which then moves on.
static void fill(struct host *h, const char *text)
{
    DO(h, "choose");
    assert_true(pane_welcome.typing(h->pane));
    stage_type(h, text);
    DO(h, "choose");
    assert_false(pane_welcome.typing(h->pane));
}

static void test_what_it_is(void **state)
{
    static const int sizes[][2] = {
        {USUAL_H, USUAL_W}, {SMALL_H - 4, SMALL_W}, {LARGE_H, LARGE_W}, {20, 40}};
    struct host h;
    struct desk *d = open_welcome(&h);

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        stage_draw(&h, sizes[i][0], sizes[i][1]);
        SHOWS(&h, "Lode explores");
        SHOWS(&h, "> Sandbox");
        SHOWS(&h, "Sign in");
    }
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS(&h, "? help");
    leave(&h, d);
}

static void test_the_sandbox(void **state)
{
    struct host h;
    struct desk *d = open_welcome(&h);

    (void)state;
    DO(&h, "choose");
    assert_int_equal(d->state, DESK_STARTING);
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS(&h, "Signing in");
    STAGE_WAIT(&h, d->state == DESK_READY);
    stage_draw(&h, USUAL_H, USUAL_W);
    assert_string_equal(h.opened, "filters");
    leave(&h, d);
}

static void test_signing_in(void **state)
{
    const struct office *o = *state;
    struct host h;
    struct desk *d = open_welcome(&h);

    DO(&h, "down");
    fill(&h, o->server->url);
    fill(&h, "analyst@example.com");
    DO(&h, "choose");
    stage_type(&h, "sandbox");
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS_NOT(&h, "sandbox"); // not while it is typed either
    DO(&h, "choose");
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS(&h, "\u2022\u2022\u2022");
    DO(&h, "choose"); // on the last line by now
    assert_int_equal(d->state, DESK_STARTING);
    STAGE_WAIT(&h, d->state == DESK_READY);
    assert_string_equal(h.opened, "filters");
    leave(&h, d);
}

static void test_the_wrong_password(void **state)
{
    const struct office *o = *state;
    struct host h;
    struct desk *d = open_welcome(&h);

    DO(&h, "down");
    fill(&h, o->server->url);
    fill(&h, "analyst@example.com");
    fill(&h, "wrong");
    DO(&h, "choose");
    STAGE_WAIT(&h, d->state == DESK_FAILED);
    SHOWS(&h, "Admin Portal");        // how to mend it
    SHOWS(&h, "analyst@example.com"); // what was typed is still there
    assert_null(h.opened);
    // The password has to be typed anew: it was given away.
    DO(&h, "choose");
    assert_non_null(strstr(h.failed, "type the password first"));
    DO(&h, "up");
    fill(&h, "sandbox");
    DO(&h, "choose");
    STAGE_WAIT(&h, d->state == DESK_READY);
    leave(&h, d);
}

static void test_nobody_there(void **state)
{
    struct host h;
    struct desk *d = open_welcome(&h);

    (void)state;
    DO(&h, "down");
    stage_paste(&h, "http://127.0.0.1:1\n"); // a paste opens the field
    assert_true(pane_welcome.typing(h.pane));
    DO(&h, "choose");
    fill(&h, "me");
    fill(&h, "secret");
    DO(&h, "choose");
    STAGE_WAIT(&h, d->state == DESK_FAILED);
    SHOWS(&h, "Signing in failed: nobody answers");
    SHOWS(&h, "a proxy or a firewall"); // how to mend it
    DO(&h, "refresh");
    assert_int_equal(d->state, DESK_STARTING);
    STAGE_WAIT(&h, d->state == DESK_FAILED);
    leave(&h, d);
}

static void test_half_filled(void **state)
{
    struct host h;
    struct desk *d = open_welcome(&h);
    struct err e;

    (void)state;
    DO(&h, "bottom");
    DO(&h, "choose");
    assert_non_null(strstr(h.failed, "type the user name first"));
    assert_int_equal(d->state, DESK_NOBODY);
    DO(&h, "up");
    DO(&h, "choose");
    stage_type(&h, "abc");
    DO(&h, "back"); // leaves the field, not the pane
    assert_false(pane_welcome.typing(h.pane));
    assert_false(stage_run(&h, "back", &e));
    assert_int_equal(e.kind, ERR_NONE);
    assert_false(stage_run(&h, "refresh", &e));
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS_NOT(&h, "\u2022");
    leave(&h, d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_it_is),   cmocka_unit_test(test_the_sandbox),
        cmocka_unit_test(test_signing_in),   cmocka_unit_test(test_the_wrong_password),
        cmocka_unit_test(test_nobody_there), cmocka_unit_test(test_half_filled),
    };

    return cmocka_run_group_tests_name("ui-pane/welcome", tests, set_up, tear_down);
}
