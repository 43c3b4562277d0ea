// What is typed and pasted into the filters.
#include "ui-pane/filters_stage.h"

#include "ui/widget/edit.h"

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
    REFUSED(&h, "copy-cell", "no value here");
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

// A place and the radius around it are one row, typed as one text, undone as one step.
static void test_a_radius(void **state)
{
    struct host h;
    struct desk *d = open_filters(*state, &h);
    struct str text = {0};

    DO(&h, "add-filter");
    stage_type(&h, "zipcoderadius"); // by its name in the API
    DO(&h, "choose");
    assert_true(pane_filters.typing(h.pane));
    stage_draw(&h, LARGE_H, USUAL_W);
    SHOWS(&h, "within");
    stage_type(&h, "25"); // alone it means nothing
    DO(&h, "choose");
    assert_non_null(strstr(h.failed, "ZIP code radius needs ZIP code"));
    assert_true(pane_filters.typing(h.pane));
    DO(&h, "first");
    stage_type(&h, "11201, 11215 within 10 ");
    DO(&h, "choose");
    assert_non_null(strstr(h.failed, "\"within\" stands twice"));
    assert_true(stage_key(&h, K_CTRL | 'w')); // the cursor is at the end again
    assert_true(stage_key(&h, K_CTRL | 'w'));
    assert_true(stage_key(&h, K_CTRL | 'w'));
    stage_type(&h, "25 miles");
    DO(&h, "choose");
    assert_string_equal(filter(d, "zipCode"), "11201, 11215");
    assert_string_equal(filter(d, "zipCodeRadiusMiles"), "25");
    stage_draw(&h, LARGE_H, USUAL_W);
    SHOWS(&h, "= 11201, 11215 within 25 miles");
    SHOWS_NOT(&h, "ZIP code radius");
    desk_filters_text(d, &text); // which has both by their names
    assert_string_equal(str_text(&text), "entity = contact\nzipCode = 11201, 11215\n"
                                         "zipCodeRadiusMiles = 25\n");
    str_free(&text);
    leave(&h, d);
}

// Where both stand already, as a saved search has them.
static void test_a_radius_is_changed(void **state)
{
    struct host h;
    struct desk *d = open_filters(*state, &h);
    struct str what = {0};
    struct err e;

    assert_true(desk_filters_read(
        d, "entity = contact\nzipCode = 11201, 11215\nzipCodeRadiusMiles = 25\n", &e));
    stage_draw(&h, LARGE_H, USUAL_W);
    go_to(&h, "11215 within 25 miles");
    DO(&h, "copy-cell");
    assert_string_equal(h.copied, "11201, 11215 within 25 miles");
    DO(&h, "choose");
    DO(&h, "choose"); // as it was
    assert_string_equal(filter(d, "zipCodeRadiusMiles"), "25");
    DO(&h, "choose");
    assert_true(stage_key(&h, K_CTRL | 'w'));
    assert_true(stage_key(&h, K_CTRL | 'w'));
    stage_type(&h, "30");
    DO(&h, "choose");
    assert_non_null(strstr(h.failed, "is none of 10, 25, 50, 100, 250"));
    assert_true(stage_key(&h, K_CTRL | 'w'));
    assert_true(stage_key(&h, K_CTRL | 'w'));
    DO(&h, "choose");
    assert_string_equal(filter(d, "zipCode"), "11201, 11215");
    assert_string_equal(filter(d, "zipCodeRadiusMiles"), "");
    assert_true(desk_undo(d, &what, &e));
    assert_string_equal(filter(d, "zipCodeRadiusMiles"), "25");
    DO(&h, "add-filter"); // with a place the word is there already
    stage_type(&h, "zipcoderadius");
    DO(&h, "choose");
    DO(&h, "choose");
    assert_string_equal(filter(d, "zipCodeRadiusMiles"), "25");
    DO(&h, "delete");
    assert_int_equal(d->filters.query.n_filters, 0);
    assert_true(desk_undo(d, &what, &e));
    assert_int_equal(d->filters.query.n_filters, 2);
    str_free(&what);
    leave(&h, d);
}

// A radius that came without its place has a row to be mended in.
static void test_a_radius_alone(void **state)
{
    struct host h;
    struct desk *d = open_filters(*state, &h);
    struct err e;

    assert_true(desk_where(d, "zipCodeRadiusMiles=50", &e));
    stage_draw(&h, LARGE_H, USUAL_W);
    SHOWS(&h, "ZIP code radius needs ZIP code as well");
    go_to(&h, "within 50 miles");
    DO(&h, "choose");
    DO(&h, "first");
    stage_type(&h, "10001 ");
    DO(&h, "choose");
    assert_string_equal(filter(d, "zipCode"), "10001");
    assert_string_equal(filter(d, "zipCodeRadiusMiles"), "50");
    assert_int_equal(d->filters.faults.len, 0);
    leave(&h, d);
}

static void paste_bytes(struct host *h, const char *bytes, size_t len)
{
    assert_true(
        stage_event(h, &(struct event){.kind = EVENT_PASTE, .paste = bytes, .paste_len = len}));
}

// What a line has no room for is told, and what was there stays.
static void test_too_long_for_a_line(void **state)
{
    struct host h;
    struct desk *d = open_filters(*state, &h);
    struct str text = {0};

    for (int i = 0; i < 600; i++)
        str_addf(&text, "%d, ", 10000 + i);
    DO(&h, "add-filter");
    stage_type(&h, "zipcode");
    DO(&h, "choose");
    stage_paste(&h, str_text(&text)); // one line, but a list
    assert_int_equal(h.n_popups, 1);
    h.canvas.h = USUAL_H;
    STAGE_WAIT(&h, desk_loaded(d)->state == LOAD_READ);
    SHOWS(&h, "600 values can be sent, 0 cannot");
    DO(&h, "choose");
    while (text.len < 5000)
        str_addf(&text, "%zu, ", text.len);
    assert_true(desk_filter_set(d, entity_input(&entity_contact, "zipCode", BOUND_NONE),
                                str_text(&text), &(struct err){0}));
    go_to(&h, "ZIP code");
    DO(&h, "choose");
    assert_false(pane_filters.typing(h.pane));
    assert_non_null(strstr(h.failed, "more values than a line has room for"));
    assert_true(strlen(filter(d, "zipCode")) > EDIT_MAX);
    DO(&h, "add-filter");
    stage_type(&h, "fullName");
    DO(&h, "choose");
    stage_paste(&h, "Ana ");
    memset(text.data, 'x', text.len);
    stage_paste(&h, str_text(&text));
    assert_non_null(strstr(h.failed, "characters, and Full name takes 500; nothing of it"));
    stage_paste(&h, "Ruiz\n");
    DO(&h, "choose");
    assert_string_equal(filter(d, "fullName"), "Ana Ruiz");
    str_free(&text);
    leave(&h, d);
}

// A line pasted onto a field that nobody types into takes the place of what it has; Esc undoes it.
static void test_a_line_pasted_onto_a_field(void **state)
{
    struct host h;
    struct desk *d = open_filters(*state, &h);

    go_to(&h, "Job title");
    stage_paste(&h, "cto\033 OR ceo\001");
    assert_non_null(strstr(h.said, "Left out of what was pasted: 2 control characters"));
    DO(&h, "choose");
    assert_string_equal(filter(d, "jobTitle"), "cto OR ceo");
    stage_paste(&h, "chef");
    DO(&h, "back");
    assert_string_equal(filter(d, "jobTitle"), "cto OR ceo");
    go_to(&h, "Industry");
    stage_paste(&h, "education.university");
    assert_int_equal(h.n_popups, 1);
    STAGE_WAIT(&h, desk_list(d, "industry")->there);
    DO(&h, "choose");
    assert_string_equal(filter(d, "industryCodes"), "education.university");
    DO(&h, "add-filter");
    stage_type(&h, "executivesonly");
    DO(&h, "choose");
    stage_paste(&h, "perhaps");
    assert_non_null(strstr(h.failed, "is yes, no or either"));
    assert_string_equal(filter(d, "executivesOnly"), "true");
    leave(&h, d);
}

#define TEXT(s)                                                                                    \
    {                                                                                              \
        s, sizeof(s) - 1                                                                           \
    }

static void fill_rubbish(struct str *out)
{
    for (uint32_t i = 0, x = 1; i < 10000; i++) {
        x = x * 1664525 + 1013904223;
        str_add_char(out, (char)(x >> 24 ? x >> 24 : 1));
    }
}

// Whatever comes: a popup, a line that is typed into, or a sentence; and no filter but by a choice.
static void paste_onto(struct host *h, struct desk *d, const struct input *in, const char *bytes,
                       size_t len)
{
    char *before = mem_strdup(desk_filter_get(d, in));

    keep(&h->failed, "");
    go_to(h, in->label);
    paste_bytes(h, bytes, len);
    assert_true(h->n_popups == 1 || pane_filters.typing(h->pane) || *h->failed);
    assert_string_equal(desk_filter_get(d, in), before);
    stage_draw(h, USUAL_H, USUAL_W);
    for (int i = 0; i < h->canvas.h * h->canvas.w; i++)
        assert_true(h->canvas.cells[i].text[0] == 0 || h->canvas.cells[i].text[0] >= 0x20);
    if (h->n_popups)
        stage_close_popup(h);
    else if (pane_filters.typing(h->pane))
        DO(h, "choose");
    if (pane_filters.typing(h->pane)) { // refused: in a sentence, and it stays to be mended
        assert_true(*h->failed && !strchr(h->failed, '\n'));
        DO(h, "back");
        assert_string_equal(desk_filter_get(d, in), before);
    }
    free(before);
}

static void test_rubbish(void **state)
{
    static const char *const names[] = {"fullName",
                                        "jobTitle",
                                        "managementLevel",
                                        "boardMember",
                                        "personId",
                                        "zipCode",
                                        "executivesOnly",
                                        "buyingGroup",
                                        "employeeRangeMin",
                                        "phone",
                                        "fundingStartDate",
                                        "techSkills",
                                        "companyPastOrPresent",
                                        "techAttributeTagList"};
    struct host h;
    struct desk *d = open_filters(*state, &h);
    struct str bytes = {0}, line = {0};
    struct err e;

    fill_rubbish(&bytes);
    for (int i = 0; i < 9000; i++)
        str_add_char(&line, 'y');
    const struct {
        const char *text;
        size_t len;
    } pastes[] = {{bytes.data, bytes.len},
                  {line.data, line.len},
                  TEXT("\033]0;x\007\033[2J\x9b"),
                  TEXT("a\0b"),
                  TEXT("\360\237\221\251\342\200\215 \342\200\256 \327\251\327\234"), // emoji, RTL
                  TEXT("a,b;c\t\"d\"\n\"e\n\",,,\n"),
                  TEXT("\n\n\r\n")};

    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        const struct input *in = entity_input(&entity_contact, names[i], BOUND_NONE);

        desk_filters_clear(d);
        if (in->kind != INPUT_LOOKUP && in->kind != INPUT_CHOICE)
            assert_true(desk_filter_set(d, in,
                                        in->kind == INPUT_FLAG   ? "yes"
                                        : in->kind == INPUT_DATE ? "2024-02-29"
                                                                 : "85",
                                        &e));
        else if (in->kind == INPUT_CHOICE)
            assert_true(desk_filter_set(d, in, "past", &e));
        else
            assert_true(desk_filter_set(d, in, "x", &e));
        for (size_t k = 0; k < ARRAY_LEN(pastes); k++)
            paste_onto(&h, d, in, pastes[k].text, pastes[k].len);
    }
    str_free(&bytes);
    str_free(&line);
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
        cmocka_unit_test(test_editing_in_place),
        cmocka_unit_test(test_wrong_values),
        cmocka_unit_test(test_adding_a_field),
        cmocka_unit_test(test_a_list_of_values),
        cmocka_unit_test(test_a_long_list),
        cmocka_unit_test(test_a_radius),
        cmocka_unit_test(test_a_radius_is_changed),
        cmocka_unit_test(test_a_radius_alone),
        cmocka_unit_test(test_too_long_for_a_line),
        cmocka_unit_test(test_a_line_pasted_onto_a_field),
        cmocka_unit_test(test_rubbish),
        cmocka_unit_test(test_hostile_values),
    };

    return cmocka_run_group_tests_name("ui-pane/filters_typed", tests, set_up, tear_down);
}
