// Marks by id with their sums, undo and redo of what can be undone, the detail, lists.
#include "desk/desk_stage.h"

#include "base/mem.h"

enum { RPP = 100 };

static int set_up(void **state)
{
    static const char *const options[] = {"--unlimited", "--faults", "", NULL};

    return open_desk(state, options);
}

// Rows of one search, two pages fetched; no marks.
static int fresh(void **state)
{
    struct desk *d = ((struct state *)*state)->desk;
    struct err e;

    desk_set_live_count(d, false);
    desk_entity(d, &entity_contact);
    (void)desk_marks_clear(d);
    desk_filters_clear(d);
    assert_true(desk_where(d, "Accuracy score>=90", &e));
    assert_true(desk_search(d, &e));
    DESK_WAIT(d, d->results.state == RESULTS_THERE);
    desk_look(d, RPP, 10);
    DESK_WAIT(d, table_has_page(d->results.table, 2));
    (void)desk_serve(d);
    return 0;
}

// Places of the marked rows, in the order marked.
static void expect_marks(const struct desk *d, const char *places)
{
    struct str out = {0};

    for (size_t i = 0; i < d->marks.n; i++) {
        assert_true(desk_marked(d, d->marks.items[i].id));
        str_addf(&out, "%s%lld", i ? " " : "", table_place(d->results.table, d->marks.items[i].id));
    }
    assert_string_equal(str_text(&out), places);
    str_free(&out);
}

static void undo(struct desk *d, const char *says)
{
    struct str what = {0};
    struct err e;

    assert_true(desk_undo(d, &what, &e));
    assert_string_equal(str_text(&what), says);
    str_free(&what);
}

static void redo(struct desk *d)
{
    struct str what = {0};
    struct err e;

    assert_true(desk_redo(d, &what, &e));
    str_free(&what);
}

static void test_marking(void **state)
{
    struct desk *d = ((struct state *)*state)->desk;
    const char *first = table_cell(d->results.table, 3, 1),
               *last = table_cell(d->results.table, 3, 3);
    char *label = str_format("%s%s%s", first, *first && *last ? " " : "", last);

    assert_int_equal(desk_mark(d, 3, 3, true), 1);
    assert_true(desk_serve(d) & DESK_MARKS);
    assert_string_equal(d->marks.items[0].label, label);
    assert_int_equal(desk_mark(d, 5, 2, true), 3);
    expect_marks(d, "3 2 4 5");
    assert_int_equal(desk_mark(d, 0, 9, false), 4);
    expect_marks(d, "");
    assert_int_equal(desk_mark(d, 0, 9, false), 0);
    assert_int_equal(desk_mark(d, 100000, 100005, true), 0);
    free(label);
}

static void test_undo_puts_them_where_they_were(void **state)
{
    struct desk *d = ((struct state *)*state)->desk;

    (void)desk_mark(d, 1, 6, true);
    (void)desk_mark(d, 9, 9, true);
    (void)desk_mark(d, 3, 4, false);
    expect_marks(d, "1 2 5 6 9");
    undo(d, "Undid unmarking 2 rows.");
    expect_marks(d, "1 2 3 4 5 6 9");
    undo(d, "Undid marking 1 row.");
    undo(d, "Undid marking 6 rows.");
    expect_marks(d, "");
    redo(d);
    redo(d);
    redo(d);
    expect_marks(d, "1 2 5 6 9");
    undo(d, "Undid unmarking 2 rows.");
    (void)desk_mark(d, 20, 20, true); // what could be redone is gone
    assert_false(desk_redo(d, &(struct str){0}, &(struct err){0}));
    expect_marks(d, "1 2 3 4 5 6 9 20");
}

static void test_all_none_and_the_other_way_round(void **state)
{
    struct desk *d = ((struct state *)*state)->desk;
    struct str wanted = {0};
    const char *says;
    size_t fetched;

    DESK_WAIT(d, desk_rests(d)); // pages read ahead
    fetched = table_fetched(d->results.table);
    str_addf(&wanted, "Undid marking %zu rows.", fetched);
    says = str_text(&wanted);
    (void)desk_mark(d, 2, 4, true);
    desk_marks_invert(d);
    assert_int_equal(desk_mark(d, 0, 0, true), 0); // not meanwhile
    DESK_WAIT(d, desk_rests(d));
    assert_int_equal(d->marks.n, fetched - 3);
    assert_false(desk_marked(d, table_id(d->results.table, 3)));
    undo(d, says);
    expect_marks(d, "2 3 4");
    str_free(&wanted);
    desk_mark_fetched(d);
    DESK_WAIT(d, desk_rests(d));
    assert_int_equal(d->marks.n, fetched);
    for (size_t i = 0; i < fetched; i++)
        assert_true(desk_marked(d, table_id(d->results.table, i)));
    assert_true(desk_unmark(d, table_id(d->results.table, 3)));
    assert_false(desk_unmark(d, table_id(d->results.table, 3)));
    undo(d, "Undid unmarking 1 row.");
    assert_int_equal(desk_marks_clear(d), fetched);
    assert_int_equal(d->marks.n, 0);
}

static void test_the_same_value(void **state)
{
    struct desk *d = ((struct state *)*state)->desk;
    const struct table *t = d->results.table;
    char *value = str_format("%s", table_cell(t, 0, 3));
    size_t same = 0;
    struct err e;

    for (size_t i = 0; i < table_rows(t); i++) // read ahead: there may be a hole
        same += table_id(t, i) && str_eq(table_cell(t, i, 3), value);
    assert_true(desk_mark_same(d, 0, 3, &e));
    DESK_WAIT(d, desk_rests(d));
    assert_int_equal(d->marks.n, same);
    assert_true(desk_marked(d, table_id(t, 0)));
    assert_int_equal(desk_marks_clear(d), same);
    free(value);
}

// So many that what has to be worked out for them is not worked out here.
static void test_thousands(void **state)
{
    struct desk *d = ((struct state *)*state)->desk;
    enum { THOUSANDS = 5000 };
    char *ids[THOUSANDS];

    for (int i = 0; i < THOUSANDS; i++)
        ids[i] = str_format("%d", 70000000 + i);
    assert_int_equal(
        desk_mark_records(d, (const char *const *)ids, (const char *const *)ids, THOUSANDS, true),
        THOUSANDS);
    DESK_WAIT(d, desk_rests(d) && d->marks.summed);
    assert_int_equal(d->marks.count[STANDING_NEW], THOUSANDS);
    assert_true(desk_marked(d, ids[0]) && desk_marked(d, ids[THOUSANDS - 1]));
    assert_true(desk_unmark(d, ids[7]));
    undo(d, "Undid unmarking 1 row.");
    undo(d, "Undid marking 5,000 rows.");
    assert_int_equal(d->marks.n, 0);
    assert_int_equal(desk_mark(d, 0, 0, true), 0); // not while it is worked out
    DESK_WAIT(d, desk_rests(d));
    assert_false(desk_marked(d, ids[0]));
    assert_int_equal(desk_mark(d, 0, 0, true), 1); // what could be done again goes elsewhere
    DESK_WAIT(d, desk_rests(d));
    assert_int_equal(desk_marks_clear(d), 1);
    for (int i = 0; i < THOUSANDS; i++)
        free(ids[i]);
}

static void test_a_long_range(void **state)
{
    struct desk *d = ((struct state *)*state)->desk;
    size_t rows = table_rows(d->results.table), fetched;

    desk_mark_range(d, rows + 5, rows);
    DESK_WAIT(d, desk_rests(d));
    assert_int_equal(d->marks.n, 0);
    fetched = table_fetched(d->results.table);
    desk_mark_range(d, rows - 1, 2);
    DESK_WAIT(d, desk_rests(d));
    assert_int_equal(d->marks.n, fetched - 2);
    assert_false(desk_marked(d, table_id(d->results.table, 1)));
    assert_true(desk_marked(d, table_id(d->results.table, 2)));
    assert_int_equal(desk_marks_clear(d), fetched - 2);
}

static void test_they_survive_another_search_and_order(void **state)
{
    struct desk *d = ((struct state *)*state)->desk;
    char *id = str_format("%s", table_id(d->results.table, 7));
    struct err e;

    (void)desk_mark(d, 7, 7, true);
    desk_sort(d, 3, false, false);
    assert_true(desk_marked(d, id));
    assert_true(desk_where(d, "firstName=Zzyzx", &e));
    assert_true(desk_search(d, &e));
    DESK_WAIT(d, d->results.state == RESULTS_THERE);
    assert_int_equal(table_rows(d->results.table), 0);
    assert_true(desk_marked(d, id));
    assert_int_equal(desk_marks_clear(d), 1);
    free(id);
}

static void test_sums_by_the_library(void **state)
{
    struct desk *d = ((struct state *)*state)->desk;

    (void)desk_mark(d, 0, 36, true);
    assert_false(d->marks.summed);
    (void)desk_mark(d, 0, 6, false); // while it is summed
    DESK_WAIT(d, d->marks.summed);
    assert_int_equal(d->marks.count[STANDING_NEW], 30);
    assert_int_equal(d->marks.credits.max, 30);
    assert_int_equal(d->marks.records.max, 30);
    assert_int_equal(d->marks.requests.max, 2);
    (void)desk_marks_clear(d);
    assert_true(d->marks.summed);
    assert_int_equal(d->marks.credits.max, 0);
    (void)desk_mark(d, 0, 36, true);
    (void)desk_marks_clear(d); // while it is summed
    DESK_WAIT(d, desk_rests(d));
    assert_true(d->marks.summed);
    assert_int_equal(d->marks.count[STANDING_NEW], 0);
    assert_int_equal(d->marks.credits.max, 0);
}

static void test_undo_of_filters_and_columns(void **state)
{
    struct desk *d = ((struct state *)*state)->desk;
    const struct input *title = entity_input(&entity_contact, "jobTitle", BOUND_NONE);
    const struct shown_column one = {4, 20, false};
    size_t n = d->results.n_shown;
    struct err e;

    assert_true(desk_filter_set(d, title, "CFO", &e));
    assert_true(desk_filter_set(d, title, "CTO", &e));
    assert_false(
        desk_filter_set(d, entity_input(&entity_contact, "personId", BOUND_NONE), "x", &e));
    assert_true(desk_columns(d, &one, 1, &e));
    desk_column_pin(d, 0, true);
    undo(d, "Undid the change of a column's pin.");
    assert_false(d->results.shown[0].pinned);
    undo(d, "Undid the change of the columns.");
    assert_int_equal(d->results.n_shown, n);
    undo(d, "Undid the change of Job title.");
    assert_string_equal(desk_filter_get(d, title), "CFO");
    undo(d, "Undid the change of Job title.");
    assert_string_equal(desk_filter_get(d, title), "");
    redo(d);
    assert_string_equal(desk_filter_get(d, title), "CFO");
    redo(d);
    redo(d);
    assert_int_equal(d->results.n_shown, 1);
    undo(d, "Undid the change of the columns.");
    desk_column_move(d, 1, 0);
    undo(d, "Undid the move of a column.");
}

static void test_undo_has_an_end(void **state)
{
    struct desk *d = ((struct state *)*state)->desk;
    struct str what = {0};
    struct err e;
    int steps = 0;

    for (int i = 0; i < 150; i++) {
        (void)desk_mark(d, 0, 0, true);
        (void)desk_mark(d, 0, 0, false);
    }
    while (desk_undo(d, &what, &e))
        steps++;
    assert_int_equal(steps, 200);
    assert_int_equal(e.kind, ERR_REFUSED);
    str_free(&what);
    assert_int_equal(d->marks.n, 0);
}

static void test_detail_from_the_row(void **state)
{
    struct desk *d = ((struct state *)*state)->desk;
    bool name = false, flags = false;

    desk_detail(d, table_id(d->results.table, 2));
    assert_true(desk_serve(d) & DESK_DETAIL);
    assert_string_equal(d->detail.id, table_id(d->results.table, 2));
    for (size_t i = 0; i < d->detail.n_fields; i++) {
        const struct detail_field *f = &d->detail.fields[i];

        name = name || (str_eq(f->column->name, "lastName") && str_eq(f->section, "Search row") &&
                        str_eq(f->text, table_cell(d->results.table, 2, 3)));
        flags = flags || (str_eq(f->column->name, "directPhoneDoNotCall") &&
                          str_eq(f->section, "Compliance"));
        assert_string_equal(f->source, "search");
        assert_int_equal(f->as_of_ms, d->results.asked_ms);
    }
    assert_true(name && flags);
    DESK_WAIT(d, !d->detail.asked);
    assert_int_equal(d->detail.err.kind, ERR_NONE);
    assert_int_equal(d->detail.note.standing, STANDING_NEW);
    desk_detail(d, "12345");
    DESK_WAIT(d, !d->detail.asked);
    assert_int_equal(d->detail.err.kind, ERR_NOT_FOUND);
}

static void test_lists(void **state)
{
    const struct state *s = *state;
    struct desk *d = s->desk;
    static const char *const paths[] = {"industry", "managementlevel", "department", "metroarea",
                                        "employeecount"};
    const struct desk_list *lists[ARRAY_LEN(paths)], *none;
    const struct desk_fields *fields;

    for (size_t i = 0; i < ARRAY_LEN(paths); i++)
        lists[i] = desk_list(d, paths[i]);
    for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
        DESK_WAIT(d, lists[i]->there);
        assert_true(lists[i]->list.n > 0);
        assert_true(lists[i]->fetched_ms > 0);
        assert_ptr_equal(desk_list(d, paths[i]), lists[i]);
    }
    assert_true(desk_parts() & DESK_LISTS);
    none = desk_list(d, "no/such/list");
    DESK_WAIT(d, none->err.kind != ERR_NONE);
    assert_false(none->there);
    fields = desk_fields(d, &entity_contact);
    DESK_WAIT(d, fields->there);
    assert_true(map_has(&fields->granted, "email"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_marking, fresh),
        cmocka_unit_test_setup(test_undo_puts_them_where_they_were, fresh),
        cmocka_unit_test_setup(test_all_none_and_the_other_way_round, fresh),
        cmocka_unit_test_setup(test_the_same_value, fresh),
        cmocka_unit_test_setup(test_thousands, fresh),
        cmocka_unit_test_setup(test_a_long_range, fresh),
        cmocka_unit_test_setup(test_they_survive_another_search_and_order, fresh),
        cmocka_unit_test_setup(test_sums_by_the_library, fresh),
        cmocka_unit_test_setup(test_undo_of_filters_and_columns, fresh),
        cmocka_unit_test_setup(test_undo_has_an_end, fresh),
        cmocka_unit_test_setup(test_detail_from_the_row, fresh),
        cmocka_unit_test_setup(test_lists, fresh),
    };

    return cmocka_run_group_tests_name("marks", tests, set_up, tear_down);
}
