// Saved searches, history, the waterfall and the splitter by the real program.
#include "cli/world.h"

#include <dirent.h>

#include "base/map.h"

static int set_up(void **state)
{
    static const char *const options[] = {"--unlimited", "--companies=300", "--contacts=3000",
                                          "--depth=200", NULL};

    return world_open(state, options);
}

// The row that begins with this word, after the header; the caller frees it.
static long long cell(const char *csv, const char *row)
{
    char *begin = str_format("\n%s,", row);
    const char *at = strstr(csv, begin);
    long long n = at ? strtoll(at + strlen(begin), NULL, 10) : -1;

    free(begin);
    return n;
}

static void kept_by_name(void **state)
{
    const struct world *w = *state;
    char *text;

    expect_line(w, "searches", 0, NULL, "No search is saved yet");
    expect_line(w, "searches save vps contact --where managementLevel=Director --note why", 0, NULL,
                "Saved as \"vps\"");
    expect_line(w, "searches save VPS company", 2, NULL,
                "\"VPS\" is the name of another saved search");
    expect_line(w, "searches save vps contact --where managementLevel=Manager --force", 0, NULL,
                NULL);
    expect_line(w, "searches list --format csv", 0, ",why,managementLevel = Manager\n", NULL);
    expect_line(w, "searches show vps", 0,
                "# name: vps\n# note: why\nentity = contact\nmanagementLevel = Manager\n", NULL);
    expect_line(w, "searches rename vps chiefs", 0, NULL, NULL);
    expect_line(w, "searches duplicate chiefs", 0, NULL, "saved as \"chiefs (2)\"");
    expect_line(w, "searches delete chiefs", 0, NULL, "restore brings it back");
    expect_line(w, "searches show chief", 1, NULL, "did you mean \"chiefs (2)\"?");
    expect_line(w, "searches restore", 0, NULL, "\"chiefs\" is back.");
    expect_line(w, "searches export -o kept.txt", 0, NULL, "2 saved searches as text.");
    text = file_text(w, "kept.txt");
    expect_line(w, "searches delete chiefs 'chiefs (2)'", 0, NULL, NULL);
    expect_line(w, "searches import kept.txt", 0, "chiefs\nchiefs (2)\n", NULL);
    expect_line(w, "searches export", 0, text, NULL);
    expect_line(w, "searches import kept.txt", 0, "chiefs (3)\n", NULL);
    expect_line(w, "searches import kept.txt --force", 0, "chiefs\nchiefs (2)\n", NULL);
    expect_line(w, "searches delete chiefs 'chiefs (2)' 'chiefs (3)' 'chiefs (2) (2)'", 0, NULL,
                NULL);
    free(text);
}

static void bad_words(void **state)
{
    const struct world *w = *state;

    expect_line(w, "searches lsit", 2, NULL, "did you mean list");
    expect_line(w, "searches rename a", 2, NULL, "takes other words");
    expect_line(w, "searches run nothing", 1, NULL, "no search is saved as \"nothing\"");
    expect_line(w, "searches save '' contact", 2, NULL, "the name of a search is one line");
    expect_line(w, "searches history 1", 2, NULL, "not \"1\"");
    write_file(w, "none.txt", "# name: a\n# nothing else\n");
    expect_line(w, "searches import none.txt", 2, NULL, "there is no search in that text");
    write_file(w, "torn.txt", "# name: a\nstate = texas\n");
    expect_line(w, "searches import torn.txt", 2, NULL, "does not say what it searches");
}

// An input and a value that nobody knows: imported as it is, named when it is run, still there.
static void stale_ones_lose_nothing(void **state)
{
    const struct world *w = *state;
    static const char text[] = "# name: old\nentity = contact\n# from last year\n"
                               "favouriteColour = blue\nmanagementLevel = Grand Vizier\n";

    write_file(w, "old.txt", text);
    expect_line(w, "searches import old.txt", 0, "old\n", NULL);
    expect_line(w, "searches run old", 2, NULL, "old:3:1: searching contacts knows no field");
    expect_line(w, "searches run old", 2, NULL, "\"old\" stays as it is");
    expect_line(w, "searches show old", 0, text, NULL);
    expect_line(w, "searches delete old", 0, NULL, NULL);
}

// What the store keeps of a run is made to differ from what there is now.
static void a_run_tells_what_differs(void **state)
{
    const struct world *w = *state;
    char *rows;

    expect_line(w, "searches save few contact --where managementLevel=Director --where state=ohio",
                0, NULL, NULL);
    expect_line(w, "searches run few", 0, NULL, "its first run");
    expect_line(w, "searches run few --changes -f csv", 0, NULL, "0 new, 0 changed, 0 gone");
    // The same rows, found by less: what is kept belongs to the text, so it begins anew.
    expect_line(w, "searches save few contact --where state=ohio --force", 0, NULL, NULL);
    expect_line(w, "searches run few --limit 3", 0, NULL, "its first run");
    expect_line(w, "searches run few --limit 5 --changes -f csv -c personId -o new.csv", 0, NULL,
                "2 new, 0 changed, 0 gone");
    rows = file_text(w, "new.csv");
    assert_int_equal(cell(rows, "x"), -1);
    // Who is purged takes along what names the rows, not what the next run is compared with.
    expect_line(w, "library purge contact 4711 --yes", 0, NULL, NULL);
    expect_line(w, "searches run few --limit 5 --changes", 0, NULL, "0 new, 0 changed, 0 gone");
    expect_line(w, "searches run few", 0, NULL, "Not every record was read");
    free(rows);
    expect_line(w, "searches delete few", 0, NULL, NULL);
}

static void history_is_deduplicated(void **state)
{
    const struct world *w = *state;

    expect_line(w, "search contact --where state=ohio --limit 1", 0, NULL, NULL);
    expect_line(w, "search company --where state=ohio --limit 1", 0, NULL, NULL);
    expect_line(w, "search contact --where state=ohio --limit 2", 0, NULL, NULL);
    expect_line(w, "searches history 1", 0, "entity = contact\nstate = ohio\n", NULL);
    expect_line(w, "searches history 2", 0, "entity = company\nstate = ohio\n", NULL);
}

static void a_waterfall_counts_without_each(void **state)
{
    const struct world *w = *state;
    char *csv = printed(w, "count contact --where managementLevel=Director --where state=ohio "
                           "--waterfall -f csv");
    long long before = searches(w);

    assert_int_equal(
        cell(csv, "(nothing)"),
        number(w, "count contact --where managementLevel=Director --where state=ohio"));
    assert_int_equal(cell(csv, "State = ohio"),
                     number(w, "count contact --where managementLevel=Director"));
    assert_int_equal(cell(csv, "Management level = Director"),
                     number(w, "count contact --where state=ohio"));
    assert_int_equal(searches(w), before + 3);
    expect_line(w, "count contact --where state=ohio --waterfall --max-requests 1", 5, NULL,
                "nothing was sent");
    assert_int_equal(searches(w), before + 3);
    expect_line(w, "count contact -f csv", 2, NULL, "takes no --format but with --waterfall");
    free(csv);
    // A radius goes with its place.
    csv = printed(w, "count contact --where zipCode=44114 --where zipCodeRadiusMiles=50 "
                     "--waterfall -f csv");
    assert_int_equal(cell(csv, "ZIP code = 44114"), 3000);
    free(csv);
}

static void no_id_twice(const char *csv, long long rows)
{
    struct map seen = {0};
    char *copy = mem_strdup(csv), *rest = copy, *line = strsep(&rest, "\n");
    long long n = 0;

    assert_string_equal(line, "companyId");
    while ((line = strsep(&rest, "\n")) != NULL && *line) {
        assert_null(map_put(&seen, line, copy));
        n++;
    }
    assert_int_equal(n, rows);
    map_free(&seen, NULL);
    free(copy);
}

// 300 firms where paging reaches 200: the sum of the parts and what is in none is all of them.
static void a_split_covers_what_it_says(void **state)
{
    const struct world *w = *state;
    long long before = searches(w), sum = 0, uncovered = 0;
    char *csv, *rest, *line, *at;
    struct run r;

    // How far it reaches the server says when it is gone past.
    expect_line(w, "search company --limit all -f csv", 0, NULL, "Paging reaches only");
    r = lode(w, "count company --split auto -f csv");
    expect(&r, 0, NULL);
    rest = mem_strdup(str_text(&r.out));
    csv = rest;
    for (line = strsep(&rest, "\n"); line && *line; line = strsep(&rest, "\n")) {
        at = strrchr(line, ',');
        assert_non_null(at);
        if (str_eq(at, ",fits"))
            continue;
        assert_string_equal(at, ",yes");
        *at = '\0';
        sum += strtoll(strrchr(line, ',') + 1, NULL, 10);
    }
    at = strstr(str_text(&r.err), " records are in no part");
    if (at) {
        *at = '\0';
        uncovered = strtoll(strrchr(r.err.data, ' ') + 1, NULL, 10);
    }
    assert_int_equal(sum + uncovered, 300);
    free(csv);
    run_free(&r);
    csv = printed(w, "search company --split auto -c companyId -f csv");
    no_id_twice(csv, sum);
    free(csv);
    assert_true(searches(w) > before);
    expect_line(w, "search company --split street", 2, NULL, "a search cannot be parted by Street");
    expect_line(w, "search company --split auto --max-requests 5", 5, NULL, "no rows were fetched");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bad_words),
        cmocka_unit_test(kept_by_name),
        cmocka_unit_test(stale_ones_lose_nothing),
        cmocka_unit_test(a_run_tells_what_differs),
        cmocka_unit_test(history_is_deduplicated),
        cmocka_unit_test(a_waterfall_counts_without_each),
        cmocka_unit_test(a_split_covers_what_it_says),
    };

    return cmocka_run_group_tests_name("searches", tests, set_up, world_close);
}
