// The one parser of command lines: words, quotes, comments, round trips, and where a fault is told.
#include "support/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/line.h"
#include "base/mem.h"
#include "base/rng.h"

enum { ROUNDS = 20000, WORD_MAX = 12 };

// The words of text as <a><b>, or the sentence of its fault.
static char *words(const char *text)
{
    struct str out = {0};
    struct line line;
    struct err e;

    if (!line_split(text, 3, &line, &e))
        return mem_strdup(e.text);
    assert_int_equal(line.number, 3);
    for (size_t i = 0; i < line.n; i++)
        str_addf(&out, "<%s>", line.words[i].text);
    line_free(&line);
    assert_null(line.words);
    return str_take(&out);
}

static void test_words(void **state)
{
    static const struct {
        const char *text, *words;
    } cases[] = {
        {"", ""},
        {"   \t ", ""},
        {"# all of it", ""},
        {"  # all of it", ""},
        {"bind j move-down", "<bind><j><move-down>"},
        {"\tbind  j\tx \r", "<bind><j><x>"},
        {"role fg=#ffffff # white", "<role><fg=#ffffff>"},
        {"a #b c", "<a>"},
        {"a b#c", "<a><b#c>"},
        {"'#' \\# \"#\"", "<#><#><#>"},
        {"'a b' c", "<a b><c>"},
        {"'' x \"\"", "<><x><>"},
        {"'it''s'", "<its>"},
        {"x='a b'\"c d\"e", "<x=a bc de>"},
        {"'a\\n\"b'", "<a\\n\"b>"},
        {"\"a\\\"b\\\\c\\x\"", "<a\"b\\cx>"},
        {"\"a\\nb\" a\\nb", "<a\nb><anb>"},
        {"a\\ b \\'c \\\\", "<a b><'c><\\>"},
        {"a\\", "<a\\>"},
        {"Müller 李明", "<Müller><李明>"},
        {"'a b", "column 1: the quote that opens here is not closed"},
        {"ab \"c d\" \"", "column 10: the quote that opens here is not closed"},
        {"x 'y' z\"\\\"", "column 8: the quote that opens here is not closed"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        char *got = words(cases[i].text);

        assert_string_equal(got, cases[i].words);
        free(got);
    }
}

static void test_columns_and_quotes_are_told(void **state)
{
    struct line line;
    struct err e;

    (void)state;
    assert_true(line_split("  set é 'x'y \\z", 0, &line, &e));
    assert_int_equal(line.n, 4);
    assert_int_equal(line.number, 0);
    assert_int_equal(line.words[0].column, 3);
    assert_int_equal(line.words[1].column, 7);
    assert_int_equal(line.words[2].column, 10);
    assert_int_equal(line.words[3].column, 15);
    assert_false(line.words[0].quoted);
    assert_true(line.words[2].quoted);
    assert_false(line.words[3].quoted);
    line_free(&line);
}

static void test_quoting_is_as_plain_as_can_be(void **state)
{
    static const struct {
        const char *word, *quoted;
    } cases[] = {
        {"plain", "plain"},
        {"a#b", "a#b"},
        {"", "''"},
        {"#a", "'#a'"},
        {"a b", "'a b'"},
        {"it's", "\"it's\""},
        {"a\"b", "'a\"b'"},
        {"a\\b", "'a\\b'"},
        {"a\nb", "\"a\\nb\""},
        {"'\"\\", "\"'\\\"\\\\\""},
        {"é", "é"},
        {"\r", "'\r'"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct str out = {0};

        line_quote(cases[i].word, &out);
        assert_string_equal(str_text(&out), cases[i].quoted);
        str_free(&out);
    }
}

static void random_word(struct rng *r, char *word)
{
    static const char letters[] = "ab 'n\"\\#\n\t\r$=\xc3\xa9\x01";
    size_t len = rng_below(r, WORD_MAX);

    for (size_t i = 0; i < len; i++)
        word[i] = letters[rng_below(r, sizeof(letters) - 1)];
    word[len] = '\0';
}

static void test_any_words_come_back(void **state)
{
    struct rng r = rng_seed(11);

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        char a[WORD_MAX], b[WORD_MAX];
        struct str text = {0};
        struct line line;
        struct err e;

        random_word(&r, a);
        random_word(&r, b);
        line_quote(a, &text);
        str_add_char(&text, ' ');
        line_quote(b, &text);
        assert_null(strchr(str_text(&text), '\n'));
        assert_true(line_split(str_text(&text), 0, &line, &e));
        assert_int_equal(line.n, 2);
        assert_string_equal(line.words[0].text, a);
        assert_string_equal(line.words[1].text, b);
        line_free(&line);
        str_free(&text);
    }
}

static bool take(void *self, const struct line *line, struct err *e)
{
    if (str_eq(line->words[0].text, "bad"))
        return line_fault(e, &line->words[line->n - 1], "there is no command %s",
                          line->words[line->n - 1].text);
    if (str_eq(line->words[0].text, "worse"))
        return err_set(e, ERR_INVALID, "columns: too many of them");
    str_addf(self, "%d:%s;", line->number, line->words[0].text);
    return true;
}

static void fault(void *self, const char *sentence)
{
    str_addf(self, "[%s]", sentence);
}

static void test_a_file_is_read_past_its_faults(void **state)
{
    static const char text[] = "\xef\xbb\xbf"
                               "one\n\n# two\r\nthree\r\n  bad thing\nfive 'x\nworse\nseven";
    struct str out = {0};
    const struct line_reader reader = {&out, take, fault};

    (void)state;
    assert_int_equal(lines_read("keys.conf", text, &reader), 3);
    assert_string_equal(str_text(&out), "1:one;4:three;[keys.conf:5:7: there is no command thing]"
                                        "[keys.conf:6:6: the quote that opens here is not closed]"
                                        "[keys.conf:7: columns: too many of them]8:seven;");
    str_clear(&out);
    assert_int_equal(lines_read("empty", "", &reader), 0);
    assert_string_equal(str_text(&out), "");
    str_free(&out);
}

static bool take_raw(void *self, const char *text, int number, struct err *e)
{
    const struct word third = {.column = 3};

    str_addf(self, "%d:%s;", number, text);
    return !str_starts(text, "no") || line_fault(e, &third, "is not wanted");
}

static void test_lines_of_another_form(void **state)
{
    struct str out = {0};
    const struct raw_reader reader = {&out, take_raw, fault};

    (void)state;
    assert_int_equal(lines_read_raw("a", "\xef\xbb\xbfit's\n\n# x\nno\n", &reader), 1);
    assert_string_equal(str_text(&out), "1:it's;2:;3:# x;4:no;[a:4:3: is not wanted]");
    str_free(&out);
}

static void test_how_a_fault_is_told(void **state)
{
    struct str out = {0};

    (void)state;
    line_tell("a", 0, 7, "x", &out);
    line_tell("a", 2, 0, ";x", &out);
    line_tell("a", 2, 7, ";x", &out);
    line_tell(NULL, 2, 0, ";x", &out);
    line_tell(NULL, 2, 7, ";x", &out);
    assert_string_equal(str_text(&out), "xa:2: ;xa:2:7: ;xline 2: ;xline 2, column 7: ;x");
    str_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_columns_and_quotes_are_told),
        cmocka_unit_test(test_quoting_is_as_plain_as_can_be),
        cmocka_unit_test(test_any_words_come_back),
        cmocka_unit_test(test_a_file_is_read_past_its_faults),
        cmocka_unit_test(test_lines_of_another_form),
        cmocka_unit_test(test_how_a_fault_is_told),
    };

    return cmocka_run_group_tests_name("base-line", tests, NULL, NULL);
}
