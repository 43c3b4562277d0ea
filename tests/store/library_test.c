// The library searched, versioned, written on and purged: by words, tags and dates; nothing of who
// was purged is left in any file, wherever the process was killed. Tests.
#include "store/box.h"

#include <dirent.h>
#include <signal.h>
#include <time.h>

#include "model/entity.h"
#include "store/library.h"
#include "store/jobs.h"
#include "store/purge.h"
#include "store/suppression.h"

static int set_up(void **state)
{
    struct box *b = mem_zalloc(sizeof(*b));

    box_make(b);
    box_start(b);
    *state = b;
    return 0;
}

static int tear_down(void **state)
{
    box_drop(*state);
    free(*state);
    return 0;
}

// Buys or refreshes one contact, whose answer that is.
static void keep(struct box *b, long long id, const char *raw)
{
    struct call c;

    call_make(&c, id, 1);
    c.bought[0].raw = raw;
    box_intend(b, &c);
    (void)box_settle(b, &c);
}

static void index_all(struct box *b)
{
    long long left = 1;
    struct err e;

    while (left) {
        if (!store_library_index(b->s, &left, &e))
            fail_msg("store_library_index: %s", e.text);
    }
}

static bool add_id(void *arg, const struct library_row *row)
{
    str_addf(arg, "%s ", row->owned.id);
    return true;
}

static void expect_found(struct box *b, struct library_query q, const char *ids)
{
    struct str found = {0};
    int64_t *numbers;
    struct err e;
    size_t n;

    q.entity = "contact";
    index_all(b);
    if (!store_library_find(b->s, &q, &numbers, &n, &e))
        fail_msg("store_library_find: %s", e.text);
    assert_true(store_library_rows(b->s, numbers, n, add_id, &found, &e));
    free(numbers);
    assert_string_equal(str_text(&found), ids);
    str_free(&found);
}

#define QUERY(...) ((struct library_query){.do_not_call = -1, __VA_ARGS__})

static void buy_three(struct box *b)
{
    keep(b, 1,
         "{\"id\":1,\"firstName\":\"Ana\",\"lastName\":\"Ruíz\",\"email\":\"ana.ruiz@initech."
         "com\"}");
    b->now_ms += HOUR_MS;
    keep(b, 2,
         "{\"id\":2,\"firstName\":\"Bo\",\"lastName\":\"Lind\",\"jobTitle\":\"Data scientist\","
         "\"company\":{\"name\":\"Hooli\"},\"directPhoneDoNotCall\":true}");
    b->now_ms += HOUR_MS;
    keep(b, 3,
         "{\"id\":3,\"firstName\":\"Cy\",\"lastName\":\"Ana\",\"jobTitle\":\"Scientist of data\","
         "\"contactAccuracyScore\":85,\"validDate\":\"2/10/2026 3:05 PM\"}");
}

static void records_are_found_by_their_words(void **state)
{
    struct box *b = *state;

    buy_three(b);
    expect_found(b, QUERY(.words = "\"ruiz\""), "1 ");
    expect_found(b, QUERY(.words = "\"RUI\"*"), "1 ");
    expect_found(b, QUERY(.words = "\"data scientist\""), "2 ");
    expect_found(b, QUERY(.words = "\"data\"* \"scien\"*"), "2 3 ");
    expect_found(b, QUERY(.words = "\"hooli\""), "2 ");
    expect_found(b, QUERY(.words = "\"ana.ruiz@initech.com\"*"), "1 ");
    expect_found(b, QUERY(.words = "\"nobody\""), "");
    // Nobody of another entity.
    expect_found(b, QUERY(.words = "\"85\""), "3 ");
}

static void the_best_fit_comes_first_else_the_newest(void **state)
{
    static const struct column score = {
        "contactAccuracyScore", "contactAccuracyScore", COLUMN_NUMBER, "Score", 5, 0};
    struct box *b = *state;

    buy_three(b);
    keep(b, 4, "{\"id\":4,\"lastName\":\"Zed\",\"jobTitle\":\"the cousin of ana\"}");
    keep(b, 5, "{\"id\":5,\"contactAccuracyScore\":9}");
    // A name weighs more than what stands elsewhere; twice is more than once.
    expect_found(b, QUERY(.words = "\"ana\""), "1 3 4 ");
    expect_found(b, QUERY(.order = ORDER_FETCHED, .ascending = true), "1 2 3 4 5 ");
    expect_found(b, QUERY(.order = ORDER_BEST), "5 4 3 2 1 ");
    // 9 is less than 85, and what has none comes last either way.
    expect_found(b, QUERY(.order = ORDER_COLUMN, .order_by = &score, .ascending = true),
                 "5 3 1 2 4 ");
    expect_found(b, QUERY(.order = ORDER_COLUMN, .order_by = &score), "3 5 4 2 1 ");
}

// Does the record have the tag, or not, now? What is not here is left out.
static bool tag(struct box *b, const char *id, const char *name, bool on)
{
    const char *ids[] = {id, "999999999"};
    struct tagged done;
    struct err e;

    return store_tag(b->s, "contact", ids, ARRAY_LEN(ids), name, on, &done, &e) && done.here == 1;
}

static void dates_flags_and_tags_sift(void **state)
{
    struct box *b = *state;
    int64_t year = store_free_until(b->s, "contact", BOX_NOW_MS);

    buy_three(b);
    expect_found(b, QUERY(.expires_by_ms = year + HOUR_MS, .ascending = true), "1 2 ");
    expect_found(b, QUERY(.expires_after_ms = year + HOUR_MS), "3 ");
    expect_found(b, QUERY(.fetched_before_ms = BOX_NOW_MS + HOUR_MS), "1 ");
    expect_found(b, (struct library_query){.do_not_call = 1}, "2 ");
    expect_found(b, (struct library_query){.do_not_call = 0, .ascending = true}, "1 3 ");
    assert_true(tag(b, "3", "Berlin", true));
    assert_true(tag(b, "1", "berlin", true));
    assert_true(tag(b, "1", "BERLIN", true));
    expect_found(b, QUERY(.tag = "berlin", .ascending = true), "1 3 ");
    expect_found(b, QUERY(.tag = "berlin", .words = "\"ruiz\""), "1 ");
    assert_true(tag(b, "1", "bErLin", false));
    expect_found(b, QUERY(.tag = "Berlin"), "3 ");
    expect_found(b, QUERY(.tag = "' OR 1 --"), "");
}

static void what_people_write_is_found_too(void **state)
{
    struct box *b = *state;
    struct err e;

    buy_three(b);
    index_all(b);
    assert_true(store_note(b->s, "contact", "2", "met at the fair in Porto", &e));
    expect_found(b, QUERY(.words = "\"porto\""), "2 ");
    assert_true(store_note(b->s, "contact", "2", "met in Lisboa", &e));
    expect_found(b, QUERY(.words = "\"porto\""), "");
    expect_found(b, QUERY(.words = "\"lisboa\""), "2 ");
    assert_true(store_note(b->s, "contact", "2", "", &e));
    expect_found(b, QUERY(.words = "\"lisboa\""), "");
    assert_false(store_note(b->s, "contact", "77", "nobody", &e));
    assert_int_equal(e.kind, ERR_NOT_FOUND);
}

static bool add_version(void *arg, const struct library_version *v)
{
    str_addf(arg, "%s %lld %lld;", v->raw, (long long)((v->fetched_ms - BOX_NOW_MS) / HOUR_MS),
             (long long)(v->until_ms ? (v->until_ms - BOX_NOW_MS) / HOUR_MS : 0));
    return true;
}

static void a_refresh_keeps_what_was_there_before(void **state)
{
    struct box *b = *state;
    struct str found = {0};
    struct err e;

    keep(b, 1, "{\"id\":1,\"a\":\"old\"}");
    index_all(b);
    b->now_ms += HOUR_MS;
    keep(b, 1, "{\"id\":1,\"a\":\"old\"}"); // the same is no version of its own
    b->now_ms += HOUR_MS;
    keep(b, 1, "{\"id\":1,\"a\":\"new\"}");
    assert_true(store_library_versions(b->s, "contact", "1", add_version, &found, &e));
    assert_string_equal(str_text(&found),
                        "{\"id\":1,\"a\":\"new\"} 2 0;{\"id\":1,\"a\":\"old\"} 1 2;");
    expect_found(b, QUERY(.words = "\"old\""), "");
    expect_found(b, QUERY(.words = "\"new\""), "1 ");
    str_free(&found);
}

// The folder's files that hold the canary.
static int canaries(const struct box *b)
{
    static const char canary[] = "canary-4711";
    DIR *folder = opendir(b->folder);
    int n = 0;

    assert_non_null(folder);
    for (struct dirent *f; (f = readdir(folder)) != NULL;) {
        struct str bytes = {0};

        if (*f->d_name == '.')
            continue;
        bytes = box_read(b, f->d_name);
        n += bytes.len && memmem(bytes.data, bytes.len, canary, sizeof(canary) - 1);
        str_free(&bytes);
    }
    assert_int_equal(closedir(folder), 0);
    return n;
}

// Enough others that pages are full and split, and canaries here and there among them.
enum { CROWD = 400, MARKED = 7 };

static void crowd(struct box *b)
{
    for (long long id = 1; id <= CROWD; id++) {
        char raw[600];

        (void)snprintf(raw, sizeof(raw), "{\"id\":%lld,\"lastName\":\"%s%lld\",\"a\":\"%0*d\"}", id,
                       id % MARKED ? "plain" : "canary-4711 ", id, (int)(id * 37 % 500), 0);
        keep(b, id, raw);
    }
}

static void purge_marked(struct box *b, struct err *e)
{
    char names[CROWD / MARKED][8];
    const char *ids[CROWD / MARKED];
    bool done;

    for (int i = 0; i < CROWD / MARKED; i++) {
        (void)snprintf(names[i], sizeof(names[i]), "%d", (i + 1) * MARKED);
        ids[i] = names[i];
    }
    *e = (struct err){0};
    (void)store_purge(b->s, &(struct purging){"contact", ids, CROWD / MARKED, true, NULL}, &done,
                      e);
}

static void who_is_purged_is_in_no_file_and_never_comes_back(void **state)
{
    struct box *b = *state;
    static const char *const some[] = {"7", "8"};
    const struct job_new job = {.name = "job",
                                .entity = "contact",
                                .fields = "id",
                                .records = some,
                                .n = 2,
                                .origin = "lastName = canary-4711"};
    struct job_new wide = job;
    struct ledger_totals before;
    int64_t ignored;
    struct err e;

    wide.name = "wide";
    wide.origin = "state = Texas";
    crowd(b);
    assert_true(store_job_make(b->s, &job, &ignored, &e));
    assert_true(store_job_make(b->s, &wide, &ignored, &e));
    keep(b, 7, "{\"id\":7,\"lastName\":\"canary-4711 again\"}");
    assert_true(store_note(b->s, "contact", "14", "canary-4711", &e));
    assert_true(tag(b, "14", "canary-4711", true));
    index_all(b);
    assert_true(canaries(b) > 0);
    before = box_totals(b);
    purge_marked(b, &e);
    assert_int_equal(e.kind, ERR_NONE);
    assert_int_equal(canaries(b), 0);
    assert_int_equal(box_owned(b), CROWD - CROWD / MARKED);
    // A job's words that name nobody stay, and what it cost.
    assert_int_equal(box_sql(b, "jobs.db", "SELECT count(*) FROM job WHERE origin <> ''"), 1);
    assert_int_equal(box_totals(b).credits, before.credits);
    assert_true(box_find(b, "7").suppressed);
    keep(b, 7, "{\"id\":7,\"lastName\":\"canary-4711\"}");
    assert_false(box_find(b, "7").held);
    expect_found(b, QUERY(.words = "\"canary\""), "");
    expect_found(b, QUERY(.words = "\"plain5\""), "5 ");
    box_close(b);
    assert_int_equal(canaries(b), 0);
}

// The account knows on whom it bought, and charges nothing for them for a year.
static void who_was_purged_is_owned_on(void **state)
{
    const char *const ids[] = {"9001"};
    struct box *b = *state;
    long long before = box_totals(b).credits;
    bool done;
    struct err e;

    assert_int_equal(box_buy(b, 9001, 1), 1);
    assert_true(store_purge(b->s, &(struct purging){"contact", ids, 1, false, NULL}, &done, &e));
    assert_false(box_find(b, "9001").held);
    assert_true(box_find(b, "9001").free_until > b->now_ms);
    assert_int_equal(box_buy(b, 9001, 1), 0);
    assert_true(box_find(b, "9001").held);
    assert_int_equal(box_totals(b).credits, before + 1);
}

static void purge_in_a_child(void *arg)
{
    struct box *b = arg;
    struct err e;

    box_open(b);
    box_claim(b);
    purge_marked(b, &e);
    (void)pause();
}

// Wherever it is killed: all of them are here, or they are in no file once the next one has closed.
static void a_purge_that_is_killed_is_finished_at_the_next_start(void **state)
{
    enum { KILLS = 12 };
    struct box *b = *state;
    int purged = 0;

    crowd(b);
    box_close(b);
    for (int i = 0; i < KILLS; i++) {
        const struct timespec nap = {.tv_nsec = 1000000L * (i * i)};
        pid_t pid = fork();

        if (pid == 0)
            purge_in_a_child(b);
        assert_true(pid > 0);
        (void)nanosleep(&nap, NULL);
        assert_int_equal(kill(pid, SIGKILL), 0);
        assert_int_equal(waitpid(pid, NULL, 0), pid);
        box_open(b);
        box_claim(b);
        purged = box_owned(b) == CROWD - CROWD / MARKED;
        assert_true(purged || box_owned(b) == CROWD);
        box_close(b);
        if (purged)
            break;
    }
    if (!purged) {
        struct err e;

        box_start(b);
        purge_marked(b, &e);
        box_close(b);
    }
    assert_int_equal(canaries(b), 0);
}

static void addresses_stand_on_the_list_as_hashes(void **state)
{
    static const struct suppressed_email hashes[] = {{"aa01", NULL, NULL}, {"BB02", NULL, NULL}};
    static const char *const asked[] = {"bb02", "cc03", "AA01"};
    struct box *b = *state;
    bool out[3];
    long long added, removed;
    struct err e;

    assert_false(store_suppresses_emails(b->s));
    assert_true(store_suppress_emails(b->s, hashes, 2, &added, &e));
    assert_int_equal(added, 2);
    assert_true(store_suppress_emails(b->s, hashes, 2, &added, &e));
    assert_int_equal(added, 0);
    box_close(b);
    box_start(b);
    assert_true(store_suppresses_emails(b->s));
    assert_true(store_emails_suppressed(b->s, asked, 3, out, &e));
    assert_true(out[0] && !out[1] && out[2]);
    assert_true(store_unsuppress(b->s, "", "aa01", &removed, &e) && removed == 1);
    assert_true(store_unsuppress(b->s, "", "aa01", &removed, &e) && !removed);
    assert_true(store_unsuppress(b->s, "", "bb02", &removed, &e) && removed == 1);
    assert_false(store_suppresses_emails(b->s));
}

// What came onto the list with another goes with it, but for what is there for another reason too.
static void who_is_taken_off_takes_along_what_came_alone(void **state)
{
    static const struct suppressed_email emails[] = {
        {"AA", NULL, NULL}, {"bb", "contact", "2"}, {"cc", "", "aa"}, {"dd", "contact", "1"}};
    static const char *const ids[] = {"1", "2"}, *const by[] = {"aa", "aa"};
    struct box *b = *state;
    long long added, removed;
    bool done, out[4];
    struct err e;

    assert_true(store_suppress_emails(b->s, emails, 4, &added, &e));
    assert_int_equal(added, 3);
    assert_true(store_purge(b->s, &(struct purging){"contact", ids, 2, true, by}, &done, &e));
    assert_true(store_purge(b->s, &(struct purging){"contact", ids, 1, true, NULL}, &done, &e));
    assert_true(store_unsuppress(b->s, "", "Aa", &removed, &e));
    assert_int_equal(removed, 3); // with contact 2 and its address
    assert_true(store_records_suppressed(b->s, "contact", ids, 2, out, &e));
    assert_true(out[0] && !out[1]);
    assert_true(
        store_emails_suppressed(b->s, (const char *const[]){"aa", "bb", "cc", "dd"}, 4, out, &e));
    assert_true(!out[0] && !out[1] && !out[2] && out[3]);
    assert_true(store_unsuppress(b->s, "contact", "1", &removed, &e));
    assert_int_equal(removed, 2);
    assert_false(store_suppresses_emails(b->s) || store_suppresses_records(b->s));
}

static bool count_row(void *arg, const struct suppressed_row *row)
{
    (void)row;
    ++*(int *)arg;
    return true;
}

static void the_whole_list_reads_back(void **state)
{
    static const struct suppressed_email hash = {"ff", NULL, NULL};
    struct box *b = *state;
    long long added;
    bool done;
    struct err e;
    int n = 0;

    for (int i = 0; i < 300; i++) {
        char id[8];
        const char *ids[] = {id};

        (void)snprintf(id, sizeof(id), "%d", i);
        if (i % 100 == 0)
            assert_true(
                store_purge(b->s, &(struct purging){"contact", ids, 1, true, NULL}, &done, &e));
    }
    assert_true(store_suppress_emails(b->s, &hash, 1, &added, &e));
    assert_true(store_suppressed_each(b->s, count_row, &n, &e));
    assert_int_equal(n, 4);
}

static void an_index_that_is_gone_or_damaged_is_made_anew(void **state)
{
    struct box *b = *state;

    buy_three(b);
    expect_found(b, QUERY(.words = "\"hooli\""), "2 ");
    box_close(b);
    box_remove(b, "index.db");
    box_start(b);
    expect_found(b, QUERY(.words = "\"hooli\""), "2 ");
    box_close(b);
    box_write(b, "index.db", "this is no database, and has never been one", 43);
    box_start(b);
    expect_found(b, QUERY(.words = "\"hooli\""), "2 ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(records_are_found_by_their_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_best_fit_comes_first_else_the_newest, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(dates_flags_and_tags_sift, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_people_write_is_found_too, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_refresh_keeps_what_was_there_before, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_is_purged_is_in_no_file_and_never_comes_back, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(who_was_purged_is_owned_on, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_purge_that_is_killed_is_finished_at_the_next_start,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(addresses_stand_on_the_list_as_hashes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_is_taken_off_takes_along_what_came_alone, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_whole_list_reads_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_index_that_is_gone_or_damaged_is_made_anew, set_up,
                                        tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
