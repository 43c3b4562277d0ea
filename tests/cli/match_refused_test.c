// What of a file cannot be taken or sent, and what that leaves behind, by the real program. Tests.
#include "cli/match_stage.h"

static void who_is_suppressed_is_not_asked_for(void **state)
{
    const struct world *w = *state;

    write_file(w, "in.csv", "email\nAna@Nowhere.example\nbo@nowhere.example\n");
    expect_line(w, "library suppress contact ana@nowhere.example --yes", 0, NULL, NULL);
    expect_line(w, "enrich contact --from in.csv --max-credits 5 --format csv", 0,
                "opted out or purged: never sent", "2 lines: 0 found");
    expect_line(w, "quote contact --from in.csv --format csv", 0, "suppressed,1,0,0", NULL);
}

static void what_cannot_be_taken_is_told(void **state)
{
    const struct world *w = *state;

    write_file(w, "in.csv", "colour,size\nred,7\n");
    expect_line(
        w, "enrich contact --from in.csv --max-credits 1", 2, NULL,
        "the file cannot tell which contacts are meant; it takes one of: person id; e-mail; "
        "hashed e-mail; phone; first name + last name + company name or company id");
    expect_line(w, "quote contact --from in.csv --map size=shoe", 2, NULL, "no input \"shoe\"");
    write_file(w, "in.json", "[{\"email\":\"a@b.example\"}]");
    expect_line(w, "quote contact --from in.json", 2, NULL, "is a JSON array");
    write_file(w, "in.csv", "");
    expect_line(w, "quote contact --from in.csv", 2, NULL, "in.csv is empty");
    write_file(w, "in.csv",
               "\xff\xfe"
               "e");
    expect_line(w, "quote contact --from in.csv", 2, NULL, "in.csv is UTF-16");
    write_file(w, "in.csv", "\x89PNG,email\n1,2\n");
    expect_line(w, "quote contact --from in.csv", 2, NULL, "line 1 of in.csv is no UTF-8");
    write_file(w, "in.csv", "Ana,ana@x.example\nBo,bo@x.example\n");
    expect_line(w, "quote contact --from in.csv", 2, NULL, "so it is no heading");
    write_file(w, "in.csv",
               "\xef\xbb\xbf"
               "email,name\r\na@x.example,Jos\xe9\r\nb@x.example,Jo\r\n");
    expect_line(w, "quote contact --from in.csv --each --format csv", 0,
                "2,missing data,0,0,it is no UTF-8: save the file as UTF-8\n3,unsure,", NULL);
    write_file(w, "in.csv", "email\n\"never closed\n");
    expect_line(w, "quote contact --from in.csv", 2, NULL, "a quote that is never closed");
}

// Where only some lines have an id each goes by what it has, or its reason is told.
static void lines_without_an_id_are_not_lost(void **state)
{
    const struct world *w = *state;

    write_file(w, "in.csv",
               "personId,email\n5787939250,\n,zz@x.example\n5504110646,x@y.example\nno,\n");
    expect_line(w, "quote contact --from in.csv --each --format csv", 0,
                "2,unsure,0,1,not known as owned: a credit where it is found\n3,unsure,",
                "Not every line of in.csv has an id");
    expect_line(w, "quote contact --from in.csv --each --format csv", 0, "\n5,missing data,0,0,",
                NULL);
    expect_line(w, "enrich contact --from in.csv --max-credits 5 --format csv", 0,
                "\n,zz@x.example,", "4 lines:");
    write_file(w, "in.jsonl",
               "{\"emailAddress\":\"a@x.example\"}\n{\"emailAddress\":\n{\"personId\":7}\n");
    expect_line(w, "quote contact --from in.jsonl --each --format csv", 0,
                "\n1,unsure,0,1,not known as owned: a credit where it is found\n"
                "2,missing data,0,0,it is no JSON object\n3,unsure,",
                NULL);
    // A row of the heading "id" alone says the same, and a lone column has no lines to go by.
    write_file(w, "in.csv", "id,email\n9,\n,q@x.example\n");
    expect_line(w, "quote contact --from in.csv --format csv", 0, "total,2,0,2,", NULL);
    write_file(w, "in.csv", "personId\n5,787\n8\n");
    expect_line(w, "quote contact --from in.csv --each --format csv", 0,
                "\n2,missing data,0,0,it has more values than the heading\n3,unsure,", NULL);
    write_file(w, "in.csv", "5787\n1,234\n");
    expect_line(w, "quote contact --from in.csv --each --format csv", 0,
                "\n5787,unsure,0,1,,not known as owned: a credit where it is found\n"
                ",missing data,0,0,,line 2: it has more values than the heading\n",
                "Line 2 is left out: it has more values than the heading.");
    expect_line(w, "quote contact --from in.csv --format csv", 0, "missing data,1,0,0,", NULL);
}

static void a_file_of_lines_is_not_chosen_from_and_only_shown_without_a_price(void **state)
{
    const struct world *w = *state;

    write_file(w, "in.csv", "email\nq@x.example\n");
    expect_line(w, "quote contact --from in.csv --best 3", 2, NULL, "--best goes by what the rows");
    expect_line(w, "enrich contact --from in.csv --best 3 --max-credits 1", 2, NULL,
                "--best goes by what the rows");
    expect_line(w, "enrich contact --from in.csv --show-mapping --format csv", 0,
                "email,emailAddress,q@x.example", NULL);
    assert_int_equal(server_total(w->server, "requests"), 0);
}

static void an_output_that_cannot_be_leaves_no_job(void **state)
{
    const struct world *w = *state;

    write_file(w, "in.csv", "email\nq@x.example\n");
    write_file(w, "ids.csv", "7\n8\n");
    expect_line(w, "enrich contact --from in.csv --job left --max-credits 5 --output in.csv", 2,
                NULL, "in.csv exists");
    expect_line(w, "enrich contact --from ids.csv --job left --max-credits 5 --output in.csv", 2,
                NULL, "in.csv exists");
    expect_line(w, "jobs show left", 1, NULL, "there is no job");
    expect_line(w, "enrich contact --from ids.csv --job left --max-credits 5 --output in.xlsx", 2,
                NULL, "has an ending that stands for no format: take .csv, .tsv,");
    expect_line(w, "jobs show left", 1, NULL, "there is no job");
    expect_line(w, "ledger --output led.xlsx", 2, NULL, "ending that stands for no format");
    expect_line(w, "ledger --output led.txt", 0, NULL, "led.txt");
    expect_line(w, "ledger --output ./a.b/led", 1, NULL, "a.b");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(who_is_suppressed_is_not_asked_for, people_world,
                                        world_close),
        cmocka_unit_test_setup_teardown(what_cannot_be_taken_is_told, people_world, world_close),
        cmocka_unit_test_setup_teardown(lines_without_an_id_are_not_lost, people_world,
                                        world_close),
        cmocka_unit_test_setup_teardown(
            a_file_of_lines_is_not_chosen_from_and_only_shown_without_a_price, people_world,
            world_close),
        cmocka_unit_test_setup_teardown(an_output_that_cannot_be_leaves_no_job, people_world,
                                        world_close),
    };

    return cmocka_run_group_tests_name("match_refused", tests, NULL, NULL);
}
