// What reconciling says, in plain grammar whatever the counts. Tests.
#include "support/test.h"

#include "base/mem.h"
#include "flow/reconcile.h"

static void expect(const struct judged *all, size_t n, const char *sum)
{
    struct str text = {0};

    judged_sum(all, n, &text);
    assert_string_equal(str_text(&text), sum);
    str_free(&text);
}

static void one_or_none(void **state)
{
    const struct judged charged = {3, VERDICT_CHARGED, 1, 1, 1, 0, 1, 0},
                        two = {3, VERDICT_CHARGED, 2, 2, 2, 0, 2, 0},
                        again = {3, VERDICT_CHARGED, 3, 5, 5, 0, 5, 2},
                        clear = {3, VERDICT_NOT_CHARGED, 0, 0, 2, 0, 0, 0},
                        owned = {3, VERDICT_NOT_CHARGED, 0, 0, 2, 0, 2, 0};

    (void)state;
    expect(NULL, 0, "Nothing is in doubt.");
    expect(&charged, 1,
           "The call in doubt was charged 1 credit; its records can be fetched again for none.");
    expect(&two, 1,
           "The call in doubt was charged 2 credits; its records can be fetched again for none.");
    expect(
        &again, 1,
        "The call in doubt was charged 5 credits, 2 of them counted with later calls; its records "
        "can be fetched again for none.");
    expect(&clear, 1, "The call in doubt was not charged.");
    expect(&owned, 1,
           "The call in doubt was not charged, but counts 2 records against their limit.");
}

static void several(void **state)
{
    const struct judged all[] = {{1, VERDICT_CHARGED, 2, 2, 2, 0, 2, 0},
                                 {2, VERDICT_NOT_CHARGED, 0, 0, 3, 0, 0, 0},
                                 {3, VERDICT_NOT_CHARGED, 0, 0, 3, 0, 0, 0},
                                 {4, VERDICT_UNCLEAR, 0, METER_UNTOLD, 3, 0, 0, 0}};
    struct str text = {0};

    (void)state;
    expect(all, 4,
           "Of 4 calls in doubt 1 was charged, 2 were not charged and of 1 it cannot be told.");
    expect(all, 3, "Of 3 calls in doubt 1 was charged and 2 were not charged.");
    expect(all + 1, 2, "Of 2 calls in doubt 2 were not charged.");
    judged_say(&all[1], &text);
    assert_string_equal(str_text(&text), "Charge 2 was not charged.");
    str_free(&text);
}

static void each_has_its_reason(void **state)
{
    static const struct {
        struct judged j;
        const char *why;
    } cases[] = {
        {{1, VERDICT_CHARGED, 2, 2, 2, 0, 2, 0},
         "The meter moved by 2 credits, all that was in doubt."},
        {{1, VERDICT_NOT_CHARGED, 0, 0, 3, 0, 0, 0},
         "The meter did not move but by what the ledger knows of."},
        {{1, VERDICT_UNCLEAR, 0, METER_UNTOLD, 3, 0, 0, 0},
         "The meter was not told before it left, or is not told now."},
        {{1, VERDICT_UNCLEAR, 0, 1, 3, 0, 0, 0},
         "The meter moved by 1 credit that the ledger does not know of, where what is in doubt may "
         "have cost 3 credits: some of it was charged, or others used the account."},
        {{1, VERDICT_UNCLEAR, 0, 1200, 3, 0, 0, 0},
         "The meter moved by 1,200 credits that the ledger does not know of, where what is in "
         "doubt may have cost 3 credits: others used the account."},
        {{1, VERDICT_UNCLEAR, 0, 0, 3, 2, 0, 0},
         "The meter moved by 0 credits that the ledger does not know of, where what is in doubt "
         "may "
         "have cost 3 credits: the ledger counts 2 credits for what may have been paid for by an "
         "earlier call in doubt."},
    };
    struct str text = {0};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        str_clear(&text);
        judged_why(&cases[i].j, &text);
        assert_string_equal(str_text(&text), cases[i].why);
    }
    str_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(one_or_none), cmocka_unit_test(several),
                                       cmocka_unit_test(each_has_its_reason)};

    return cmocka_run_group_tests_name("reconcile", tests, NULL, NULL);
}
