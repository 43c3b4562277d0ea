// The desk as it was left: after closing, after kill -9, with a file that is at fault, and never
// by the second of two.
#include "support/test.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "support/desk.h"

enum { RPP = 100 };

static int set_up(void **state)
{
    static const char *const options[] = {"--unlimited", "--faults", "", NULL};
    static struct office office;

    office_open(&office, options);
    *state = &office;
    return 0;
}

static int tear_down(void **state)
{
    office_close(*state);
    return 0;
}

// Nothing was left behind.
static int fresh(void **state)
{
    const struct office *o = *state;
    char *own = office_session(o);
    char *sandbox = str_format("%s/state/lode/sandbox/session", o->home.path);

    (void)unlink(own);
    (void)unlink(sandbox);
    free(own);
    free(sandbox);
    return 0;
}

static void search(struct desk *d, const char *where)
{
    struct err e;

    if (!desk_where(d, where, &e))
        fail_msg("%s", e.text);
    assert_true(desk_search(d, &e));
    DESK_WAIT(d, d->results.state == RESULTS_THERE && !d->results.kept);
}

static long long searches(const struct office *o)
{
    return server_stat(o->server, "requests.POST /search/contact") +
           server_stat(o->server, "requests.POST /search/company");
}

static void make_a_stand(struct desk *d)
{
    struct shown_column shown[] = {{4, 33, true}, {9, 7, false}, {3, 14, false}};
    struct err e;

    desk_set_live_count(d, false);
    desk_set_privacy(d, true);
    desk_remember(d, "pane", "quote \"it\"");
    assert_true(desk_server_sort(d, "lastName:asc", &e));
    search(d, "Accuracy score>=90");
    desk_look(d, RPP, 20);
    DESK_WAIT(d, table_has_page(d->results.table, 2));
    assert_true(desk_columns(d, shown, 3, &e));
    assert_int_equal(desk_mark(d, 3, 7, true), 5);
    assert_int_equal(desk_mark(d, 5, 5, false), 1);
    assert_true(desk_quote(d, "!phone,lastName", &e));
    DESK_WAIT(d, d->buying.state == BUYING_QUOTED);
    desk_sort(d, 9, true, false);
    // A page more would be another order.
    DESK_WAIT(d, desk_rests(d) && !d->results.arranging && !table_behind(d->results.table));
    desk_place(d, 42, 30, 2, 1);
    assert_true(desk_where(d, "companyName=\"Initech, Inc.\", Hooli", &e)); // not searched for
    desk_entity(d, &entity_company);
    search(d, "companyName=a");
    assert_int_equal(desk_mark(d, 0, 0, true), 1);
}

static void expect_the_stand(const struct office *o, struct desk *d, const char *id)
{
    long long before = searches(o);
    struct str text = {0};
    bool ascending;

    assert_ptr_equal(d->filters.entity, &entity_company);
    assert_false(d->live_count);
    assert_true(d->privacy);
    assert_true(d->locked);
    assert_string_equal(desk_remembered(d, "pane"), "quote \"it\"");
    assert_int_equal(d->marks.n, 1);
    desk_entity(d, &entity_contact);
    desk_filters_text(d, &text);
    assert_string_equal(str_text(&text),
                        "entity = contact\ncontactAccuracyScoreMin = 90\ncompanyName = \"Initech, "
                        "Inc.\", Hooli\nsort = lastName:asc\n");
    str_free(&text);
    assert_int_equal(d->marks.n, 4);
    assert_string_equal(desk_quote_fields(d, &entity_contact), "!phone,lastName");
    assert_int_equal(d->results.n_shown, 3);
    assert_int_equal(d->results.shown[0].column, 4);
    assert_int_equal(d->results.shown[0].width, 33);
    assert_true(d->results.shown[0].pinned);
    assert_false(d->results.shown[1].pinned);

    desk_start(d);
    DESK_WAIT(d, d->results.state == RESULTS_THERE);
    assert_true(d->results.kept);
    assert_int_equal(d->results.place, 42);
    assert_int_equal(d->results.top, 30);
    assert_int_equal(d->results.at, 2);
    assert_int_equal(d->results.left, 1);
    assert_true(table_has_page(d->results.table, 1) && table_has_page(d->results.table, 2));
    DESK_WAIT(d, !d->results.arranging && table_ordered(d->results.table));
    assert_true(desk_sorted(d, 9, &ascending) && ascending);
    assert_string_equal(table_id(d->results.table, 42), id);
    desk_look(d, 30, 20);
    DESK_WAIT(d, table_note(d->results.table, 42));
    assert_true(table_note(d->results.table, 42)->known);
    assert_int_equal(d->results.query.n_filters, 1);
    assert_true(table_rows(d->results.table) == (size_t)d->results.hits);
    desk_basis(d, &text);
    assert_non_null(strstr(str_text(&text), "fetched "));
    assert_non_null(strstr(str_text(&text), ", as of 20"));
    str_free(&text);
    DESK_WAIT(d, d->marks.summed);
    // What was found counts the filters, unless they are others by now.
    assert_int_equal(d->filters.state, COUNT_UNKNOWN);
    desk_entity(d, &entity_company);
    DESK_WAIT(d, d->results.state == RESULTS_THERE);
    assert_int_equal(d->filters.state, COUNT_KNOWN);
    assert_true(d->filters.hits == d->results.hits);
    assert_int_equal(searches(o), before);
}

static void test_closed_and_opened_again(void **state)
{
    const struct office *o = *state;
    struct desk *d = office_again(o);
    char *id;

    make_a_stand(d);
    desk_entity(d, &entity_contact);
    id = str_format("%s", table_id(d->results.table, 42));
    desk_entity(d, &entity_company);
    desk_close(d);
    d = office_desk(o);
    expect_the_stand(o, d, id);
    DESK_WAIT(d, d->state == DESK_NOBODY);
    desk_close(d); // saves what it did not change
    d = office_desk(o);
    desk_entity(d, &entity_company);
    expect_the_stand(o, d, id);
    desk_close(d);
    free(id);
}

static void test_pages_behind_kept_rows(void **state)
{
    const struct office *o = *state;
    struct desk *d = office_again(o);

    search(d, "Accuracy score>=85");
    (void)desk_marks_clear(d);
    (void)desk_mark(d, 0, 4, true);
    desk_close(d);
    d = office_again(o);
    DESK_WAIT(d, d->results.state == RESULTS_THERE);
    assert_true(d->results.kept);
    // Summed before the account's meters are known, and again when they are.
    DESK_WAIT(d, d->marks.summed && d->marks.credits.min == 5);
    (void)desk_marks_clear(d);
    desk_look(d, 3 * RPP, 20); // the filters are resolved anew for it
    DESK_WAIT(d, table_has_page(d->results.table, 4));
    search(d, "Accuracy score<=95");
    assert_false(d->results.kept);
    desk_close(d);
}

static void pause_ms(long ms)
{
    const struct timespec nap = {ms / 1000, ms % 1000 * 1000000};

    (void)nanosleep(&nap, NULL);
}

static void wait_for_file(const char *path)
{
    for (int i = 0; i < 3000 && access(path, F_OK) != 0; i++)
        pause_ms(10);
    assert_int_equal(access(path, F_OK), 0);
}

static bool saved(const struct office *o, const char *part)
{
    char *path = office_session(o);
    struct str text = {0};
    struct err e;
    bool there = file_read(path, 1 << 20, &text, &e) && strstr(str_text(&text), part);

    str_free(&text);
    free(path);
    return there;
}

// In a process of its own: says by a file that all was saved by itself, and stays.
static void change_and_stay(const struct office *o, const char *flag)
{
    struct desk *d = office_again(o);
    FILE *f;

    desk_set_live_count(d, false);
    (void)desk_marks_clear(d);
    desk_filters_clear(d);
    search(d, "Accuracy score>=80");
    (void)desk_mark(d, 0, 9, true);
    desk_place(d, 7, 0, 0, 0);
    desk_remember(d, "pane", "killed");
    DESK_WAIT(d, saved(o, "killed"));
    (void)desk_mark(d, 20, 29, true); // too late, perhaps
    f = fopen(flag, "w");
    (void)(f && fclose(f));
    desk_serve_for(d, 60000);
}

static void test_killed(void **state)
{
    const struct office *o = *state;
    char *flag = str_format("%s/changed", o->home.path);
    struct desk *d;
    pid_t pid = fork();

    if (pid == 0) {
        change_and_stay(o, flag);
        _exit(1);
    }
    wait_for_file(flag);
    (void)kill(pid, SIGKILL);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
    d = office_desk(o);
    assert_string_equal(desk_remembered(d, "pane"), "killed");
    assert_true(d->marks.n == 10 || d->marks.n == 20);
    assert_int_equal(d->results.place, 7);
    desk_start(d);
    DESK_WAIT(d, d->results.state == RESULTS_THERE);
    assert_int_equal(d->results.place, 7);
    assert_true(desk_marked(d, table_id(d->results.table, 9)));
    desk_close(d);
    free(flag);
}

static void write_session(const struct office *o, const char *text)
{
    char *path = office_session(o);
    struct file_new f;
    struct err e;

    assert_true(file_new_open(&f, path, true, &e));
    assert_true(file_write_all(f.fd, text, strlen(text)));
    assert_true(file_new_commit(&f, &e));
    free(path);
}

static void test_a_line_at_fault_costs_only_itself(void **state)
{
    const struct office *o = *state;
    struct desk *d = office_again(o); // makes the folder

    desk_close(d);
    write_session(o,
                  "entity planet\n"
                  "view pane results\n"
                  "live-count perhaps\n"
                  "where 'firstName = Ana'\n" // before any entity
                  "in contact\n"
                  "where 'firstName = Bo'\n"
                  "where 'shoeSize = 43'\n"
                  "where \"open\n"
                  "column jobTitle 30\n"
                  "column shoeSize 30\n"
                  "column jobTitle 30\n"
                  "column lastName -4\n"
                  "column lastName\n"
                  "mark 1\n"
                  "mark 2 'Bo Lind'\n"
                  "mark 2 'Bo again'\n"
                  "place 1 2 x\n"
                  "in planet\n"
                  "where 'firstName = Cy'\n");
    d = office_desk(o);
    assert_string_equal(desk_remembered(d, "pane"), "results");
    assert_true(d->live_count);
    assert_int_equal(d->filters.query.n_filters, 1);
    assert_string_equal(d->filters.query.filters[0].text, "Bo");
    assert_int_equal(d->results.n_shown, 2);
    assert_true(d->results.shown[1].width > 5);
    assert_int_equal(d->marks.n, 1);
    assert_string_equal(d->marks.items[0].label, "Bo Lind");
    assert_int_equal(d->message.kind, ERR_INVALID);
    assert_non_null(strstr(d->message.text, "12 lines"));
    assert_non_null(strstr(d->message.text, "session:1:8: there is no entity \"planet\""));
    desk_close(d);
}

static void test_only_the_first_saves(void **state)
{
    const struct office *o = *state;
    struct desk *first = office_again(o), *second = office_again(o), *d;

    desk_remember(first, "pane", "of the first");
    desk_remember(second, "pane", "of the second");
    DESK_WAIT(first, desk_tick_ms(first) == -1);
    desk_close(first);
    desk_close(second);
    d = office_desk(o);
    assert_string_equal(desk_remembered(d, "pane"), "of the first");
    desk_close(d);
}

static void test_each_account_has_its_own(void **state)
{
    const struct office *o = *state;
    struct desk *d = office_again(o);
    struct err e;

    desk_set_live_count(d, false);
    desk_filters_clear(d);
    assert_true(desk_where(d, "firstName=Own", &e));
    desk_use_sandbox(d);
    DESK_WAIT(d, d->state == DESK_READY);
    assert_int_equal(d->filters.query.n_filters, 0);
    assert_int_equal(d->marks.n, 0);
    assert_true(desk_where(d, "firstName=Sandbox", &e));
    office_sign_in(o, d);
    DESK_WAIT(d, d->state == DESK_READY);
    assert_string_equal(d->filters.query.filters[0].text, "Own");
    desk_close(d);
    d = desk_open(&(struct desk_config){.sandbox = true, .rate = -1});
    assert_string_equal(d->filters.query.filters[0].text, "Sandbox");
    desk_close(d);
}

// Calls that hang must not hold up the file, nor the closing.
static void test_a_silent_network_holds_nothing_up(void **state)
{
    const struct office *o = *state;
    struct desk *d = office_again(o);
    struct err e;
    int64_t began;

    search(d, "Accuracy score>=80");
    server_faults(o->server, "* stall");
    desk_count(d, false);
    desk_look(d, 3 * RPP, RPP + 20);
    assert_true(desk_search(d, &e));
    desk_refresh_usage(d);
    (void)desk_list(d, "industry");
    desk_fetch_all(d);
    desk_serve_for(d, 200);
    began = desk_clock_ms();
    desk_remember(d, "pane", "in spite of it");
    DESK_WAIT(d, saved(o, "in spite of it"));
    assert_true(desk_clock_ms() - began < UNWAITED_MS);
    began = desk_clock_ms();
    desk_close(d);
    assert_true(desk_clock_ms() - began < UNWAITED_MS);
    server_faults(o->server, "");
}

static void test_the_file_is_private(void **state)
{
    const struct office *o = *state;
    char *path = office_session(o);
    struct desk *d = office_again(o);
    struct stat st;

    desk_remember(d, "pane", "results");
    desk_close(d);

    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_closed_and_opened_again, fresh),
        cmocka_unit_test_setup(test_pages_behind_kept_rows, fresh),
        cmocka_unit_test_setup(test_killed, fresh),
        cmocka_unit_test_setup(test_a_line_at_fault_costs_only_itself, fresh),
        cmocka_unit_test_setup(test_only_the_first_saves, fresh),
        cmocka_unit_test_setup(test_each_account_has_its_own, fresh),
        cmocka_unit_test_setup(test_a_silent_network_holds_nothing_up, fresh),
        cmocka_unit_test_setup(test_the_file_is_private, fresh),
    };

    return cmocka_run_group_tests_name("session", tests, set_up, tear_down);
}
