// Which known name a mistyped one is taken for.
#include "support/test.h"

#include <string.h>

#include "base/mem.h"
#include "base/near.h"

static const char *const names[] = {"managementLevel", "jobTitle", "industryCodes", "companyName",
                                    "revenueMin",      "state",    "country",       "limit"};

static const char *nearest(const char *word)
{
    struct near n = near_start(word);

    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        near_try(&n, names[i]);
    return n.best;
}

static void test_slips(void **state)
{
    (void)state;
    assert_string_equal(nearest("limit"), "limit");
    assert_string_equal(nearest("LIMIT"), "limit");
    assert_string_equal(nearest("limt"), "limit");
    assert_string_equal(nearest("limmit"), "limit");
    assert_string_equal(nearest("ilmit"), "limit");
    assert_string_equal(nearest("lamit"), "limit");
    assert_string_equal(nearest("managmentLevel"), "managementLevel");
    assert_string_equal(nearest("industrycode"), "industryCodes");
    assert_string_equal(nearest("revenue"), "revenueMin");
    assert_string_equal(nearest("contry"), "country");
    assert_string_equal(nearest("jo"), "jobTitle");
}

static void test_nothing_near(void **state)
{
    char huge[500];

    (void)state;
    memset(huge, 'x', sizeof(huge) - 1);
    huge[sizeof(huge) - 1] = '\0';
    assert_null(nearest("zzzzzzzz"));
    assert_null(nearest(""));
    assert_null(nearest("q"));
    assert_null(nearest("ny"));
    assert_null(nearest(huge));
}

static void test_a_swap_is_one_edit(void **state)
{
    struct near n = near_start("ab");

    (void)state;
    near_try(&n, "ba");
    assert_string_equal(n.best, "ba");
    assert_int_equal(n.distance, 1);
}

static void test_the_nearer_wins_in_any_order(void **state)
{
    static const char *const forth[] = {"state", "states", "stat"};
    struct near a = near_start("stale"), b = near_start("stale");

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(forth); i++) {
        near_try(&a, forth[i]);
        near_try(&b, forth[ARRAY_LEN(forth) - 1 - i]);
    }
    assert_string_equal(a.best, "state");
    assert_string_equal(b.best, "state");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_slips),
        cmocka_unit_test(test_nothing_near),
        cmocka_unit_test(test_a_swap_is_one_edit),
        cmocka_unit_test(test_the_nearer_wins_in_any_order),
    };

    return cmocka_run_group_tests_name("base-near", tests, NULL, NULL);
}
