// The library: free windows to the day, who is held, suppressed, covered; reading through. Tests.
#include "store/box.h"

#include <time.h>

#include "store/purge.h"
#include "store/suppression.h"

static int set_up(void **state)
{
    struct box *b = mem_zalloc(sizeof(*b));

    box_make(b);
    box_start(b);
    *state = b;
    return 0;
}

static int tear_down(void **state)
{
    box_drop(*state);
    free(*state);
    return 0;
}

// Milliseconds since 1970 of "2024-02-29T23:59:59".
static int64_t ms_of(const char *iso)
{
    struct tm tm = {0};

    assert_non_null(strptime(iso, "%Y-%m-%dT%H:%M:%S", &tm));
    return (int64_t)timegm(&tm) * 1000;
}

static void a_free_window_ends_a_year_later_to_the_second(void **state)
{
    struct box *b = *state;
    static const struct {
        const char *bought, *until;
    } windows[] = {
        {"2026-03-01T12:00:00", "2027-03-01T12:00:00"},
        {"2025-01-31T00:00:00", "2026-01-31T00:00:00"},
        {"2025-12-31T23:59:59", "2026-12-31T23:59:59"},
        {"2025-06-30T10:00:00", "2026-06-30T10:00:00"},
        // The leap day has no like a year later; the day before and after it have.
        {"2024-02-29T08:30:00", "2025-02-28T08:30:00"},
        {"2024-02-28T08:30:00", "2025-02-28T08:30:00"},
        {"2024-03-01T08:30:00", "2025-03-01T08:30:00"},
        {"2023-02-28T23:59:59", "2024-02-28T23:59:59"},
        {"2023-03-01T00:00:00", "2024-03-01T00:00:00"},
        // 2100 is no leap year.
        {"2096-02-29T00:00:00", "2097-02-28T00:00:00"},
        {"2099-02-28T00:00:00", "2100-02-28T00:00:00"},
    };

    for (size_t i = 0; i < ARRAY_LEN(windows); i++) {
        int64_t bought = ms_of(windows[i].bought), until = ms_of(windows[i].until);

        assert_int_equal(store_free_until(b->s, "contact", bought), until);
        assert_int_equal(store_free_until(b->s, "company", bought + 123), until + 123);
    }
    // Of what has no charging rule nothing is free.
    assert_int_equal(store_free_until(b->s, "weather", 5), 5);
}

static void the_window_is_as_long_as_it_is_set(void **state)
{
    struct box *b = *state;
    int64_t bought = ms_of("2025-08-31T12:00:00");

    b->now_ms = bought;
    assert_int_equal(box_buy(b, 1, 1), 1);
    assert_int_equal(box_find(b, "1").free_until, ms_of("2026-08-31T12:00:00"));
    store_set_free_months(b->s, 6);
    assert_int_equal(box_find(b, "1").free_until, ms_of("2026-02-28T12:00:00"));
    b->now_ms = ms_of("2026-02-28T11:59:59");
    assert_int_equal(box_buy(b, 1, 1), 0);
    b->now_ms = ms_of("2026-02-28T12:00:00");
    assert_int_equal(box_buy(b, 1, 1), 1);
    store_set_free_months(b->s, 24);
    assert_int_equal(box_find(b, "1").free_until, ms_of("2028-02-28T12:00:00"));
    assert_int_equal(box_find(b, "2").free_until, 0);
}

static void a_record_is_free_until_its_window_ends(void **state)
{
    struct box *b = *state;
    int64_t until;

    b->now_ms = ms_of("2024-02-29T08:30:00");
    assert_int_equal(box_buy(b, 1, 1), 1);
    until = store_free_until(b->s, "contact", box_find(b, "1").bought_ms);
    b->now_ms = until - 1;
    assert_int_equal(box_buy(b, 1, 1), 0);
    assert_int_equal(box_find(b, "1").bought_ms, ms_of("2024-02-29T08:30:00"));
    assert_int_equal(box_find(b, "1").fetched_ms, until - 1);
    b->now_ms = until;
    assert_int_equal(box_buy(b, 1, 1), 1);
    assert_int_equal(box_find(b, "1").bought_ms, until);
    assert_int_equal(box_owned(b), 1);
}

// A window cannot begin later than the call, however late its answer came.
static void a_window_begins_with_its_call(void **state)
{
    struct box *b = *state;
    struct call c;

    call_make(&c, 1, 1);
    box_intend(b, &c);
    b->now_ms += HOUR_MS;
    assert_int_equal(box_settle(b, &c), 1);
    assert_int_equal(box_find(b, "1").bought_ms, BOX_NOW_MS);
    assert_int_equal(box_find(b, "1").fetched_ms, BOX_NOW_MS + HOUR_MS);
}

static void entities_do_not_share_ids(void **state)
{
    struct box *b = *state;
    struct call c;

    assert_int_equal(box_buy(b, 1, 1), 1);
    call_make(&c, 1, 1);
    c.t.charge.entity = "company";
    box_intend(b, &c);
    assert_false(box_find(b, "1").in_doubt);
    assert_int_equal(box_settle(b, &c), 1);
    assert_int_equal(box_owned(b), 1);
}

struct fields_case {
    const char *held, *asked;
    bool covered;
};

static void held_fields_cover_what_is_asked(void **state)
{
    static const struct fields_case cases[] = {
        {"email,id,phone", "email,id,phone", true},
        {"email,id,phone", "phone", true},
        {"email,id,phone", "", true},
        {"email,id,phone", "email,phone", true},
        {"email,id,phone", "email,id,phone,title", false},
        {"email,id,phone", "mail", false},
        {"email,id,phone", "emai", false},
        {"email,id,phone", "phone2", false},
        {"", "email", false},
    };
    struct box *b = *state;

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct call c;
        struct owned owned;
        bool covered;
        struct err e;

        call_make(&c, (long long)i, 1);
        c.bought[0].fields = cases[i].held;
        box_intend(b, &c);
        (void)box_settle(b, &c);
        assert_true(
            store_owned_find(b->s, "contact", c.ids, 1, cases[i].asked, &owned, &covered, &e));
        assert_true(owned.held);
        if (covered != cases[i].covered)
            fail_msg("\"%s\" asked of \"%s\"", cases[i].asked, cases[i].held);
    }
}

static void nothing_is_known_of_what_never_came(void **state)
{
    struct box *b = *state;
    static const char *const ids[] = {"1", "2"};
    struct owned owned[2];
    bool covered[2];
    struct err e;

    (void)box_buy(b, 2, 1);
    assert_true(store_owned_find(b->s, "contact", ids, 2, "", owned, covered, &e));
    assert_false(owned[0].held || owned[0].in_doubt || owned[0].suppressed || covered[0]);
    assert_int_equal(owned[0].bought_ms, 0);
    assert_true(owned[1].held && covered[1]);
}

static void settle_as(struct box *b, const struct bought *bought)
{
    struct call c;

    call_make(&c, 1, 1);
    c.bought[0] = *bought;
    box_intend(b, &c);
    (void)box_settle(b, &c);
}

static bool take(void *arg, const struct owned_row *row)
{
    struct str *out = arg;

    str_addf(out, "%s %s %s %s %s %lld;", row->id, row->raw, row->match_status, row->fields,
             row->source, (long long)(row->bought_ms - BOX_NOW_MS));
    return true;
}

static void expect_library(struct box *b, const char *const *ids, size_t n, const char *text)
{
    struct str out = {0};
    struct err e;

    assert_true(store_owned_each(b->s, "contact", ids, n, take, &out, &e));
    assert_string_equal(str_text(&out), text);
    str_free(&out);
}

static void a_fresh_answer_takes_the_place_of_the_old(void **state)
{
    struct box *b = *state;

    settle_as(b, &(struct bought){"1", NULL, "FULL_MATCH", "{\"a\":1}", "a,id", true, false, NULL});
    b->now_ms += HOUR_MS;
    settle_as(b, &(struct bought){"1", NULL, "CONTACT_ONLY_MATCH", "{\"b\":2}", "a,b,id", true,
                                  false, NULL});
    expect_library(b, NULL, 0, "1 {\"b\":2} CONTACT_ONLY_MATCH a,b,id https://api.example.com 0;");
}

// What it asked for and did not bring is gone; what it did not ask for stays, with its date.
static void other_fields_join_what_is_held(void **state)
{
    static const char first[] = "{\"id\":1,\"email\":\"a@b.c\",\"phone\":null,\"company\":{"
                                "\"name\":\"X\",\"city\":\"P\",\"employeeGrowth\":{\"one\":1}}}",
                      second[] = "{\"id\":1,\"city\":\"Q\",\"company\":{\"name\":\"Y\","
                                 "\"employeeGrowth\":{\"two\":2}}}",
                      third[] = "{\"id\":1,\"city\":\"R\"}";
    struct box *b = *state;

    settle_as(b, &(struct bought){"1", NULL, "FULL_MATCH", first,
                                  "companyCity,companyEmployeeGrowth,companyName,email,id,phone",
                                  true, false, NULL});
    b->now_ms += HOUR_MS;
    settle_as(b, &(struct bought){"1", NULL, "FULL_MATCH", second,
                                  "city,companyEmployeeGrowth,companyName,id", true, false, NULL});
    expect_library(b, NULL, 0,
                   "1 {\"id\":1,\"email\":\"a@b.c\",\"phone\":null,\"company\":{\"name\":\"Y\","
                   "\"city\":\"P\",\"employeeGrowth\":{\"two\":2}},\"city\":\"Q\"} FULL_MATCH city,"
                   "companyCity,companyEmployeeGrowth,companyName,email,id,phone"
                   " https://api.example.com 0;");
    b->now_ms += HOUR_MS;
    settle_as(b, &(struct bought){"1", NULL, "FULL_MATCH", third, "city,companyCity,email,id", true,
                                  false, NULL});
    expect_library(b, NULL, 0,
                   "1 {\"id\":1,\"phone\":null,\"company\":{\"name\":\"Y\",\"employeeGrowth\":{"
                   "\"two\":2}},\"city\":\"R\"} FULL_MATCH city,companyCity,companyEmployeeGrowth,"
                   "companyName,email,id,phone https://api.example.com 0;");
    box_close(b);
    assert_int_equal(box_sql(b, "ledger.db",
                             "SELECT count(*) = 2 AND sum(fetched_ms = 1772366400000 AND"
                             " fields = 'phone') AND sum(fetched_ms = 1772370000000 AND fields ="
                             " 'companyEmployeeGrowth,companyName') FROM older"),
                     1);
    box_open(b);
    box_claim(b);
    // All of them asked for again, none is older.
    settle_as(b, &(struct bought){"1", NULL, "FULL_MATCH", "{\"id\":1,\"phone\":\"7\"}",
                                  "city,companyCity,companyEmployeeGrowth,companyName,email,id,"
                                  "phone,state",
                                  true, false, NULL});
    expect_library(b, NULL, 0,
                   "1 {\"id\":1,\"phone\":\"7\"} FULL_MATCH city,companyCity,"
                   "companyEmployeeGrowth,companyName,email,id,phone,state"
                   " https://api.example.com 0;");
    box_close(b);
    assert_int_equal(box_sql(b, "ledger.db", "SELECT count(*) FROM older"), 0);
    assert_int_equal(box_sql(b, "ledger.db", "SELECT count(*) FROM version"), 3);
}

static void what_does_not_match_never_takes_the_place_of_what_was_bought(void **state)
{
    struct box *b = *state;

    settle_as(b, &(struct bought){"1", NULL, "FULL_MATCH", "{\"a\":1}", "a", true, false, NULL});
    settle_as(b, &(struct bought){"1", NULL, "NO_MATCH", NULL, "a", false, false, NULL});
    settle_as(
        b, &(struct bought){"1", NULL, "COMPANY_ONLY_MATCH", "{\"c\":3}", "c", false, false, NULL});
    expect_library(b, NULL, 0, "1 {\"a\":1} FULL_MATCH a https://api.example.com 0;");
}

// Bought, but its answer came without data: it stays owned.
static void a_record_without_data_is_owned_and_not_held(void **state)
{
    struct box *b = *state;

    settle_as(b, &(struct bought){"1", NULL, "FULL_MATCH", NULL, "a", true, false, NULL});
    assert_false(box_find(b, "1").held);
    assert_int_equal(box_find(b, "1").bought_ms, BOX_NOW_MS);
    expect_library(b, NULL, 0, "");
}

static void who_opts_out_leaves_nothing_but_the_id(void **state)
{
    struct box *b = *state;
    struct owned owned;
    struct str bytes;

    settle_as(b, &(struct bought){"1", NULL, "FULL_MATCH", "{\"mail\":\"canary-4711\"}", "a", true,
                                  false, NULL});
    settle_as(b, &(struct bought){"1", NULL, "OPT_OUT", NULL, "a", false, true, NULL});
    owned = box_find(b, "1");
    assert_true(owned.suppressed);
    assert_false(owned.held);
    assert_int_equal(owned.bought_ms, 0);
    // Nor does it come back by an answer that was under way.
    settle_as(b, &(struct bought){"1", NULL, "FULL_MATCH", "{\"mail\":\"canary-4711\"}", "a", true,
                                  false, NULL});
    assert_false(box_find(b, "1").held);
    expect_library(b, NULL, 0, "");
    box_close(b);
    bytes = box_read(b, "ledger.db");
    assert_null(memmem(bytes.data, bytes.len, "canary-4711", 11));
    str_free(&bytes);
    bytes = box_read(b, "ledger.backup");
    assert_null(memmem(bytes.data, bytes.len, "canary-4711", 11));
    str_free(&bytes);
}

// Who opted out must be gone from the backup, too, though one was made just before.
static void the_backup_forgets_who_opted_out(void **state)
{
    struct box *b = *state;
    struct str bytes;

    settle_as(b, &(struct bought){"1", NULL, "FULL_MATCH", "{\"mail\":\"canary-4711\"}", "a", true,
                                  false, NULL});
    box_close(b);
    bytes = box_read(b, "ledger.backup");
    assert_non_null(memmem(bytes.data, bytes.len, "canary-4711", 11));
    str_free(&bytes);
    box_start(b);
    settle_as(b, &(struct bought){"1", NULL, "OPT_OUT", NULL, "a", false, true, NULL});
    box_close(b);
    bytes = box_read(b, "ledger.backup");
    assert_null(memmem(bytes.data, bytes.len, "canary-4711", 11));
    str_free(&bytes);
}

static void records_come_by_id_in_the_order_asked_for(void **state)
{
    static const char *const ids[] = {"3", "9", "1", "3"};
    struct box *b = *state;

    (void)box_buy(b, 1, 3);
    expect_library(b, ids, 4,
                   "3 {\"id\":3} FULL_MATCH email,id https://api.example.com 0;"
                   "1 {\"id\":1} FULL_MATCH email,id https://api.example.com 0;"
                   "3 {\"id\":3} FULL_MATCH email,id https://api.example.com 0;");
}

struct reader {
    struct box *b;
    long long next; // id that must come next
    long long refreshed, added;
};

static void refresh_ahead(struct reader *r)
{
    // While one reads, what was read, and what will be, is fetched again, and more is bought.
    (void)box_buy(r->b, r->next - 1, 1);
    (void)box_buy(r->b, r->next + 300, 1);
    (void)box_buy(r->b, 100000 + r->next, 1);
}

static bool in_order(void *arg, const struct owned_row *row)
{
    struct reader *r = arg;

    assert_int_equal(strtoll(row->id, NULL, 10), r->next);
    r->next++;
    if (r->next % 400 == 0)
        refresh_ahead(r);
    return true;
}

static void a_reading_meets_each_record_once(void **state)
{
    enum { RECORDS = 2000 };

    struct box *b = *state;
    struct reader r = {.b = b};
    struct err e;

    for (int i = 0; i < RECORDS; i += BOX_CALL)
        (void)box_buy(b, i, BOX_CALL);
    assert_true(store_owned_each(b->s, "contact", NULL, 0, in_order, &r, &e));
    assert_int_equal(r.next, RECORDS);
}

static bool stop(void *arg, const struct owned_row *row)
{
    (void)row;
    return ++*(int *)arg < 3;
}

static void a_reading_stops_when_told(void **state)
{
    struct box *b = *state;
    int n = 0;
    struct err e;

    (void)box_buy(b, 1, 10);
    assert_true(store_owned_each(b->s, "contact", NULL, 0, stop, &n, &e));
    assert_int_equal(n, 3);
}

// Asked for once more it is found by the key of its input, at no cost; who opts out by an input
// goes with what that had brought.
static void an_input_leads_to_the_record_it_named(void **state)
{
    struct box *b = *state;
    static const char *const keys[] = {"input:k"};

    settle_as(b,
              &(struct bought){"7", "input:k", "FULL_MATCH", "{\"a\":1}", "a", true, false, NULL});
    assert_true(box_find(b, "input:k").held);
    assert_int_equal(box_find(b, "input:k").bought_ms, box_find(b, "7").bought_ms);
    expect_library(b, keys, 1, "7 {\"a\":1} FULL_MATCH a https://api.example.com 0;");
    settle_as(b, &(struct bought){"input:k", "input:k", "OPT_OUT", NULL, "a", false, true, NULL});
    assert_false(box_find(b, "7").held);
    assert_true(box_find(b, "7").suppressed);
    assert_true(box_find(b, "input:k").suppressed);
    expect_library(b, keys, 1, "");
}

// An opt-out by an input that named it is no reason of its own for who is on the list already.
static void who_is_listed_for_an_address_leaves_with_it(void **state)
{
    struct box *b = *state;
    static const char *const ids[] = {"7"}, *const by[] = {"aa"};
    static const struct suppressed_email email = {"aa", NULL, NULL};
    long long n;
    bool done;
    struct err e;

    settle_as(b,
              &(struct bought){"7", "input:k", "FULL_MATCH", "{\"a\":1}", "a", true, false, NULL});
    assert_true(store_suppress_emails(b->s, &email, 1, &n, &e));
    assert_true(store_purge(b->s, &(struct purging){"contact", ids, 1, true, by}, &done, &e));
    settle_as(b, &(struct bought){"input:k", "input:k", "OPT_OUT", NULL, "a", false, true, NULL});
    assert_true(box_find(b, "7").suppressed);
    assert_true(store_unsuppress(b->s, "", "aa", &n, &e));
    assert_false(box_find(b, "7").suppressed);
    assert_true(box_find(b, "input:k").suppressed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_free_window_ends_a_year_later_to_the_second, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_window_is_as_long_as_it_is_set, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_record_is_free_until_its_window_ends, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_window_begins_with_its_call, set_up, tear_down),
        cmocka_unit_test_setup_teardown(entities_do_not_share_ids, set_up, tear_down),
        cmocka_unit_test_setup_teardown(held_fields_cover_what_is_asked, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_is_known_of_what_never_came, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_fresh_answer_takes_the_place_of_the_old, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(
            what_does_not_match_never_takes_the_place_of_what_was_bought, set_up, tear_down),
        cmocka_unit_test_setup_teardown(other_fields_join_what_is_held, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_record_without_data_is_owned_and_not_held, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(who_opts_out_leaves_nothing_but_the_id, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_backup_forgets_who_opted_out, set_up, tear_down),
        cmocka_unit_test_setup_teardown(records_come_by_id_in_the_order_asked_for, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_reading_meets_each_record_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_reading_stops_when_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_input_leads_to_the_record_it_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_is_listed_for_an_address_leaves_with_it, set_up,
                                        tear_down),
    };

    return cmocka_run_group_tests_name("owned", tests, NULL, NULL);
}
