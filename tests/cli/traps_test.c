// The traps of the API are told in words before anything is sent, by the real program.
#include "cli/world.h"

static int set_up(void **state)
{
    static const char *const options[] = {"--unlimited", "--companies=300",    "--contacts=3000",
                                          "--depth=100", "--refuse-ungranted", NULL};

    return world_open(state, options);
}

static void what_cannot_work_is_not_sent(void **state)
{
    static const struct {
        const char *line, *said;
    } cases[] = {
        {"count contact --where 'Employees>=100' --where 'Employees<=99'",
         "Employees: the least, 100, is above the most, 99"},
        {"count contact --where 'Funding date>=2024-02-01' --where 'Funding date<=2024-01-31'",
         "Funding date: the least, 2024-02-01, is above the most"},
        {"count contact --where 'Accuracy score>=69'", "\"69\" does not lie between 70 and 99"},
        {"count contact --where contactAccuracyScoreMax=100", "does not lie between 70 and 99"},
        // Strings on the wire, numbers all the same.
        {"count contact --where 'Employees>=1,000'",
         "holds a comma; write the number's digits only"},
        {"count contact --where 'Employees>=10k'", "is no whole number"},
        {"count contact --where companyId=12a", "is no id; ids are numbers"},
        {"count contact --where zipCode=10001 --where zipCodeRadiusMiles=30",
         "is none of 10, 25, 50, 100, 250"},
        {"count contact --where zipCodeRadiusMiles=25", "ZIP code radius needs ZIP code as well"},
        {"search contact --sort employeeCount",
         "contacts cannot be sorted by \"employeeCount\"; only by contactAccuracyScore, lastName"},
        {"search company --sort lastName", "companies cannot be sorted by \"lastName\""},
        {"search contact --where sortOrder=asc", "order is set with --sort"},
        {"count contact --where 'Industry!=software'",
         "Industry cannot be excluded, because the API has no field for it; of contacts only these "
         "can: Job title, Management level, Metro area"},
        {"count company --where 'State!=usa.alaska'", "of companies only these can: Metro area"},
        {"count contact --where 'excludeJobTitle!=Intern'",
         "Excluded job title is what excludes already; write Job title != VALUES"},
        {"count contact --where 'Job title=OR Chef'", "operator without a phrase"},
        // A list of the API, unlike states and countries, of which it takes free text.
        {"count company --where 'Metro area=San Fransisco'",
         "Metro area has no value \"San Fransisco\"; did you mean \"CA - San Francisco\"?"},
        {"count company --where Continent=Erope",
         "Continent has no value \"Erope\"; did you mean \"Europe\"?"},
    };
    const struct world *w = *state;
    long long before = searches(w);

    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        expect_line(w, cases[i].line, 2, NULL, cases[i].said);
    assert_int_equal(searches(w), before);
}

static void what_works_otherwise_than_it_looks_is_remarked(void **state)
{
    static const struct {
        const char *line, *said;
    } cases[] = {
        {"count company --where State=usa.california --where 'Country=United States'",
         "State and country together are joined by OR: the whole country comes back"},
        {"count company --where companyName=Initech", "finds firms of that name everywhere"},
        {"count company --where 'Revenue>=5'", "is taken as thousand USD"},
        {"count company --where 'companyName=Initech, Inc.'", "read as a value of its own"},
        {"count contact --where 'Management level=Manager, Director' --where 'Management "
         "level!=manager'",
         "Management level: \"Manager\" is both asked for and excluded"},
    };
    const struct world *w = *state;

    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        expect_line(w, cases[i].line, 0, NULL, cases[i].said);
}

static void a_place_of_free_text_goes_as_typed(void **state)
{
    const struct world *w = *state;
    long long before = searches(w);
    struct run r;

    expect_line(w, "count company --where Country=Germny", 2, NULL,
                "Country: the list has no \"Germny\" (the nearest is \"Germany\"); the API takes "
                "free text here, so it goes as typed.");
    expect_line(w, "count company --where State=Narnia,Oz-land", 2, NULL,
                "State: the list has no \"Narnia\", nor 1 more of these values; the API takes");
    assert_int_equal(searches(w), before + 2);
    r = lode(w, "count company --where Country=US --where State=nh");
    expect(&r, 0, NULL);
    assert_null(strstr(str_text(&r.err), "the list has no"));
    run_free(&r);
}

// Together they have 500 characters: where it means the same, several searches are made.
static void too_many_values_say_how_many_fit(void **state)
{
    const struct world *w = *state;
    long long before = searches(w);
    struct str line = {0};

    str_add(&line, "count contact --where excludeJobTitle=Chef0000");
    for (int i = 1; i < 100; i++)
        str_addf(&line, ",Chef%04d", i);
    expect_line(w, line.data, 2, NULL,
                "Excluded job title (excludeJobTitle) has 1,196 characters, and the API takes 500: "
                "the first 42 of its 100 values fit");
    str_clear(&line);
    str_add(&line, "count contact --where lastName=");
    for (int i = 0; i < 501; i++)
        str_add_char(&line, 'x');
    expect_line(w, line.data, 2, NULL, "has 501 characters, and the API takes 500; shorten it");
    assert_int_equal(searches(w), before);
    str_clear(&line);
    str_add(&line, "count contact --where zipCode=10000");
    for (int i = 1; i < 100; i++)
        str_addf(&line, ",%d", 10000 + i);
    expect_line(w, line.data, 0, NULL,
                "ZIP code has 100 values; one request takes 500 characters, the first 83 of them.");
    assert_int_equal(searches(w), before + 2);
    str_add(&line, " --max-requests 1");
    expect_line(w, line.data, 5, NULL, "--max-requests allows 1 request only; nothing was sent");
    assert_int_equal(searches(w), before + 2);
    str_free(&line);
}

// The server's own depth is learnt from its refusal, and known from then on.
static void the_depth_of_paging_is_said_first(void **state)
{
    static const char line[] = "search contact --limit 500 --format csv -o depth.csv --force";
    const struct world *w = *state;
    long long refused;

    expect_line(w, line, 0, NULL, "Paging reaches only the first 100");
    refused = server_stat(w->server, "statuses.400");
    assert_true(refused > 0);
    expect_line(w, line, 0, NULL, "Paging reaches only the first 100 of them; narrow the search");
    assert_int_equal(server_stat(w->server, "statuses.400"), refused);
    expect_line(w, "count contact", 0, NULL, "Paging reaches only the first 100 of them");
    expect_line(w, "search contact --limit 20 -o few.csv", 0, NULL, "20 of 3,000 records");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_cannot_work_is_not_sent),
        cmocka_unit_test(what_works_otherwise_than_it_looks_is_remarked),
        cmocka_unit_test(a_place_of_free_text_goes_as_typed),
        cmocka_unit_test(too_many_values_say_how_many_fit),
        cmocka_unit_test(the_depth_of_paging_is_said_first),
    };

    return cmocka_run_group_tests_name("traps", tests, set_up, world_close);
}
