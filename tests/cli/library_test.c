// The library from the command line, over the real programs: find, write on, fetch again for no
// credit with what differs. Each test continues where the one before stopped. Tests.
#include "cli/library_stage.h"

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>

static void what_is_owned_is_found_without_a_request(void **state)
{
    const struct world *w = *state;
    char *email, *line;
    long long before;

    search_and_buy(w);
    before = searches(w);
    email = first(w, "email");
    line = str_format("library search contact %s --columns email", email);
    expect_line(w, line, 0, email, "1 of 1 contacts of the library that fit; no request was made.");
    free(line);
    expect_line(w, "library search contact 'foo\" OR (NEAR' --limit all", 0, NULL, "0 of 0");
    expect_line(w, "library expiring contact 1", 0, NULL, "0 of 0");
    expect_line(w, "library expiring contact 400", 0, NULL, "25 of 30");
    expect_line(w, "library search contact --do-not-call perhaps", 2, NULL, "takes yes or no");
    expect_line(w, "library serach contact", 2, NULL, "did you mean search");
    expect_line(w, "library show contact 4", 1, NULL, "the library has no contact 4");
    assert_int_equal(searches(w), before);
    free(email);
}

static void what_was_spent_is_summed_up(void **state)
{
    const struct world *w = *state;

    expect_line(w, "usage", 0, "credits", "Package: 10,000 credits, 1,000,000 records (100 x)");
    expect_line(w, "usage --by search --format csv", 0, "found.csv,30,30,2,2\n", NULL);
    expect_line(w, "usage --by day --format csv", 0, ",30,30,2,2\n", NULL);
    expect_line(w, "usage --by profile --format csv", 0, ",30,30,2,2\n", NULL);
    expect_line(w, "usage --by moon", 2, NULL, "takes day, search or profile");
}

static void the_free_window_is_a_setting(void **state)
{
    const struct world *w = *state;

    configure(w, "# A month only.\nset free-months 1\n");
    expect_line(w, "library expiring contact 40", 0, NULL, "25 of 30");
    expect_line(w, "library expiring contact 1", 0, NULL, "0 of 0");
    configure(w, "set free-months 24\n");
    expect_line(w, "library expiring contact 400", 0, NULL, "0 of 0");
    expect_line(w, "library expiring contact 750", 0, NULL, "25 of 30");
    configure(w, "\nset free-months never\n");
    expect_line(w, "library expiring contact 400", 0, NULL,
                "lode.conf:2:17: free-months is a number from 1 to 120");
    expect_line(w, "library expiring contact 400", 0, NULL, "25 of 30");
    configure(w, "");
}

// Who lacks what is required is neither given nor charged.
static void what_is_required_is_not_paid_for_in_vain(void **state)
{
    const struct world *w = *state;
    long long before = server_total(w->server, "credits");
    char *text, *line;
    size_t rows = 0;

    expect_line(w, "search contact --where Industry=retail --limit 40 --force -o maybe.csv", 0,
                NULL, NULL);
    expect_line(w, "quote contact --from maybe.csv --require phone --format csv", 0,
                "unsure,40,0,40,", NULL);
    expect_line(w, "enrich contact --from maybe.csv --require phone,emial --max-credits 40", 2,
                NULL, "did you mean email");
    line = str_format("enrich contact --from %s/maybe.csv --fields lastName --require phone "
                      "--max-credits 40 --job careful --format jsonl -o had.jsonl",
                      w->home.path);
    expect_line(w, line, 0, NULL,
                " NON_MATCH_BY_REQUIRED_FIELDS: found, but without a field that was required; not "
                "charged.");
    text = file_text(w, "had.jsonl");
    for (char *at = text, *row; (row = strsep(&at, "\n")) != NULL && *row;) {
        bool has = strstr(row, "\"phone\":\""), lacks = strstr(row, "NON_MATCH_BY_REQUIRED_FIELDS");

        if (has == lacks)
            fail_msg("%s", row);
        rows += has;
    }
    assert_in_range(rows, 1, 39);
    assert_int_equal(server_total(w->server, "credits") - before, rows);
    free(line);
    free(text);
}

static void notes_and_tags_stay_with_records(void **state)
{
    const struct world *w = *state;
    char *id = first(w, "id"), *line;

    line = str_format("library tag contact hot %s", id);
    expect_line(w, line, 0, NULL, "1 contact got the tag \"hot\".");
    expect_line(w, line, 0, NULL, "0 contacts got the tag \"hot\"; 1 had it already.");
    free(line);
    line = str_format("library note contact %s 'met in Porto'", id);
    expect_line(w, line, 0, NULL, NULL);
    free(line);
    expect_line(w, "library search contact porto tag:HOT --columns id", 0, id, "1 of 1");
    expect_line(w, "library tag contact", 0, "hot", NULL);
    line = str_format("library show contact %s", id);
    expect_line(w, line, 0, "met in Porto", NULL);
    free(line);
    line = str_format("library untag contact hot %s", id);
    expect_line(w, line, 0, NULL, "1 contact lost the tag \"hot\".");
    expect_line(w, line, 0, NULL, "0 contacts lost the tag \"hot\"; 1 did not have it.");
    free(line);
    expect_line(w, "library search contact tag:hot", 0, NULL, "0 of 0");
    free(id);
}

static void a_refresh_costs_no_credit_and_says_what_differs(void **state)
{
    const struct world *w = *state;
    long long credits = server_total(w->server, "credits");
    char *id = first(w, "id"), *line, *sql;

    expect_line(w, "library refresh contact --all", 5, NULL,
                "Fetching again costs 0 credits, 30 records, 2 requests.");
    assert_int_equal(server_stat(w->server, "requests.POST /enrich/contact"), 2);
    // As if it had been bought when the person was called something else.
    sql = str_format("UPDATE answer SET raw = json_set(raw, '$.firstName', 'Earlier')"
                     " WHERE id = '%s'",
                     id);
    ledger_change(&w->home, sql);
    expect_line(w, "library refresh contact --all --yes", 0, "Earlier",
                "30 fetched again: 1 tell something else than before, 29 do not.");
    assert_int_equal(server_total(w->server, "credits"), credits);
    line = str_format("library history contact %s", id);
    expect_line(w, line, 0, "Earlier", NULL);
    expect_line(w, line, 0, "(first kept)", NULL);
    free(line);
    free(sql);
    free(id);
}

// Killed while its call is under way: nothing is lost, nothing was charged, and the call is listed.
static void a_killed_refresh_loses_nothing(void **state)
{
    const struct world *w = *state;
    long long credits = server_total(w->server, "credits");
    long long calls = server_stat(w->server, "requests.POST /enrich/contact");
    const struct timespec nap = {.tv_nsec = 5000000};
    pid_t pid;

    server_faults(w->server, "POST /enrich/contact stall");
    pid = run_lode_start(&w->home, w->server->url, "library refresh contact --all --yes");
    for (int i = 0; i < 4000 && server_stat(w->server, "requests.POST /enrich/contact") == calls;
         i++)
        (void)nanosleep(&nap, NULL);
    assert_int_equal(kill(pid, SIGKILL), 0);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
    server_faults(w->server, "");
    expect_line(w, "library search contact --limit 1", 0, NULL, "1 of 30");
    expect_line(w, "library search contact --limit 1 --columns freeUntil,id,tags --format csv", 0,
                "id,matchStatus,source,fetchedAt,freeUntil,tags,note", "1 of 30");
    // Whoever buys next finds it.
    expect_line(w, "library tag contact seen --all", 0, NULL, "30 contacts");
    expect_line(w, "ledger --state in-doubt", 0, "in doubt", NULL);
    expect_line(w, "library refresh contact --all --yes", 0, NULL, "30 fetched again");
    assert_int_equal(server_total(w->server, "credits"), credits);
}

static void what_is_not_owned_any_more_is_not_refreshed(void **state)
{
    const struct world *w = *state;

    ledger_change(&w->home, "UPDATE record SET bought_ms = 1000 WHERE id IN"
                            " (SELECT id FROM record LIMIT 4)");
    expect_line(w, "library refresh contact --all", 5, NULL, "4 are not owned any more");
    expect_line(w, "library refresh contact --tag nobody", 0, NULL,
                "The library has no such contacts: there is nothing to fetch again.");
    expect_line(w, "library refresh contact 77", 1, NULL, "can be fetched again for no credit");
}

// As spreadsheets write them; sent so, the answer would not fit what was asked for.
static void zeros_before_an_id_make_no_other_record(void **state)
{
    struct world *w = *state;
    char *id = first(w, "id"), *line, *padded;
    bool below = *id == '-';

    padded = str_format("%s00%s\n%s\n", below ? "-" : "", id + below, id);
    write_file(w, "padded", padded);
    line = str_format("quote contact --from %s/padded --each --format csv", w->home.path);
    expect_line(w, line, 0, "duplicate", "This would cost 0 credits, 0 records, 0 requests");
    free(line);
    line = str_format("library note contact %s00%s 'met in Faro'", below ? "-" : "", id + below);
    expect_line(w, line, 0, NULL, NULL);
    free(line);
    line = str_format("library note contact %s", id);
    expect_line(w, line, 0, "met in Faro", NULL);
    free(line);
    line = str_format("library show contact %s00%s", below ? "-" : "", id + below);
    expect_line(w, line, 0, "met in Faro", NULL);
    free(line);
    line = str_format("library history contact %s00%s", below ? "-" : "", id + below);
    expect_line(w, line, 0, "(first kept)", NULL);
    free(line);
    expect_line(w, "library suppress contact 0012345", 0, NULL, "1 id and");
    write_file(w, "padded", "12345\n");
    line = str_format("quote contact --from %s/padded", w->home.path);
    expect_line(w, line, 0, "suppressed", NULL);
    free(line);
    free(padded);
    free(id);
}

// A record is the union of what was fetched, and is searched, exported and fetched again as that.
static void other_fields_join_what_was_paid_for(void **state)
{
    const struct world *w = *state;
    struct world other = {.home = home_make(), .server = w->server};
    char *email = first(w, "email"), *city = first(w, "city"), *id = first(w, "id"), *line, *text;

    write_file(&other, "ids", id);
    line = str_format("enrich contact --from %s/ids --max-credits 1 --fields id,email,phone",
                      other.home.path);
    expect_line(&other, line, 0, email, NULL);
    free(line);
    line = str_format("enrich contact --from %s/ids --max-credits 0 --fields id,city",
                      other.home.path);
    expect_line(&other, line, 0, city, NULL);
    free(line);
    expect_line(&other, "export contact --format csv --fields id,email,city", 0, email, NULL);
    expect_line(&other, "export contact --format csv --fields id,email,city", 0, city, NULL);
    line = str_format("library search contact %s", email);
    expect_line(&other, line, 0, email, "1 of 1 contacts");
    free(line);
    line = str_format("library show contact %s --format csv", id);
    text = printed(&other, line);
    assert_non_null(strstr(text, email));
    assert_non_null(strstr(text, city));
    assert_non_null(strstr(text, "Fetched before,"));
    assert_non_null(strstr(text, "Z: email,phone"));
    free(text);
    free(line);
    line = str_format("library history contact %s --format csv", id);
    expect_line(&other, line, 0, city, NULL);
    free(line);
    expect_line(&other, "library refresh contact --all --yes", 0, NULL,
                "1 fetched again: 0 tell something else than before, 1 do not.");
    line = str_format("library show contact %s --format csv", id);
    text = printed(&other, line);
    assert_non_null(strstr(text, email));
    assert_null(strstr(text, "Fetched before"));
    free(text);
    free(line);
    line = str_format("quote contact --from %s/ids --fields id,phone,city", other.home.path);
    expect_line(&other, line, 0, "held", "This would cost 0 credits, 0 records, 0 requests");
    free(line);
    home_remove(&other.home);
    free(email);
    free(city);
    free(id);
}

static char *second_line(const struct world *w, const char *line)
{
    char *text = printed(w, line), *at = strchr(text, '\n'), *found;

    assert_non_null(at);
    found = mem_dup(at + 1, strcspn(at + 1, "\n") + 1);
    found[strcspn(at + 1, "\n")] = '\0';
    free(text);
    return found;
}

// By the paths in it, whoever writes it.
static void what_is_nested_is_told_as_exports_do(void **state)
{
    const struct world *w = *state;
    struct world other = {.home = home_make(), .server = w->server};
    char *id = first(w, "id"), *line, *exported, *searched, *shown;

    write_file(&other, "ids", id);
    line = str_format("enrich contact --from %s/ids --max-credits 1 --fields employmentHistory",
                      other.home.path);
    expect_line(&other, line, 0, NULL, NULL);
    free(line);
    exported = second_line(&other, "export contact --format csv --fields employmentHistory");
    searched = second_line(&other, "library search contact --format csv --columns "
                                   "employmentHistory");
    assert_non_null(strstr(exported, ": "));
    if (!str_starts(searched, exported))
        fail_msg("%s\nis not told as\n%s", searched, exported);
    line = str_format("library show contact %s --format csv", id);
    shown = printed(&other, line);
    assert_null(strchr(shown, '{'));
    free(line);
    free(shown);
    free(searched);
    free(exported);
    free(id);
    home_remove(&other.home);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_owned_is_found_without_a_request),
        cmocka_unit_test(what_was_spent_is_summed_up),
        cmocka_unit_test(the_free_window_is_a_setting),
        cmocka_unit_test(notes_and_tags_stay_with_records),
        cmocka_unit_test(a_refresh_costs_no_credit_and_says_what_differs),
        cmocka_unit_test(a_killed_refresh_loses_nothing),
        cmocka_unit_test(what_is_not_owned_any_more_is_not_refreshed),
        cmocka_unit_test(zeros_before_an_id_make_no_other_record),
        cmocka_unit_test(other_fields_join_what_was_paid_for),
        cmocka_unit_test(what_is_nested_is_told_as_exports_do),
        cmocka_unit_test(what_is_required_is_not_paid_for_in_vain),
    };

    return cmocka_run_group_tests(tests, library_world, world_close);
}
