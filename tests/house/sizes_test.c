// How long a file and a function may be, of the program and of its tests. A function is what stands
// between a "{" and a "}" that begin their lines, with both. Tests.
#include "house/tree.h"

#include "base/mem.h"

enum { FILE_LINES_MAX = 500, FUNCTION_LINES_MAX = 60 };

static size_t line_length(const char *line)
{
    size_t len = strcspn(line, "\n");

    return len + (line[len] == '\n');
}

static void check_sizes(const char *path, const char *text, struct str *problems)
{
    size_t n = 0, opened = 0;

    for (const char *line = text; *line; line += line_length(line)) {
        n++;
        if (str_starts(line, "{\n"))
            opened = n;
        if (*line != '}' || !opened)
            continue;
        if (n - opened + 1 > FUNCTION_LINES_MAX)
            str_addf(problems, "%s:%zu: a function of %zu lines, not at most %d\n", path, opened,
                     n - opened + 1, FUNCTION_LINES_MAX);
        opened = 0;
    }
    if (n > FILE_LINES_MAX)
        str_addf(problems, "%s: %zu lines, not at most %d\n", path, n, FILE_LINES_MAX);
}

static void test_nothing_is_too_long(void **state)
{
    static const char *const folders[] = {"src", "tests"};
    struct str problems = {0};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(folders); i++)
        assert_true(tree_check(folders[i], &problems, check_sizes) > 30);
    if (problems.len)
        fail_msg("\n%s", problems.data);
    str_free(&problems);
}

static void check_said(const char *text, const char *expected)
{
    struct str problems = {0};

    check_sizes("a.c", text, &problems);
    assert_string_equal(str_text(&problems), expected);
    str_free(&problems);
}

static void test_a_long_file(void **state)
{
    struct str text = {0};

    (void)state;
    for (int i = 0; i < FILE_LINES_MAX; i++)
        str_add(&text, "\n");
    check_said(text.data, "");
    str_add(&text, "\n");
    check_said(text.data, "a.c: 501 lines, not at most 500\n");
    str_free(&text);
}

static void test_a_long_function(void **state)
{
    struct str text = {0};

    (void)state;
    str_add(&text, "struct a {\n};\n\nint f(void)\n{\n");
    for (int i = 0; i < FUNCTION_LINES_MAX - 2; i++)
        str_add(&text, "    f();\n");
    str_add(&text, "}\n");
    check_said(text.data, "");
    str_add(&text, "int g(void)\n{\n");
    for (int i = 0; i < FUNCTION_LINES_MAX - 1; i++)
        str_add(&text, "    f();\n");
    str_add(&text, "}\n");
    check_said(text.data, "a.c:66: a function of 61 lines, not at most 60\n");
    str_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_is_too_long),
        cmocka_unit_test(test_a_long_file),
        cmocka_unit_test(test_a_long_function),
    };

    return cmocka_run_group_tests_name("house-sizes", tests, NULL, NULL);
}
