// Rows to files: marked and fetched; what travels with them, and what may not be written. Fetching
// all of a search, and what ten thousand rows cost.
#include "desk/export_stage.h"

enum { RPP = 100 };

// Its columns first, under its headings; what must travel with people's values is behind them.
static void test_a_preset_names_the_columns(void **state)
{
    const struct state *s = *state;
    struct export_order order = {.format = "csv", .path = s->path, .preset = "nobody's"};
    struct str bytes = export_by(s, EXPORT_FETCHED, "csv", "crm");
    struct csv_reader csv = csv_open(str_text(&bytes), bytes.len);
    struct err e = {0};
    size_t id;

    assert_true(csv_next(&csv, &e));
    id = column_of(&csv, "ZoomInfo Contact ID");
    assert_int_equal(column_of(&csv, "First Name"), 0);
    assert_int_equal(column_of(&csv, "Last Name"), 1);
    assert_true(column_of(&csv, "directPhoneDoNotCall") > id);
    assert_true(csv_next(&csv, &e));
    assert_string_equal(csv.values[id], table_id(s->desk->results.table, 0));
    csv_close(&csv);
    str_free(&bytes);
    order.what = EXPORT_FETCHED;
    order.replace = true;
    assert_false(desk_export(s->desk, &order, &e));
    assert_non_null(strstr(e.text, "no preset"));
}

static void test_fetched_rows_in_the_order_shown(void **state)
{
    const struct state *s = *state;
    struct desk *d = s->desk;
    struct str bytes;
    struct csv_reader csv;
    struct err e = {0};
    size_t id, name, rows = 0;
    struct stat st;

    desk_sort(d, 3, false, false);
    DESK_WAIT(d, !d->results.arranging);
    bytes = export(s, EXPORT_FETCHED, "csv");
    csv = csv_open(str_text(&bytes), bytes.len);
    assert_true(csv_next(&csv, &e));
    id = column_of(&csv, "personId");
    name = column_of(&csv, "lastName");
    (void)column_of(&csv, "directPhoneDoNotCall"); // travels though it is not shown
    (void)column_of(&csv, "mobilePhoneDoNotCall");
    for (; csv_next(&csv, &e); rows++) {
        assert_string_equal(csv.values[id], table_id(d->results.table, rows));
        assert_string_equal(csv.values[name], table_cell(d->results.table, rows, 3));
    }
    assert_int_equal(e.kind, ERR_NONE);
    assert_int_equal(rows, RPP);
    says(s, "100 rows are in ");
    says(s, "(fetched 100 of ");
    assert_int_equal(stat(s->path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    csv_close(&csv);
    str_free(&bytes);
}

static void test_marked_rows_of_two_searches(void **state)
{
    const struct state *s = *state;
    struct desk *d = s->desk;
    char *first = str_format("%s", table_id(d->results.table, 4));
    json_t *rows, *row;
    struct str bytes;

    (void)desk_mark(d, 4, 4, true);
    search(d, "Accuracy score<=75");
    (void)desk_mark(d, 2, 3, true);
    bytes = export(s, EXPORT_MARKED, "json");
    rows = json_loadb(bytes.data, bytes.len, 0, NULL);
    assert_int_equal(json_array_size(rows), 3);
    row = json_array_get(rows, 0);
    assert_string_equal(json_string_value(json_object_get(row, "personId")), first);
    assert_string_equal(json_string_value(json_object_get(row, "lastName")), "");
    row = json_array_get(rows, 2);
    assert_string_equal(json_string_value(json_object_get(row, "lastName")),
                        table_cell(d->results.table, 3, 3));
    says(s, "3 rows are in ");
    says(s, "(3 marked)");
    says(s, "Of 1 there is the id alone");
    json_decref(rows);
    str_free(&bytes);
    free(first);
}

static void show_too(struct desk *d, const char *const *names)
{
    const struct results *r = &d->results;
    struct shown_column shown[8] = {{.column = desk_column_find(r, "Id"), .width = 12}};
    size_t n = 1;
    struct err e;

    for (; *names; names++)
        shown[n++] = (struct shown_column){.column = desk_column_find(r, *names), .width = 12};
    if (!desk_columns(d, shown, n, &e))
        fail_msg("%s", e.text);
}

// Of a table with headings: the cell of a column in its row `row`, from 0.
static char *cell_at(const struct str *bytes, const char *column, size_t row)
{
    struct csv_reader csv = csv_open(bytes->data, bytes->len);
    struct err e = {0};
    size_t at;
    char *cell;

    assert_true(csv_next(&csv, &e));
    at = column_of(&csv, column);
    for (size_t i = 0; i <= row; i++) {
        if (!csv_next(&csv, &e))
            fail_msg("no row %zu: %s", i, str_text(bytes));
    }
    cell = mem_strdup(csv.values[at]);
    csv_close(&csv);
    return cell;
}

static void cell_is(const struct str *bytes, const char *column, size_t row, const char *want)
{
    char *cell = cell_at(bytes, column, row);

    assert_string_equal(cell, want);
    free(cell);
}

static void cell_says_something(const struct str *bytes, const char *column, size_t row)
{
    char *cell = cell_at(bytes, column, row);

    assert_true(*cell != '\0');
    free(cell);
}

// A search of companies tells ids and names: what its filters say of all, and the library of those
// that are owned, is written as it is shown, and the basis says so.
static void test_columns_beyond_the_search(void **state)
{
    const struct state *s = *state;
    struct desk *d = s->desk;
    struct str bytes;

    desk_entity(d, &entity_company);
    (void)desk_marks_clear(d);
    search(d, "State=Texas");
    (void)desk_mark(d, 1, 2, true);
    buy_marked(d, 2);
    show_too(d, (const char *const[]){"Filter State", "Name", "Employees", NULL});
    bytes = export(s, EXPORT_FETCHED, "csv");
    cell_is(&bytes, "filter.state", 0, "Texas");
    cell_is(&bytes, "filter.state", 5, "Texas");
    cell_is(&bytes, "employeeCount", 0, "");
    cell_says_something(&bytes, "employeeCount", 1);
    cell_says_something(&bytes, "employeeCount", 2);
    says(s, "1 column as the filters say");
    says(s, "1 column as the library knows 2 of the rows");
    str_free(&bytes);
    (void)unlink(s->path);
    (void)desk_mark(d, 0, 0, true);
    search(d, "State=California");
    bytes = export(s, EXPORT_MARKED, "tsv"); // of another search: no filter speaks of them
    assert_non_null(strstr(str_text(&bytes), "employeeCount\n"));
    says(s, "1 column as the library knows 2 of the rows");
    assert_null(strstr(str_text(&bytes), "California"));
    str_free(&bytes);
    (void)unlink(s->path);
    bytes = export_by(s, EXPORT_FETCHED, "csv", "crm"); // has what the library can tell
    cell_is(&bytes, "Employees", 0, "");
    says(s, "as the library knows 0 of the rows");
    str_free(&bytes);
    (void)desk_marks_clear(d);
}

static void refused(const struct state *s, struct export_order order, const char *why)
{
    struct err e;

    assert_false(desk_export(s->desk, &order, &e));
    if (!strstr(e.text, why))
        fail_msg("\"%s\" does not say \"%s\"", e.text, why);
    assert_null(desk_running(s->desk));
}

static void test_orders_that_cannot_be(void **state)
{
    const struct state *s = *state;
    struct desk *d = s->desk;
    const struct export_order fetched = {
        .what = EXPORT_FETCHED, .format = "csv", .path = s->path, .replace = false};
    struct export_order order = fetched;
    struct str bytes;
    struct err e;

    refused(s,
            (struct export_order){
                .what = EXPORT_MARKED, .format = "csv", .path = s->path, .replace = false},
            "marked");
    refused(s,
            (struct export_order){
                .what = EXPORT_FETCHED, .format = "xlsx", .path = s->path, .replace = false},
            "xlsx");
    refused(s,
            (struct export_order){
                .what = EXPORT_FETCHED, .format = "csv", .path = "", .replace = false},
            "which file");
    refused(
        s,
        (struct export_order){
            .what = EXPORT_FETCHED, .format = "csv", .path = s->office.home.path, .replace = true},
        "folder");
    bytes = export(s, EXPORT_FETCHED, "csv");
    str_free(&bytes);
    refused(s, fetched, "exists");
    order.replace = true;
    assert_true(desk_export(d, &order, &e));
    DESK_WAIT(d, !desk_running(d));
    order.path = "/no/such/folder/out.csv";
    assert_true(desk_export(d, &order, &e));
    DESK_WAIT(d, !desk_running(d));
    assert_int_equal(d->message.kind, ERR_STORAGE);
    order.path = "~/at-home.tsv";
    order.format = "tsv";
    assert_true(desk_export(d, &order, &e));
    DESK_WAIT(d, !desk_running(d));
    says(s, "/at-home.tsv");
    desk_entity(d, &entity_company);
    refused(s, fetched, "no rows are fetched");
}

static void test_fetch_all(void **state)
{
    const struct state *s = *state;
    struct desk *d = s->desk;
    const struct results *r = &d->results;
    struct str basis = {0};
    const struct task_view *v;
    int requests;

    search(d, "Accuracy score>=90");
    desk_look(d, 0, 10);
    requests = desk_fetch_all_requests(d);
    assert_int_equal(requests, (r->hits - 1) / RPP);
    desk_fetch_all(d);
    v = desk_running(d);
    assert_non_null(v);
    desk_fetch_all(d); // once is enough
    assert_ptr_equal(desk_running(d), v);
    DESK_WAIT(d, v->state == TASK_DONE);
    assert_int_equal(table_fetched(r->table), r->hits);
    assert_int_equal(atomic_load(&v->done), r->hits);
    assert_int_equal(desk_fetch_all_requests(d), 0);
    assert_null(desk_running(d));
    desk_basis(d, &basis);
    assert_true(str_starts(str_text(&basis), "all "));
    str_free(&basis);
    desk_fetch_all(d);
    says(s, "no more rows");
}

static void test_fetch_all_is_stopped(void **state)
{
    const struct state *s = *state;
    struct desk *d = s->desk;
    const struct results *r = &d->results;
    const struct task_view *v;

    search(d, "Accuracy score>=75");
    server_faults(s->office.server, "POST /search/contact hold after=8");
    desk_fetch_all(d);
    v = desk_running(d);
    DESK_WAIT(d, table_fetched(r->table) >= 5 * RPP);
    assert_true(desk_cancel(d, v->id));
    DESK_WAIT(d, v->state != TASK_RUNS);
    assert_int_equal(v->state, TASK_CANCELLED);
    assert_true(table_fetched(r->table) < (size_t)r->hits);

    server_faults(s->office.server, "POST /search/contact 403");
    desk_fetch_all(d);
    v = desk_running(d);
    DESK_WAIT(d, v->state != TASK_RUNS);
    assert_int_equal(v->state, TASK_FAILED);
    assert_int_equal(d->message.kind, ERR_FORBIDDEN);
    server_faults(s->office.server, "");

    desk_fetch_all(d); // another search makes an end of it
    v = desk_running(d);
    search(d, "Accuracy score>=96");
    DESK_WAIT(d, v->state == TASK_CANCELLED);
}

static void test_ten_thousand_rows(void **state)
{
    const struct state *s = *state;
    struct desk *d = s->desk;
    const struct results *r = &d->results;
    int64_t began = desk_clock_ms(), took;
    struct str bytes;

    search(d, "Accuracy score>=70");
    assert_int_equal(r->hits, 12000);
    assert_int_equal(r->reach, 10000);
    desk_fetch_all(d);
    DESK_WAIT(d, !desk_running(d));
    took = desk_clock_ms() - began;
    assert_in_range(table_fetched(r->table), 9900, 10000);
    (void)printf("%zu contacts fetched in %lld ms: %zu bytes\n", table_fetched(r->table),
                 (long long)took, table_bytes(r->table));
    assert_true(table_bytes(r->table) < 3500000);
    desk_mark_fetched(d);
    DESK_WAIT(d, desk_rests(d));
    assert_int_equal(d->marks.n, table_fetched(r->table));
    bytes = export(s, EXPORT_FETCHED, "csv");
    says(s, "capped at ");
    assert_true(bytes.len > 500000);
    str_free(&bytes);
    DESK_WAIT(d, d->marks.summed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_fetched_rows_in_the_order_shown, fresh),
        cmocka_unit_test_setup(test_a_preset_names_the_columns, fresh),
        cmocka_unit_test_setup(test_marked_rows_of_two_searches, fresh),
        cmocka_unit_test_setup(test_orders_that_cannot_be, fresh),
        cmocka_unit_test_setup(test_fetch_all, fresh),
        cmocka_unit_test_setup(test_fetch_all_is_stopped, fresh),
        cmocka_unit_test_setup(test_ten_thousand_rows, fresh),
        cmocka_unit_test_setup(test_columns_beyond_the_search, fresh),
    };

    return cmocka_run_group_tests_name("export", tests, set_up, tear_down);
}
