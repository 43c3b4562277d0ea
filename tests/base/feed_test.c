// Files read a block at a time give the same records and lines as read whole. Tests.
#include "support/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/feed.h"
#include "base/file.h"
#include "base/rng.h"
#include "support/temp.h"

enum { RECORDS = 3000 };

static char *write_file(const char *folder, const struct str *bytes)
{
    char *path = str_format("%s/file", folder);
    FILE *f = fopen(path, "wb");

    assert_non_null(f);
    assert_int_equal(fwrite(str_text(bytes), 1, bytes->len, f), bytes->len);
    assert_int_equal(fclose(f), 0);
    return path;
}

// Cells with everything that matters to CSV, some of them longer than a block.
static void add_cell(struct rng *rng, struct str *out)
{
    static const char alphabet[] = "ab,\"\n\r;' =";
    size_t len = rng_below(rng, 400) == 0 ? 70000 : rng_below(rng, 30);

    str_add_char(out, '"');
    for (size_t i = 0; i < len; i++) {
        char c = alphabet[rng_below(rng, sizeof(alphabet) - 1)];

        str_add_char(out, c);
        if (c == '"')
            str_add_char(out, c);
    }
    str_add_char(out, '"');
}

static void records_are_those_of_the_whole_text(void **state)
{
    char *t = temp_make();
    struct rng rng = rng_seed(7);
    struct str bytes = {0};
    struct csv_reader whole;
    struct feed f;
    struct err e, e2;
    char *path;
    size_t n = 0;

    (void)state;
    for (int i = 0; i < RECORDS; i++) {
        for (int c = 0; c < 3; c++) {
            str_add(&bytes, c ? "," : "");
            add_cell(&rng, &bytes);
        }
        str_add(&bytes, rng_below(&rng, 2) ? "\r\n" : "\n");
    }
    path = write_file(t, &bytes);
    whole = csv_open(bytes.data, bytes.len);
    assert_true(feed_open(&f, path, &e));
    for (; csv_next(&whole, &e); n++) {
        assert_true(feed_csv(&f, &e2));
        assert_int_equal(f.csv.line, whole.line);
        assert_int_equal(f.csv.n_values, whole.n_values);
        for (size_t i = 0; i < whole.n_values; i++)
            assert_string_equal(f.csv.values[i], whole.values[i]);
    }
    assert_int_equal(n, RECORDS);
    assert_false(feed_csv(&f, &e2));
    assert_int_equal(e2.kind, ERR_NONE);
    feed_close(&f);
    csv_close(&whole);
    str_free(&bytes);
    free(path);
    temp_remove(t);
    free(t);
}

static void lines_come_one_by_one(void **state)
{
    char *t = temp_make();
    struct str bytes = {0}, line = {0};
    struct feed f;
    struct err e;
    char *path;
    int n = 0;

    (void)state;
    for (int i = 0; i < 20000; i++)
        str_addf(&bytes, "line %d%s", i, i % 2 ? "\n" : "\r\n");
    str_add(&bytes, "the last");
    path = write_file(t, &bytes);
    assert_true(feed_open(&f, path, &e));
    while (feed_line(&f, &line, &e)) {
        char want[32];

        (void)snprintf(want, sizeof(want), n < 20000 ? "line %d" : "the last", n);
        assert_string_equal(str_text(&line), want);
        n++;
    }
    assert_int_equal(e.kind, ERR_NONE);
    assert_int_equal(n, 20001);
    feed_close(&f);
    str_free(&line);
    str_free(&bytes);
    free(path);
    temp_remove(t);
    free(t);
}

// A quote that is never closed must not take in the rest of a file of any size.
static void a_record_has_a_ceiling(void **state)
{
    char *t = temp_make();
    struct str bytes = {0};
    struct feed f;
    struct err e;
    char *path;

    (void)state;
    str_add_char(&bytes, '"');
    for (int i = 0; i < 40000; i++)
        str_add(&bytes, "never closed, never closed, never closed\n");
    path = write_file(t, &bytes);
    assert_true(feed_open(&f, path, &e));
    assert_false(feed_csv(&f, &e));
    assert_int_equal(e.kind, ERR_INVALID);
    assert_true(f.bytes.cap < 4 * FEED_RECORD_MAX);
    feed_close(&f);
    str_free(&bytes);
    free(path);
    temp_remove(t);
    free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_are_those_of_the_whole_text),
        cmocka_unit_test(lines_come_one_by_one),
        cmocka_unit_test(a_record_has_a_ceiling),
    };

    return cmocka_run_group_tests_name("feed", tests, NULL, NULL);
}
