// Times, prices, standings and cells as people read them: no desk needed but for its mask.
#include "support/test.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "flow/usage_words.h"
#include "ui/pane/cells.h"
#include "ui/pane/money.h"
#include "ui/pane/when.h"

static const int64_t DAY = (int64_t)24 * 3600 * 1000;
static const int64_t NOW = (int64_t)1764103667 * 1000; // 2025-11-25 20:47:47 UTC

static void test_days(void **state)
{
    char buf[WHEN_MAX];

    (void)state;
    assert_string_equal(when_day(NOW, NOW, buf), "Nov 25");
    assert_string_equal(when_day(NOW + 30 * DAY, NOW, buf), "Dec 25");
    assert_string_equal(when_day(NOW - 30 * DAY, NOW, buf), "Oct 26");
    // A year on it is the same day again: the year says which.
    assert_string_equal(when_day(NOW + 365 * DAY, NOW, buf), "Nov 2026");
    assert_string_equal(when_second(NOW, buf), "2025-11-25 20:47:47");
    assert_string_equal(when_clock(NOW, buf), "20:47:47");
    assert_string_equal(when_since(NOW - 60000, NOW, buf), "20:46");
    assert_string_equal(when_since(NOW - DAY, NOW, buf), "Nov 24");
    assert_string_equal(when_since(NOW - 365 * DAY, NOW, buf), "Nov 2024");
}

static void test_ages(void **state)
{
    static const struct {
        int64_t ago;
        const char *text;
    } cases[] = {
        {0, "now"},        {59999, "now"}, {60000, "1 min"},   {(int64_t)3600 * 1000, "1 h"},
        {DAY - 1, "23 h"}, {DAY, "1 d"},   {30 * DAY, "1 mo"}, {400 * DAY, "1 y"},
        {-5000, "now"}};
    char buf[WHEN_MAX];

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_string_equal(when_age(NOW - cases[i].ago, NOW, buf), cases[i].text);
    assert_string_equal(when_age(0, NOW, buf), "never");
    assert_string_equal(when_span(0, buf), "0:00");
    assert_string_equal(when_span((41 * 60 + 7) * 1000, buf), "41:07");
    assert_string_equal(when_span((3600 + 61) * 1000, buf), "1:01:01");
    assert_string_equal(when_span(-9, buf), "0:00");
}

static void test_spans(void **state)
{
    struct str s = {0};
    char buf[SPAN_MAX];

    (void)state;
    assert_string_equal(span_text((struct span){21, 25}, buf), "21..25");
    assert_string_equal(span_text((struct span){1234, 1234}, buf), "1,234");
    add_counted(&s, (struct span){1, 1}, "request");
    str_add(&s, " ");
    add_counted(&s, (struct span){0, 1}, "credit");
    assert_string_equal(str_text(&s), "1 request 0..1 credits");
    str_free(&s);
}

static void test_owned_and_cost(void **state)
{
    static const struct {
        struct row_note note;
        const char *owned, *cost;
        enum role role;
    } cases[] = {
        {{STANDING_NEW, true, 0}, "-", "1", ROLE_PRICE},
        {{STANDING_NEW, false, 0}, "?", "0-1", ROLE_UNSURE},
        {{STANDING_IN_DOUBT, true, 0}, "?", "0-1", ROLE_UNSURE},
        {{STANDING_HELD, true, NOW + 30 * DAY}, "Dec 25", "0", ROLE_OWNED},
        {{STANDING_OWNED, true, NOW + 30 * DAY}, "Dec 25", "0", ROLE_OWNED},
        {{STANDING_SUPPRESSED, true, 0}, "out", "-", ROLE_WARNING},
        {{STANDING_DUPLICATE, true, 0}, "twice", "-", ROLE_DIM},
        {{STANDING_INVALID, true, 0}, "no id", "-", ROLE_WARNING},
    };
    char buf[SPAN_MAX];
    enum role role;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        assert_string_equal(owned_text(cases[i].note, NOW, buf, &role), cases[i].owned);
        assert_int_equal(role, cases[i].role);
        assert_string_equal(cost_text(&entity_contact.charging, cases[i].note, buf, &role),
                            cases[i].cost);
    }
}

// As the picture has it.
static void test_marks(void **state)
{
    struct marks m = {
        .n = 37, .summed = true, .credits = {21, 25}, .records = {37, 37}, .requests = {2, 2}};
    struct str s = {0};

    (void)state;
    m.count[STANDING_HELD] = 10;
    m.count[STANDING_OWNED] = 2;
    m.count[STANDING_NEW] = 21;
    m.count[STANDING_IN_DOUBT] = 4;
    marks_text(&m, false, &s);
    assert_string_equal(str_text(&s), "37 marked: 12 owned, 21 new, 4 unsure -> 21..25 credits, 37 "
                                      "records, 2 requests");
    str_clear(&s);
    marks_text(&m, true, &s);
    assert_string_equal(str_text(&s), "37 marked: 12 owned, 21 new, 4 unsure -> 21..25 credits, 37 "
                                      "rec., 2 req.");
    m.count[STANDING_SUPPRESSED] = 1;
    str_clear(&s);
    marks_text(&m, false, &s);
    assert_non_null(strstr(str_text(&s), ", 1 opted out ->"));
    m.summed = false;
    str_clear(&s);
    marks_text(&m, false, &s);
    assert_string_equal(str_text(&s), "37 marked: looking them up");
    m.n = 0;
    str_clear(&s);
    marks_text(&m, false, &s);
    assert_string_equal(str_text(&s), "0 marked");
    str_free(&s);
}

static void test_numbers_that_are_typed(void **state)
{
    (void)state;
    assert_true(number_typed("9950", 9950) && number_typed(" 9,950 ", 9950));
    assert_false(number_typed("99,50", 9950) || number_typed("", 0) || number_typed("9950x", 9950));
}

// Whatever there is room for, the most that it costs is seen.
static void test_the_price_of_many_marks_is_seen(void **state)
{
    struct marks m = {.n = 10000,
                      .summed = true,
                      .credits = {7627, 7725},
                      .records = {9985, 9985},
                      .requests = {400, 400}};
    struct marks_sums sums = {0};
    struct canvas c = {0};
    struct str row = {0};

    (void)state;
    m.count[STANDING_OWNED] = 2160;
    m.count[STANDING_NEW] = 7725;
    m.count[STANDING_UNSURE] = 100;
    m.count[STANDING_SUPPRESSED] = 15;
    sums_take(&sums, &m);
    for (int w = 200; w >= 40; w--) {
        canvas_size(&c, 1, w);
        (void)sums_draw(&sums, false, canvas_area(&c));
        str_clear(&row);
        canvas_line(&c, 0, &row);
        assert_non_null(strstr(str_text(&row), "10,000 marked"));
        assert_non_null(strstr(str_text(&row), "7,627..7,725 credits"));
    }
    str_free(&row);
    canvas_free(&c);
    sums_free(&sums);
}

static void test_cells(void **state)
{
    static const struct column text = {"a", "a", COLUMN_TEXT, "A", 5, COLUMN_PERSONAL};
    static const struct column flag = {"b", "b", COLUMN_FLAG, "B", 5, 0};
    static const struct column money = {"c", "c", COLUMN_MONEY, "C", 5, 0};
    static const struct column date = {"d", "d", COLUMN_DATE, "D", 5, 0};
    struct desk d = {0};
    char buf[CELL_MAX];

    (void)state;
    assert_string_equal(cell_shown(&d, &text, "Ana", buf), "Ana");
    assert_string_equal(cell_shown(&d, &flag, "true", buf), "x");
    assert_string_equal(cell_shown(&d, &flag, "No", buf), ".");
    assert_string_equal(cell_shown(&d, &flag, "Uncertain", buf), "Uncertain");
    assert_string_equal(cell_shown(&d, &flag, "", buf), "");
    assert_string_equal(cell_told(&d, &flag, "1", buf), "yes");
    assert_string_equal(cell_shown(&d, &money, "1234567", buf), "1,234,567");
    assert_string_equal(cell_shown(&d, &money, "a lot", buf), "a lot");
    assert_string_equal(cell_shown(&d, &date, "7/14/2020 3:05 PM", buf), "2020-07-14");
    assert_string_equal(cell_told(&d, &date, "7/14/2020 3:05 PM", buf), "2020-07-14 15:05");
    assert_string_equal(cell_told(&d, &date, "Notice not required", buf), "Notice not required");
}

// The mask says nothing of what lies under it, and lies only over people.
static void test_mask(void **state)
{
    static const struct column name = {"a", "a", COLUMN_TEXT, "A", 5, COLUMN_PERSONAL};
    static const struct column firm = {"b", "b", COLUMN_TEXT, "B", 5, 0};
    struct desk d = {.privacy = true};
    char a[CELL_MAX], b[CELL_MAX];

    (void)state;
    assert_string_equal(cell_shown(&d, &name, "Al", a), cell_shown(&d, &name, "Maximilian", b));
    assert_string_not_equal(cell_told(&d, &name, "Al", a), "Al");
    assert_string_equal(cell_shown(&d, &name, "", a), "");
    assert_string_equal(cell_shown(&d, &firm, "Initech", a), "Initech");
    assert_string_not_equal(label_shown(&d, &entity_contact, "Ana Ruiz"), "Ana Ruiz");
    assert_string_equal(label_shown(&d, &entity_company, "Initech"), "Initech");
}

static struct burn burn_of(const struct ledger_row *lines, size_t n, long long remaining)
{
    struct burn b = {0};

    for (size_t i = 0; i < n; i++)
        burn_add(&b, lines[i].began_ms, lines[i].credits, NOW);
    burn_end(&b, remaining, NOW);
    return b;
}

static void test_burn(void **state)
{
    const struct ledger_row lines[] = {
        {.began_ms = NOW - 1000, .credits = 10},
        {.began_ms = NOW - 5 * DAY, .credits = 30},
        {.began_ms = NOW - 10 * DAY, .credits = 60},
        {.began_ms = NOW - 100 * DAY, .credits = 5000}, // too long ago
        {.began_ms = NOW + DAY, .credits = 7000},       // a clock that was wrong
        {.began_ms = NOW - 2 * DAY, .credits = 0},
    };
    struct burn b = burn_of(lines, ARRAY_LEN(lines), 1000);

    (void)state;
    assert_true(b.known);
    assert_true(b.per_day > 9.99 && b.per_day < 10.01);
    assert_int_equal(b.days_left, 100);
    assert_true(b.days[BURN_DAYS - 1] == 10 && b.days[BURN_DAYS - 6] == 30);
    b = burn_of(lines, ARRAY_LEN(lines), -1);
    assert_true(b.known);
    assert_int_equal(b.days_left, -1);
    // A day's purchase is no rate.
    b = burn_of(lines, 1, 1000);
    assert_false(b.known);
    assert_int_equal(b.days_left, -1);
    b = burn_of(lines, 0, 1000);
    assert_false(b.known);
}

static int set_up(void **state)
{
    (void)state;
    (void)setenv("TZ", "UTC", 1);
    tzset();
    return setlocale(LC_ALL, "C.UTF-8") ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_days),
        cmocka_unit_test(test_ages),
        cmocka_unit_test(test_spans),
        cmocka_unit_test(test_owned_and_cost),
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_cells),
        cmocka_unit_test(test_the_price_of_many_marks_is_seen),
        cmocka_unit_test(test_numbers_that_are_typed),
        cmocka_unit_test(test_mask),
        cmocka_unit_test(test_burn),
    };

    return cmocka_run_group_tests_name("ui-pane/words", tests, set_up, NULL);
}
