// Fault rules: reading them, and which call they hit. Tests.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "sandbox/fault.h"
#include "support/http.h"
#include "support/server.h"
#include "support/temp.h"
#include "support/test.h"

static void test_mistakes_name_their_place(void **state)
{
    static const struct {
        const char *rules, *says;
    } cases[] = {
        {"reset", "line 1, column 1: a rule starts with * or [METHOD] /PATH"},
        {"POST reset", "line 1, column 6: a rule starts with"},
        {"POST enrich reset", "line 1, column 6: a rule starts with"},
        {"* ", "line 1, column 1: the fault is missing after this"},
        {"POST /enrich/contact", "line 1, column 6: the fault is missing after this"},
        {"* resett", "line 1, column 3: there is no fault \"resett\"; did you mean reset"},
        {"# fine\n* 500\n  *\tfive", "line 3, column 5: there is no fault \"five\""},
        {"* 500; * 501", "line 1, column 10: there is no fault \"501\""},
        {"* drip-after-work", "column 3: there is no fault"},
        {"* 500 first", "column 7: what follows the fault is OPTION=VALUE"},
        {"* 500 first=0", "column 7: this option cannot have that value"},
        {"* 500 first=x", "column 7: this option cannot have that value"},
        {"* 500 p=1.5", "column 7: this option cannot have that value"},
        {"* 500 ms=5", "column 7: this fault has no such option"},
        {"* 500 =5", "column 7: this fault has no such option"},
        {"* 429 retry-after=\"1", "column 7: a \" is missing"},
        {"/lookup/* refuse", "column 1: refuse comes before anything is read"},
        {"/_sandbox/audit 500", "column 1: what is under /_sandbox never meets a fault"},
        {"* 500 p=1 p=1 p=1 p=1 p=1 p=1 p=1 p=1 p=1 p=1 p=1 p=1 p=1 p=1 p=1",
         "this rule has too many words"},
    };
    struct fault_rule *rules;
    size_t n;
    struct err e;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        if (fault_parse(cases[i].rules, &rules, &n, &e))
            fail_msg("taken: %s", cases[i].rules);
        if (!strstr(e.text, cases[i].says))
            fail_msg("%s: %s", cases[i].rules, e.text);
    }
}

static void test_rules_are_read(void **state)
{
    static const char text[] =
        "# two faults\r\n"
        "POST /enrich/*  reset-after-work first=2 every=3 after=4 p=0.5 # x\n"
        ";;\n"
        "* 429 retry-after=\"Wed, 21 Oct; x\" ; /a stall ms=7";
    struct fault_rule *rules;
    size_t n;
    struct err e;

    (void)state;
    assert_true(fault_parse(text, &rules, &n, &e));
    assert_int_equal(n, 3);
    assert_string_equal(rules[0].method, "POST");
    assert_string_equal(rules[0].path, "/enrich/");
    assert_true(rules[0].prefix);
    assert_int_equal(rules[0].kind->act, FAULT_RESET);
    assert_true(rules[0].after_work);
    assert_int_equal(rules[0].first, 2);
    assert_int_equal(rules[0].every, 3);
    assert_int_equal(rules[0].after, 4);
    assert_true(rules[0].p > 0.49 && rules[0].p < 0.51);
    assert_string_equal(rules[1].path, "");
    assert_string_equal(rules[1].retry_after, "Wed, 21 Oct; x");
    assert_string_equal(rules[2].method, "");
    assert_false(rules[2].prefix);
    assert_int_equal(rules[2].ms, 7);
    assert_int_equal(rules[2].at, -1);
    free(rules);
    assert_true(fault_parse("", &rules, &n, &e));
    assert_int_equal(n, 0);
    free(rules);
}

// Which of ten calls the rules hit, as text.
static void hits(struct faults *f, const char *rules, char out[static 11])
{
    struct fault_rule rule;
    struct err e;

    assert_true(faults_set(f, rules, &e));
    for (int i = 0; i < 10; i++)
        out[i] = faults_pick(f, "POST", "/enrich/contact", &rule) ? *rule.kind->name : '-';
    out[10] = '\0';
}

static void test_which_calls_are_hit(void **state)
{
    static const struct {
        const char *rules, *hits;
    } cases[] = {
        {"", "----------"},
        {"* 500", "5555555555"},
        {"* 500 first=2", "55--------"},
        {"* 500 after=8", "--------55"},
        {"* 500 every=3", "--5--5--5-"},
        {"* 500 after=1 every=4 first=5", "----5-----"},
        {"* 500 p=0", "----------"},
        {"POST /enrich/contact 500", "5555555555"},
        {"GET /enrich/contact 500", "----------"},
        {"/enrich 500", "----------"},
        {"/enrich* 500", "5555555555"},
        {"* 401 first=1; * 500 first=2", "455-------"},
        {"* 401 every=2; * 500", "5454545454"},
        {"* refuse", "----------"},
    };
    struct faults *f = faults_open(1);
    char got[11], first[11], again[11];
    size_t fired = 0;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        hits(f, cases[i].rules, got);
        if (!str_eq(got, cases[i].hits))
            fail_msg("%s: %s, not %s", cases[i].rules, got, cases[i].hits);
    }
    hits(f, "* 500 p=0.5", first);
    hits(f, "* 500 p=0.5", again);
    assert_string_equal(first, again);
    for (size_t i = 0; first[i]; i++)
        fired += first[i] == '5';
    assert_in_range(fired, 1, 9);
    faults_close(f);
}

static void test_all_are_described(void **state)
{
    struct str text = {0};
    struct err e;

    (void)state;
    assert_true(file_read(SOURCE_DIR "/assets/sandbox/FAULTS.md", 1 << 20, &text, &e));
    for (size_t i = 0; fault_kind(i); i++) {
        char *name = str_format("`%s`", fault_kind(i)->name);

        if (!strstr(text.data, name))
            fail_msg("FAULTS.md does not describe %s", name);
        free(name);
    }
    str_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mistakes_name_their_place),
        cmocka_unit_test(test_rules_are_read),
        cmocka_unit_test(test_which_calls_are_hit),
        cmocka_unit_test(test_all_are_described),
    };

    return cmocka_run_group_tests_name("sandbox-fault-rules", tests, NULL, NULL);
}
