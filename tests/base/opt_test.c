// Command lines: what is taken, in which order, and each refusal's sentence.
#include "support/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/opt.h"

static const struct opt common[] = {
    {"quiet", 'q', OPT_FLAG, NULL, "say less"},
    {"format", 'f', OPT_VALUE, "NAME", "how to write"},
    {0},
};
static const struct opt search[] = {
    {"limit", 0, OPT_VALUE, "N", "rows"},
    {"where", 'w', OPT_LIST, "FIELD=VALUE", "a filter"},
    {"max-credits", 0, OPT_VALUE, "N", "buy at most"},
    {0},
};
static const struct opt *const tables[] = {common, search, NULL};

enum { WORDS_MAX = 16 };

// Splits line at blanks and parses it; the words must outlive *o.
static bool parse(const char *line, char *words, struct opts *o, struct err *e)
{
    char name[] = "lode", *argv[WORDS_MAX] = {name}, *save = NULL;
    int argc = 1;

    strcpy(words, line);
    for (char *w = strtok_r(words, " ", &save); w; w = strtok_r(NULL, " ", &save))
        argv[argc++] = w;
    *e = (struct err){0};
    return opt_parse(tables, argc, argv, o, e);
}

static void test_mixed(void **state)
{
    char words[200];
    struct opts o;
    struct err e;

    (void)state;
    assert_true(
        parse("search --limit=5 contact -q --where a=1 -wb=2 x -- --limit -q", words, &o, &e));
    assert_int_equal(o.n_args, 5);
    assert_string_equal(o.args[0], "search");
    assert_string_equal(o.args[1], "contact");
    assert_string_equal(o.args[2], "x");
    assert_string_equal(o.args[3], "--limit");
    assert_string_equal(o.args[4], "-q");
    assert_int_equal(o.n_seen, 4);
    assert_string_equal(o.seen[0].opt->name, "limit");
    assert_string_equal(o.seen[2].value, "a=1");
    assert_string_equal(o.seen[3].value, "b=2");
    assert_true(opt_has(&o, "quiet"));
    assert_false(opt_has(&o, "format"));
    assert_string_equal(opt_value(&o, "format", "table"), "table");
    opt_free(&o);
    assert_null(o.args);
}

static void test_last_value_wins_and_empty_is_a_value(void **state)
{
    char words[200];
    struct opts o;
    struct err e;

    (void)state;
    assert_true(parse("--format csv --format json --limit=", words, &o, &e));
    assert_string_equal(opt_value(&o, "format", NULL), "json");
    assert_string_equal(opt_value(&o, "limit", NULL), "");
    assert_true(opt_has(&o, "limit"));
    assert_int_equal(o.n_args, 0);
    opt_free(&o);
}

static void test_the_environment_changes_nothing(void **state)
{
    char words[200];
    struct opts o;
    struct err e;

    (void)state;
    (void)setenv("POSIXLY_CORRECT", "1", 1);
    assert_true(parse("search --limit 5", words, &o, &e));
    (void)unsetenv("POSIXLY_CORRECT");
    assert_int_equal(o.n_args, 1);
    assert_true(opt_has(&o, "limit"));
    opt_free(&o);
}

static void test_numbers_below_zero_are_arguments(void **state)
{
    char words[200];
    struct opts o;
    struct err e;

    (void)state;
    assert_true(parse("show -347885489 -q -1 --limit -5 -- -2 -q", words, &o, &e));
    assert_int_equal(o.n_args, 5);
    assert_string_equal(o.args[1], "-347885489");
    assert_string_equal(o.args[2], "-1");
    assert_string_equal(o.args[3], "-2");
    assert_string_equal(o.args[4], "-q");
    assert_string_equal(opt_value(&o, "limit", ""), "-5");
    opt_free(&o);
    assert_false(parse("show -3x", words, &o, &e));
}

static void test_refusals(void **state)
{
    static const struct {
        const char *line, *text;
    } cases[] = {
        {"search --limt 5", "there is no option --limt; did you mean --limit?"},
        {"search --limt=5", "there is no option --limt; did you mean --limit?"},
        {"--zzzzzzzzz", "there is no option --zzzzzzzzz"},
        {"search x -z y", "there is no option -z"},
        {"search -qz", "there is no option -z"},
        {"search -zq", "there is no option -z"},
        {"search --limit", "option --limit needs a value"},
        {"search -qw", "option --where needs a value"},
        {"--quiet=1", "option --quiet takes no value"},
        {"--max 5", "there is no option --max; did you mean --max-credits?"},
        {"--lim=5", "there is no option --lim; did you mean --limit?"},
        {"--q", "there is no option --q"},
    };
    char words[200];
    struct opts o;
    struct err e;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        assert_false(parse(cases[i].line, words, &o, &e));
        assert_int_equal(e.kind, ERR_INVALID);
        assert_string_equal(e.text, cases[i].text);
        assert_null(o.seen);
        assert_null(o.args);
    }
}

static void test_integers(void **state)
{
    static const char *const bad[] = {"--limit 0", "--limit 101", "--limit 5x",
                                      "--limit=",  "--limit -5",  "--limit 99999999999999999999"};
    char words[200];
    struct opts o;
    struct err e;
    long long v = 7;

    (void)state;
    assert_true(parse("search", words, &o, &e));
    assert_true(opt_int(&o, "limit", 1, 100, &v, &e));
    assert_true(v == 7);
    opt_free(&o);
    assert_true(parse("--limit 100", words, &o, &e));
    assert_true(opt_int(&o, "limit", 1, 100, &v, &e));
    assert_true(v == 100);
    opt_free(&o);
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        assert_true(parse(bad[i], words, &o, &e));
        assert_false(opt_int(&o, "limit", 1, 100, &v, &e));
        assert_int_equal(e.kind, ERR_INVALID);
        assert_non_null(strstr(e.text, "--limit takes a whole number from 1 to 100, not \""));
        opt_free(&o);
    }
    assert_true(v == 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mixed),
        cmocka_unit_test(test_last_value_wins_and_empty_is_a_value),
        cmocka_unit_test(test_the_environment_changes_nothing),
        cmocka_unit_test(test_numbers_below_zero_are_arguments),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_integers),
    };

    return cmocka_run_group_tests_name("base-opt", tests, NULL, NULL);
}
