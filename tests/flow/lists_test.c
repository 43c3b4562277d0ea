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
    };

    return cmocka_run_group_tests_name("lists", tests, set_up, tear_down);
}
