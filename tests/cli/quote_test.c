// What a quote says beside its table, and that a job is quoted the same, by the real program.
#include "cli/world.h"

static int set_up(void **state)
{
    static const char *const options[] = {"--unlimited", "--companies=100", "--contacts=300",
                                          "--faults=", NULL};

    return world_open(state, options);
}

// What was charged and not seen may have paid for new records, but not for what is only named.
static void only_new_records_may_be_free_already(void **state)
{
    const struct world *w = *state;
    struct run r;

    expect_line(w, "search contact --limit 1 --output one.csv --quiet", 0, NULL, NULL);
    expect_line(w, "search contact --limit 9 --output in.csv --quiet", 0, NULL, NULL);
    expect_line(w, "quote contact --from in.csv --format csv", 0, "unsure,9,0,9,", NULL);
    server_faults(w->server, "POST /enrich/contact reset-after-work");
    expect_line(w, "enrich contact --from one.csv --max-credits 5", 3, NULL, "in doubt");
    server_faults(w->server, "");
    r = lode(w, "quote contact --from in.csv");
    expect(&r, 0, NULL);
    expect_in(&r.err, "9,999 credits");
    assert_null(strstr(str_text(&r.err), "free already"));
    run_free(&r);
}

static void a_job_is_quoted_as_its_file_is(void **state)
{
    const struct world *w = *state;

    write_file(w, "in.csv",
               "email\nh@nowhere.example\n\"\"\nH@nowhere.example\ni@nowhere.example\n");
    expect_line(w, "quote contact --from in.csv", 0, NULL, "This would cost 0 to 2 credits");
    expect_line(w, "enrich contact --from in.csv --job same --max-credits 5", 0, NULL, NULL);
    expect_line(w, "jobs", 0, "Quoted least  Quoted most", NULL);
    expect_line(w, "jobs --format jsonl", 0, "\"quotedMin\":0,\"quotedMax\":2,", NULL);
}

// The day until which each is free, and why it stands where it does.
static void each_record_has_its_day_and_its_reason(void **state)
{
    const struct world *w = *state;
    struct run r;

    expect_line(w, "search contact --limit 2 --output in.csv --quiet", 0, NULL, NULL);
    expect_line(w, "enrich contact --from in.csv --max-credits 1 --quiet", 6, NULL, NULL);
    r = lode(w, "quote contact --from in.csv --each --format csv");
    expect(&r, 0, NULL);
    expect_in(&r.out, ",held,0,0,20");
    expect_in(&r.out, ",\"owned, in the library with every field: no call\"\n");
    expect_in(&r.out, ",unsure,0,1,,not known as owned: a credit where it is found\n");
    run_free(&r);
}

// More ids than are in memory at once: each is told once, wherever it stands again.
static void ids_are_told_apart_over_a_long_file(void **state)
{
    enum { IDS = 9000 };
    const struct world *w = *state;
    struct str ids = {0};
    struct run r;

    str_add(&ids, "personId\n");
    for (int i = 1; i <= IDS; i++)
        str_addf(&ids, "%d\n", i);
    str_add(&ids, "0007\nseven\n8999\n1\n");
    write_file(w, "in.csv", str_text(&ids));
    str_free(&ids);
    expect_line(w, "quote contact --from in.csv --format csv", 0, "unsure,9000,0,9000,", NULL);
    expect_line(w, "quote contact --from in.csv --format csv", 0, "\nduplicate,3,0,0,", NULL);
    expect_line(w, "quote contact --from in.csv --format csv", 0, "\ninvalid,1,0,0,", NULL);
    r = lode(w, "quote contact --from in.csv --format csv --each");
    expect(&r, 0, NULL);
    expect_in(&r.out, "\n7,unsure,0,1,,not known");
    expect_in(&r.out, "\n7,duplicate,0,0,,stands in the selection already\nseven,invalid,");
    expect_in(&r.out, "\n1,duplicate,0,0,,");
    expect_in(&r.err, "This would cost 0 to 9,000 credits, 0 to 9,000 records, 360 requests.");
    run_free(&r);
}

// Of what may cost nothing a cap leaves small calls.
static void the_requests_of_a_capped_purchase_are_told(void **state)
{
    const struct world *w = *state;

    write_file(w, "in.csv", "1\n2\n3\n4\n5\n6\n");
    expect_line(w, "quote contact --from in.csv", 0, NULL,
                "With a --max-credits below 6 calls hold fewer records, so that there may be up to "
                "6 requests.");
    expect_line(w, "enrich contact --from in.csv --max-credits 1", 0, NULL,
                "Charged: 0 credits, 0 records, 6 requests.");
}

// It is told once by the API, in plain words by us, and not asked for again.
static void what_is_required_and_not_sold_is_remembered(void **state)
{
    static const char buy[] = "enrich contact --from in.csv --require mobilePhone --max-credits 5";
    const struct world *w = *state;

    expect_line(w, "search contact --limit 2 --output in.csv --quiet", 0, NULL, NULL);
    expect_line(w, buy, 4, NULL, "this account may not buy what is required: mobilephone");
    assert_int_equal(server_stat(w->server, "requests.POST /enrich/contact"), 1);
    expect_line(w, buy, 4, NULL, "what is required must be in your account");
    expect_line(w, "quote contact --from in.csv --require mobilePhone", 4, NULL,
                "what is required must be in your account");
    assert_int_equal(server_stat(w->server, "requests.POST /enrich/contact"), 1);
}

// Ids and lines are quoted to the end before anything is written.
static void a_quote_that_fails_prints_nothing(void **state)
{
    static const char *const files[] = {"personId\n17\n", "email\na@nowhere.example\n"};
    struct world *w = *state;

    server_faults(w->server, "GET /lookup/usage 403");
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        struct run r;

        write_file(w, "in.csv", files[i]);
        r = lode(w, "quote contact --from in.csv");
        assert_int_not_equal(r.status, 0);
        assert_int_equal(r.out.len, 0);
        run_free(&r);
        r = lode(w, "quote contact --from in.csv --each --format json");
        assert_int_equal(r.out.len, 0);
        run_free(&r);
    }
    server_faults(w->server, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(only_new_records_may_be_free_already, set_up, world_close),
        cmocka_unit_test_setup_teardown(a_quote_that_fails_prints_nothing, set_up, world_close),
        cmocka_unit_test_setup_teardown(a_job_is_quoted_as_its_file_is, set_up, world_close),
        cmocka_unit_test_setup_teardown(the_requests_of_a_capped_purchase_are_told, set_up,
                                        world_close),
        cmocka_unit_test_setup_teardown(ids_are_told_apart_over_a_long_file, set_up, world_close),
        cmocka_unit_test_setup_teardown(what_is_required_and_not_sold_is_remembered, set_up,
                                        world_close),
        cmocka_unit_test_setup_teardown(each_record_has_its_day_and_its_reason, set_up,
                                        world_close),
    };

    return cmocka_run_group_tests_name("quote", tests, NULL, NULL);
}
