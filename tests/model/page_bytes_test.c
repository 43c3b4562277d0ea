// Pages to bytes and back, and bytes that are none.
#include "support/test.h"

#include <string.h>

#include "model/page_bytes.h"

enum { CELLS = 2 };

static struct str bytes_of(void)
{
    struct page p = {.hits = 1284, .number = 3};
    struct str out = {0};
    struct row *r = page_add(&p, CELLS);

    r->id = "-5";
    page_cell(&p, r, 0, "A\nB", 3);
    r = page_add(&p, CELLS);
    r->id = "";
    page_cell(&p, r, 1, "\346\235\216", 3);
    page_to_bytes(&p, CELLS, &out);
    page_free(&p);
    return out;
}

static void test_there_and_back(void **state)
{
    struct str bytes = bytes_of();
    struct page p;

    (void)state;
    assert_true(page_from_bytes(bytes.data, bytes.len, CELLS, &p));
    assert_int_equal(p.n_rows, 2);
    assert_int_equal(p.hits, 1284);
    assert_int_equal(p.number, 3);
    assert_string_equal(p.rows[0].id, "-5");
    assert_string_equal(p.rows[0].cells[0], "A\nB");
    assert_string_equal(p.rows[0].cells[1], "");
    assert_string_equal(p.rows[1].id, "");
    assert_string_equal(p.rows[1].cells[1], "\346\235\216");
    page_free(&p);
    str_free(&bytes);
}

static void test_what_is_no_page(void **state)
{
    struct str bytes = bytes_of();
    struct page p;

    (void)state;
    for (size_t len = 0; len < bytes.len; len++)
        assert_false(page_from_bytes(bytes.data, len, CELLS, &p));
    assert_false(page_from_bytes(bytes.data, bytes.len, CELLS + 1, &p));
    str_add_char(&bytes, 'x');
    assert_false(page_from_bytes(bytes.data, bytes.len, CELLS, &p));
    bytes.data[5] = '9'; // another version
    assert_false(page_from_bytes(bytes.data, bytes.len - 1, CELLS, &p));
    assert_null(p.rows);
    str_free(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_there_and_back),
        cmocka_unit_test(test_what_is_no_page),
    };

    return cmocka_run_group_tests_name("page bytes", tests, NULL, NULL);
}
