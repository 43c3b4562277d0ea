// The doctor pane and the list of profiles.
#include "ui-pane/stage.h"

#include "flow/profiles.h"

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

static void test_all_is_looked_at(void **state)
{
    struct office *o = *state;
    struct desk *d = office_desk(o);
    struct host h;

    office_sign_in(o, d);
    DESK_WAIT(d, d->state == DESK_READY);
    stage_open(&h, d, &pane_doctor);
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS(&h, "> keyring");
    pane_doctor.shown(h.pane);
    assert_true(d->doctor.running);
    STAGE_WAIT(&h, !d->doctor.running);
    assert_int_equal(d->doctor.known, doctor_count());
    SHOWS(&h, "signed in; the token is good until");
    SHOWS(&h, "credits left");
    DO(&h, "bottom");
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS(&h, "> retention");
    DO(&h, "refresh");
    assert_int_equal(d->doctor.known, 0);
    STAGE_WAIT(&h, !d->doctor.running);
    stage_draw(&h, SMALL_H - 4, SMALL_W);
    stage_close(&h);
    desk_close(d);
}

static void test_nobody_is_signed_in(void **state)
{
    struct desk *d = desk_open(&(struct desk_config){.rate = -1});
    struct host h;

    (void)state;
    (void)setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", 1);
    stage_open(&h, d, &pane_doctor);
    stage_draw(&h, USUAL_H, USUAL_W);
    pane_doctor.shown(h.pane);
    STAGE_WAIT(&h, !d->doctor.running);
    SHOWS(&h, "no account was chosen yet");
    stage_draw(&h, SMALL_H - 4, SMALL_W);
    SHOWS(&h, "--components=secrets"); // its end, where the welcome has no room for it
    stage_close(&h);
    desk_close(d);
}

static void test_profiles(void **state)
{
    const struct office *o = *state;
    struct desk *d = desk_open(&(struct desk_config){.rate = -1});
    struct profile p = {.name = mem_strdup("acme"),
                        .base_url = mem_strdup(o->server->url),
                        .user = mem_strdup("ana@example.com"),
                        .keep = KEEP_SESSION};
    struct host h;
    struct err e;

    assert_true(profile_write(&p, &e));
    profile_free(&p);
    stage_open(&h, d, &pane_welcome);
    host_popup(&h, pane_profiles.open(d, &h));
    stage_draw(&h, 14, 70);
    SHOWS(&h, "acme");
    SHOWS(&h, "standard  password");
    SHOWS(&h, "invented people");
    stage_type(&h, "acm");
    DO(&h, "choose");
    assert_non_null(strstr(h.commands, "profile acme\n"));
    assert_false(desk_use_profile(d, "nobody", &e));
    assert_int_equal(e.kind, ERR_NOT_FOUND);
    assert_true(desk_use_profile(d, "acme", &e));
    STAGE_WAIT(&h, d->state == DESK_NOBODY && d->profile && str_eq(d->profile, "acme"));
    stage_close(&h);
    desk_close(d);
    d = desk_open(&(struct desk_config){.rate = -1}); // the one in use from then on
    assert_string_equal(d->profile, "acme");
    desk_close(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_is_looked_at),
        cmocka_unit_test(test_nobody_is_signed_in),
        cmocka_unit_test(test_profiles),
    };

    return cmocka_run_group_tests_name("ui-pane/doctor", tests, set_up, tear_down);
}
