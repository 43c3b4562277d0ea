// What a quote sums up to.
#include "support/test.h"

#include "base/mem.h"
#include "model/quote.h"

struct quote_case {
    size_t fresh, held, owned, doubtful, duplicate, suppressed, invalid;
    size_t unsure, outside; // of the unsure
    long long unseen;
    bool send_doubtful;
    struct span credits, records, requests;
    long long slack;
};

static const struct quote_case cases[] = {
    {.credits = {0, 0}},
    // Nothing bought elsewhere: every new row costs its credit.
    {.fresh = 1, .credits = {1, 1}, .records = {1, 1}, .requests = {1, 1}},
    {.fresh = 25, .credits = {25, 25}, .records = {25, 25}, .requests = {1, 1}},
    {.fresh = 26, .credits = {26, 26}, .records = {26, 26}, .requests = {2, 2}},
    // Bought elsewhere: that many of them may be free.
    {.fresh = 26, .unseen = 4, .credits = {22, 26}, .records = {26, 26}, .requests = {2, 2}},
    {.fresh = 26, .unseen = 26, .credits = {0, 26}, .records = {26, 26}, .requests = {2, 2}},
    {.fresh = 26, .unseen = 900, .credits = {0, 26}, .records = {26, 26}, .requests = {2, 2}},
    {.fresh = 26, .unseen = -1, .credits = {0, 26}, .records = {26, 26}, .requests = {2, 2}},
    // Held rows are not sent at all; owned ones cost a record and their part of a request.
    {.held = 100, .credits = {0, 0}},
    {.owned = 51, .credits = {0, 0}, .records = {51, 51}, .requests = {3, 3}},
    {.fresh = 10,
     .held = 7,
     .owned = 20,
     .credits = {10, 10},
     .records = {30, 30},
     .requests = {2, 2}},
    // Left alone until told otherwise; then each may cost a credit.
    {.fresh = 3, .doubtful = 5, .credits = {3, 3}, .records = {3, 3}, .requests = {1, 1}},
    {.fresh = 3,
     .doubtful = 5,
     .send_doubtful = true,
     .credits = {3, 8},
     .records = {8, 8},
     .requests = {1, 1}},
    {.doubtful = 30,
     .send_doubtful = true,
     .credits = {0, 30},
     .records = {30, 30},
     .requests = {2, 2}},
    {.fresh = 3,
     .doubtful = 5,
     .send_doubtful = true,
     .unseen = 2,
     .credits = {1, 8},
     .records = {8, 8},
     .requests = {1, 1}},
    // What names nobody costs nothing, and neither does an id from elsewhere that is of nobody; but
    // what comes by such an id costs its credit.
    {.unsure = 26, .credits = {0, 26}, .records = {0, 26}, .requests = {2, 2}, .slack = 26},
    {.unsure = 26, .outside = 26, .credits = {0, 26}, .records = {0, 26}, .requests = {2, 2}},
    {.fresh = 3,
     .owned = 2,
     .unsure = 7,
     .outside = 5,
     .credits = {3, 10},
     .records = {5, 12},
     .requests = {1, 1},
     .slack = 2},
    {.fresh = 3,
     .unsure = 7,
     .outside = 5,
     .unseen = 4,
     .credits = {0, 10},
     .records = {3, 10},
     .requests = {1, 1},
     .slack = 6},
    {.unsure = 5,
     .outside = 5,
     .unseen = -1,
     .credits = {0, 5},
     .records = {0, 5},
     .requests = {1, 1},
     .slack = 5},
    // Never sent.
    {.duplicate = 9, .suppressed = 8, .invalid = 7, .credits = {0, 0}},
    {.fresh = 21,
     .held = 2,
     .owned = 12,
     .doubtful = 1,
     .duplicate = 9,
     .suppressed = 8,
     .invalid = 7,
     .unseen = 4,
     .credits = {17, 21},
     .records = {33, 33},
     .requests = {2, 2}},
};

static void assert_span(struct span got, struct span want, size_t at)
{
    if (got.min != want.min || got.max != want.max)
        fail_msg("case %zu: %lld..%lld instead of %lld..%lld", at, got.min, got.max, want.min,
                 want.max);
}

static void test_sums(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        const struct quote_case *c = &cases[i];
        struct quote q = {.entity = &entity_contact,
                          .unseen = c->unseen,
                          .outside = c->outside,
                          .count = {[STANDING_NEW] = c->fresh,
                                    [STANDING_UNSURE] = c->unsure,
                                    [STANDING_HELD] = c->held,
                                    [STANDING_OWNED] = c->owned,
                                    [STANDING_IN_DOUBT] = c->doubtful,
                                    [STANDING_DUPLICATE] = c->duplicate,
                                    [STANDING_SUPPRESSED] = c->suppressed,
                                    [STANDING_INVALID] = c->invalid}};

        quote_sum(&q, c->send_doubtful);
        assert_span(q.credits, c->credits, i);
        assert_span(q.records, c->records, i);
        assert_span(q.requests, c->requests, i);
        if (!c->unsure) // of what is known the price says it
            assert_int_equal(q.slack, q.credits.max - q.credits.min);
        else
            assert_int_equal(q.slack, c->slack);
        quote_sum(&q, c->send_doubtful); // again: the same
        assert_span(q.credits, c->credits, i);
    }
}

// A cap leaves what is known to cost in full calls; what may cost nothing has one each at worst.
static void test_cap(void **state)
{
    struct quote sure = {.entity = &entity_contact, .count = {[STANDING_NEW] = 60}};
    struct quote unsure = {
        .entity = &entity_contact, .outside = 61, .count = {[STANDING_UNSURE] = 61}};
    struct quote none;

    (void)state;
    quote_sum(&sure, false);
    assert_int_equal(quote_requests_most(&sure), 3);
    quote_cap(&sure, 30);
    assert_span(sure.credits, (struct span){30, 30}, 0);
    assert_span(sure.records, (struct span){30, 30}, 0);
    assert_span(sure.requests, (struct span){2, 2}, 0);
    quote_sum(&unsure, false);
    none = unsure;
    quote_cap(&unsure, 61);
    assert_span(unsure.requests, (struct span){3, 3}, 1);
    assert_int_equal(quote_requests_most(&unsure), 61);
    quote_cap(&unsure, 3);
    assert_span(unsure.credits, (struct span){0, 3}, 1);
    assert_span(unsure.records, (struct span){0, 3}, 1);
    assert_span(unsure.requests, (struct span){1, 61}, 1);
    // Two of the new ones may be free already.
    sure = (struct quote){.entity = &entity_contact, .unseen = 2, .count = {[STANDING_NEW] = 30}};
    quote_sum(&sure, false);
    quote_cap(&sure, 4);
    assert_span(sure.credits, (struct span){4, 4}, 2);
    assert_span(sure.records, (struct span){4, 6}, 2);
    assert_span(sure.requests, (struct span){1, 6}, 2);
    // Which stand among owned ones is not told: the call that reaches the cap may leave early.
    sure = (struct quote){.entity = &entity_contact,
                          .count = {[STANDING_NEW] = 78, [STANDING_OWNED] = 1000}};
    quote_sum(&sure, false);
    quote_cap(&sure, 25);
    assert_span(sure.credits, (struct span){25, 25}, 2);
    assert_span(sure.requests, (struct span){41, 42}, 2);
    quote_cap(&none, 0);
    assert_span(none.requests, (struct span){0, 0}, 2);
}

// The rule is the entity's.
static void test_charging_rule(void **state)
{
    struct entity dear = entity_contact;
    struct quote q = {
        .entity = &dear, .unseen = 3, .count = {[STANDING_NEW] = 4, [STANDING_OWNED] = 2}};

    (void)state;
    dear.charging =
        (struct charging_rule){.credits_new = 2, .records_matched = 3, .requests_call = 5};
    dear.enrich.batch = 4;
    quote_sum(&q, false);
    assert_span(q.credits, (struct span){5, 8}, 0);
    assert_span(q.records, (struct span){18, 18}, 0);
    assert_span(q.requests, (struct span){10, 10}, 0);
}

// What calls in doubt may have cost need not have been used by others.
static void test_what_the_ledger_did_not_see(void **state)
{
    static const struct {
        long long unseen, doubted;
        const char *text;
    } sums[] = {
        {1200, 0, "1,200 credits that this ledger did not see"},
        {1200, 25, "1,200 credits that this ledger did not see (up to 25 of them may be in doubt)"},
        {25, 25, "25 credits that this ledger did not see (may be those in doubt)"},
        {1, 1, "1 credit that this ledger did not see (may be the one in doubt)"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(sums); i++) {
        const struct quote q = {.unseen = sums[i].unseen, .doubted = sums[i].doubted};
        struct str text = {0};

        quote_add_unseen(&q, &text);
        assert_string_equal(str_text(&text), sums[i].text);
        str_free(&text);
    }
}

static void test_only_new_records_may_be_free(void **state)
{
    (void)state;
    assert_true(quote_may_be_free(&(struct quote){.unseen = 3, .count = {[STANDING_NEW] = 1}}));
    assert_false(quote_may_be_free(&(struct quote){.unseen = 3, .count = {[STANDING_UNSURE] = 1}}));
    assert_false(quote_may_be_free(&(struct quote){.count = {[STANDING_NEW] = 1}}));
}

static void test_standings(void **state)
{
    (void)state;
    assert_string_equal(standing_defs()[STANDING_NEW].name, "new");
    assert_string_equal(standing_defs()[STANDING_HELD].name, "held");
    assert_string_equal(standing_defs()[STANDING_OWNED].name, "owned");
    assert_string_equal(standing_defs()[STANDING_IN_DOUBT].name, "in doubt");
    for (size_t i = 0; i < STANDINGS; i++)
        assert_true(*standing_defs()[i].name && *standing_defs()[i].reason);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sums),
        cmocka_unit_test(test_cap),
        cmocka_unit_test(test_charging_rule),
        cmocka_unit_test(test_what_the_ledger_did_not_see),
        cmocka_unit_test(test_only_new_records_may_be_free),
        cmocka_unit_test(test_standings),
    };

    return cmocka_run_group_tests_name("model/quote", tests, NULL, NULL);
}
