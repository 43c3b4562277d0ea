// What the account may use, and what a search by what it may not use meets, by the real program.
#include "cli/world.h"

#include "model/entity.h"

static int set_up(void **state)
{
    static const char *const options[] = {"--unlimited", "--companies=300", "--contacts=3000",
                                          NULL};

    return world_open(state, options);
}

static int set_up_strict(void **state)
{
    static const char *const options[] = {"--unlimited", "--companies=300", "--contacts=3000",
                                          "--refuse-ungranted", NULL};

    return world_open(state, options);
}

static size_t lines(const char *text)
{
    size_t n = 0;

    for (; *text; text++)
        n += *text == '\n';
    return n;
}

static void every_field_is_listed(void **state)
{
    const struct world *w = *state;
    char *text = printed(w, "fields contact --format csv");

    // Inputs without the four of paging; the rows' columns, what can be bought, the heading.
    assert_int_equal(lines(text), entity_contact.search.n_inputs - 4 +
                                      entity_contact.search.n_columns +
                                      entity_contact.enrich.n_columns + 1);
    assert_true(str_starts(text, "use,name,label,group,type,unit,values,excludedBy,granted,why\n"));
    assert_non_null(strstr(text, "\nsearch by,managementLevel,Management level,Role,list,,"
                                 "managementLevel,excludeManagementLevel,yes,\n"));
    assert_non_null(strstr(text, "\nsearch by,revenueMax,Revenue,Size and money,\"number, <=\","
                                 "thousand USD,,,yes,\n"));
    assert_non_null(strstr(text, "\nsearch by,companyName,Company name,Company,expression,,OR|NOT,,"
                                 "yes,\n"));
    assert_non_null(strstr(text, "\nsearch by,techSkills,Technology skills,Education and career,"
                                 "list,,tech-skills,,no,\"the account's field list"));
    assert_non_null(strstr(text, "\ncolumn,school,School,personal,text,,,,no,"));
    assert_non_null(strstr(text, "\nbuy,email,E-mail,personal,text,,,,yes,\n"));
    assert_non_null(strstr(text, "\nbuy,mobilePhone,Mobile phone,personal,text,,,,?,"
                                 "the account's field list does not name it\n"));
    free(text);
    text = printed(w, "fields company --match budget --format csv");
    assert_int_equal(lines(text), 10);
    free(text);
}

static void what_is_known_needs_no_network(void **state)
{
    const struct world *w = *state;
    char *text = printed(w, "fields contact --format csv"), *again;
    struct run r = run_lode(&w->home, NULL,
                            "fields contact --format csv --base-url "
                            "http://127.0.0.1:9");

    // Another profile, which has no lists and nobody to sign in: all is listed, nothing is known.
    expect(&r, 0, NULL);
    assert_int_equal(lines(r.out.data), lines(text));
    expect_in(&r.out, ",?,the account's field list could not be had\n");
    run_free(&r);
    again = printed(w, "fields contact --format csv");
    assert_string_equal(again, text);
    assert_int_equal(server_stat(w->server, "requests.GET /lookup/"), 6);
    free(again);
    free(text);
}

static void a_search_by_what_is_not_granted_says_so_first(void **state)
{
    const struct world *w = *state;

    expect_line(w, "count contact --where techSkills=1000", 0, NULL,
                "This account may not search by Technology skills (techSkills), its own field list "
                "says: the API may refuse the search, or find nothing.");
    expect_line(w,
                "count company --where engagementType=email --where 'Engagement "
                "date>=2020-01-01'",
                0, NULL, "may not search by Engagement date (engagementStartDate)");
}

static void nothing_is_bought_that_brings_none_of_what_was_asked_for(void **state)
{
    const struct world *w = *state;

    write_file(w, "one.csv", "companyId\n5\n");
    expect_line(w, "quote company --from one.csv --fields engagements", 4, NULL,
                "none of the fields asked for");
    expect_line(w, "enrich company --from one.csv --fields engagements --max-credits 5", 4, NULL,
                "lode fields company says which it may");
    expect_line(w, "quote company --from one.csv --fields engagements,name", 0, NULL,
                "Left out, because this account may not use them: engagements");
    expect_line(w, "quote company --from one.csv --fields id", 0, NULL, "This would cost");
    assert_int_equal(server_total(w->server, "requests"), 0);
}

static void what_the_api_refuses_is_said_by_its_label(void **state)
{
    const struct world *w = *state;

    expect_line(w, "count contact --where techSkills=1000", 4, NULL,
                "lode: the API does not let this account search contacts by Technology skills "
                "(techSkills); leave that out");
    expect_line(w, "search contact --where engagementType=email --where techSkills=1000", 4, NULL,
                "search contacts by Engagement type (engagementType), Technology skills");
    expect_line(w, "fields contact --match engagement --format csv", 0,
                "search by,engagementType,Engagement type,Advanced,text,,,,no,", NULL);
}

// Told as what it is: nothing is remembered of the field.
static void a_refused_value_does_not_lock_its_field(void **state)
{
    const struct world *w = *state;
    struct run r;

    expect_line(w, "count company --where State=Narnia", 2, NULL,
                "lode: State has no value \"Narnia\"");
    expect_line(w, "count company --where Country=Germny", 2, NULL,
                "Country has no value \"Germny\"; did you mean \"Germany\"?");
    r = lode(w, "count company --where State=Texas");
    expect(&r, 0, NULL);
    assert_null(strstr(str_text(&r.err), "may not search by"));
    run_free(&r);
    expect_line(w, "fields company --match state --format csv", 0,
                "search by,state,State,Place,list,,state,,yes,\n", NULL);
}

int main(void)
{
    const struct CMUnitTest plain[] = {
        cmocka_unit_test(every_field_is_listed),
        cmocka_unit_test(what_is_known_needs_no_network),
        cmocka_unit_test(nothing_is_bought_that_brings_none_of_what_was_asked_for),
        cmocka_unit_test(a_search_by_what_is_not_granted_says_so_first),
    };
    const struct CMUnitTest strict[] = {
        cmocka_unit_test(what_the_api_refuses_is_said_by_its_label),
        cmocka_unit_test(a_refused_value_does_not_lock_its_field),
    };
    int failed = cmocka_run_group_tests_name("fields", plain, set_up, world_close);

    return failed + cmocka_run_group_tests_name("refused", strict, set_up_strict, world_close);
}
