// What is owned to files: the marked, and what the library found. Tests.
#include "desk/export_stage.h"

static void test_owned_records(void **state)
{
    const struct state *s = *state;
    struct desk *d = s->desk;
    struct str bytes;
    struct csv_reader csv;
    struct err e = {0};
    size_t email, rows = 0, owned;

    (void)desk_mark(d, 0, 9, true);
    bytes = export(s, EXPORT_OWNED, "csv"); // none of them yet
    assert_int_equal(d->message.kind, ERR_NOT_FOUND);
    assert_int_equal(bytes.len, 0);
    buy_marked(d, 6);
    owned = d->buying.done.bought;
    bytes = export(s, EXPORT_OWNED, "csv");
    csv = csv_open(str_text(&bytes), bytes.len);
    assert_true(csv_next(&csv, &e));
    email = column_of(&csv, "email");
    (void)column_of(&csv, "withinEu");
    (void)column_of(&csv, "noticeProvidedDate");
    (void)column_of(&csv, "fetchedAt");
    (void)column_of(&csv, "source");
    for (; csv_next(&csv, &e); rows++)
        assert_true(strchr(csv.values[email], '@') || !*csv.values[email]);
    assert_int_equal(rows, owned);
    says(s, "6 owned records are in ");
    says(s, "4 of the marked are not owned");
    csv_close(&csv);
    str_free(&bytes);
    (void)unlink(s->path);
    bytes = export(s, EXPORT_OWNED, "jsonl");
    assert_non_null(strstr(str_text(&bytes), "\"matchStatus\":\"FULL_MATCH\""));
    str_free(&bytes);
}

static size_t count_lines(const struct str *bytes)
{
    size_t n = 0;

    for (size_t i = 0; i < bytes->len; i++)
        n += bytes->data[i] == '\n';
    return n;
}

static void find_in_library(struct desk *d, const char *typed)
{
    uint64_t found = d->library.found;

    desk_library_find(d, typed);
    DESK_WAIT(d, d->library.state == LIBRARY_THERE && d->library.found > found);
}

// What was found in the library, whatever is marked and fetched, in the order it has there.
static void test_what_the_library_found(void **state)
{
    const struct state *s = *state;
    struct desk *d = s->desk;
    struct str all, some;
    char *text;

    (void)desk_mark(d, 20, 23, true);
    buy_marked(d, 4);
    (void)desk_marks_clear(d);
    find_in_library(d, NULL);
    assert_true(d->library.n >= 4);
    all = export(s, EXPORT_LIBRARY, "csv");
    assert_int_equal(count_lines(&all), d->library.n + 1);
    says(s, " found in the library");
    (void)unlink(s->path);
    desk_library_look(d, 0, 1);
    DESK_WAIT(d, desk_library_line(d, 0));
    assert_non_null(strstr(str_text(&all), desk_library_line(d, 0)->id));
    text = mem_strdup(desk_library_line(d, 0)->label);
    find_in_library(d, text);
    assert_true(d->library.n >= 1);
    some = export(s, EXPORT_LIBRARY, "csv");
    assert_int_equal(count_lines(&some), d->library.n + 1);
    assert_true(some.len < all.len);
    free(text);
    str_free(&all);
    str_free(&some);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_owned_records, fresh),
        cmocka_unit_test_setup(test_what_the_library_found, fresh),
    };

    return cmocka_run_group_tests_name("export-owned", tests, set_up, tear_down);
}
