// What the API refused is kept together, a field at a time. Tests.
#include "support/test.h"

#include <unistd.h>

#include "flow/lists.h"
#include "support/run.h"

static bool nobody(void *self, struct auth_method *method, struct err *e)
{
    (void)self;
    (void)method;
    return err_set(e, ERR_UNAUTHORISED, "nobody is asked");
}

static void one_refusal_does_not_lift_another(void **state)
{
    static const struct app_config config = {.profile = "a",
                                             .base_url = "http://127.0.0.1:9",
                                             .credentials = nobody,
                                             .source = "http://127.0.0.1:9"};
    struct map granted = {0}, denied = {0};
    struct app app;

    (void)state;
    app_open(&app, &config);
    lists_refused_inputs(&app, "contact/search", "techSkills");
    lists_refused_inputs(&app, "contact/search", "companyType,techskills");
    lists_refused_inputs(&app, "company/search", "state");
    lists_inputs(&app, "contact/search", &granted, &denied);
    assert_true(lists_name(&denied, "techSkills"));
    assert_true(lists_name(&denied, "companyType"));
    assert_false(lists_name(&denied, "state"));
    map_free(&granted, NULL);
    map_free(&denied, NULL);
    app_close(&app);
}

static int64_t read_ms(void *self)
{
    return *(const int64_t *)self;
}

// A week after the first of them: the account may have been given the field meanwhile.
static void refusals_run_out(void **state)
{
    static const struct app_config config = {.profile = "b",
                                             .base_url = "http://127.0.0.1:9",
                                             .credentials = nobody,
                                             .source = "http://127.0.0.1:9"};
    const int64_t day_ms = INT64_C(24) * 3600 * 1000;
    struct map granted = {0}, denied = {0};
    int64_t now_ms = 1000 * day_ms;
    struct app app;

    (void)state;
    app_open(&app, &config);
    app.clock = (struct clock){&now_ms, read_ms, read_ms};
    lists_refused(&app, "contact/enrich", "email");
    now_ms += 6 * day_ms;
    lists_refused(&app, "contact/enrich", "phone");
    lists_fields(&app, "contact/enrich", &granted, &denied);
    assert_true(lists_name(&denied, "email"));
    assert_true(lists_name(&denied, "phone"));
    map_free(&denied, NULL);
    now_ms += 2 * day_ms;
    lists_fields(&app, "contact/enrich", &granted, &denied);
    assert_false(lists_name(&denied, "email"));
    lists_refused(&app, "contact/enrich", "phone");
    now_ms += 2 * day_ms;
    lists_fields(&app, "contact/enrich", &granted, &denied);
    assert_false(lists_name(&denied, "email"));
    assert_true(lists_name(&denied, "phone"));
    map_free(&granted, NULL);
    map_free(&denied, NULL);
    app_close(&app);
}

static int set_up(void **state)
{
    static struct home home;

    home = home_make();
    home_enter(&home);
    *state = &home;
    return 0;
}

static int tear_down(void **state)
{
    assert_int_equal(chdir("/"), 0);
    home_remove(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_refusal_does_not_lift_another),
        cmocka_unit_test(refusals_run_out),
    };

    return cmocka_run_group_tests_name("lists", tests, set_up, tear_down);
}
