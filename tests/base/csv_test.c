// CSV: what is written, what is read, and that the one gives back the other.
#include "support/test.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/mem.h"
#include "base/rng.h"

static const struct csv_style comma = {.separator = ','}, tabs = {.separator = '\t'},
                              windows = {.separator = ',', .crlf = true},
                              raw = {.separator = ',', .raw_formula = true};

static void check_cell(const struct csv_style *style, const char *in, const char *expected,
                       uint64_t guards)
{
    struct str out = {0};
    uint64_t guarded = 0;

    csv_cell(&out, style, in, true, &guarded);
    assert_string_equal(str_text(&out), expected);
    assert_int_equal(guarded, guards);
    str_free(&out);
}

static void test_quoting(void **state)
{
    (void)state;
    check_cell(&comma, "plain", "plain", 0);
    check_cell(&comma, "", "", 0);
    check_cell(&comma, "a,b", "\"a,b\"", 0);
    check_cell(&comma, "say \"x\"", "\"say \"\"x\"\"\"", 0);
    check_cell(&comma, "\"", "\"\"\"\"", 0);
    check_cell(&comma, "two\nlines", "\"two\nlines\"", 0);
    check_cell(&comma, "two\r", "\"two\r\"", 0);
    check_cell(&comma, "a\tb", "a\tb", 0);
    check_cell(&tabs, "a\tb", "\"a\tb\"", 0);
    check_cell(&tabs, "a,b", "a,b", 0);
    check_cell(&comma, "\xef\xbb\xbfx", "\"\xef\xbb\xbfx\"", 0);
}

// Each byte at each place of short and long cells: quoted where it must be, and not otherwise.
static void test_every_byte_everywhere(void **state)
{
    char cell[25], expected[32];

    (void)state;
    for (int byte = 1; byte < 256; byte++) {
        for (size_t len = 2; len < sizeof(cell); len++) {
            for (size_t at = 1; at < len; at++) {
                bool special = byte == '"' || byte == ',' || byte == '\n' || byte == '\r';

                memset(cell, 'x', len);
                cell[len] = '\0';
                cell[at] = (char)byte;
                if (byte == '"')
                    (void)snprintf(expected, sizeof(expected), "\"%.*s\"\"%s\"", (int)at, cell,
                                   cell + at + 1);
                else
                    (void)snprintf(expected, sizeof(expected), special ? "\"%s\"" : "%s", cell);
                check_cell(&comma, cell, expected, 0);
            }
        }
    }
}

static void test_formulas(void **state)
{
    static const char *const starts[] = {"=", "+", "-", "@"};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(starts); i++) {
        char *in = str_format("%scmd|x", starts[i]), *out = str_format("'%scmd|x", starts[i]);

        check_cell(&comma, in, out, 1);
        check_cell(&raw, in, in, 0);
        free(in);
        free(out);
    }
    check_cell(&comma, "\tx", "'\tx", 1);
    check_cell(&tabs, "\tx", "\"'\tx\"", 1);
    check_cell(&comma, "\rx", "\"'\rx\"", 1);
    check_cell(&comma, "=1,2", "\"'=1,2\"", 1);
    check_cell(&comma,
               "\xef\xbc\x9d"
               "1",
               "'\xef\xbc\x9d"
               "1",
               1);
    check_cell(&comma, "'=x", "''=x", 1);
    check_cell(&comma, "'tis", "'tis", 0);
    check_cell(&comma, "a=b", "a=b", 0);
    check_cell(&comma, "-", "'-", 1);
}

static void test_numbers_and_phones(void **state)
{
    static const char *const numbers[] = {
        "-5", "+1.5", "-0.25", "+123456", "-1234567890123456789", "+1234567.5", "5", "1.5"};
    static const char *const others[] = {"+1 (555) 0100", "+15550100", "-5+2", "-1.", "+.5",
                                         "-5e3",          "-1.5.2",    "--5",  "-1,5"};
    struct str out = {0};
    uint64_t guarded = 0;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
        check_cell(&comma, numbers[i], numbers[i], 0);
    for (size_t i = 0; i < ARRAY_LEN(others); i++)
        csv_cell(&out, &comma, others[i], true, &guarded);
    assert_int_equal(guarded, ARRAY_LEN(others));
    str_free(&out);
}

static void test_lines(void **state)
{
    struct str out = {0};
    uint64_t guarded = 0;

    (void)state;
    csv_cell(&out, &windows, "a", true, &guarded);
    csv_cell(&out, &windows, "b", false, &guarded);
    csv_line_end(&out, &windows);
    csv_cell(&out, &comma, "", true, &guarded);
    csv_line_end(&out, &comma);
    csv_cell(&out, &tabs, "", true, &guarded);
    csv_cell(&out, &tabs, "", false, &guarded);
    csv_line_end(&out, &tabs);
    assert_string_equal(out.data, "a,b\r\n\"\"\n\t\n");
    str_free(&out);
}

// Reads text and writes it as a|b/c|d/, or the error behind what was read before.
static char *read_all(const char *bytes, size_t len)
{
    struct csv_reader r = csv_open(bytes, len);
    struct str out = {0};
    struct err e;

    while (csv_next(&r, &e)) {
        for (size_t i = 0; i < r.n_values; i++) {
            str_add(&out, i ? "|" : "");
            str_add(&out, r.values[i]);
        }
        str_add_char(&out, '/');
    }
    if (e.kind != ERR_NONE) {
        assert_int_equal(e.kind, ERR_INVALID);
        str_add(&out, e.text);
    }
    csv_close(&r);
    return str_take(&out);
}

static void check_read(const char *in, const char *expected)
{
    size_t len = strlen(in);
    char *exact = mem_dup(in, len), *out = read_all(exact, len); // no NUL to lean on

    assert_string_equal(out, expected);
    free(out);
    free(exact);
}

static void test_reading(void **state)
{
    (void)state;
    check_read("", "");
    check_read("\n\n", "");
    check_read("a", "a/");
    check_read("a,b\nc,d\n", "a|b/c|d/");
    check_read("a,b\r\nc,d", "a|b/c|d/");
    check_read("a,b\rc,d\r", "a|b/c|d/");
    check_read("a,b\n\n\r\nc,d\n", "a|b/c|d/");
    check_read(",\n,,\n", "|/||/");
    check_read("a,", "a|/");
    check_read("\"\"\n", "/");
    check_read("\"a \"\"b\"\"\",\"c,d\"\n", "a \"b\"|c,d/");
    check_read("\"x\ny\",z\n", "x\ny|z/");
    check_read("\xef\xbb\xbfid,name\n1,x\n", "id|name/1|x/");
    check_read("\xef\xbb\xbf", "");
    check_read("'=1,'x,'-5,'+1 555\n", "=1|'x|'-5|+1 555/");
}

static void test_separators(void **state)
{
    (void)state;
    check_read("a;b\n1,5;2\n", "a|b/1,5|2/");
    check_read("a\tb\n1,5\t2;3\n", "a|b/1,5|2;3/");
    check_read("\"a;b;c\",d\n", "a;b;c|d/");
    check_read("a,b;c\n", "a|b;c/");
    check_read("one\n1;2;3\n", "one/1;2;3/");
}

static void test_wrong_quotes(void **state)
{
    (void)state;
    check_read("a,b\n\"x\" y,z\n", "a|b/line 2 has text after a closing quote");
    check_read("a,b\nx,y\"z\"\n", "a|b/line 2 has a quote inside an unquoted cell");
    check_read("a\n\"b\nc\n", "a/line 2 has a quote that is never closed");
    check_read("\"", "line 1 has a quote that is never closed");
    check_read("\"a\r\nb\"\n\"x\ny\"z\n", "a\r\nb/line 4 has text after a closing quote");
}

static void test_nul_bytes(void **state)
{
    static const char in[] = "a,b\nx\0y,z\n";
    char *out = read_all(in, sizeof(in) - 1);

    (void)state;
    assert_string_equal(out, "a|b/line 2 holds a NUL byte; is this a text file?");
    free(out);
}

static void test_line_numbers(void **state)
{
    static const char in[] = "id\n\n\"two\r\nlines\"\nlast";
    static const size_t lines[] = {1, 3, 5};
    struct csv_reader r = csv_open(in, sizeof(in) - 1);
    struct err e;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
        assert_true(csv_next(&r, &e));
        assert_int_equal(r.line, lines[i]);
    }
    assert_false(csv_next(&r, &e));
    assert_int_equal(e.kind, ERR_NONE);
    assert_false(csv_next(&r, &e));
    csv_close(&r);
}

enum { COLUMNS = 4, RECORDS = 5000 };

static char *random_cell(struct rng *r)
{
    static const char *const parts[] = {"=",
                                        "+",
                                        "-",
                                        "@",
                                        "\t",
                                        "\r",
                                        "\n",
                                        "\"",
                                        "'",
                                        ",",
                                        ";",
                                        " ",
                                        "5",
                                        "0.5",
                                        "a",
                                        "''",
                                        "\"\"",
                                        ".",
                                        "\r\n",
                                        "\xef\xbb\xbf",
                                        "\xef\xbc\x8d",
                                        "\xc3\xa9"};
    struct str s = {0};
    uint32_t n = rng_below(r, 6);

    for (uint32_t i = 0; i < n; i++)
        str_add(&s, parts[rng_below(r, ARRAY_LEN(parts))]);
    return str_take(&s);
}

static void check_round_trip(const struct csv_style *style, uint64_t seed)
{
    static const char *const head[COLUMNS] = {"id", "name", "phone", "title"};
    char **cells = mem_array(COLUMNS * RECORDS, sizeof(*cells));
    struct rng rng = rng_seed(seed);
    struct str out = {0};
    struct csv_reader r;
    struct err e;
    uint64_t guarded = 0;

    for (size_t i = 0; i < COLUMNS * RECORDS; i++) {
        cells[i] = i < COLUMNS ? mem_strdup(head[i]) : random_cell(&rng);
        csv_cell(&out, style, cells[i], i % COLUMNS == 0, &guarded);
        if (i % COLUMNS == COLUMNS - 1)
            csv_line_end(&out, style);
    }
    assert_true(guarded > RECORDS / 10);
    r = csv_open(out.data, out.len);
    for (size_t i = 0; i < RECORDS; i++) {
        assert_true(csv_next(&r, &e));
        assert_int_equal(r.n_values, COLUMNS);
        for (size_t j = 0; j < COLUMNS; j++)
            assert_string_equal(r.values[j], cells[i * COLUMNS + j]);
    }
    assert_false(csv_next(&r, &e));
    assert_int_equal(e.kind, ERR_NONE);
    csv_close(&r);
    for (size_t i = 0; i < COLUMNS * RECORDS; i++)
        free(cells[i]);
    free(cells);
    str_free(&out);
}

static void test_round_trip(void **state)
{
    (void)state;
    check_round_trip(&comma, 1);
    check_round_trip(&tabs, 2);
    check_round_trip(&windows, 3);
}

static void test_one_column_round_trip(void **state)
{
    struct rng rng = rng_seed(4);
    struct str out = {0};
    uint64_t guarded = 0;

    (void)state;
    for (int i = 0; i < 2000; i++) {
        char *cell = random_cell(&rng);
        struct csv_reader r;
        struct err e;

        str_clear(&out);
        csv_cell(&out, &comma, "id", true, &guarded);
        csv_line_end(&out, &comma);
        csv_cell(&out, &comma, cell, true, &guarded);
        csv_line_end(&out, &comma);
        r = csv_open(out.data, out.len);
        assert_true(csv_next(&r, &e));
        assert_true(csv_next(&r, &e));
        assert_int_equal(r.n_values, 1);
        assert_string_equal(r.values[0], cell);
        assert_false(csv_next(&r, &e));
        csv_close(&r);
        free(cell);
    }
    str_free(&out);
}

static void test_garbage_ends(void **state)
{
    struct rng rng = rng_seed(5);

    (void)state;
    for (int i = 0; i < 20000; i++) {
        size_t len = rng_below(&rng, 30);
        char *bytes = mem_alloc(len), *out;

        for (size_t j = 0; j < len; j++)
            bytes[j] = "\",\n\r;\tab'=\0\xef\xbb\xbf"[rng_below(&rng, 14)];
        out = read_all(bytes, len);
        free(out);
        free(bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_quoting),      cmocka_unit_test(test_every_byte_everywhere),
        cmocka_unit_test(test_formulas),     cmocka_unit_test(test_numbers_and_phones),
        cmocka_unit_test(test_lines),        cmocka_unit_test(test_reading),
        cmocka_unit_test(test_separators),   cmocka_unit_test(test_wrong_quotes),
        cmocka_unit_test(test_nul_bytes),    cmocka_unit_test(test_line_numbers),
        cmocka_unit_test(test_round_trip),   cmocka_unit_test(test_one_column_round_trip),
        cmocka_unit_test(test_garbage_ends),
    };

    return cmocka_run_group_tests_name("base-csv", tests, NULL, NULL);
}
