// Rows kept in blocks.
#include "support/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/page.h"

static void test_rows_stay(void **state)
{
    enum { ROWS = 5000, CELLS = 4 };
    struct page p = {0};
    char text[32];

    (void)state;
    for (int i = 0; i < ROWS; i++) {
        struct row *r = page_add(&p, CELLS);

        r->id = page_text(&p, text, (size_t)snprintf(text, sizeof(text), "%d", i));
        page_cell(&p, r, 2, text, strlen(text));
        page_cell(&p, r, 3, text, 0);
    }
    assert_int_equal(p.n_rows, ROWS);
    for (int i = 0; i < ROWS; i++) {
        (void)snprintf(text, sizeof(text), "%d", i);
        assert_string_equal(p.rows[i].id, text);
        assert_string_equal(p.rows[i].cells[0], "");
        assert_string_equal(p.rows[i].cells[2], text);
        assert_string_equal(p.rows[i].cells[3], "");
        assert_null(p.rows[i].raw);
    }
    page_free(&p);
    assert_null(p.rows);
    assert_int_equal(p.n_rows, 0);
}

static void test_long_texts(void **state)
{
    enum { LONG = 200000 };
    struct page p = {0};
    char *text = mem_alloc(LONG);
    struct row *r = page_add(&p, 2);

    (void)state;
    memset(text, 'x', LONG);
    page_cell(&p, r, 0, text, LONG);
    page_cell(&p, r, 1, "after", 5);
    memset(text, 'y', LONG);
    assert_int_equal(strlen(r->cells[0]), LONG);
    assert_int_equal(r->cells[0][LONG - 1], 'x');
    assert_string_equal(r->cells[1], "after");
    free(text);
    page_free(&p);
}

static void test_no_cells(void **state)
{
    struct page p = {0};

    (void)state;
    page_free(&p);
    assert_string_equal(page_add(&p, 0)->id, "");
    page_free(&p);
    page_free(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows_stay),
        cmocka_unit_test(test_long_texts),
        cmocka_unit_test(test_no_cells),
    };

    return cmocka_run_group_tests_name("model/page", tests, NULL, NULL);
}
