// Jobs by the real program: kept, paused from beside, gone on with, cancelled, stopped by a meter
// that does not fit. Tests.
#include "cli/world.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#include "support/http.h"
#include "support/money.h"

enum { PATIENCE_S = 60, NAP_NS = 5000000 };

static int set_up(void **state)
{
    static const char *const options[] = {"--unlimited", "--credits=100000", "--faults=", NULL};

    return world_open_with_ids(state, options, 2000);
}

// An account that nobody else buys with.
static int set_up_own(void **state)
{
    static const char *const options[] = {"--unlimited", "--credits=1000", "--faults=", NULL};

    return world_open_with_ids(state, options, 300);
}

// n records of all.csv from the first-th on, as ids.csv.
static void take_ids(const struct world *w, int first, int n)
{
    char *command = str_format("cd '%s' && (echo personId; tail -n +%d all.csv | head -n %d) > "
                               "ids.csv",
                               w->home.path, 2 + first, n);

    assert_int_equal(system(command), 0);
    free(command);
}

static json_t *job(const struct world *w, const char *name)
{
    char *text = printed(w, "jobs --format json --quiet");
    json_t *rows = json_loads(text, 0, NULL), *row, *found = NULL;
    size_t i;

    json_array_foreach(rows, i, row)
    {
        if (str_eq(json_string_value(json_object_get(row, "job")), name))
            found = json_incref(row);
    }
    json_decref(rows);
    free(text);
    return found;
}

static void expect_job(const struct world *w, const char *name, const char *state,
                       long long answered, long long credits)
{
    json_t *j = job(w, name);

    assert_non_null(j);
    assert_string_equal(json_string_value(json_object_get(j, "state")), state);
    if (answered >= 0)
        assert_int_equal(json_integer_value(json_object_get(j, "answered")), answered);
    if (credits >= 0)
        assert_int_equal(json_integer_value(json_object_get(j, "credits")), credits);
    json_decref(j);
}

static size_t lines_of(const struct str *text)
{
    size_t n = 0;

    for (const char *p = str_text(text); *p; p++)
        n += *p == '\n';
    return n;
}

static void a_cap_holds_in_all_runs_together(void **state)
{
    struct world *w = *state;
    long long before = server_total(w->server, "credits");
    struct run ended;
    char *again;

    take_ids(w, 0, 60);
    expect_line(w, "enrich contact --from ids.csv --job cap --max-credits 20 --fields id --rate 0",
                6, NULL, "--max-credits was reached");
    expect_job(w, "cap", "paused", -1, 20);
    expect_line(w, "enrich contact --from ids.csv --job cap --max-credits 20 --fields id --rate 0",
                6, NULL, "left, because --max-credits");
    assert_int_equal(server_total(w->server, "credits") - before, 20);
    expect_line(w, "jobs resume cap", 5, NULL, "so far it cost 20");
    // One of them has opted out: it was answered, and is not sent again.
    expect_line(
        w, "jobs resume cap", 5, NULL,
        "Of the job cap 21 of 60 records are answered; this is for what is left.\n"
        "lode: This would cost 0 to 39 credits, 0 to 39 records, 2 requests.\nlode: Balance: ");
    expect_line(w, "jobs resume cap", 5, NULL, "59 would do for all of it");
    expect_line(w, "jobs rows cap --format csv", 0, ",not asked for yet\n",
                "60 records: 20 found, 1 answered without a record, 39 not asked for yet.");
    expect_line(w, "jobs rows cap --format csv", 0, ",OPT_OUT,", NULL);
    assert_int_equal(server_total(w->server, "credits") - before, 20);
    expect_line(w, "jobs resume cap --max-credits 35 --rate 0", 6, NULL, "15 bought");
    expect_job(w, "cap", "paused", -1, 35);
    ended = lode(w, "jobs resume cap --max-credits 60 --rate 0 --format jsonl");
    expect(&ended, 0, NULL);
    assert_int_equal(lines_of(&ended.out), 60); // those who opted out have theirs too
    run_free(&ended);
    expect_job(w, "cap", "done", -1, server_total(w->server, "credits") - before);
    expect_line(w, "jobs resume cap --max-credits 60", 5, NULL, "is done");
    // The line that made it has nothing to buy, and the rows are there again.
    expect_line(w, "enrich contact --from ids.csv --job cap --max-credits 60 --fields id", 0, NULL,
                "The job cap is done: nothing of it is left to buy.");
    expect_line(w, "enrich contact --from ids.csv --job cap --max-credits 60 -o again.csv", 0, NULL,
                "60 rows are in again.csv.");
    again = file_text(w, "again.csv");
    assert_true(str_starts(again, "id,matchStatus,source,fetchedAt\n"));
    assert_non_null(strstr(again, ",OPT_OUT,"));
    free(again);
    ended = lode(w, "jobs resume cap --max-credits 60");
    assert_int_equal(ended.out.len, 0); // not even headings
    run_free(&ended);
    take_ids(w, 1, 60);
    expect_line(w, "enrich contact --from ids.csv --job cap --max-credits 20", 2, NULL,
                "other records");
    expect_line(w, "jobs resume cp --max-credits 1", 1, NULL, "did you mean cap");
}

static void the_day_has_a_cap_of_its_own(void **state)
{
    struct world *w = *state;
    char *today = str_format("enrich contact --from ids.csv --max-credits 50 --fields id --rate 0 "
                             "--profile day --budget-day %d",
                             30);

    take_ids(w, 100, 50);
    expect_line(w, today, 6, NULL, "20 left, because the day's budget was reached");
    expect_line(w, today, 6, NULL, "20 left, because the day's budget was reached");
    write_file(w, "config/lode/lode.conf", "set budget-day 40\n");
    expect_line(w, "enrich contact --from ids.csv --max-credits 50 --fields id --profile day", 6,
                NULL, "10 left, because the day's budget was reached");
    write_file(w, "config/lode/lode.conf", "set budget-job 5\n");
    expect_line(w, "enrich contact --from ids.csv --max-credits 50 --fields id --profile day", 6,
                NULL, "5 left");
    write_file(w, "config/lode/lode.conf", "");
    free(today);
}

// Looks until it is so, as long as that may take.
static void await(const struct world *w, bool (*is)(const struct world *w, const void *what),
                  const void *what, const char *never)
{
    const struct timespec nap = {0, NAP_NS};
    time_t until = time(NULL) + PATIENCE_S;

    while (!is(w, what)) {
        if (time(NULL) > until)
            fail_msg("%s", never);
        (void)nanosleep(&nap, NULL);
    }
}

static bool runs(const struct world *w, const void *name)
{
    json_t *j = job(w, name);
    bool come = j && str_eq(json_string_value(json_object_get(j, "state")), "runs");

    json_decref(j);
    return come;
}

// The faults of the server have seen that many calls.
static bool has_seen(const struct world *w, const void *calls)
{
    char *url = str_format("%s/_sandbox/faults", w->server->direct);
    json_t *rules = http_get_json(url, NULL, 200);
    json_int_t seen = json_integer_value(json_object_get(json_array_get(rules, 0), "seen"));

    json_decref(rules);
    free(url);
    return seen >= *(const int *)calls;
}

static void expect_doubt(const struct world *w, const char *name, long long credits)
{
    json_t *j = job(w, name);

    assert_int_equal(json_integer_value(json_object_get(j, "inDoubt")), credits);
    json_decref(j);
}

static void expect_reason(const struct world *w, const char *name, const char *begins)
{
    json_t *j = job(w, name);
    const char *reason = json_string_value(json_object_get(j, "reason"));

    if (!str_starts(reason, begins))
        fail_msg("%s: \"%s\", not \"%s\"", name, reason, begins);
    json_decref(j);
}

// Another process says so; calls under way are waited for, and no more begin.
static void it_is_paused_and_cancelled_from_beside(void **state)
{
    struct world *w = *state;
    long long before = server_total(w->server, "credits");
    int status;
    pid_t pid;

    take_ids(w, 200, 500);
    server_faults(w->server, "POST /enrich/contact stall ms=150");
    pid = run_lode_start(&w->home, w->server->url,
                         "enrich contact --from ids.csv --job beside --max-credits 500 --fields id "
                         "--rate 1 --output beside.csv");
    await(w, runs, "beside", "the job never ran");
    expect_line(w, "jobs resume beside --max-credits 500", 5, NULL, "another lode is spending");
    expect_line(w, "jobs drop beside", 5, NULL, "cancel it first");
    expect_line(w, "jobs pause beside", 0, NULL, "no more calls");
    assert_int_equal(waitpid(pid, &status, 0), pid);
    server_faults(w->server, "");
    assert_true(server_total(w->server, "credits") - before < 500);
    expect_job(w, "beside", "paused", -1, server_total(w->server, "credits") - before);
    expect_line(w, "jobs cancel beside", 0, NULL, "cancelled");
    expect_line(w, "jobs resume beside --max-credits 500", 5, NULL, "is cancelled");
    expect_line(w, "jobs drop beside", 0, NULL, "forgotten");
}

// What stopped a job is told until it is cleared up beside it.
static void expect_doubt_told_while_it_is(struct world *w)
{
    take_ids(w, 280, 5);
    server_faults(w->server, "POST /enrich/contact reset-after-work first=1");
    expect_line(w, "enrich contact --from ids.csv --job cut --max-credits 5 --fields id", 3, NULL,
                NULL);
    server_faults(w->server, "");
    expect_reason(w, "cut", "stopped in doubt: the connection to ");
    expect_reason(w, "others", "what was in doubt is cleared up"); // "cut" is of other records
    expect_line(w, "ledger reconcile", 0, NULL, "was charged");
    expect_reason(w, "cut", "what was in doubt is cleared up");
    expect_line(w, "jobs resume cut --max-credits 5", 0, NULL, "owned already");
}

// Ten calls, one a second, of which the first is answered and the second is on its way: what waits
// for its turn was never said to leave.
static void a_kill_leaves_in_doubt_what_was_on_its_way(void **state)
{
    const int calls = 2;
    struct world *w = *state;
    struct money m;
    int status;
    pid_t pid;

    take_ids(w, 0, 250);
    server_faults(w->server, "POST /enrich/contact stall-before-work after=1");
    pid = run_lode_start(&w->home, w->server->url,
                         "enrich contact --from ids.csv --job slow --max-credits 250 --fields id "
                         "--rate 1 --output slow.csv");
    await(w, has_seen, &calls, "its calls never came");
    expect_doubt(w, "slow", 0); // it is under way
    (void)kill(pid, SIGKILL);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    server_faults(w->server, "");
    expect_doubt(w, "slow", 25);
    m = money_read(&w->home, w->server);
    money_agrees(&m);
    assert_int_equal(m.open + m.doubtful, 1);
    expect_line(w, "jobs resume slow --max-credits 250 --rate 0", 6, NULL, " from the library");
    // One of records that all are in doubt by that call is not what goes on by itself.
    take_ids(w, 25, 25);
    expect_line(w, "enrich contact --from ids.csv --job others --max-credits 25 --fields id", 5,
                NULL, NULL);
    expect_line(w, "jobs resume --max-credits 25", 5, NULL,
                "slow (25 in doubt), others (25 in doubt by other purchases); lode ledger");
    take_ids(w, 270, 5);
    expect_line(w, "enrich contact --from ids.csv --job after --max-credits 0 --fields id", 5, NULL,
                NULL);
    expect_line(w, "jobs resume --max-credits 5", 0, NULL, "bought");
    expect_job(w, "after", "done", 5, -1);
    expect_line(w, "jobs resume slow --max-credits 300 --rate 0 --resend", 0, NULL, NULL);
    expect_reason(w, "others", "what was in doubt is cleared up");
    expect_doubt_told_while_it_is(w);
    expect_line(w, "jobs resume --max-credits 25", 0, NULL, "from the library");
    expect_job(w, "others", "done", -1, 0);
    assert_int_equal(money_lost(&w->home, w->server, "contact"), 0);
}

// Of all calls together, by the ledger.
static long long records_sent(const struct world *w)
{
    char *text = printed(w, "ledger --format json --quiet");
    json_t *rows = json_loads(text, 0, NULL), *row;
    long long n = 0;
    size_t i;

    json_array_foreach(rows, i, row) n += json_integer_value(json_object_get(row, "recordsSent"));
    json_decref(rows);
    free(text);
    return n;
}

// What was answered without a record is an answer: nobody is asked for twice.
static void what_was_not_found_is_not_asked_for_again(void **state)
{
    struct world *w = *state;
    long long before = records_sent(w);
    char *ids, *all;

    take_ids(w, 0, 30);
    ids = file_text(w, "ids.csv");
    all = str_format("personId\n999000000001\n999000000002\n%s", strchr(ids, '\n') + 1);
    write_file(w, "ids.csv", all);
    free(all);
    free(ids);
    expect_line(w, "enrich contact --from ids.csv --job absent --max-credits 12 --fields id", 6,
                NULL, "2 not found, and");
    expect_line(w, "jobs show absent --format csv", 0, "999000000001,not found,", NULL);
    expect_line(w, "jobs resume absent", 5, NULL, "0 to 18 credits, 0 to 18 records, 1 request");
    expect_line(w, "jobs resume absent --max-credits 40 --format jsonl", 0,
                "{\"id\":999000000001,\"matchStatus\":\"NO_MATCH\"", "2 not found, and");
    assert_int_equal(records_sent(w) - before, 32);
    expect_job(w, "absent", "done", 32, -1);
}

// As the run wrote them: a record that stands twice has one row.
static void rows_again_hold_no_record_twice(void **state)
{
    struct world *w = *state;
    char *first, *again;

    write_file(w, "ids.csv", "personId\n999000000003\n999000000004\n999000000003\n");
    expect_line(w, "enrich contact --from ids.csv --job twice --max-credits 3 --fields id -o 1.csv",
                0, NULL, "1 duplicate");
    expect_line(w, "enrich contact --job twice --max-credits 3 -o 2.csv", 0, NULL,
                "nothing of it is left to buy");
    first = file_text(w, "1.csv");
    again = file_text(w, "2.csv");
    assert_string_equal(again, first);
    free(again);
    free(first);
    expect_line(w, "jobs rows twice --format csv", 0, ",the same as record 1: ", "3 records: ");
    expect_line(w, "jobs show twice --format csv", 0, "\n999000000003,duplicate,", NULL);
    expect_line(w, "enrich company --job twice --max-credits 3", 2, NULL,
                "the job twice is of contact, not of company");
}

// Purged, but not for good; as is what a call in doubt turns out to have paid for.
static void what_is_paid_for_was_asked_for(void **state)
{
    struct world *w = *state;

    take_ids(w, 1200, 5);
    expect_line(w, "enrich contact --from ids.csv --job paid --max-credits 5 --fields id", 0, NULL,
                NULL);
    expect_line(w, "library purge contact --from ids.csv --yes --allow-again", 0, NULL, NULL);
    expect_line(w, "jobs rows paid --format csv", 0,
                ",\"owned, and not in the library: fetching it costs no credit\"\n",
                "5 records: 0 found, 5 owned and not in the library.");
    expect_line(w,
                "enrich contact --from ids.csv --job paid --max-credits 5 --fields id "
                "--output left.csv",
                0, NULL,
                "Left out, no longer in the library: 5 records. lode jobs rows paid names them.");
}

// It buys nothing, so that it is in nobody's way who does; one that is not done asks as ever.
static void rows_are_written_again_beside_who_spends(void **state)
{
    struct world *w = *state;
    long long before;
    int status;
    pid_t pid;

    take_ids(w, 1210, 3);
    expect_line(w, "enrich contact --from ids.csv --job early --max-credits 3 --fields id", 0, NULL,
                NULL);
    take_ids(w, 1220, 3);
    expect_line(w, "enrich contact --from ids.csv --job part --max-credits 1 --fields id", 6, NULL,
                NULL);
    take_ids(w, 1300, 500);
    server_faults(w->server, "POST /enrich/contact stall ms=150");
    pid = run_lode_start(&w->home, w->server->url,
                         "enrich contact --from ids.csv --job long --max-credits 500 --fields id "
                         "--rate 1 --output long.csv");
    await(w, runs, "long", "the job never ran");
    expect_line(w, "enrich contact --job early --max-credits 3 --output early.csv", 0, NULL,
                "nothing of it is left to buy");
    expect_line(w, "enrich contact --job part --max-credits 3 --output part.csv", 5, NULL,
                "another lode is spending");
    expect_line(w, "enrich contact --job new --from ids.csv --max-credits 3", 5, NULL,
                "another lode is spending");
    expect_line(w, "jobs show new", 1, NULL, "there is no job");
    expect_line(w, "jobs pause long", 0, NULL, NULL);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    server_faults(w->server, "");
    before = server_total(w->server, "credits");
    expect_line(w, "enrich contact --job early --max-credits 3 --output more.csv", 0, NULL, NULL);
    assert_int_equal(server_total(w->server, "credits"), before);
    expect_line(w, "jobs cancel long", 0, NULL, NULL);
    expect_line(w, "jobs cancel part", 0, NULL, NULL);
}

// Another profile of the account bought half of them: this one's ledger did not see that, but its
// quote did.
static void what_the_quote_allowed_for_pauses_nothing(void **state)
{
    struct world *w = *state;

    take_ids(w, 800, 200);
    expect_line(w,
                "enrich contact --from ids.csv --max-credits 200 --fields id --rate 0 "
                "--output other.csv",
                0, NULL, NULL);
    expect_line(w,
                "enrich contact --from ids.csv --job drift --max-credits 200 --fields id --rate 0 "
                "--profile stranger --output drift.csv",
                0, NULL, NULL);
}

static void the_highest_goes_first(void **state)
{
    struct world *w = *state;

    take_ids(w, 1100, 5);
    expect_line(w, "enrich contact --from ids.csv --job low --max-credits 0 --fields id", 5, NULL,
                NULL);
    take_ids(w, 1105, 5);
    expect_line(w, "enrich contact --from ids.csv --job high --max-credits 0 --fields id", 5, NULL,
                NULL);
    expect_line(w, "jobs priority high 5", 0, NULL, "new place");
    expect_line(w, "jobs resume --max-credits 5", 0, NULL, NULL);
    expect_job(w, "high", "done", 5, 5);
    expect_job(w, "low", "paused", 0, 0);
    expect_line(w, "jobs show low", 0, "new", "paused");
}

// What came back as LIMIT_EXCEEDED is no match that failed: told apart, the calls stop, and the job
// has it still to do.
static void a_limit_that_is_used_up_pauses(void **state)
{
    static const char *const options[] = {"--unlimited", "--credits=40", NULL};
    struct world *poor;

    (void)state;
    assert_int_equal(world_open_with_ids((void **)&poor, options, 80), 0);
    take_ids(poor, 0, 80);
    expect_line(poor,
                "enrich contact --from ids.csv --job poor --max-credits 80 --fields id --rate 0", 6,
                NULL, " LIMIT_EXCEEDED: a limit of the account is used up.");
    expect_job(poor, "poor", "paused", -1, 40);
    expect_line(poor, "jobs --format csv", 0, " not served by the API", NULL);
    expect_line(poor, "quote contact --from ids.csv --fields id", 0, NULL,
                "The account has no more than 0 credits left");
    assert_int_equal(world_close((void **)&poor), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_kill_leaves_in_doubt_what_was_on_its_way, set_up_own,
                                        world_close),
        cmocka_unit_test_setup_teardown(what_was_not_found_is_not_asked_for_again, set_up_own,
                                        world_close),
        cmocka_unit_test(rows_again_hold_no_record_twice),
        cmocka_unit_test(rows_are_written_again_beside_who_spends),
        cmocka_unit_test(what_is_paid_for_was_asked_for),
        cmocka_unit_test(a_cap_holds_in_all_runs_together),
        cmocka_unit_test(the_day_has_a_cap_of_its_own),
        cmocka_unit_test(it_is_paused_and_cancelled_from_beside),
        cmocka_unit_test(what_the_quote_allowed_for_pauses_nothing),
        cmocka_unit_test(the_highest_goes_first),
        cmocka_unit_test(a_limit_that_is_used_up_pauses),
    };

    return cmocka_run_group_tests_name("jobs", tests, set_up, world_close);
}
