// Lookup lists as trees, and values that the kept lists do not have, by the real program.
#include "cli/world.h"

#include "base/clock.h"
#include "store/lookups.h"
#include "store/store.h"

static int set_up(void **state)
{
    static const char *const options[] = {"--unlimited", "--companies=300", "--contacts=3000",
                                          NULL};

    return world_open(state, options);
}

static void lists_with_levels_are_trees(void **state)
{
    static const struct {
        const char *line, *out;
    } cases[] = {
        {"lookup industry --tree", "\nSoftware "},
        {"lookup industry --tree --format csv", "\nSoftware,software,,industry,0\n"},
        {"lookup industry --tree --match security", "\n    Network Security Hardware"},
        {"lookup sic --tree --format csv --match wheat",
         "\nCash Grains,011,01,siccode,1\nWheat,0111,011,siccode,2\n"},
        {"lookup naics --tree --format csv --match wheat",
         "\nWheat Farming,111140,11114,naicscode,4\n"},
        {"lookup jobfunction --tree --format csv",
         "Name,Id,parent,list,depth\nC-Suite,0,,department,0"
         "\nExecutive,0.1,0,jobfunction,1\n"},
        {"lookup state --tree --format csv",
         "\nUnited States,usa,,country,0\nAlabama,usa.alabama,usa,"
         "state,1\n"},
        {"lookup metro --tree --match birmingham", "United States"},
        {"lookup metro --tree --match birmingham --format csv",
         "United States,usa,,country,0\nAlabama,usa.alabama,usa,state,1\n"
         "AL - Birmingham,usa.alabama.birmingham,usa.alabama,metroarea,2\n"},
        {"lookup 'tech category' --tree --format csv --match networks",
         "Advertising,Advertising,,tech/category,0\nAdvertising Networks,Advertising Networks,"
         "Advertising,tech/category,1\n"},
        {"lookup 'tech product' --tree --format csv --query 'vendor=Google LLC' --query "
         "'parentCategory=IT Infrastructure' --query 'category=Infrastructure as a Service (IaaS)'",
         "IT Infrastructure,,,tech/product,0\n"
         "Infrastructure as a Service (IaaS),,IT Infrastructure,tech/product,1\n"
         "Google LLC,,Infrastructure as a Service (IaaS),tech/product,2\n"
         "Google Compute Engine,25420,Google LLC,tech/product,3\n"},
    };
    const struct world *w = *state;

    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        expect_line(w, cases[i].line, 0, cases[i].out, "and what stands above them");
    expect_line(w, "lookup 'management level' --tree", 0, "Director", "have no levels");
}

// All of them at a stroke, so that a list nobody has opened yet is there without a network.
static void all_lists_are_fetched(void **state)
{
    const struct world *w = *state;

    expect_line(w, "lookup --format csv", 0, "\nsiccode,SIC codes,,,\n", NULL);
    expect_line(w, "lookup --refresh --format csv", 0, "\ntech/vendor,", NULL);
    expect_line(w, "lookup --format csv", 0, "\nsiccode,SIC codes,,1504,20", NULL);
}

static int64_t utc(void *self)
{
    struct clock system = clock_system();

    return clock_utc_ms(&system) - *(int64_t *)self;
}

static int64_t boot(void *self)
{
    struct clock system = clock_system();

    (void)self;
    return clock_boot_ms(&system);
}

// Puts a list into the profile's cache as it was fetched so long ago.
static void keep_list(const struct world *w, int64_t ago_ms, const char *path, const char *body)
{
    char *folder = str_format("%s/data/lode/kept", w->home.path), note[512];
    struct clock then = {&ago_ms, utc, boot};
    struct err e;
    struct store *s = store_open(folder, then, note, &e);

    if (!s)
        fail_msg("%s", e.text);
    assert_true(store_put_lookup(s, path, body, clock_utc_ms(&then), &e));
    store_close(s);
    free(folder);
}

static void a_value_that_the_kept_list_lacks_is_asked_for_again(void **state)
{
    static const char list[] = "[{\"Id\":\"Directors\",\"Name\":\"Directors\"}]";
    static const char line[] = "count contact --where 'Management level=Director' --profile kept";
    const struct world *w = *state;
    const int64_t minute = 60 * 1000;

    expect_line(w, "usage --profile kept", 0, NULL, NULL); // makes the folder
    keep_list(w, 10 * minute, "managementLevel", list);
    expect_line(w, line, 2, NULL, "has no value \"Director\"; did you mean \"Directors\"?");
    keep_list(w, 90 * minute, "managementLevel", list);
    expect_line(w, line, 0, NULL, NULL);
    // What is gone from the server is told with the nearest that it has.
    keep_list(w, 90 * minute, "managementLevel", list);
    expect_line(w, "count contact --where 'Management level=Directors' --profile kept", 0, NULL,
                NULL);
    expect_line(w, "count contact --where 'Management level=Directrs' --profile kept", 2, NULL,
                "has no value \"Directrs\"; did you mean \"Director\"?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_lists_are_fetched),
        cmocka_unit_test(lists_with_levels_are_trees),
        cmocka_unit_test(a_value_that_the_kept_list_lacks_is_asked_for_again),
    };

    return cmocka_run_group_tests_name("tree", tests, set_up, world_close);
}
