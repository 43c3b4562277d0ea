// What a search finds, quoted and bought without a file between, by the real program.
#include "cli/world.h"

static int set_up(void **state)
{
    static const char *const options[] = {"--unlimited", "--companies=300", "--contacts=3000",
                                          "--faults=", NULL};

    return world_open(state, options);
}

// Paging reaches 500 rows there, which only the server knows.
static int set_up_shallow(void **state)
{
    static const char *const options[] = {"--unlimited", "--companies=300", "--contacts=3000",
                                          "--depth=500", "--faults=",       NULL};

    return world_open(state, options);
}

static long long bought(const struct world *w)
{
    return server_stat(w->server, "requests.POST /enrich/contact");
}

static long long hits_of(const struct world *w, const char *where)
{
    char *line = str_format("count contact %s", where);
    long long n = number(w, line);

    free(line);
    return n;
}

static size_t lines(const char *text)
{
    size_t n = 0;

    for (; *text; text++)
        n += *text == '\n';
    return n;
}

// What is known from a search is new and costs a credit each; a file's ids may be of nobody.
static void all_hits_are_quoted(void **state)
{
    const struct world *w = *state;
    long long hits = hits_of(w, "-w managementLevel=Director"), before = searches(w);
    long long pages = (hits + 99) / 100;
    char *rows = str_format("new,%lld,%lld,%lld,", hits, hits, hits), n[64];
    struct run r = lode(w, "quote contact -w managementLevel=Director --format csv");

    assert_true(pages > 1);
    expect(&r, 0, NULL);
    expect_in(&r.out, rows);
    (void)snprintf(n, sizeof(n), "The search has %lld hits", hits);
    expect_in(&r.err, n);
    (void)snprintf(n, sizeof(n), "%lld of %lld records", hits, hits);
    expect_in(&r.err, n);
    (void)snprintf(n, sizeof(n), "The search took %lld requests", pages);
    expect_in(&r.err, n);
    assert_int_equal(searches(w) - before, pages);
    assert_int_equal(bought(w), 0);
    run_free(&r);
    free(rows);
}

static void a_limit_takes_the_first(void **state)
{
    const struct world *w = *state;
    long long before = searches(w);
    char *ids = printed(w, "search contact --limit 150 --sort lastName:asc -c personId --format "
                           "csv --quiet"),
         *each;

    before = searches(w) - before;
    assert_int_equal(before, 2);
    expect_line(w, "quote contact --limit 150 --sort lastName:asc", 0,
                "new        150            150", "the first 150 takes 2 requests");
    each = printed(w, "quote contact --limit 150 --sort lastName:asc --each --format csv --quiet");
    assert_int_equal(lines(each), 151);
    for (char *rest = ids, *id = strsep(&rest, "\n"); (id = strsep(&rest, "\n")) && *id;)
        assert_non_null(strstr(each, id));
    free(each);
    free(ids);
}

// The cap holds, the rest is told, and what was bought is free the next time.
static void what_is_found_is_bought(void **state)
{
    static const char line[] = "enrich contact -w managementLevel=Director --limit 30 --preset crm "
                               "--max-credits 10 -o got.csv --manifest";
    const struct world *w = *state;
    char *rows, *facts;

    expect_line(w, line, 6, NULL, "This would cost 30 credits");
    rows = file_text(w, "got.csv");
    assert_int_equal(lines(rows), 11);
    facts = file_text(w, "got.csv.manifest.json");
    if (!strstr(facts, "records that match") || !strstr(facts, "managementLevel = Director"))
        fail_msg("the manifest says:\n%s", facts);
    expect_line(w, "enrich contact -w managementLevel=Director --limit 30 --max-credits 0 --quiet",
                6, NULL, NULL);
    expect_line(w, "quote contact -w managementLevel=Director --limit 30", 0, "held",
                "This would cost 20 credits");
    expect_line(w, "usage --by search", 0, "managementLevel = Director; first 30", NULL);
    expect_line(w, line, 2, NULL, "got.csv");
    free(facts);
    free(rows);
}

// By what the search's own rows say, without a file.
static void the_best_few_are_picked(void **state)
{
    const struct world *w = *state;
    char *from, *where;

    expect_line(w, "search contact --limit 60 -o in.csv --quiet", 0, NULL, NULL);
    from = printed(w, "quote contact --from in.csv --best 7 --each --format csv --quiet");
    where = printed(w, "quote contact --limit 60 --best 7 --each --format csv --quiet");
    assert_int_equal(lines(where), 8);
    for (char *rest = from, *line = strsep(&rest, "\n"); (line = strsep(&rest, "\n")) && *line;) {
        line[strcspn(line, ",") + 1] = '\0';
        if (!strstr(where, line))
            fail_msg("%s is not among:\n%s", line, where);
    }
    expect_line(w, "quote contact --limit 60 --best 7", 0, NULL, "53 that may cost are left out");
    expect_line(w, "quote contact --limit 9 --require email", 0, "unsure", "0 to 9 credits");
    free(where);
    free(from);
}

static void what_is_in_the_way_is_told(void **state)
{
    const struct world *w = *state;
    long long before = searches(w);

    write_file(w, "ids", "1\n2\n");
    expect_line(w, "quote contact --from ids -w state=texas", 2, NULL,
                "--where is of a search and --from of a file");
    expect_line(w, "quote contact", 2, NULL, "--where FIELD=VALUE");
    expect_line(w, "quote contact -w nosuch=1", 2, NULL, "nosuch");
    expect_line(w, "quote contact --limit 0", 2, NULL, "limit");
    expect_line(w, "enrich contact -w state=texas", 5, NULL, "--max-credits N");
    expect_line(w, "enrich contact -w state=texas --fields nosuch --max-credits 1", 2, NULL,
                "nosuch");
    expect_line(w, "enrich contact -w state=texas --max-credits 1 -o ids", 2, NULL, "ids");
    expect_line(w, "quote contact -w state=texas --best x", 2, NULL, "--best takes");
    expect_line(w, "enrich contact -w state=texas --best x --max-credits 1", 2, NULL,
                "--best takes");
    expect_line(w, "enrich contact -w state=texas --job a --priority x --max-credits 1", 2, NULL,
                "--priority takes");
    assert_int_equal(searches(w) - before, 0);
    expect_line(w, "quote contact --limit 500 --max-requests 3", 5, NULL,
                "reading 500 of its hits takes 5 requests, and --max-requests allows 3 only");
    assert_int_equal(searches(w) - before, 1);
    expect_line(w, "quote contact -w lastName=Zzyzx", 0, "total  ", "No results for this account.");
}

// A quote of a part is never taken for one of all.
static void past_the_reach_nothing_is_quoted(void **state)
{
    static const char buy[] = "enrich contact --limit 450 --max-credits 3 --format csv";
    const struct world *w = *state;
    long long before;

    expect_line(w, "quote contact", 2, NULL, "--where");
    expect_line(w, "quote contact --limit all", 2, NULL, "paging reaches only 500 of them");
    before = searches(w);
    expect_line(w, "enrich contact --limit all --max-credits 5", 2, NULL,
                "say --limit 500 for the first, --split auto to have it read in parts");
    expect_line(w, "quote contact --limit 600", 2, NULL, "paging reaches only 500 of them");
    assert_int_equal(searches(w) - before, 2);
    expect_line(w, "search company --limit 300 -c companyId -o firms.csv", 0, NULL, NULL);
    expect_line(w, "quote contact --where-from companyId=firms.csv --limit 2500", 2, NULL,
                "paging reaches only 500 of them");
    assert_int_equal(bought(w), 0);
    expect_line(w, "quote contact --limit 500", 0, "new        500            500", "500 of 3,000");
    // However late the searches behind it are.
    server_faults(w->server, "POST /search/contact stall ms=40 p=0.6");
    for (int i = 0; i < 4; i++)
        expect_line(w, "quote contact --split auto", 0, "new       ", "The search took ");
    server_faults(w->server, "");
    expect_line(w, buy, 6, NULL, "Charged: 3 credits");
}

// The records of a job are those that were found when it began.
static void a_job_goes_on_without_searching(void **state)
{
    const struct world *w = *state;
    long long before;

    expect_line(w,
                "enrich contact -w managementLevel=Director --limit 40 --job dirs --max-credits "
                "10 --quiet",
                6, NULL, NULL);
    before = searches(w);
    expect_line(w,
                "enrich contact -w managementLevel=Director --limit 40 --job dirs --max-credits "
                "25 --quiet",
                6, NULL, NULL);
    expect_line(w,
                "enrich contact -w managementLevel=Manager --limit 40 --job dirs --max-credits "
                "40",
                2, NULL, "the job dirs was not begun with this search");
    expect_line(w, "enrich contact -w managementLevel=Director --job dirs --max-credits 40", 2,
                NULL, "the job dirs was not begun with this search");
    expect_line(w, "jobs resume dirs --max-credits 40", 0, NULL, "25 from the library");
    assert_int_equal(searches(w) - before, 0);
}

// What the search says meanwhile is bought within the cap, and nothing twice.
static void a_search_in_a_file_is_taken_as_well(void **state)
{
    const struct world *w = *state;
    char *ids = printed(w, "search company --limit 120 -c companyId --format csv --quiet");

    write_file(w, "q", "entity = contact\nmanagementLevel = Director\n");
    write_file(w, "firms.csv", ids);
    expect_line(w, "quote --query q --limit 20", 0, "new         20             20", NULL);
    expect_line(w, "quote company --where-from companyId=firms.csv", 0,
                "new        120            120", "3 searches");
    free(ids);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(all_hits_are_quoted, set_up, world_close),
        cmocka_unit_test_setup_teardown(a_limit_takes_the_first, set_up, world_close),
        cmocka_unit_test_setup_teardown(what_is_found_is_bought, set_up, world_close),
        cmocka_unit_test_setup_teardown(the_best_few_are_picked, set_up, world_close),
        cmocka_unit_test_setup_teardown(what_is_in_the_way_is_told, set_up, world_close),
        cmocka_unit_test_setup_teardown(past_the_reach_nothing_is_quoted, set_up_shallow,
                                        world_close),
        cmocka_unit_test_setup_teardown(a_job_goes_on_without_searching, set_up, world_close),
        cmocka_unit_test_setup_teardown(a_search_in_a_file_is_taken_as_well, set_up, world_close),
    };

    return cmocka_run_group_tests_name("found", tests, NULL, NULL);
}
