// Every fault against every operation: the exit status, the sentence, and that ledger and server
// agree. Tests.
#include "support/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "support/http.h"
#include "support/money.h"

// What the program is asked to do, and the call of it that meets the fault.
struct operation {
    const char *path;
    const char *line;
    bool charges;
};

static const struct operation operations[] = {
    {"POST /search/contact", "count contact --where contactAccuracyScoreMin=80", false},
    {"GET /lookup/department", "lookup department", false},
    {"GET /lookup/usage", "usage", false},
    {"POST /enrich/contact", "enrich contact --from ids.csv --max-credits 100 --fields email",
     true},
};

struct fault {
    const char *rule; // behind the operation
    int free_exit;    // of operations that do not charge
    int charge_exit;  // of those that do
    bool doubt;       // a charging call is in doubt after it
    bool kept;        // and what came of its answer is kept
    const char *says; // somewhere on stderr, of both
};

// Free calls are repeated, so one fault is survived; charging calls are not, unless they were
// provably refused or never left.
static const struct fault faults[] = {
    {"reset first=1", 0, 3, true, false, ""},
    {"reset-after-work first=1", 0, 3, true, false, ""},
    {"reset-in-request first=1", 0, 3, true, false, ""},
    {"close first=1", 0, 3, true, false, ""},
    {"close-after-work first=1", 0, 3, true, false, ""},
    {"reset-in-answer first=1", 0, 3, true, true, ""},
    {"truncate first=1", 0, 3, true, true, ""},
    {"length-long first=1", 0, 3, true, true, ""},
    {"bad-chunk first=1", 0, 3, true, true, ""},
    {"bad-gzip first=1", 0, 3, true, true, ""},
    {"500 first=1", 0, 3, true, true, ""},
    {"500-after-work first=1", 0, 3, true, true, ""},
    {"502 first=1", 0, 3, true, true, ""},
    {"503 first=1", 0, 3, true, true, ""},
    {"504 first=1", 0, 3, true, true, ""},
    {"408 first=1", 0, 3, true, true, ""},
    {"429 retry-after=0 first=1", 0, 0, false, false, ""},
    {"429 first=1", 0, 0, false, false, ""},
    {"401 first=1", 0, 0, false, false, ""},
    {"401", 4, 4, false, false, "sign in"},
    {"html-403", 4, 4, false, false, "edge"},
    {"403", 4, 4, false, false, "may not"},
    {"404", 1, 1, false, false, "base URL"},
    {"302", 2, 2, false, false, "redirect"},
    {"huge-header", 3, 3, true, false, "larger than"},
    {"bad-json first=1", 0, 3, true, true, ""},
    {"length-short first=2", 0, 3, true, true, ""},
    {"bad-json", 3, 3, true, true, "JSON"},
    {"bad-utf8", 3, 3, true, true, "JSON"},
    {"empty", 3, 3, true, false, ""},
    {"html-200", 3, 3, true, true, ""},
    {"error-200", 3, 3, true, true, ""},
    {"204", 3, 3, true, false, ""},
    {"reset", 3, 3, true, false, ""},
};

enum { CREDITS = 100000 };
#define CREDITS_OPTION "--credits=100000"

struct world {
    struct home home;
    struct server *server;
    int bought; // ids files handed out so far
};

static int set_up(void **state)
{
    static const char *const options[] = {"--unlimited", CREDITS_OPTION, "--faults=", NULL};
    struct world *w = calloc(1, sizeof(*w));
    struct run r;

    w->home = home_make();
    w->server = server_start(options);
    r = run_lode(&w->home, w->server->url,
                 "search contact --limit 2000 --rate 0 --columns personId "
                 "--output all.csv --quiet");
    assert_int_equal(r.status, 0);
    run_free(&r);
    *state = w;
    return 0;
}

static int tear_down(void **state)
{
    struct world *w = *state;
    int status = server_stop(w->server);

    home_remove(&w->home);
    free(w);
    return status;
}

static void set_faults(const struct world *w, const char *rules)
{
    char *url = str_format("%s/_sandbox/faults", w->server->direct);
    struct http_reply r = http_post(url, NULL, rules);

    if (r.status != 200)
        fail_msg("%s: %s", rules, str_text(&r.body));
    http_reply_free(&r);
    free(url);
}

// A file of ten ids that nobody has bought yet, and no lookup list kept from before.
static void fresh_ids(struct world *w)
{
    char *command = str_format("cd '%s' && (echo personId; tail -n +%d all.csv | head -n 10) > "
                               "ids.csv && rm -f data/lode/*/cache.db*",
                               w->home.path, 2 + 10 * w->bought++);

    assert_int_equal(system(command), 0);
    free(command);
}

static void try(struct world *w, const struct operation *op, const struct fault *f)
{
    char *rule = str_format("%s %s", op->path, f->rule);
    struct money before = money_read(&w->home, w->server), after;
    struct run r;
    int want = op->charges ? f->charge_exit : f->free_exit;

    fresh_ids(w);
    set_faults(w, rule);
    r = run_lode(&w->home, w->server->url, op->line);
    if (r.status != want)
        fail_msg("%s: exit %d, not %d: %s%s", rule, r.status, want, str_text(&r.out),
                 str_text(&r.err));
    if (!strstr(str_text(&r.err), f->says))
        fail_msg("%s: does not say \"%s\": %s", rule, f->says, str_text(&r.err));
    if (want && r.err.len == 0)
        fail_msg("%s: says nothing", rule);
    set_faults(w, "");
    after = money_read(&w->home, w->server);
    money_agrees(&after);
    if (op->charges && (after.kept > before.kept) != f->kept)
        fail_msg("%s: what came is %skept", rule, f->kept ? "not " : "");
    if (op->charges && (after.doubtful > before.doubtful) != f->doubt)
        fail_msg("%s: %zu calls in doubt before, %zu after: %s", rule, before.doubtful,
                 after.doubtful, str_text(&r.err));
    assert_int_equal(after.open, 0);
    run_free(&r);
    free(rule);
}

static void every_fault_ends_as_it_should(void **state)
{
    struct world *w = *state;

    for (size_t i = 0; i < ARRAY_LEN(faults); i++) {
        for (size_t k = 0; k < ARRAY_LEN(operations); k++)
            try(w, &operations[k], &faults[i]);
    }
}

// Rows come by another way than counts.
static void a_damaged_page_is_asked_for_again(void **state)
{
    static const struct {
        const char *rule;
        int exit;
    } cases[] = {{"bad-json first=2", 0}, {"html-200 first=1", 0}, {"length-short", 3}};
    struct world *w = *state;

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        char *rule = str_format("POST /search/company %s", cases[i].rule);
        long long before = server_stat(w->server, "requests.POST /search/company");
        struct run r;

        set_faults(w, rule);
        r = run_lode(&w->home, w->server->url, "search company --limit 3 --format jsonl");
        if (r.status != cases[i].exit)
            fail_msg("%s: exit %d: %s", rule, r.status, str_text(&r.err));
        assert_true(server_stat(w->server, "requests.POST /search/company") <= before + 3);
        set_faults(w, "");
        run_free(&r);
        free(rule);
    }
}

// The last charge of the ledger as JSON; the caller drops it.
static json_t *last_charge(const struct world *w)
{
    char *line = str_format("ledger --format json --quiet --base-url=%s", w->server->url);
    struct run r = run_lode(&w->home, NULL, line);
    json_t *rows = json_loads(str_text(&r.out), 0, NULL), *last;

    assert_int_equal(r.status, 0);
    last = json_incref(json_array_get(rows, json_array_size(rows) - 1));
    json_decref(rows);
    run_free(&r);
    free(line);
    return last;
}

// The answer of a call that was charged is cut: every byte that came can be had.
static void what_came_can_be_read(void **state)
{
    struct world *w = *state;
    struct run r, shown, none;
    json_t *charge;
    char *line;

    fresh_ids(w);
    set_faults(w, "POST /enrich/contact bad-json at=700 first=1");
    r = run_lode(&w->home, w->server->url, operations[3].line);
    assert_int_equal(r.status, 3);
    charge = last_charge(w);
    assert_non_null(strstr(json_string_value(json_object_get(charge, "reason")), "kept"));
    assert_non_null(strstr(r.err.data, "kept"));
    line = str_format("ledger --answer %lld --base-url=%s",
                      json_integer_value(json_object_get(charge, "charge")), w->server->url);
    shown = run_lode(&w->home, NULL, line);
    assert_int_equal(shown.status, 0);
    assert_int_equal(shown.out.len, json_integer_value(json_object_get(charge, "answerKept")));
    assert_true(str_starts(shown.out.data, "{"));
    assert_non_null(strstr(shown.out.data, "matchStatus"));
    free(line);
    line = str_format("ledger --answer 999999 --base-url=%s", w->server->url);
    none = run_lode(&w->home, NULL, line);
    assert_int_equal(none.status, 1);
    assert_non_null(strstr(none.err.data, "keeps no answer of charge 999999"));
    set_faults(w, "");
    free(line);
    json_decref(charge);
    run_free(&r);
    run_free(&shown);
    run_free(&none);
}

static void what_was_in_doubt_is_not_sent_again_by_itself(void **state)
{
    struct world *w = *state;
    struct money before, after;
    struct run r, again;

    fresh_ids(w);
    set_faults(w, "POST /enrich/contact reset-after-work first=1");
    r = run_lode(&w->home, w->server->url, operations[3].line);
    assert_int_equal(r.status, 3);
    before = money_read(&w->home, w->server);
    again = run_lode(&w->home, w->server->url, operations[3].line);
    assert_int_equal(again.status, 5);
    assert_non_null(strstr(again.err.data, "10 in doubt"));
    after = money_read(&w->home, w->server);
    assert_int_equal(before.audited, after.audited);
    run_free(&again);
    again = run_lode(&w->home, w->server->url,
                     "enrich contact --from ids.csv --max-credits 100 --fields email --resend "
                     "--format jsonl");
    assert_int_equal(again.status, 0);
    after = money_read(&w->home, w->server);
    money_agrees(&after);
    assert_int_equal(before.audited, after.audited);
    run_free(&r);
    run_free(&again);
}

static void a_refused_field_is_dropped_and_the_rest_is_bought(void **state)
{
    struct world *w = *state;
    struct run r;

    fresh_ids(w);
    r = run_lode(&w->home, w->server->url,
                 "enrich contact --from ids.csv --max-credits 100 --fields email,techSkills");
    assert_int_equal(r.status, 0);
    assert_non_null(strstr(r.err.data, "techSkills"));
    run_free(&r);
}

static struct run reconcile(const struct world *w)
{
    struct run r = run_lode(&w->home, w->server->url, "ledger --reconcile");

    if (r.status != 0)
        fail_msg("exit %d: %s", r.status, str_text(&r.err));
    return r;
}

// A call that was charged and not answered, and one that never got there: the meters tell them
// apart. Each run looked at them first, so that the doubts of all tests before are told apart too.
static void the_meters_tell_what_became_of_a_doubt(void **state)
{
    struct world *w = *state;
    struct money before, after;
    struct run r;

    fresh_ids(w);
    set_faults(w, "POST /enrich/contact reset-after-work first=1");
    r = run_lode(&w->home, w->server->url, operations[3].line);
    assert_int_equal(r.status, 3);
    run_free(&r);
    fresh_ids(w);
    set_faults(w, "POST /enrich/contact reset first=1");
    r = run_lode(&w->home, w->server->url, operations[3].line);
    assert_int_equal(r.status, 3);
    run_free(&r);
    set_faults(w, "");
    before = money_read(&w->home, w->server);
    assert_true(before.doubtful >= 2);
    r = reconcile(w);
    assert_non_null(strstr(r.err.data, "was not charged"));
    assert_non_null(strstr(r.err.data, "was charged 10 credits"));
    run_free(&r);
    after = money_read(&w->home, w->server);
    money_agrees(&after);
    assert_true(after.doubtful < before.doubtful);
    assert_true(after.charged > before.charged);
    // What was not charged is new again, what was charged is owned: fetched for nothing.
    r = run_lode(&w->home, w->server->url, operations[3].line);
    assert_int_equal(r.status, 0);
    assert_non_null(strstr(r.err.data, "bought"));
    run_free(&r);
    after = money_read(&w->home, w->server);
    money_agrees(&after);
    r = reconcile(w);
    run_free(&r);
}

// All others are answered long before the first call: more than are kept at hand. The output is
// whole and in the order asked for all the same, and what is left is not what was left back then.
static void a_late_first_answer_changes_no_order(void **state)
{
    static const char line[] = "enrich contact --from all.csv --max-credits 2000 --rate 0 "
                               "--fields email --profile late --force --output late.csv";
    static const char compare[] = "cd '%s' && cut -d, -f1 late.csv | sed s/^id$/personId/ > got.csv"
                                  " && cut -d, -f1 all.csv | cmp - got.csv";
    struct world *w = *state;
    char *command = str_format(compare, w->home.path), left[64];
    struct run r;

    set_faults(w, "POST /enrich/contact stall ms=1500 first=1");
    r = run_lode(&w->home, w->server->url, line);
    if (r.status != 0)
        fail_msg("exit %d: %s", r.status, str_text(&r.err));
    assert_int_equal(system(command), 0);
    (void)snprintf(left, sizeof(left), " %lld,%03lld credits are left",
                   (CREDITS - server_total(w->server, "credits")) / 1000,
                   (CREDITS - server_total(w->server, "credits")) % 1000);
    if (!strstr(r.err.data, left))
        fail_msg("not%s: %s", left, r.err.data);
    set_faults(w, "");
    run_free(&r);
    free(command);
}

static void expect_run(const struct world *w, const char *line, int status, const char *says)
{
    struct run r = run_lode(&w->home, w->server->url, line);

    if (r.status != status || !strstr(r.err.data, says))
        fail_msg("%s: exit %d, and \"%s\" is not in: %s", line, r.status, says, r.err.data);
    run_free(&r);
}

// The meter moved by a colleague's purchase, which a doubt was taken for. What is fetched for none
// by that is charged: the first call says so, is counted, and is the last one.
static void what_others_bought_costs_one_call(void **state)
{
    static const char fetch[] = "enrich contact --from mine.csv --fields email --profile mine "
                                "--rate 0 --format csv --max-credits ";
    struct world *w = *state;
    char *command = str_format("cd '%s' && (echo personId; tail -n 60 all.csv) > mine.csv && "
                               "(echo personId; tail -n 120 all.csv | head -n 60) > theirs.csv",
                               w->home.path);
    char *doubt = str_format("%s60", fetch), *again = str_format("%s0", fetch);
    long long before;

    assert_int_equal(system(command), 0);
    set_faults(w, "POST /enrich/contact close");
    expect_run(w, doubt, 3, "60 in doubt");
    set_faults(w, "");
    expect_run(w,
               "enrich contact --from theirs.csv --fields email --profile theirs --format csv "
               "--max-credits 60",
               0, "Charged: 60 credits");
    expect_run(w, "ledger reconcile --profile mine", 0, "charged");
    before = server_total(w->server, "credits");
    expect_run(w, again, 6, "it does not own all that Lode takes for owned");
    assert_int_equal(server_total(w->server, "credits") - before, 25);
    expect_run(w, "ledger --profile mine", 0, "Charged in all: 85 credits");
    free(again);
    free(doubt);
    free(command);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_fault_ends_as_it_should),
        cmocka_unit_test(a_damaged_page_is_asked_for_again),
        cmocka_unit_test(what_came_can_be_read),
        cmocka_unit_test(what_was_in_doubt_is_not_sent_again_by_itself),
        cmocka_unit_test(the_meters_tell_what_became_of_a_doubt),
        cmocka_unit_test(a_refused_field_is_dropped_and_the_rest_is_bought),
        cmocka_unit_test(what_others_bought_costs_one_call),
        cmocka_unit_test(a_late_first_answer_changes_no_order),
    };

    return cmocka_run_group_tests_name("faults", tests, set_up, tear_down);
}
