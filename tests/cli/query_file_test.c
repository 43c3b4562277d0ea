// A whole search in a file, by the real program on the real sandbox.
#include "cli/world.h"

static int set_up(void **state)
{
    static const char *const options[] = {"--unlimited", "--companies=300", "--contacts=3000",
                                          NULL};

    return world_open(state, options);
}

static void expect_same(const struct world *w, const char *a, const char *b)
{
    struct run x = lode(w, a), y = lode(w, b);

    expect(&x, 0, NULL);
    expect(&y, 0, str_text(&x.out));
    run_free(&x);
    run_free(&y);
}

static void a_file_asks_what_the_options_ask(void **state)
{
    const struct world *w = *state;

    write_file(w, "vps",
               "# VPs with a good score\nentity = contact\nManagement level = vp level execs\n"
               "Accuracy score >= 80\nsort = lastName:asc\n");
    expect_same(
        w, "count --query vps",
        "count contact --where 'managementLevel=VP Level Exec' --where 'Accuracy score>=80'");
    expect_same(
        w, "search --query vps --format csv",
        "search contact --where 'managementLevel=VP Level Exec' --where 'Accuracy score>=80' "
        "--sort lastName:asc --format csv");
    // More from the line, and its order before the file's.
    expect_same(
        w,
        "search contact --query vps --where 'Accuracy score<=90' --sort companyName "
        "--format csv",
        "search contact --where 'managementLevel=VP Level Exec' --where 'Accuracy score>=80' "
        "--where 'Accuracy score<=90' --sort companyName --format csv");
}

static void what_it_writes_it_reads(void **state)
{
    const struct world *w = *state;
    struct run r, again;
    long long before = searches(w);

    r = lode(w, "search company --where 'Industry=Software, Retail' --where "
                "'companyName=\"Initech, Inc.\"' --sort revenue --as-text");
    expect(&r, 0,
           "entity = company\nindustryCodes = Software, Retail\ncompanyName = \"Initech, Inc.\"\n"
           "sort = revenue:desc\n");
    write_file(w, "firms", str_text(&r.out));
    again = lode(w, "count --query firms --as-text");
    expect(&again, 0, str_text(&r.out));
    assert_int_equal(searches(w), before);
    run_free(&r);
    run_free(&again);
}

static void standard_input_holds_a_search(void **state)
{
    const struct world *w = *state;
    char *url = str_format("--base-url=%s", w->server->url);
    const char *const argv[] = {
        LODE_BINARY,        "count", "--query", "-", url, "--user", "analyst@example.com",
        "--password-stdin", NULL};
    struct run r = run_program(&w->home, argv, "sandbox\nentity = contact\nAccuracy score >= 70\n");

    expect(&r, 0, NULL);
    assert_true(strtoll(str_text(&r.out), NULL, 10) > 0);
    run_free(&r);
    r = run_program(&w->home, argv, "sandbox\nentity = contact\nAccuracy score >= 7\n");
    expect(&r, 2, "");
    assert_non_null(strstr(str_text(&r.err), "lode: standard input:2:19: Accuracy score: \"7\""));
    run_free(&r);
    free(url);
}

static void all_faults_are_told_and_nothing_is_sent(void **state)
{
    static const char *const said[] = {
        "lode: bad:2:1: searching contacts knows no field \"shoeSize\"",
        "lode: bad:4:14: Employees: \"many\" is no whole number",
        "lode: Accuracy score: \"5\" does not lie between 70 and 99",
        "lode: contacts cannot be sorted by \"height\"",
    };
    static const char *const later[] = {
        "lode: late:2:20: Management level has no value \"Emperor\"",
        "lode: late:2:38: Management level has no value \"Directr\"; did you mean \"Director\"?",
        "lode: late:3:14: Employees: the least, 9, is above the most, 8",
        "lode: late:5:28: Metro area has no value \"San Fransisco\"; did you mean",
    };
    const struct world *w = *state;
    long long before = searches(w);
    struct run r;

    write_file(w, "bad", "entity = contact\nshoeSize = 43\nfirstName = Ana\nEmployees >= many\n");
    r = lode(w, "search --query bad --where 'Accuracy score>=5' --sort height");
    expect(&r, 2, "");
    for (size_t i = 0; i < ARRAY_LEN(said); i++) {
        if (!strstr(str_text(&r.err), said[i]))
            fail_msg("%s is not in:\n%s", said[i], str_text(&r.err));
    }
    run_free(&r);
    write_file(w, "late",
               "entity = contact\nManagement level = Emperor, Manager, Directr\n"
               "Employees >= 9\nEmployees <= 8\nMetro area = IL - Chicago, San Fransisco\n");
    r = lode(w, "search --query late");
    expect(&r, 2, "");
    for (size_t i = 0; i < ARRAY_LEN(later); i++) {
        if (!strstr(str_text(&r.err), later[i]))
            fail_msg("%s is not in:\n%s", later[i], str_text(&r.err));
    }
    run_free(&r);
    assert_int_equal(searches(w), before);
}

static void what_cannot_be_read_is_said(void **state)
{
    static const struct {
        const char *line, *said;
    } cases[] = {
        {"count", "usage: lode count"},
        {"count --query none", "none"},
        {"count --query empty", "say what is searched"},
        {"count company --query vps2",
         "vps2:1:10: this searches contacts, but companies are asked"},
    };
    const struct world *w = *state;

    write_file(w, "empty", "");
    write_file(w, "vps2", "entity = contact\n");
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct run r = lode(w, cases[i].line);

        expect(&r, 2, "");
        if (!strstr(str_text(&r.err), cases[i].said))
            fail_msg("%s said:\n%s", cases[i].line, str_text(&r.err));
        run_free(&r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_asks_what_the_options_ask),
        cmocka_unit_test(what_it_writes_it_reads),
        cmocka_unit_test(standard_input_holds_a_search),
        cmocka_unit_test(all_faults_are_told_and_nothing_is_sent),
        cmocka_unit_test(what_cannot_be_read_is_said),
    };

    return cmocka_run_group_tests_name("query file", tests, set_up, world_close);
}
