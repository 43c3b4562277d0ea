// The output formats: what stands in a file, to the byte. Tests.
#include "support/test.h"

#include <fcntl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/str.h"
#include "flow/sheet.h"
#include "support/temp.h"

static const struct sheet_column columns[] = {{"id", "Id", COLUMN_ID},
                                              {"name", "Name", COLUMN_TEXT},
                                              {"score", "Score", COLUMN_NUMBER},
                                              {"day", "Day", COLUMN_DATE},
                                              {"ok", "OK", COLUMN_FLAG}};

struct written {
    struct str text;
    struct sheet_sums sums;
};

static struct written write_rows(const char *format, const char *const (*rows)[5], size_t n,
                                 const char *json, struct sheet_options options)
{
    struct written w = {0};
    char *folder = temp_make(), *path = str_format("%s/out", folder);
    struct sheet *sheet;
    struct err e;

    options.format = sheet_format_find(format);
    options.columns = columns;
    options.n_columns = 5;
    options.fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    sheet = sheet_open(&options, &e);
    for (size_t i = 0; i < n; i++)
        assert_true(sheet_row(sheet, rows[i], json, &e));
    assert_true(sheet_close(sheet, &w.sums, &e));
    (void)close(options.fd);
    assert_true(file_read(path, 1 << 24, &w.text, &e));
    temp_remove(folder);
    free(path);
    free(folder);
    return w;
}

static const char *const two[][5] = {
    {"-17", "O\"Neil, Bo", "97", "7/14/2020 3:05 PM", "true"},
    {"7076615179", "=1+1", "", "Notice not required", ""},
};

static void expect(const char *format, const char *text)
{
    struct written w = write_rows(format, two, 2, NULL, (struct sheet_options){0});

    assert_string_equal(str_text(&w.text), text);
    str_free(&w.text);
}

static void csv_is_quoted_and_guarded(void **state)
{
    (void)state;
    expect("csv", "id,name,score,day,ok\n-17,\"O\"\"Neil, Bo\",97,2020-07-14 15:05,true\n"
                  "7076615179,'=1+1,,Notice not required,\n");
}

static void json_keeps_numbers_and_flags_bare(void **state)
{
    (void)state;
    expect("jsonl", "{\"id\":\"-17\",\"name\":\"O\\\"Neil, Bo\",\"score\":97,"
                    "\"day\":\"2020-07-14 15:05\",\"ok\":true}\n"
                    "{\"id\":\"7076615179\",\"name\":\"=1+1\",\"score\":\"\","
                    "\"day\":\"Notice not required\",\"ok\":\"\"}\n");
}

static void json_is_one_list_even_when_empty(void **state)
{
    struct written one = write_rows("json", two, 2, "{\"a\":1}", (struct sheet_options){0});
    struct written none = write_rows("json", two, 0, NULL, (struct sheet_options){0});

    (void)state;
    assert_string_equal(str_text(&one.text), "[\n{\"a\":1},\n{\"a\":1}\n]\n");
    assert_string_equal(str_text(&none.text), "[]\n");
    str_free(&one.text);
    str_free(&none.text);
}

static void a_table_lines_up(void **state)
{
    (void)state;
    expect("table", "Id          Name        Score  Day                  OK\n"
                    "-17         O\"Neil, Bo     97  2020-07-14 15:05     true\n"
                    "7076615179  =1+1               Notice not required  \n");
}

static void a_long_table_streams_with_the_same_widths(void **state)
{
    const char *const(*rows)[5] = two;
    struct written w;
    struct sheet_options narrow = {.width = 40};
    size_t longest = 0, line = 0;
    const char *many[1000][5];

    (void)state;
    for (size_t i = 0; i < 1000; i++) {
        for (size_t k = 0; k < 5; k++)
            many[i][k] = rows[i % 2][k];
    }
    w = write_rows("table", (const char *const(*)[5])many, 1000, NULL, narrow);
    for (size_t i = 0; i < w.text.len; i++) {
        line = w.text.data[i] == '\n' ? 0 : line + ((w.text.data[i] & 0xc0) != 0x80);
        longest = line > longest ? line : longest;
    }
    assert_true(longest <= 40);
    str_free(&w.text);
}

// Where no terminal bounds it, not those either that come once the widths are settled.
static void no_cell_is_cut_in_a_pipe(void **state)
{
    static const char *const long_row[] = {
        "1", "A name that is a good deal longer than any other column of a table would be", "9",
        "7/14/2020 3:05 PM", "true"};
    const char *many[1000][5];
    struct written w;
    size_t whole = 0;

    (void)state;
    for (size_t i = 0; i < 1000; i++)
        memcpy(many[i], i == 3 || i == 999 ? long_row : two[1], sizeof(many[i]));
    for (int first = 0; first < 2; first++) {
        const char *const(*rows)[5] = (const char *const(*)[5])(first ? many + 4 : many);

        w = write_rows("table", rows, first ? 996 : 1000, NULL, (struct sheet_options){0});
        for (const char *p = w.text.data; (p = strstr(p, long_row[1])) != NULL; p++)
            whole++;
        str_free(&w.text);
    }
    assert_int_equal(whole, 3);
}

static void expect_table(const struct sheet_options options, size_t left_out, const char *text)
{
    struct written w = write_rows("table", two, 2, NULL, options);

    assert_string_equal(str_text(&w.text), text);
    assert_int_equal(w.sums.left_out, left_out);
    str_free(&w.text);
}

static void a_table_has_what_its_terminal_has_room_for(void **state)
{
    static const char *const shown[] = {"day", "id", NULL};

    (void)state;
    // A text is cut as long as it can be read; an id, a number or a date is not.
    expect_table((struct sheet_options){.width = 52, .fit = true}, 1,
                 "Id          Name        Score  Day\n"
                 "-17         O\"Neil, Bo     97  2020-07-14 15:05\n"
                 "7076615179  =1+1               Notice not required\n");
    expect_table((struct sheet_options){.width = 45, .fit = true}, 2,
                 "Id          Name        Score\n"
                 "-17         O\"Neil, Bo     97\n"
                 "7076615179  =1+1             \n");
    expect_table((struct sheet_options){.width = 34, .fit = true, .shown = shown}, 3,
                 "Id          Day\n"
                 "-17         2020-07-14 15:05\n"
                 "7076615179  Notice not required\n");
    expect_table((struct sheet_options){.width = 5, .fit = true}, 4, "Id\n-17\n7076615179\n");
}

static void nothing_drives_a_terminal(void **state)
{
    static const char *const evil[][5] = {{"1", "\x1b[2Jgone\xe2\x80\xae", "1", "", ""}};
    struct written csv = write_rows("csv", evil, 1, NULL, (struct sheet_options){.clean = true});
    struct written json = write_rows("jsonl", evil, 1, "{\"name\":\"\xc2\x9b\xe2\x80\xae\"}",
                                     (struct sheet_options){.clean = true});
    struct written table = write_rows("table", evil, 1, NULL, (struct sheet_options){0});

    (void)state;
    assert_null(strchr(csv.text.data, 0x1b));
    assert_null(strstr(csv.text.data, "\xe2\x80\xae"));
    assert_null(strstr(json.text.data, "\xe2\x80\xae"));
    assert_null(strchr(table.text.data, 0x1b));
    str_free(&csv.text);
    str_free(&json.text);
    str_free(&table.text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_is_quoted_and_guarded),
        cmocka_unit_test(json_keeps_numbers_and_flags_bare),
        cmocka_unit_test(json_is_one_list_even_when_empty),
        cmocka_unit_test(a_table_lines_up),
        cmocka_unit_test(a_long_table_streams_with_the_same_widths),
        cmocka_unit_test(no_cell_is_cut_in_a_pipe),
        cmocka_unit_test(a_table_has_what_its_terminal_has_room_for),
        cmocka_unit_test(nothing_drives_a_terminal),
    };

    (void)setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests_name("sheet", tests, NULL, NULL);
}
