// A desk from nobody to ready and back to closed: the steps, refusals, changes of account.
#include "support/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "support/desk.h"

static int set_up(void **state)
{
    static struct office office;

    office_open(&office, NULL);
    *state = &office;
    return 0;
}

static int tear_down(void **state)
{
    office_close(*state);
    return 0;
}

static void test_nobody(void **state)
{
    struct desk *d = desk_open(&(struct desk_config){.rate = -1});
    struct err e;

    (void)state;
    assert_int_equal(d->state, DESK_NOBODY);
    desk_start(d);
    assert_int_equal(d->state, DESK_NOBODY);
    assert_string_equal(d->profile, "");
    assert_true(d->locked);
    assert_false(desk_search(d, &e));
    assert_int_equal(e.kind, ERR_UNAUTHORISED);
    assert_int_equal(desk_tick_ms(d), -1);
    desk_close(d);
}

static void test_signing_in(void **state)
{
    const struct office *o = *state;
    struct desk *d = office_desk(o);

    assert_string_equal(d->profile, strstr(o->server->url, "127.0.0.1") ? d->profile : "");
    assert_string_equal(d->host, strstr(o->server->url, "//") + 2);
    desk_start(d); // there is no password
    assert_int_equal(d->state, DESK_STARTING);
    DESK_WAIT(d, d->state == DESK_NOBODY);
    office_sign_in(o, d);
    assert_int_equal(d->state, DESK_STARTING);
    DESK_WAIT(d, d->state == DESK_READY);
    assert_true(d->spender);
    assert_false(d->sandbox);
    assert_true(d->usage.meters[METER_CREDITS].known);
    assert_true(d->usage_ms > 0);
    desk_close(d);
}

static void test_the_wrong_password(void **state)
{
    const struct office *o = *state;
    struct desk *d = office_desk(o);

    desk_sign_in(d, &(struct desk_login){.base_url = o->server->url,
                                         .user = "analyst@example.com",
                                         .session_only = true,
                                         .password = secret_new("wrong", 5)});
    DESK_WAIT(d, d->state == DESK_FAILED);
    assert_int_equal(d->failed.kind, ERR_UNAUTHORISED);
    assert_non_null(strstr(d->message.text, "password"));
    office_sign_in(o, d);
    DESK_WAIT(d, d->state == DESK_READY);
    desk_close(d);
}

static void test_nobody_listens_there(void **state)
{
    struct desk *d = desk_open(&(struct desk_config){.rate = -1});

    (void)state;
    desk_sign_in(d, &(struct desk_login){.base_url = "http://127.0.0.1:1",
                                         .user = "me",
                                         .session_only = true,
                                         .password = secret_new("x", 1)});
    DESK_WAIT(d, d->state == DESK_FAILED);
    assert_int_equal(d->failed.kind, ERR_OFFLINE);
    desk_start(d); // tries again
    assert_int_equal(d->state, DESK_STARTING);
    DESK_WAIT(d, d->state == DESK_FAILED);
    desk_close(d);
}

static void test_no_address(void **state)
{
    struct desk *d = desk_open(&(struct desk_config){.base_url = "http://example.com"});

    (void)state;
    assert_int_equal(d->state, DESK_NOBODY);
    assert_int_equal(d->message.kind, ERR_INVALID);
    desk_sign_in(d, &(struct desk_login){.base_url = "ftp://x",
                                         .user = "me",
                                         .session_only = true,
                                         .password = secret_new("x", 1)});
    assert_int_equal(d->state, DESK_NOBODY);
    assert_int_equal(d->message.number, 2);
    desk_close(d);
}

static void test_the_sandbox_of_its_own(void **state)
{
    struct desk *d = desk_open(&(struct desk_config){.rate = -1});

    (void)state;
    desk_use_sandbox(d);
    DESK_WAIT(d, d->state == DESK_READY);
    assert_true(d->sandbox);
    assert_string_equal(d->profile, "sandbox");
    assert_string_equal(d->host, "SANDBOX");
    desk_close(d);
}

static void test_another_account_in_the_middle(void **state)
{
    const struct office *o = *state;
    struct desk *d = office_ready(o);

    desk_use_sandbox(d);
    assert_int_equal(d->state, DESK_STARTING);
    office_sign_in(o, d); // changed their mind
    DESK_WAIT(d, d->state == DESK_READY);
    assert_false(d->sandbox);
    desk_close(d);
}

static void test_closing_at_any_step(void **state)
{
    const struct office *o = *state;

    for (int steps = 0; steps < 6; steps++) {
        struct desk *d = office_desk(o);
        int64_t began;

        office_sign_in(o, d);
        for (int i = 0; i < steps; i++)
            (void)desk_pump(d, desk_clock_ms() + 20);
        began = desk_clock_ms();
        desk_close(d);
        assert_true(desk_clock_ms() - began < UNWAITED_MS);
    }
}

static void test_two_desks_on_one_profile(void **state)
{
    const struct office *o = *state;
    struct desk *first = office_ready(o), *second = office_ready(o);

    assert_true(first->spender);
    assert_false(second->spender);
    assert_int_equal(second->message.kind, ERR_REFUSED);
    assert_non_null(strstr(second->message.text, "another lode"));
    desk_close(first);
    desk_close(second);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nobody),
        cmocka_unit_test(test_signing_in),
        cmocka_unit_test(test_the_wrong_password),
        cmocka_unit_test(test_nobody_listens_there),
        cmocka_unit_test(test_no_address),
        cmocka_unit_test(test_the_sandbox_of_its_own),
        cmocka_unit_test(test_another_account_in_the_middle),
        cmocka_unit_test(test_closing_at_any_step),
        cmocka_unit_test(test_two_desks_on_one_profile),
    };

    return cmocka_run_group_tests_name("start", tests, set_up, tear_down);
}
