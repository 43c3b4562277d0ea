// Errors: what they hold, and that a cut text stays whole characters.
#include "support/test.h"

#include <errno.h>
#include <string.h>

#include "base/err.h"
#include "base/text.h"

static void test_set_clears_the_former(void **state)
{
    struct err e = {.http = 429, .request_id = "abc", .retry_after = 7};

    (void)state;
    assert_false(err_set(&e, ERR_INVALID, "%s is %d", "x", 5));
    assert_int_equal(e.kind, ERR_INVALID);
    assert_int_equal(e.http, 0);
    assert_int_equal(e.retry_after, -1);
    assert_string_equal(e.request_id, "");
    assert_string_equal(e.text, "x is 5");
}

static void test_arguments_from_the_error_itself(void **state)
{
    struct err e;

    (void)state;
    (void)err_set(&e, ERR_INVALID, "inner");
    (void)err_set(&e, ERR_STORAGE, "outer: %s", e.text);
    assert_string_equal(e.text, "outer: inner");
    (void)err_prefix(&e, "again %s", e.text);
    assert_string_equal(e.text, "again outer: inner: outer: inner");
}

static void test_errno(void **state)
{
    struct err e;

    (void)state;
    errno = ENOENT;
    assert_false(err_errno(&e, ERR_STORAGE, "cannot open %s", "/x"));
    assert_string_equal(e.text, "cannot open /x: No such file or directory");
}

static void test_prefix_keeps_the_rest(void **state)
{
    struct err e;

    (void)state;
    (void)err_set(&e, ERR_RATE_LIMITED, "slow down");
    e.http = 429;
    e.retry_after = 3;
    assert_false(err_prefix(&e, "page %d", 2));
    assert_string_equal(e.text, "page 2: slow down");
    assert_int_equal(e.kind, ERR_RATE_LIMITED);
    assert_int_equal(e.http, 429);
    assert_int_equal(e.retry_after, 3);
}

static void test_cut_at_a_character(void **state)
{
    char wide[2 * ERR_TEXT_MAX];
    struct err e;

    (void)state;
    for (size_t shift = 0; shift < 4; shift++) {
        memset(wide, 'x', shift);
        for (size_t i = shift; i + 4 < sizeof(wide); i += 3)
            memcpy(wide + i, "\xe2\x82\xac", 4);
        (void)err_set(&e, ERR_INVALID, "%s", wide);
        assert_true(text_valid(e.text, strlen(e.text)));
        assert_true(strlen(e.text) > ERR_TEXT_MAX - 5);
        (void)err_prefix(&e, "a prefix");
        assert_true(text_valid(e.text, strlen(e.text)));
        assert_true(strncmp(e.text, "a prefix: ", 10) == 0);
        (void)err_errno(&e, ERR_STORAGE, "%s", wide);
        assert_true(text_valid(e.text, strlen(e.text)));
        (void)err_prefix(&e, "%s", wide);
        assert_true(text_valid(e.text, strlen(e.text)));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_set_clears_the_former),
        cmocka_unit_test(test_arguments_from_the_error_itself),
        cmocka_unit_test(test_errno),
        cmocka_unit_test(test_prefix_keeps_the_rest),
        cmocka_unit_test(test_cut_at_a_character),
    };

    return cmocka_run_group_tests_name("base-err", tests, NULL, NULL);
}
