// Long lists of values from files, searched for in parts and merged, by the real program.
#include "cli/world.h"

enum { FIRMS = 300 };

static int set_up(void **state)
{
    static const char *const options[] = {"--unlimited", "--companies=300", "--contacts=3000",
                                          NULL};
    int status = world_open(state, options);
    struct world *w = *state;

    expect_line(w, "search company --limit all -c companyId,companyName -o firms.csv", 0, NULL,
                NULL);
    return status;
}

static size_t lines(const char *text)
{
    size_t n = 0;

    for (; *text; text++)
        n += *text == '\n';
    return n;
}

// How many requests a run says it made, by a search's talk.
static long long asked_since(const struct world *w, long long before)
{
    return searches(w) - before;
}

static void rows_of_all_parts_are_merged(void **state)
{
    const struct world *w = *state;
    char *all = file_text(w, "firms.csv"), *found;
    size_t n = lines(all) - 1;
    long long before = searches(w);

    assert_int_equal(n, FIRMS);
    expect_line(
        w,
        "search company --where-from companyId=firms.csv --limit all -c companyId,companyName "
        "-o again.csv",
        0, NULL, "Company id: 300 values found something, 0 found nothing, 0 could not be sent.");
    assert_true(asked_since(w, before) >= 5); // some 50 ids a search
    found = file_text(w, "again.csv");
    assert_int_equal(lines(found), n + 1);
    for (char *rest = all, *line; (line = strsep(&rest, "\n")) != NULL && *line;) {
        if (!strstr(found, line))
            fail_msg("%s was not found again", line);
    }
    free(found);
    free(all);
}

static void the_price_is_said_and_capped(void **state)
{
    static const char line[] =
        "search company --where-from companyId=firms.csv --limit all -c companyId "
        "--format csv ";
    const struct world *w = *state;
    long long before = searches(w), parts;
    struct run r = lode(w, line), capped;
    char *say;

    expect(&r, 0, NULL);
    expect_in(&r.err, "firms.csv: 300 values for Company id; 0 stood there again");
    expect_in(&r.err, "Company id has 300 values; one request takes 500 characters, the first ");
    expect_in(&r.err, " requests at least, and one more for each further page of rows.");
    parts = asked_since(w, before);
    say = str_format("%lld requests were made.", parts);
    expect_in(&r.err, say);
    before = searches(w);
    free(say);
    say = str_format("%s --max-requests %lld", line, parts - 1);
    expect_line(w, say, 5, NULL, "nothing was sent");
    assert_int_equal(asked_since(w, before), 0);
    free(say);
    // A cap between the searches and their further pages: what came is given, and said to be a
    // part.
    write_file(w, "levels", "managementLevel\nDirector\nManager\nNon Manager\n");
    before = searches(w);
    capped = lode(w, "search contact --where-from managementLevel=levels --limit all -c personId "
                     "--format csv --max-requests 4");
    expect(&capped, 6, NULL);
    assert_int_equal(asked_since(w, before), 4);
    assert_int_equal(lines(capped.out.data), 401);
    expect_in(&capped.err, "It stopped at --max-requests; there is more.");
    run_free(&capped);
    run_free(&r);
}

// A limit needs no more requests than it takes.
static void a_limit_asks_no_further(void **state)
{
    const struct world *w = *state;
    long long before = searches(w);
    char *rows =
        printed(w, "search company --where-from companyId=firms.csv --limit 10 --format csv "
                   "-c companyId");

    assert_int_equal(lines(rows), 11);
    assert_int_equal(asked_since(w, before), 1);
    free(rows);
}

static void what_matched_is_told(void **state)
{
    const struct world *w = *state;
    char *firms = file_text(w, "firms.csv"), *first = firms, *text, *line;
    struct str list = {0};

    (void)strsep(&first, "\n");
    line = strsep(&first, "\n");
    str_addf(&list, "Company\n%s\nZzyzx Unheard Of\n%s\n", strchr(line, ',') + 1,
             strchr(line, ',') + 1);
    write_file(w, "names.txt", list.data);
    expect_line(w,
                "search company --where-from companyName=names.txt:Company --unmatched no.csv "
                "--limit all",
                0, NULL,
                "Company name: 1 values found something, 0 found nothing, 0 could not be sent.");
    text = file_text(w, "no.csv");
    assert_string_equal(text, "value,line,outcome,why\nZzyzx Unheard Of,3,unclear,\n");
    free(text);
    expect_line(w,
                "search company --where-from companyName=names.txt:Company --unmatched no.csv "
                "--limit all --each --force",
                0, NULL, "1 values found something, 1 found nothing, 0 could not be sent.");
    text = file_text(w, "no.csv");
    assert_string_equal(text, "value,line,outcome,why\nZzyzx Unheard Of,3,found nothing,\n");
    free(text);
    str_clear(&list);
    str_addf(&list, "%.*s\n12345\nabc\n", (int)strcspn(line, ","), line);
    write_file(w, "ids.txt", list.data);
    expect_line(w, "search company --where-from companyId=ids.txt --unmatched ids.csv", 0, NULL,
                "1 of them cannot be sent; the first, in line 3: Company id: \"abc\" is no id");
    text = file_text(w, "ids.csv");
    assert_true(
        str_starts(text, "value,line,outcome,why\n12345,2,found nothing,\nabc,3,not sent,"));
    free(text);
    str_free(&list);
    free(firms);
}

// No row shows a zip code: what found nothing is asked for by halves.
static void values_that_no_row_shows_are_asked_apart(void **state)
{
    const struct world *w = *state;
    long long before, one = number(w, "count contact --where zipCode=10001");
    struct run r;

    assert_true(one > 0);
    write_file(w, "zips", "10001\n00001\n00002\n00003\n00004\n00005\n00006\n00007\n");
    r = lode(w, "count contact --where-from zipCode=zips");
    expect(&r, 0, NULL);
    assert_int_equal(strtoll(r.out.data, NULL, 10), one);
    expect_in(&r.err, "Of 8 more it is unclear, since they went together or not at all: --each "
                      "asks for them apart, 14 requests at the most.");
    run_free(&r);
    before = searches(w);
    expect_line(w, "count contact --where-from zipCode=zips --each --unmatched zips.csv", 0, NULL,
                "ZIP code: 1 values found something, 7 found nothing, 0 could not be sent.");
    // Down to the one by three halvings of two counts, less where the other half must have it.
    assert_in_range(asked_since(w, before), 4, 7);
    write_file(w, "zips", "00001\n00002\n");
    before = searches(w);
    expect_line(w, "count contact --where-from zipCode=zips", 0, "0\n",
                "0 values found something, 2 found");
    assert_int_equal(asked_since(w, before), 1);
}

static void lookup_values_are_checked_against_their_list(void **state)
{
    const struct world *w = *state;

    write_file(w, "depts", "Sales\nmarketing\nMarkting\n");
    expect_line(w, "count contact --where-from Department=depts", 0, NULL,
                "in line 3: Department has no value \"Markting\"; the nearest is \"Marketing\".");
    write_file(w, "depts", "Nonsense\n");
    expect_line(w, "count contact --where-from Department=depts", 2, NULL,
                "none of the values in depts can be sent");
}

static void wrong_lists_are_told(void **state)
{
    static const struct {
        const char *line, *said;
    } cases[] = {
        {"count contact --where-from nothing", "--where-from takes FIELD=FILE"},
        {"count contact --where-from shoeSize=firms.csv", "knows no field \"shoeSize\""},
        {"count contact --where-from School=firms.csv", "School takes one value"},
        {"count contact --where-from zipCode=firms.csv:zip",
         "firms.csv: it has no column \"zip\"; its "
         "columns are: companyId, companyName"},
        {"count contact --where-from zipCode=none.csv", "none.csv"},
        {"count contact --where-from zipCode=none.csv --where shoeSize=4", "shoeSize"},
    };
    const struct world *w = *state;
    long long before = searches(w);

    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        expect_line(w, cases[i].line, 2, NULL, cases[i].said);
    assert_int_equal(searches(w), before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_of_all_parts_are_merged),
        cmocka_unit_test(the_price_is_said_and_capped),
        cmocka_unit_test(a_limit_asks_no_further),
        cmocka_unit_test(what_matched_is_told),
        cmocka_unit_test(values_that_no_row_shows_are_asked_apart),
        cmocka_unit_test(lookup_values_are_checked_against_their_list),
        cmocka_unit_test(wrong_lists_are_told),
    };

    return cmocka_run_group_tests_name("where from", tests, set_up, world_close);
}
