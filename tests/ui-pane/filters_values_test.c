// Values of lists for the filters: lists, trees, products, choices.
#include "ui-pane/filters_stage.h"

static void test_values_of_a_list(void **state)
{
    struct host h;
    struct desk *d = open_filters(*state, &h);

    open_values(&h, "Industry");
    STAGE_WAIT(&h, desk_list(d, "industry")->there);
    stage_type(&h, "softw");
    stage_draw(&h, USUAL_H, 60);
    SHOWS(&h, "Software");
    DO(&h, "choose"); // the one under the cursor
    assert_int_equal(h.n_popups, 0);
    assert_string_equal(filter(d, "industryCodes"), "Software");
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS(&h, "= Software");
    leave(&h, d);
}

// Where the sign stands, or by the right button: taken, not this, neither.
static void test_values_by_mouse(void **state)
{
    struct host h;
    struct desk *d = open_filters(*state, &h);
    int y;

    open_values(&h, "Management level");
    STAGE_WAIT(&h, desk_list(d, "managementLevel")->there);
    stage_type(&h, "director");
    stage_draw(&h, USUAL_H, 60);
    y = stage_find(&h, "Director");
    assert_true(stage_mouse(&h, MOUSE_PRESS, y, 1));
    stage_draw(&h, USUAL_H, 60);
    SHOWS(&h, ">= Director");
    assert_true(stage_mouse(&h, MOUSE_DOUBLE, y, 1));
    stage_draw(&h, USUAL_H, 60);
    SHOWS(&h, ">! Director");
    assert_true(stage_mouse(&h, MOUSE_PRESS, y, 1));
    stage_draw(&h, USUAL_H, 60);
    SHOWS(&h, ">  Director");
    assert_true(stage_event(
        &h,
        &(struct event){
            .kind = EVENT_MOUSE, .mouse = MOUSE_PRESS, .button = MOUSE_RIGHT, .y = y, .x = 20}));
    assert_true(stage_mouse(&h, MOUSE_DOUBLE, y, 20));
    assert_int_equal(h.n_popups, 0);
    assert_non_null(strstr(filter(d, "managementLevel"), "Director"));
    leave(&h, d);
}

// Hierarchies are trees as long as nothing is typed.
static void test_a_tree_of_values(void **state)
{
    struct host h;
    struct desk *d = open_filters(*state, &h);

    open_values(&h, "Industry");
    STAGE_WAIT(&h, desk_list(d, "industry")->there);
    SHOWS(&h, "+ Agriculture");
    SHOWS_NOT(&h, "Crops");
    assert_true(stage_key(&h, K_RIGHT)); // as the frame gives it while something can be typed
    stage_draw(&h, USUAL_H, 60);
    SHOWS(&h, "- Agriculture");
    assert_true(stage_mouse(&h, MOUSE_PRESS, stage_find(&h, "- Agriculture"), 3));
    stage_draw(&h, USUAL_H, 60);
    SHOWS(&h, "+ Agriculture");
    DO(&h, "right");
    stage_draw(&h, USUAL_H, 60);
    SHOWS(&h, "Crops");
    DO(&h, "down");
    assert_true(stage_key(&h, ' '));
    DO(&h, "left");
    DO(&h, "left");
    stage_draw(&h, USUAL_H, 60);
    SHOWS_NOT(&h, "Crops");
    SHOWS(&h, ": + Agriculture"); // something below it is chosen
    stage_type(&h, "crops");
    stage_draw(&h, USUAL_H, 60);
    assert_true(stage_key(&h, K_TAB));
    DO(&h, "choose");
    assert_string_equal(filter(d, "industryCodes"), "Animals & Livestock, Crops");
    leave(&h, d);
}

// Behind text that is typed a space is text as well; Tab marks there.
static void test_a_space_is_text(void **state)
{
    struct host h;
    struct desk *d = open_filters(*state, &h);

    open_values(&h, "Metro area");
    STAGE_WAIT(&h, stage_find(&h, "+ ") >= 0);
    SHOWS(&h, "Space several");
    stage_type(&h, "new york");
    stage_draw(&h, USUAL_H, 60);
    SHOWS(&h, "/ new york");
    SHOWS(&h, "Tab several");
    SHOWS_NOT(&h, "=");
    DO(&h, "choose");
    assert_non_null(strstr(filter(d, "metroRegion"), "New York"));
    leave(&h, d);
}

// A level that is none of the filter's own values stands for all that are below it.
static void test_all_below_a_level(void **state)
{
    struct host h;
    struct desk *d = open_filters(*state, &h);

    open_values(&h, "Metro area");
    STAGE_WAIT(&h, stage_find(&h, "+ ") >= 0);
    DO(&h, "choose"); // a country: it opens
    DO(&h, "down");
    stage_draw(&h, USUAL_H, 60);
    assert_true(stage_key(&h, '!'));
    stage_draw(&h, USUAL_H, 60);
    DO(&h, "choose");
    assert_int_equal(h.n_popups, 0);
    assert_string_equal(filter(d, "metroRegion"), "");
    assert_true(strlen(filter(d, "excludedRegions")) > 4);
    leave(&h, d);
}

static void test_a_list_fetched_anew(void **state)
{
    const struct office *o = *state;
    struct host h;
    struct desk *d = open_filters(o, &h);
    unsigned before;

    open_values(&h, "Industry");
    STAGE_WAIT(&h, desk_list(d, "industry")->there);
    stage_type(&h, "software");
    assert_true(stage_key(&h, K_TAB));
    before = desk_list(d, "industry")->version;
    DO(&h, "refresh");
    STAGE_WAIT(&h, desk_list(d, "industry")->fresh);
    assert_int_equal(desk_list(d, "industry")->version, before + 1);
    stage_draw(&h, USUAL_H, 60);
    SHOWS(&h, "= Software"); // what was chosen is found in the new one
    server_faults(o->server, "/lookup/industry 500");
    DO(&h, "refresh");
    STAGE_WAIT(&h, desk_list(d, "industry")->fresh);
    SHOWS(&h, "= Software"); // and the old one serves where no new one comes
    DO(&h, "choose");
    assert_string_equal(filter(d, "industryCodes"), "Software");
    server_faults(o->server, "");
    leave(&h, d);
}

static void test_an_id_typed_by_hand(void **state)
{
    struct host h;
    struct desk *d = open_filters(*state, &h);

    open_values(&h, "Industry");
    STAGE_WAIT(&h, desk_list(d, "industry")->there);
    stage_type(&h, "education.university");
    DO(&h, "choose");
    assert_string_equal(filter(d, "industryCodes"), "education.university");
    assert_int_equal(d->filters.n_stale, 0);
    leave(&h, d);
}

// Products come by query: a category, then a vendor, then what that vendor has in it.
static void test_products_by_steps(void **state)
{
    struct host h;
    struct desk *d = open_filters(*state, &h);

    DO(&h, "add-filter");
    stage_type(&h, "techAttribute");
    DO(&h, "choose");
    h.canvas.h = USUAL_H;
    STAGE_WAIT(&h, stage_find(&h, "+ Development") >= 0);
    DO(&h, "choose"); // a category above others only opens
    stage_type(&h, "container man");
    stage_draw(&h, USUAL_H, 70);
    SHOWS(&h, "Container Management Software");
    DO(&h, "choose");
    STAGE_WAIT(&h, stage_find(&h, "Adobe Inc.") >= 0);
    DO(&h, "back");
    stage_draw(&h, USUAL_H, 70);
    SHOWS(&h, "1 of 3, a category");
    stage_type(&h, "container man");
    DO(&h, "choose");
    stage_type(&h, "kubernetes auth");
    DO(&h, "choose");
    STAGE_WAIT(&h, stage_find(&h, "any product of The Kubernetes Authors") >= 0);
    SHOWS(&h, "Kubernetes");
    DO(&h, "down");
    DO(&h, "choose");
    assert_int_equal(h.n_popups, 0);
    assert_string_equal(filter(d, "techAttributeTagList"), "328.321.25880464.23715");
    desk_count(d, false);
    DESK_WAIT(d, d->filters.state == COUNT_KNOWN);
    go_to(&h, "Technology");
    DO(&h, "choose"); // by hand
    stage_type(&h, "333.202.*");
    DO(&h, "choose");
    assert_string_equal(filter(d, "techAttributeTagList"), "328.321.25880464.23715, 333.202.*");
    go_to(&h, "Technology");
    DO(&h, "choose");
    stage_type(&h, "zzqq");
    DO(&h, "choose");
    stage_draw(&h, USUAL_H, 70);
    SHOWS(&h, "nothing is called so");
    DO(&h, "refresh"); // the list of the step
    STAGE_WAIT(&h, desk_list(d, "tech/category")->fresh);
    stage_paste(&h, "333.202.28\n333.202.*\n"); // tags are a list like any other
    assert_int_equal(h.n_popups, 1);
    STAGE_WAIT(&h, desk_loaded(d)->state == LOAD_READ);
    SHOWS(&h, "2 values can be sent, 0 cannot");
    leave(&h, d);
}

static void test_several_values(void **state)
{
    struct host h;
    struct desk *d = open_filters(*state, &h);

    open_values(&h, "Management level");
    STAGE_WAIT(&h, stage_find(&h, "Director") >= 0);
    stage_type(&h, "direct");
    assert_true(stage_key(&h, K_TAB));
    stage_draw(&h, USUAL_H, 60);
    SHOWS(&h, "= Director");
    for (int i = 0; i < 6; i++)
        assert_true(stage_key(&h, K_BACKSPACE));
    stage_type(&h, "non");
    assert_true(stage_key(&h, '!'));
    stage_draw(&h, USUAL_H, 60);
    SHOWS(&h, "! Non Manager");
    DO(&h, "choose");
    assert_string_equal(filter(d, "managementLevel"), "Director");
    assert_string_equal(filter(d, "excludeManagementLevel"), "Non Manager");
    // It opens again as it was left, from the row of either twin.
    go_to(&h, "! Non Manager");
    DO(&h, "choose");
    stage_draw(&h, USUAL_H, 60);
    SHOWS(&h, "= Director");
    SHOWS(&h, "! Non Manager");
    stage_type(&h, "direct");
    assert_true(stage_key(&h, K_TAB)); // off again
    DO(&h, "choose");
    assert_string_equal(filter(d, "managementLevel"), "");
    assert_string_equal(filter(d, "excludeManagementLevel"), "Non Manager");
    leave(&h, d);
}

// What the list does not have is refused in the popup, where it can be mended; places go as typed.
static void test_values_that_no_list_has(void **state)
{
    struct host h;
    struct desk *d = open_filters(*state, &h);

    open_values(&h, "Industry");
    STAGE_WAIT(&h, desk_list(d, "industry")->there);
    stage_type(&h, "qqqqqq");
    DO(&h, "choose");
    assert_int_equal(h.n_popups, 1);
    stage_draw(&h, USUAL_H, 60);
    SHOWS(&h, "Industry has no value \"qqqqqq\"");
    SHOWS(&h, "Take letters away");
    stage_close_popup(&h);
    open_values(&h, "State");
    STAGE_WAIT(&h, desk_list(d, "state")->there);
    stage_type(&h, "Zyxq Land"); // where nothing fits, a blank is one
    stage_draw(&h, USUAL_H, 60);
    SHOWS(&h, "Zyxq Land");
    SHOWS(&h, "Enter takes it as typed");
    DO(&h, "choose");
    assert_string_equal(filter(d, "state"), "Zyxq Land");
    leave(&h, d);
}

static void test_a_list_that_does_not_come(void **state)
{
    const struct office *o = *state;
    struct host h;
    struct desk *d;

    server_faults(o->server, "/lookup/department 403");
    d = open_filters(o, &h);
    open_values(&h, "Department");
    STAGE_WAIT(&h, desk_list(d, "department")->err.kind != ERR_NONE);
    SHOWS_NOT(&h, "Fetching");
    stage_type(&h, "5");
    DO(&h, "choose");
    assert_string_equal(filter(d, "department"), "5");
    server_faults(o->server, "");
    leave(&h, d);
}

static void test_choices_and_flags(void **state)
{
    struct host h;
    struct desk *d = open_filters(*state, &h);

    DO(&h, "add-filter");
    stage_type(&h, "executivesonly"); // by its name in the API
    stage_draw(&h, USUAL_H, 70);
    SHOWS(&h, "Executives only");
    DO(&h, "choose");
    assert_string_equal(filter(d, "executivesOnly"), "true");
    stage_draw(&h, LARGE_H, USUAL_W);
    SHOWS(&h, "= yes");
    go_to(&h, "Executives only");
    DO(&h, "choose");
    assert_string_equal(filter(d, "executivesOnly"), "false");
    DO(&h, "choose");
    assert_string_equal(filter(d, "executivesOnly"), "");

    DO(&h, "add-filter");
    stage_type(&h, "Present or past");
    DO(&h, "choose");
    assert_int_equal(h.n_popups, 1);
    stage_draw(&h, USUAL_H, 60);
    SHOWS(&h, "pastAndPresent");
    stage_type(&h, "pastand");
    DO(&h, "choose");
    assert_string_equal(filter(d, "companyPastOrPresent"), "pastAndPresent");
    go_to(&h, "Present or past");
    DO(&h, "choose");
    stage_type(&h, "past");
    stage_draw(&h, USUAL_H, 60);
    DO(&h, "choose"); // one only: it takes the place of the former
    assert_null(strchr(filter(d, "companyPastOrPresent"), ','));
    leave(&h, d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values_of_a_list),
        cmocka_unit_test(test_values_by_mouse),
        cmocka_unit_test(test_a_tree_of_values),
        cmocka_unit_test(test_a_space_is_text),
        cmocka_unit_test(test_all_below_a_level),
        cmocka_unit_test(test_a_list_fetched_anew),
        cmocka_unit_test(test_an_id_typed_by_hand),
        cmocka_unit_test(test_products_by_steps),
        cmocka_unit_test(test_several_values),
        cmocka_unit_test(test_values_that_no_list_has),
        cmocka_unit_test(test_a_list_that_does_not_come),
        cmocka_unit_test(test_choices_and_flags),
    };

    return cmocka_run_group_tests_name("ui-pane/filters_values", tests, set_up, tear_down);
}
