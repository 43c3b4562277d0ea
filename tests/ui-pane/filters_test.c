// The filters pane: its rows and groups, excluding, what is wrong or stale, count and remarks, the
// other entity.
#include "ui-pane/filters_stage.h"

#include "ui/pane/filter_rows.h"

static void test_rows(void **state)
{
    static const char *const labels[] = {
        "Looking for", "contacts",   "Job title", "Management level", "Accuracy", "Industry",
        "Employees",   "Metro area", "Country",   "+ another",        "Search",   "not counted: C"};
    struct host h;
    struct desk *d = open_filters(*state, &h);
    struct str status = {0};
    struct err e;

    for (size_t i = 0; i < ARRAY_LEN(labels); i++)
        SHOWS(&h, labels[i]);
    SHOWS_NOT(&h, "School");
    SHOWS(&h, "+ Who  9");
    assert_true(desk_where(d, "school=MIT", &e)); // whatever is set has its row
    assert_true(desk_where(d, "Industry=software", &e));
    assert_true(desk_where(d, "Management level!=Non Manager", &e));
    assert_true(desk_where(d, "Accuracy score>=85", &e));
    stage_draw(&h, USUAL_H + 4, USUAL_W);
    SHOWS(&h, "= software");
    SHOWS(&h, "! Non Manager");
    SHOWS(&h, ">= 85");
    SHOWS(&h, "= MIT");
    // An exclude twin stands below what it belongs to, whose label it does not repeat.
    assert_int_equal(stage_find(&h, "! Non Manager"), stage_find(&h, "Management level") + 1);
    pane_filters.status(h.pane, &status);
    assert_string_equal(str_text(&status), "contacts, no live count");
    str_free(&status);
    stage_draw(&h, 12, 24); // as narrow as beside the results
    SHOWS(&h, "Industry");
    stage_draw(&h, 2, 3);
    leave(&h, d);
}

// Every input of the catalogue has its row, below its group.
static void test_every_field(void **state)
{
    struct host h;
    struct desk *d = open_filters(*state, &h);
    size_t groups = 0;

    for (const struct entity *const *e = entity_all(); *e; e++) {
        struct filter_rows rows;

        filter_rows_open(&rows);
        memset(rows.unfolded, true, sizeof(rows.unfolded));
        desk_entity(d, *e);
        filter_rows_fill(&rows, &d->filters.query);
        for (size_t i = 0; i < (*e)->search.n_inputs; i++) {
            const struct filter_row row = {FILTER_INPUT, &(*e)->search.inputs[i],
                                           (*e)->search.inputs[i].group};

            size_t at = filter_rows_find(&rows, &row);

            if (row.input->kind == INPUT_PAGING)
                assert_int_equal(at, rows.n);
            else if (row.input->around) // in the row of what it is around
                assert_string_equal(rows.items[at].input->name, row.input->around);
            else
                assert_int_equal(rows.items[at].group, row.group);
        }
        for (size_t i = 0; i < rows.n; i++)
            groups += rows.items[i].kind == FILTER_GROUP;
        filter_rows_free(&rows);
    }
    assert_true(groups > GROUPS);
    leave(&h, d);
}

static void test_groups_fold(void **state)
{
    struct host h;
    struct desk *d = open_filters(*state, &h);
    struct err e;

    SHOWS_NOT(&h, "Degree");
    go_to(&h, "+ Education and career  6");
    DO(&h, "choose");
    stage_draw(&h, LARGE_H, USUAL_W);
    SHOWS(&h, "- Education and career  6");
    SHOWS(&h, "Degree");
    go_to(&h, "Degree");
    stage_draw(&h, LARGE_H, USUAL_W);
    SHOWS(&h, "degree: words"); // what it takes, by its name in the API
    DO(&h, "left");             // the cursor goes to the group with it
    stage_draw(&h, LARGE_H, USUAL_W);
    SHOWS_NOT(&h, "Degree");
    assert_int_equal(h.canvas.cursor_y, stage_find(&h, "+ Education and career"));
    DO(&h, "left"); // nothing more to fold
    DO(&h, "right");
    stage_draw(&h, LARGE_H, USUAL_W);
    SHOWS(&h, "Degree");
    assert_true(desk_where(d, "degree=PhD", &e));
    stage_draw(&h, LARGE_H, USUAL_W);
    SHOWS(&h, "career  6, 1 set");
    leave(&h, d);
}

// One step of undo brings both sides back.
static void test_a_twin_is_one_step(void **state)
{
    struct host h;
    struct desk *d = open_filters(*state, &h);
    struct str what = {0};
    struct err e;

    assert_true(desk_where(d, "Management level=Director", &e));
    go_to(&h, "Management level");
    DO(&h, "exclude");
    assert_string_equal(filter(d, "excludeManagementLevel"), "Director");
    assert_true(desk_undo(d, &what, &e));
    assert_string_equal(filter(d, "managementLevel"), "Director");
    assert_string_equal(filter(d, "excludeManagementLevel"), "");
    str_clear(&what);
    assert_true(desk_undo(d, &what, &e)); // the line before it is told by its field
    assert_non_null(strstr(str_text(&what), "Management level"));
    str_free(&what);
    leave(&h, d);
}

// A value that the list does not have is shown with the nearest one, which a key takes.
static void test_a_stale_value(void **state)
{
    struct host h;
    struct desk *d = open_filters(*state, &h);
    struct err e;

    (void)desk_list(d, "industry");
    STAGE_WAIT(&h, desk_list(d, "industry")->there);
    assert_true(desk_where(d, "Industry=Softwaer, Retail", &e));
    stage_draw(&h, LARGE_H, USUAL_W);
    SHOWS(&h, "not in the list");
    SHOWS(&h, "the list has no \"Softwaer\"");
    SHOWS(&h, "nearest, \"Software\"");
    go_to(&h, "Industry");
    DO(&h, "mend");
    assert_string_equal(filter(d, "industryCodes"), "Software, Retail");
    assert_int_equal(d->filters.n_stale, 0);
    REFUSED(&h, "mend", "no value here");
    leave(&h, d);
}

// Where the API takes free text it is a remark, and may be sent.
static void test_a_place_of_free_text(void **state)
{
    struct host h;
    struct desk *d = open_filters(*state, &h);
    struct err e;

    (void)desk_list(d, "country");
    STAGE_WAIT(&h, desk_list(d, "country")->there);
    assert_true(desk_where(d, "Country=Germny, UK", &e));
    stage_draw(&h, LARGE_H, USUAL_W);
    SHOWS(&h, "the list has no \"Germny\", which goes as typed");
    SHOWS_NOT(&h, "the list has no \"UK\"");
    go_to(&h, "Country");
    DO(&h, "mend");
    assert_string_equal(filter(d, "country"), "Germany, UK");
    assert_int_equal(d->filters.n_stale, 0);
    leave(&h, d);
}

// What would be refused is said before anything is sent.
static void test_traps_before_sending(void **state)
{
    struct host h;
    struct desk *d = open_filters(*state, &h);
    struct err e;

    assert_true(desk_where(d, "Accuracy score>=90", &e));
    assert_true(desk_where(d, "Accuracy score<=80", &e));
    stage_draw(&h, LARGE_H, USUAL_W);
    SHOWS(&h, "the least, 90, is above the most, 80");
    assert_true(desk_where(d, "zipCodeRadiusMiles=50", &e));
    stage_draw(&h, LARGE_H, USUAL_W);
    SHOWS(&h, "ZIP code radius needs ZIP code");
    leave(&h, d);
}

static void test_what_the_account_may_not(void **state)
{
    struct host h;
    struct desk *d = open_filters(*state, &h);
    const struct desk_fields *known = desk_inputs(d, d->filters.entity);
    const struct input *denied = NULL;
    struct err e;
    char *line;

    STAGE_WAIT(&h, known->there);
    for (size_t i = 0; !denied && i < entity_contact.search.n_inputs; i++) {
        const struct input *in = &entity_contact.search.inputs[i];

        if (in->kind == INPUT_TEXT && desk_fields_name(&known->denied, in->name))
            denied = in;
    }
    if (denied) {
        DO(&h, "add-filter");
        stage_type(&h, denied->name);
        stage_draw(&h, USUAL_H, 70);
        SHOWS(&h, "not in your account");
        DO(&h, "choose");
        assert_non_null(strstr(h.failed, "is not in your account"));
        assert_false(pane_filters.typing(h.pane));
        line = str_format("%s=x", denied->name);
        assert_true(desk_where(d, line, &e)); // by hand it can be tried
        assert_non_null(strstr(str_text(&d->filters.remarks), "is not in your account"));
        free(line);
    }
    assert_true(known->denied.len > 0);
    leave(&h, d);
}

static void test_what_cannot_be_excluded(void **state)
{
    struct host h;
    struct desk *d = open_filters(*state, &h);

    open_values(&h, "Industry");
    STAGE_WAIT(&h, desk_list(d, "industry")->there);
    SHOWS(&h, "169 of 169");
    stage_type(&h, "retail");
    assert_true(stage_key(&h, '!'));
    stage_draw(&h, USUAL_H, 60);
    SHOWS(&h, "Industry cannot be excluded");
    stage_close(&h);
    desk_close(d);
    d = open_filters(*state, &h);
    go_to(&h, "Industry");
    REFUSED(&h, "exclude", "Industry cannot be excluded");
    leave(&h, d);
}

static void test_turning_round(void **state)
{
    struct host h;
    struct desk *d = open_filters(*state, &h);
    struct err e;

    assert_true(desk_where(d, "Management level=Director", &e));
    go_to(&h, "Management level");
    DO(&h, "exclude");
    assert_string_equal(filter(d, "managementLevel"), "");
    assert_string_equal(filter(d, "excludeManagementLevel"), "Director");
    go_to(&h, "! Director");
    DO(&h, "exclude");
    assert_string_equal(filter(d, "managementLevel"), "Director");
    leave(&h, d);
}

static void test_searching_and_counting(void **state)
{
    struct host h;
    struct desk *d = open_filters(*state, &h);
    struct err e;

    assert_true(desk_where(d, "Management level=VP Level Execs", &e));
    stage_draw(&h, LARGE_H, USUAL_W);
    SHOWS(&h, "Search (changed)");
    SHOWS(&h, "1 request a page");
    desk_count(d, false);
    stage_draw(&h, USUAL_H, USUAL_W);
    STAGE_WAIT(&h, d->filters.state == COUNT_KNOWN);
    SHOWS(&h, " hits");
    go_to(&h, "Search");
    DO(&h, "choose");
    assert_string_equal(h.commands, "search\n");
    DESK_WAIT(d, d->results.state == RESULTS_THERE);
    stage_draw(&h, LARGE_H, USUAL_W);
    SHOWS_NOT(&h, "changed");
    leave(&h, d);
}

static void test_a_count_that_fails(void **state)
{
    const struct office *o = *state;
    struct host h;
    struct desk *d = open_filters(o, &h);
    struct err e;

    assert_true(desk_where(d, "Industry=no such industry", &e));
    desk_count(d, false);
    h.canvas.h = LARGE_H;
    STAGE_WAIT(&h, d->filters.state == COUNT_FAILED);
    SHOWS(&h, "Industry has no value \"no such industry\"");
    leave(&h, d);
}

static void test_remarks(void **state)
{
    struct host h;
    struct desk *d = open_filters(*state, &h);
    struct err e;

    assert_true(desk_where(d, "State=ny", &e));
    assert_true(desk_where(d, "Country=US", &e));
    stage_draw(&h, LARGE_H, USUAL_W);
    assert_true(d->filters.remarks.len > 0);
    SHOWS(&h, "State");
    assert_true(stage_find(&h, "either") >= 0 || stage_find(&h, "OR") >= 0 ||
                stage_find(&h, " or ") >= 0);
    leave(&h, d);
}

static void test_the_other_entity(void **state)
{
    struct host h;
    struct desk *d = open_filters(*state, &h);
    struct err e;

    assert_true(desk_where(d, "Job title=cto", &e));
    go_to(&h, "Looking for");
    DO(&h, "choose");
    assert_ptr_equal(d->filters.entity, &entity_company);
    stage_draw(&h, LARGE_H, USUAL_W);
    SHOWS(&h, "companies");
    SHOWS(&h, "Revenue");
    SHOWS_NOT(&h, "Job title");
    desk_entity(d, &entity_contact); // behind its back: a key before it is told
    DO(&h, "down");
    DO(&h, "choose");
    stage_draw(&h, LARGE_H, USUAL_W);
    SHOWS(&h, "cto");
    leave(&h, d);
}

static void test_privacy(void **state)
{
    struct host h;
    struct desk *d = open_filters(*state, &h);
    struct err e;

    assert_true(desk_where(d, "Last name=Smithson", &e));
    assert_true(desk_where(d, "Job title=cto", &e));
    stage_draw(&h, LARGE_H, USUAL_W);
    SHOWS(&h, "= Smithson");
    desk_set_privacy(d, true);
    stage_draw(&h, LARGE_H, USUAL_W);
    SHOWS_NOT(&h, "Smithson");
    SHOWS(&h, "= cto");
    assert_true(desk_search(d, &e));
    DESK_WAIT(d, d->results.state == RESULTS_THERE);
    host_popup(&h, pane_recent.open(d, &h));
    STAGE_WAIT(&h, d->searches.past.items.len > 0);
    SHOWS(&h, "jobTitle = cto");
    SHOWS(&h, "lastName = ");
    SHOWS_NOT(&h, "Smithson");
    stage_close_popup(&h);
    host_popup(&h, pane_waterfall.open(d, &h));
    DO(&h, "choose");
    STAGE_WAIT(&h, d->searches.waterfall.n == 3 && !d->searches.waterfall.task);
    SHOWS(&h, "Job title = cto");
    SHOWS_NOT(&h, "Smithson");
    stage_close_popup(&h);
    desk_set_privacy(d, false);
    leave(&h, d);
}

// What one search reaches needs no parts; how much it is must be known for that.
static void test_few_hits_need_no_parts(void **state)
{
    struct host h;
    struct desk *d = open_filters(*state, &h);
    struct err e;

    assert_true(desk_where(d, "Management level=VP Level Execs", &e));
    host_popup(&h, pane_parts.open(d, &h));
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS(&h, "By the values of which field?");
    stage_draw(&h, USUAL_H, 40); // where its head has no room it goes on below
    SHOWS(&h, "parts that are too long.");
    stage_draw(&h, 6, 40); // but what there is to choose from is shown
    SHOWS(&h, "> Employee range");
    desk_count(d, false);
    STAGE_WAIT(&h, d->filters.state == COUNT_KNOWN);
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS(&h, "hits: one search has them all, no parts needed.");
    SHOWS_NOT(&h, "By the values");
    SHOWS_NOT(&h, "Enter counts");
    DO(&h, "choose");
    assert_null(d->searches.split.task);
    assert_true(
        desk_filter_set(d, entity_input(d->filters.entity, "managementLevel", BOUND_NONE), "", &e));
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS(&h, "By the values of which field?");
    stage_close_popup(&h);
    leave(&h, d);
}

static void test_mouse(void **state)
{
    struct host h;
    struct desk *d = open_filters(*state, &h);
    int y = stage_find(&h, "Job title");

    assert_true(stage_mouse(&h, MOUSE_PRESS, y, 5));
    stage_draw(&h, USUAL_H, USUAL_W);
    assert_int_equal(h.canvas.cursor_y, y);
    assert_true(stage_mouse(&h, MOUSE_DOUBLE, y, 5));
    assert_true(pane_filters.typing(h.pane));
    DO(&h, "back");
    assert_true(stage_mouse(&h, MOUSE_WHEEL_DOWN, y, 5));
    leave(&h, d);
}

// The first fault is told, with the cursor on its field, and no search is run.
static void test_a_search_that_cannot_be(void **state)
{
    struct host h;
    struct desk *d = open_filters(*state, &h);
    struct err e;

    assert_true(desk_where(d, "contactAccuracyScoreMin=95", &e));
    assert_true(desk_where(d, "contactAccuracyScoreMax=80", &e));
    DO(&h, "top");
    REFUSED(&h, "search", "the least, 95, is above the most, 80");
    DO(&h, "choose"); // the field under the cursor is the one
    assert_true(pane_filters.typing(h.pane));
    assert_true(stage_key(&h, K_CTRL | 'u'));
    stage_type(&h, "75");
    DO(&h, "choose");
    assert_int_equal(d->filters.faults.len, 0);
    assert_null(d->filters.faulty);
    // What failed for a fault is told no more once the filters are others.
    d->results.err = (struct err){.kind = ERR_INVALID, .text = "95 is above 80"};
    d->results.state = RESULTS_FAILED;
    assert_true(desk_where(d, "contactAccuracyScoreMin=76", &e));
    assert_int_equal(d->results.err.kind, ERR_NONE);
    assert_int_equal(d->results.state, RESULTS_NONE);
    leave(&h, d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_every_field),
        cmocka_unit_test(test_groups_fold),
        cmocka_unit_test(test_a_twin_is_one_step),
        cmocka_unit_test(test_a_stale_value),
        cmocka_unit_test(test_a_place_of_free_text),
        cmocka_unit_test(test_traps_before_sending),
        cmocka_unit_test(test_what_the_account_may_not),
        cmocka_unit_test(test_what_cannot_be_excluded),
        cmocka_unit_test(test_turning_round),
        cmocka_unit_test(test_searching_and_counting),
        cmocka_unit_test(test_a_count_that_fails),
        cmocka_unit_test(test_remarks),
        cmocka_unit_test(test_the_other_entity),
        cmocka_unit_test(test_privacy),
        cmocka_unit_test(test_few_hits_need_no_parts),
        cmocka_unit_test(test_mouse),
        cmocka_unit_test(test_a_search_that_cannot_be),
    };

    return cmocka_run_group_tests_name("ui-pane/filters", tests, set_up, tear_down);
}
