// Spend N well: what has most, scores highest and is freshest stays, and what costs nothing. Tests.
#include "support/test.h"

#include <stdlib.h>

#include "base/mem.h"
#include "flow/best.h"

enum { RECORDS = 6 };

static struct selection records(void)
{
    static const char *const ids[RECORDS] = {"1", "2", "3", "4", "5", "6"};
    struct selection s = {.entity = entity_find("contact")};

    for (size_t i = 0; i < RECORDS; i++)
        selection_add(&s, ids[i]);
    return s;
}

static struct quoted quote(const struct selection *s, const enum standing *standings)
{
    struct quoted q = {.quote = {.entity = s->entity, .rows = s->n}};

    q.standings = mem_array(s->n, sizeof(*q.standings));
    q.owned = mem_array(s->n, sizeof(*q.owned));
    for (size_t i = 0; i < s->n; i++) {
        q.standings[i] = standings[i];
        q.quote.count[standings[i]]++;
    }
    quote_sum(&q.quote, false);
    return q;
}

static void the_best_stay_in_their_order(void **state)
{
    static const enum standing standings[RECORDS] = {STANDING_NEW,  STANDING_NEW, STANDING_OWNED,
                                                     STANDING_HELD, STANDING_NEW, STANDING_NEW};
    static const struct merit merits[RECORDS] = {{1, 99, "2026-01-01"}, {3, 80, "2020-01-01"},
                                                 {0, -1, ""},           {0, -1, ""},
                                                 {3, 80, "2026-01-01"}, {3, 90, ""}};
    static const char *const want[] = {"3", "4", "5", "6"};
    struct selection s = records();
    struct quoted q = quote(&s, standings);

    (void)state;
    assert_int_equal(best_pick(&s, &q, merits, 2), 2);
    assert_int_equal(s.n, 4);
    for (size_t i = 0; i < s.n; i++)
        assert_string_equal(s.ids[i], want[i]);
    assert_int_equal(q.quote.count[STANDING_NEW], 2);
    assert_int_equal(q.quote.credits.max, 2);
    assert_int_equal(q.quote.rows, 4);
    assert_int_equal(q.standings[0], STANDING_OWNED);
    assert_int_equal(best_pick(&s, &q, merits, 2), 0);
    quote_free(&q);
    selection_free(&s);
}

// Ids from a file that were never seen here: what is left of them is compared with the meter.
static void what_is_left_out_is_in_no_sum(void **state)
{
    static const enum standing standings[RECORDS] = {STANDING_UNSURE, STANDING_UNSURE,
                                                     STANDING_OWNED,  STANDING_UNSURE,
                                                     STANDING_UNSURE, STANDING_UNSURE};
    static const struct merit merits[RECORDS] = {{1, 99, ""}, {3, 80, ""}, {0, -1, ""},
                                                 {0, -1, ""}, {3, 80, ""}, {3, 90, ""}};
    struct selection s = records();
    struct quoted q = quote(&s, standings);

    (void)state;
    s.from_outside = true;
    q.quote.outside = 5;
    assert_int_equal(best_pick(&s, &q, merits, 2), 3);
    assert_int_equal(q.quote.outside, 2);
    assert_int_equal(q.quote.credits.min, 0);
    assert_int_equal(q.quote.credits.max, 2);
    assert_int_equal(q.quote.slack, 0);
    quote_free(&q);
    selection_free(&s);
}

static void a_row_says_what_it_has(void **state)
{
    const struct search_operation *op = &entity_find("contact")->search;
    struct merit m = {.score = -1};

    (void)state;
    for (size_t i = 0; i < op->n_columns; i++) {
        const char *name = op->columns[i].name;

        merit_take(&m, &op->columns[i],
                   str_eq(name, "hasEmail")               ? "true"
                   : str_eq(name, "hasMobilePhone")       ? "Yes"
                   : str_eq(name, "hasDirectPhone")       ? "false"
                   : str_eq(name, "hasCompanyPhone")      ? "true" // of no use: not shown first
                   : str_eq(name, "contactAccuracyScore") ? "87"
                   : str_eq(name, "lastUpdatedDate")      ? "7/14/2020 3:05 PM"
                                                          : "");
    }
    assert_int_equal(m.has, 2);
    assert_int_equal(m.score, 87);
    assert_string_equal(m.day, "2020-07-14 15:05");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_stay_in_their_order),
        cmocka_unit_test(what_is_left_out_is_in_no_sum),
        cmocka_unit_test(a_row_says_what_it_has),
    };

    return cmocka_run_group_tests_name("best", tests, NULL, NULL);
}
