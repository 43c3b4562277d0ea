// For how long records are kept, over the real programs: told, found, purged, and free to come
// back. Each test continues where the one before stopped. Tests.
#include "cli/library_stage.h"

static int set_up(void **state)
{
    int failed = library_world(state);

    if (!failed)
        search_and_buy(*state);
    return failed;
}

static void nothing_is_past_what_is_not_set(void **state)
{
    const struct world *w = *state;

    ledger_age(&w->home, 4);
    expect_line(w, "library search contact --past-retention", 2, NULL,
                "no retention is set, so that nothing is past it: set retain-months N in "
                "lode.conf");
    expect_line(w, "library purge contact --past-retention --yes", 2, NULL, "no retention is set");
    expect_line(w, "library search contact retention:past", 2, NULL,
                "no retention is set, so that nothing is past it: set retain-months N in "
                "lode.conf");
    expect_line(w, "doctor --format csv", 0, "retention,pass,", NULL);
    configure(w, "set retain-months 121\n");
    expect_line(w, "library expiring contact 1", 0, NULL,
                "lode.conf:1:19: retain-months is a number from 0 to 120");
}

static void what_is_past_it_is_told_and_found(void **state)
{
    const struct world *w = *state;

    configure(w, "set retain-months 10\n");
    expect_line(w, "library search contact --past-retention", 0, NULL, "0 of 0");
    configure(w, "set retain-months 6\n");
    expect_line(w, "library search contact --past-retention", 0, NULL, "4 of 4");
    expect_line(w, "library search contact retention:past", 0, NULL, "4 of 4");
    expect_line(w, "library search contact --past-retention --older 310", 0, NULL, "0 of 0");
    expect_line(w, "doctor --format csv", 0,
                "retention,warning,\"4 contacts were fetched more than 6 months ago, past their "
                "retention",
                NULL);
}

static void it_is_purged_with_a_word_and_may_come_back(void **state)
{
    const struct world *w = *state;
    char *line;

    expect_line(w, "library purge company --past-retention", 0, NULL, "Nothing is past retention.");
    expect_line(w, "library purge contact --past-retention", 5, NULL,
                "4 contacts were fetched more than 6 months ago: purging takes them out of every "
                "file, and they may come back.");
    expect_line(w, "library purge contact --past-retention --older 3 --yes", 2, NULL,
                "nothing else that says which");
    expect_line(w, "library purge contact 17 --past-retention --yes", 2, NULL,
                "nothing else that says which");
    expect_line(w, "library search contact --past-retention", 0, NULL, "4 of 4");
    expect_line(w, "library purge contact --past-retention --yes", 0, NULL,
                "4 contacts past retention are gone from the library, and may come back.");
    expect_line(w, "library purge contact --past-retention --yes", 0, NULL,
                "0 contacts past retention are gone");
    expect_line(w, "library search contact --all", 0, NULL, "25 of 26");
    expect_line(w, "library suppress contact --format csv", 0, "entity,id,since\n", NULL);
    line =
        str_format("enrich contact --max-credits 0 --from %s/found.csv -o again.csv", w->home.path);
    expect_line(w, line, 0, NULL, "Charged: 0 credits, 4 records, 1 request");
    expect_line(w, "library search contact --all", 0, NULL, "25 of 30");
    free(line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_past_what_is_not_set),
        cmocka_unit_test(what_is_past_it_is_told_and_found),
        cmocka_unit_test(it_is_purged_with_a_word_and_may_come_back),
    };

    return cmocka_run_group_tests_name("cli-retain", tests, set_up, world_close);
}
