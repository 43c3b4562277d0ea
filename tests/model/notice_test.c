// Whom a notice is due to, and until when.
#include "support/test.h"

#include "base/clock.h"
#include "model/notice.h"

enum { EU, NOTICE, COLUMNS };

static const struct column shapes[COLUMNS] = {
    [EU] = {.name = "withinEu", .marks = COLUMN_COMPLIANCE | COLUMN_EU},
    [NOTICE] = {.name = "noticeProvidedDate", .marks = COLUMN_COMPLIANCE | COLUMN_NOTICE},
};

static const struct column *const columns[COLUMNS] = {&shapes[EU], &shapes[NOTICE]};

static const int64_t fetched = 1795491720000; // 2026-11-24T03:42:00Z

static int64_t due(const char *eu, const char *notice, int64_t bought_ms)
{
    const char *const cells[COLUMNS] = {[EU] = eu, [NOTICE] = notice};

    return notice_by(columns, cells, COLUMNS, bought_ms, fetched);
}

static void test_due_within_a_month(void **state)
{
    char buf[CLOCK_ISO_MAX];

    (void)state;
    assert_string_equal(clock_iso(due("true", "", 0), buf), "2026-12-24T03:42:00Z");
}

static void test_month_begins_when_it_first_came(void **state)
{
    (void)state;
    assert_int_equal(due("true", "", fetched - 5000), clock_months(fetched - 5000, 1));
    assert_int_equal(due("true", "", fetched + 5000), clock_months(fetched, 1));
}

static void test_not_due(void **state)
{
    (void)state;
    assert_int_equal(due("false", "", 0), 0);
    assert_int_equal(due("", "", 0), 0);
    assert_int_equal(due("true", "06/27/2020", 0), 0);
    assert_int_equal(due("true", "2020-06-27", 0), 0);
    assert_int_equal(due("true", "Notice not required", 0), 0);
    assert_int_equal(due("true", "notice NOT required", 0), 0);
}

// What is neither a date nor that sentence says nothing.
static void test_odd_words_are_no_notice(void **state)
{
    (void)state;
    assert_int_equal(due("true", "Notice required", 0), clock_months(fetched, 1));
    assert_int_equal(due("true", "13/40/2020", 0), clock_months(fetched, 1));
}

// The field may not have been asked for.
static void test_without_the_columns(void **state)
{
    const char *const eu[] = {"true"}, *const none[] = {""};

    (void)state;
    assert_int_equal(notice_by(columns, eu, 1, 0, fetched), clock_months(fetched, 1));
    assert_int_equal(notice_by(columns + NOTICE, none, 1, 0, fetched), 0);
    assert_int_equal(notice_by(columns, none, 0, 0, fetched), 0);
    assert_int_equal(notice_by(columns, eu, 1, 0, 0), 0);
}

static void test_contacts_alone_have_them(void **state)
{
    (void)state;
    assert_true(notice_of(entity_find("contact")));
    assert_false(notice_of(entity_find("company")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_due_within_a_month),
        cmocka_unit_test(test_month_begins_when_it_first_came),
        cmocka_unit_test(test_not_due),
        cmocka_unit_test(test_odd_words_are_no_notice),
        cmocka_unit_test(test_without_the_columns),
        cmocka_unit_test(test_contacts_alone_have_them),
    };

    return cmocka_run_group_tests_name("model-notice", tests, NULL, NULL);
}
