// The filters pane and its popups: rows, values from lists, excluding, editing in place, wrong
// values, count and remarks, adding any field, the other entity.
#include "ui-pane/stage.h"

#include "ui/pane/filter_rows.h"

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

static struct desk *open_filters(const struct office *o, struct host *h)
{
    struct desk *d = office_ready(o);

    desk_set_live_count(d, false);
    stage_open(h, d, &pane_filters);
    return d;
}

static void leave(struct host *h, struct desk *d)
{
    stage_close(h);
    desk_filters_clear(d);
    desk_entity(d, &entity_contact);
    desk_close(d);
}

static const char *filter(const struct desk *d, const char *name)
{
    return desk_filter_get(d, entity_input(d->filters.entity, name, BOUND_NONE));
}

// The cursor on the row with this label.
static void go_to(struct host *h, const char *label)
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

static void test_editing_in_place(void **state)
{
    struct host h;
    struct desk *d = open_filters(*state, &h);

    go_to(&h, "Job title");
    assert_false(pane_filters.typing(h.pane));
    DO(&h, "choose");
    assert_true(pane_filters.typing(h.pane));
    stage_type(&h, "cto");
    DO(&h, "left"); // a key of the line while it is typed
    stage_type(&h, "f");
    DO(&h, "choose");
    assert_false(pane_filters.typing(h.pane));
    assert_string_equal(filter(d, "jobTitle"), "ctfo");
    DO(&h, "choose");
    stage_type(&h, "x");
    DO(&h, "back"); // as it was
    assert_string_equal(filter(d, "jobTitle"), "ctfo");
    DO(&h, "choose");
    stage_paste(&h, " OR ceo\n");
    assert_true(stage_key(&h, K_ENTER));
    assert_string_equal(filter(d, "jobTitle"), "ctfo OR ceo");
    DO(&h, "copy-cell");
    assert_string_equal(h.copied, "ctfo OR ceo");
    DO(&h, "delete");
    assert_string_equal(filter(d, "jobTitle"), "");
    leave(&h, d);
}

// A wrong value is told and stays to be mended.
static void test_wrong_values(void **state)
{
    struct host h;
    struct desk *d = open_filters(*state, &h);

    go_to(&h, "Accuracy");
    DO(&h, "choose");
    stage_type(&h, "12");
    DO(&h, "choose");
    assert_non_null(strstr(h.failed, "does not lie between 70 and 99"));
    assert_true(pane_filters.typing(h.pane));
    stage_draw(&h, USUAL_H, USUAL_W);
    SHOWS(&h, "12");
    assert_true(stage_key(&h, K_BACKSPACE));
    assert_true(stage_key(&h, K_BACKSPACE));
    stage_type(&h, "85");
    DO(&h, "choose");
    assert_string_equal(
        desk_filter_get(d, entity_input(d->filters.entity, "Accuracy score", BOUND_LOW)), "85");
    leave(&h, d);
}

static void open_values(struct host *h, const char *label)
{
    go_to(h, label);
    DO(h, "choose");
    assert_int_equal(h->n_popups, 1);
    h->canvas.h = USUAL_H;
}

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
    assert_true(stage_key(&h, ' '));
    DO(&h, "choose");
    assert_string_equal(filter(d, "industryCodes"), "Animals & Livestock, Crops");
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
    assert_true(stage_key(&h, ' '));
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
    desk_count(d);
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
    leave(&h, d);
}

static void test_several_values(void **state)
{
    struct host h;
    struct desk *d = open_filters(*state, &h);

    open_values(&h, "Management level");
    STAGE_WAIT(&h, stage_find(&h, "Director") >= 0);
    stage_type(&h, "direct");
    assert_true(stage_key(&h, ' '));
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
    assert_true(stage_key(&h, ' ')); // off again
    DO(&h, "choose");
    assert_string_equal(filter(d, "managementLevel"), "");
    assert_string_equal(filter(d, "excludeManagementLevel"), "Non Manager");
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
    stage_type(&h, "Zyx Land");
    assert_int_equal(h.n_popups, 1);
    DO(&h, "choose");
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

// Lines pasted onto a filter: what of them can be sent, what is found, how many searches it takes.
static void test_a_list_of_values(void **state)
{
    struct host h;
    struct desk *d = open_filters(*state, &h);

    go_to(&h, "Industry");
    stage_paste(&h, "Software\nRetail\nSoftwear\nsoftware\n");
    assert_int_equal(h.n_popups, 1);
    h.canvas.h = USUAL_H;
    STAGE_WAIT(&h, desk_loaded(d)->state == LOAD_READ);
    SHOWS(&h, "2 values can be sent, 1 cannot; 1 were repeated.");
    SHOWS(&h, "They go with one search.");
    SHOWS(&h, "x Softwear");
    SHOWS(&h, "F5 asks which are found, <= 5 requests");
    DO(&h, "refresh");
    assert_non_null(strstr(h.asked, "up to 5 requests"));
    h.answered(h.answered_self, 1);
    STAGE_WAIT(&h, desk_loaded(d)->state == LOAD_ASKED);
    SHOWS(&h, "2 are found, 0 are not.");
    SHOWS(&h, "= ");
    DO(&h, "choose");
    assert_int_equal(h.n_popups, 0);
    assert_string_equal(filter(d, "industryCodes"), "software, retail");
    leave(&h, d);
}

static void test_a_long_list(void **state)
{
    struct host h;
    struct desk *d = open_filters(*state, &h);
    struct str text = {0};

    for (int i = 0; i < 10000; i++)
        str_addf(&text, "%d\n", 10000 + i);
    assert_true(desk_filter_set(d, entity_input(&entity_contact, "zipCode", BOUND_NONE), "1",
                                &(struct err){0}));
    go_to(&h, "ZIP code");
    stage_paste(&h, str_text(&text));
    h.canvas.h = USUAL_H;
    STAGE_WAIT(&h, desk_loaded(d)->state == LOAD_READ);
    SHOWS(&h, "10,000 values can be sent, 0 cannot.");
    SHOWS(&h, "too long for one request");
    assert_int_equal(desk_loaded(d)->searches, 121);
    DO(&h, "choose");
    assert_int_equal(d->filters.requests, 121);
    stage_draw(&h, LARGE_H, USUAL_W);
    SHOWS(&h, "= 10,000 values");
    SHOWS(&h, "counts, 121 requests");
    stage_close(&h);
    desk_filters_clear(d);
    str_add(&text, "99999\n");
    stage_open(&h, d, &pane_filters);
    assert_true(desk_filter_set(d, entity_input(&entity_contact, "zipCode", BOUND_NONE), "1",
                                &(struct err){0}));
    go_to(&h, "ZIP code");
    stage_paste(&h, str_text(&text)); // one too many
    h.canvas.h = USUAL_H;
    STAGE_WAIT(&h, desk_loaded(d)->state == LOAD_FAILED);
    SHOWS(&h, "more than 10000 values");
    DO(&h, "choose");
    assert_int_equal(h.n_popups, 0);
    go_to(&h, "Looking for");
    REFUSED(&h, "load-values", "put the cursor on a filter");
    str_free(&text);
    leave(&h, d);
}

static void test_adding_a_field(void **state)
{
    struct host h;
    struct desk *d = open_filters(*state, &h);

    DO(&h, "add-filter");
    stage_type(&h, "position start");
    stage_draw(&h, USUAL_H, 70);
    SHOWS(&h, "positionStartDateMin");
    DO(&h, "choose");
    assert_int_equal(h.n_popups, 0);
    assert_true(pane_filters.typing(h.pane)); // at once
    stage_type(&h, "2024-13-01");
    DO(&h, "choose");
    assert_non_null(strstr(h.failed, "YYYY-MM-DD"));
    DO(&h, "back");
    stage_draw(&h, LARGE_H, USUAL_W);
    SHOWS(&h, "Position start"); // its row stays until something else is done with it
    leave(&h, d);
}

static void test_searching_and_counting(void **state)
{
    struct host h;
    struct desk *d = open_filters(*state, &h);
    struct err e;

    assert_true(desk_where(d, "Management level=VP Level Execs", &e));
    stage_draw(&h, LARGE_H, USUAL_W);
    SHOWS(&h, "changed: Enter searches");
    desk_count(d);
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
    desk_count(d);
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
    desk_set_privacy(d, false);
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

// Values that came from somewhere cannot drive the terminal, nor break the text form.
static void test_hostile_values(void **state)
{
    struct host h;
    struct desk *d = open_filters(*state, &h);
    struct err e;

    go_to(&h, "Job title");
    DO(&h, "choose");
    stage_paste(&h, "a\033[31mb\xe2\x80\xae");
    DO(&h, "choose");
    stage_draw(&h, USUAL_H, USUAL_W);
    assert_true(desk_where(d, "companyName=\"A, B \"\"C\"\"\" OR D", &e) || e.kind == ERR_INVALID);
    stage_draw(&h, USUAL_H, USUAL_W);
    for (int i = 0; i < h.canvas.h * h.canvas.w; i++)
        assert_true(h.canvas.cells[i].text[0] == 0 || h.canvas.cells[i].text[0] >= 0x20);
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
        cmocka_unit_test(test_traps_before_sending),
        cmocka_unit_test(test_what_the_account_may_not),
        cmocka_unit_test(test_editing_in_place),
        cmocka_unit_test(test_wrong_values),
        cmocka_unit_test(test_values_of_a_list),
        cmocka_unit_test(test_a_tree_of_values),
        cmocka_unit_test(test_all_below_a_level),
        cmocka_unit_test(test_a_list_fetched_anew),
        cmocka_unit_test(test_an_id_typed_by_hand),
        cmocka_unit_test(test_products_by_steps),
        cmocka_unit_test(test_several_values),
        cmocka_unit_test(test_what_cannot_be_excluded),
        cmocka_unit_test(test_turning_round),
        cmocka_unit_test(test_values_that_no_list_has),
        cmocka_unit_test(test_a_list_that_does_not_come),
        cmocka_unit_test(test_choices_and_flags),
        cmocka_unit_test(test_a_list_of_values),
        cmocka_unit_test(test_a_long_list),
        cmocka_unit_test(test_adding_a_field),
        cmocka_unit_test(test_searching_and_counting),
        cmocka_unit_test(test_a_count_that_fails),
        cmocka_unit_test(test_remarks),
        cmocka_unit_test(test_the_other_entity),
        cmocka_unit_test(test_privacy),
        cmocka_unit_test(test_mouse),
        cmocka_unit_test(test_hostile_values),
    };

    return cmocka_run_group_tests_name("ui-pane/filters", tests, set_up, tear_down);
}
