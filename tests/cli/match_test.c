// Files that name people and companies otherwise than by id, by the real program.
#include "cli/match_stage.h"

#include "base/csv.h"
#include "support/money.h"

// A CSV's cells, by line from 1 and heading.
struct sheet {
    char *text;
    struct csv_reader csv;
    char *cells[64][64];
    size_t rows, columns;
};

static struct sheet sheet_of(const struct world *w, const char *name)
{
    struct sheet s = {.text = file_text(w, name)};
    struct err e;

    s.csv = csv_open(s.text, strlen(s.text));
    for (; s.rows < 64 && csv_next(&s.csv, &e); s.rows++) {
        s.columns = s.csv.n_values;
        assert_in_range(s.columns, 1, 63);
        for (size_t i = 0; i < s.columns; i++)
            s.cells[s.rows][i] = mem_strdup(s.csv.values[i]);
    }
    return s;
}

static void sheet_free(struct sheet *s)
{
    for (size_t r = 0; r < s->rows; r++) {
        for (size_t i = 0; i < s->columns; i++)
            free(s->cells[r][i]);
    }
    csv_close(&s->csv);
    free(s->text);
}

static const char *cell(const struct sheet *s, size_t row, const char *heading)
{
    for (size_t i = 0; i < s->columns; i++) {
        if (str_eq(s->cells[0][i], heading))
            return s->cells[row][i];
    }
    fail_msg("there is no column %s", heading);
    return NULL;
}

// People and companies to name, and what names them.
static struct sheet known(const struct world *w, const char *entity, const char *fields)
{
    bool firms = str_eq(entity, "company"); // the largest have tickers
    char *search = str_format("search %s %s --limit 40 --output ids.csv --force --quiet", entity,
                              firms ? "--sort revenue" : "");
    char *buy =
        str_format("enrich %s --from ids.csv --max-credits 100 --fields %s --output known.csv "
                   "--force --quiet --profile other",
                   entity, fields);
    struct sheet s;

    expect_line(w, search, 0, NULL, NULL);
    expect_line(w, buy, 0, NULL, NULL);
    s = sheet_of(w, "known.csv");
    server_reset(w->server);
    free(search);
    free(buy);
    return s;
}

// The first row from `from` on that has all of these.
static size_t row_with(const struct sheet *s, size_t from, const char *const *headings)
{
    for (size_t r = from; r < s->rows; r++) {
        size_t i = 0;

        while (headings[i] && *cell(s, r, headings[i]))
            i++;
        if (!headings[i])
            return r;
    }
    fail_msg("no record has %s", headings[0]);
    return 0;
}

// One line for each combination the API takes: the file's column, and where its value is found.
static const struct combination {
    const char *entity;
    const char *columns[4], *from[4];
} combinations[] = {
    {"contact", {"emailAddress"}, {"email"}},
    {"contact", {"hashedEmail"}, {"hashedEmails"}},
    {"contact", {"phone"}, {"phone"}},
    {"contact", {"firstName", "lastName", "companyName"}, {"firstName", "lastName", "companyName"}},
    {"contact", {"firstName", "lastName", "companyId"}, {"firstName", "lastName", "companyId"}},
    {"contact", {"personId"}, {"id"}},
    {"company", {"companyName"}, {"name"}},
    {"company", {"companyWebsite"}, {"website"}},
    {"company", {"companyTicker"}, {"ticker"}},
    {"company", {"companyPhone"}, {"phone"}},
    {"company", {"companyStreet", "companyCity"}, {"street", "city"}},
    {"company", {"companyStreet", "companyZipCode"}, {"street", "zipCode"}},
    {"company", {"companyId"}, {"id"}},
};

static void check_combination(const struct world *w, const struct sheet *known,
                              const struct combination *c)
{
    size_t row = row_with(known, 1, c->from);
    struct str file = {0};
    struct csv_style style = {.separator = ','};
    struct sheet got;
    uint64_t guarded = 0;
    char *line = str_format("enrich %s --from in.csv --map %s=%s --max-credits 5 --output out.csv "
                            "--force --profile p%zu",
                            c->entity, c->columns[0], c->columns[0], (size_t)(c - combinations));

    for (size_t i = 0; i < 4 && c->columns[i]; i++)
        csv_cell(&file, &style, c->columns[i], i == 0, &guarded);
    csv_line_end(&file, &style);
    for (size_t i = 0; i < 4 && c->columns[i]; i++) {
        char *value = mem_strdup(cell(known, row, c->from[i]));

        value[strcspn(value, ";")] = '\0';
        csv_cell(&file, &style, value, i == 0, &guarded);
        free(value);
    }
    csv_line_end(&file, &style);
    write_file(w, "in.csv", file.data);
    expect_line(w, line, 0, NULL, "1 line: 1 found");
    got = sheet_of(w, "out.csv");
    assert_int_equal(got.rows, 2);
    if (!str_eq(cell(&got, 1, "id"), cell(known, row, "id")))
        fail_msg("by %s came %s, not %s", c->columns[0], cell(&got, 1, "id"),
                 cell(known, row, "id"));
    assert_string_equal(cell(&got, 1, "matchStatus"), "FULL_MATCH");
    sheet_free(&got);
    str_free(&file);
    free(line);
}

static void each_combination_finds_its_record(void **state)
{
    const struct world *w = *state;
    struct sheet people =
        known(w, "contact", "firstName,lastName,companyName,companyId,email,hashedEmails,phone");
    struct sheet firms = known(w, "company", "name,website,ticker,phone,street,city,zipCode");

    for (size_t i = 0; i < ARRAY_LEN(combinations); i++)
        check_combination(w, str_eq(combinations[i].entity, "contact") ? &people : &firms,
                          &combinations[i]);
    sheet_free(&people);
    sheet_free(&firms);
}

static void lines_come_back_in_order_with_their_own_columns_first(void **state)
{
    static const char *const mail[] = {"email", NULL};
    const struct world *w = *state;
    struct sheet people = known(w, "contact", "firstName,lastName,companyName,email");
    size_t a = row_with(&people, 1, mail), b = row_with(&people, a + 1, mail);
    struct str file = {0};
    struct sheet got;
    struct money money;

    str_addf(&file,
             "no,E-Mail\n1,%s\n2,nobody@nowhere.example\n3,\n4,%s\n5,wrong\n6,%s\n"
             "7,NOBODY@nowhere.example\n",
             cell(&people, a, "email"), cell(&people, b, "email"), cell(&people, a, "email"));
    write_file(w, "in.csv", file.data);
    expect_line(w, "quote contact --from in.csv --show-mapping --format csv", 0,
                "E-Mail,emailAddress,", NULL);
    assert_int_equal(server_total(w->server, "requests"), 0);
    expect_line(w, "quote contact --from in.csv --format csv", 0, "unsure,3,0,3,",
                "This would cost 0 to 3 credits, 0 to 3 records, 1 request.");
    expect_line(w, "quote contact --from in.csv --format csv", 0, "duplicate,2,0,0,", NULL);
    expect_line(w, "quote contact --from in.csv --format csv", 0, "missing data,2,0,0,", NULL);
    expect_line(w, "enrich contact --from in.csv --max-credits 9 --output out.csv", 0, NULL,
                "Line 4 is not sent: no value names a record.");
    got = sheet_of(w, "out.csv");
    assert_int_equal(got.rows, 8);
    assert_string_equal(got.cells[0][0], "no");
    assert_string_equal(got.cells[0][1], "E-Mail");
    for (size_t i = 1; i < 8; i++)
        assert_int_equal(atoi(got.cells[i][0]), i);
    assert_string_equal(cell(&got, 1, "id"), cell(&people, a, "id"));
    assert_string_equal(cell(&got, 4, "id"), cell(&people, b, "id"));
    assert_string_equal(cell(&got, 6, "id"), cell(&people, a, "id"));
    assert_string_equal(cell(&got, 6, "reason"), "the same as line 2");
    assert_string_equal(cell(&got, 2, "matchStatus"), "NO_MATCH");
    assert_string_equal(cell(&got, 2, "reason"), "not found; not charged");
    assert_string_equal(cell(&got, 7, "reason"), "the same as line 3: not found; not charged");
    assert_string_equal(cell(&got, 5, "reason"),
                        "E-Mail is no e-mail address, and nothing else suffices");
    money = money_read(&w->home, w->server);
    money_agrees(&money);
    assert_int_equal(money.charged, 2);
    sheet_free(&got);
    // Asked for again it costs nothing, and no request.
    expect_line(w, "quote contact --from in.csv --format csv", 0, "held,2,0,0,", NULL);
    expect_line(w, "enrich contact --from in.csv --max-credits 0 --format jsonl", 6,
                "\"matchStatus\":\"FULL_MATCH\"", "2 from the library, at no cost.");
    assert_int_equal(server_total(w->server, "credits"), 2);
    sheet_free(&people);
    str_free(&file);
}

static void the_cap_holds_and_the_rest_is_told(void **state)
{
    const struct world *w = *state;
    struct sheet people = known(w, "contact", "firstName,lastName,companyName");
    struct str file = {0};
    struct sheet got;
    struct money money;

    str_add(&file, "first,last,company\n");
    for (size_t i = 1; i <= 30; i++)
        str_addf(&file, "%s,%s,\"%s\"\n", cell(&people, i, "firstName"),
                 cell(&people, i, "lastName"), cell(&people, i, "companyName"));
    write_file(w, "in.csv", file.data);
    expect_line(w, "enrich contact --from in.csv --max-credits 7 --output out.csv --force", 6, NULL,
                "7 bought.");
    got = sheet_of(w, "out.csv");
    assert_int_equal(got.rows, 31);
    assert_string_equal(cell(&got, 30, "reason"), "not sent: the cap on credits was reached");
    money = money_read(&w->home, w->server);
    money_agrees(&money);
    assert_int_equal(money.charged, 7);
    sheet_free(&got);
    sheet_free(&people);
    str_free(&file);
}

// A call that is not answered is in doubt by its lines, and these are not sent again.
static void what_is_not_answered_is_in_doubt_by_its_lines(void **state)
{
    const struct world *w = *state;
    struct sheet got;
    struct money money;

    write_file(w, "in.jsonl",
               "{\"who\":{\"email\":\"a@nowhere.example\"}}\n{\"who\":{\"email\":\"b@nowhere."
               "example\"}}\n");
    server_faults(w->server, "POST /enrich/contact close");
    expect_line(
        w,
        "enrich contact --from in.jsonl --map who.email=emailAddress --max-credits 5 --output "
        "out.csv --force",
        3, NULL, "2 in doubt");
    server_faults(w->server, "");
    got = sheet_of(w, "out.csv");
    assert_string_equal(cell(&got, 1, "reason"), "in doubt: sent and not answered");
    sheet_free(&got);
    expect_line(w, "quote contact --from in.jsonl --map who.email=emailAddress --format csv", 0,
                "in doubt,2,0,0,", NULL);
    expect_line(
        w,
        "enrich contact --from in.jsonl --map who.email=emailAddress --max-credits 5 --format "
        "csv",
        5, "in doubt: sent and not answered", "left by the last answer");
    expect_line(
        w,
        "enrich contact --from in.jsonl --map who.email=emailAddress --max-credits 5 --resend "
        "--format csv",
        0, "NO_MATCH", "1 call is in doubt no more");
    money = money_read(&w->home, w->server);
    money_agrees(&money);
}

static long long asked(const struct world *w)
{
    return server_stat(w->server, "requests.POST /enrich/contact");
}

// The line that made a job that is done has nothing to buy, and the rows are there again.
static void expect_rows_again(const struct world *w)
{
    char *again, *looked;

    expect_line(w, "enrich contact --from in.csv --job lines --max-credits 60 --output again.jsonl",
                0, NULL, "The job lines is done: nothing of it is left to buy.");
    expect_line(w, "jobs rows lines --output looked.jsonl", 0, NULL, "31 lines: ");
    again = file_text(w, "again.jsonl");
    looked = file_text(w, "looked.jsonl");
    assert_string_equal(again, looked);
    free(looked);
    free(again);
}

// A job keeps its file by name and sum; what its lines brought is in the ledger.
static void a_job_by_lines_goes_on_with_the_same_file(void **state)
{
    const struct world *w = *state;
    struct sheet people = known(w, "contact", "firstName,lastName,companyName");
    struct str file = {0};
    long long before;
    struct money money;
    char *rows;

    str_add(&file, "first,last,company\nNobody,Atall,Nowhere Inc\n");
    for (size_t i = 1; i <= 30; i++)
        str_addf(&file, "%s,%s,\"%s\"\n", cell(&people, i, "firstName"),
                 cell(&people, i, "lastName"), cell(&people, i, "companyName"));
    write_file(w, "in.csv", file.data);
    expect_line(w,
                "enrich contact --from in.csv --job lines --max-credits 7 --require email "
                "--output out.jsonl",
                6, NULL, "lode jobs resume lines --max-credits N goes on with it.");
    expect_line(w, "jobs --format csv", 0, "in.csv", NULL);
    expect_line(w, "jobs rows lines --format csv", 0, ",not asked for yet\n",
                "31 lines: 7 found, 3 answered without a record, 20 not asked for yet.");
    expect_line(w, "jobs show lines --format csv", 0, "\n2,not found,", "in.csv.");
    // What is left of it is priced before a number is asked for, and the file is looked at.
    expect_line(w, "jobs resume lines", 5, NULL, "lines are answered; this is for what is left");
    expect_line(w, "jobs resume lines", 5, NULL, "This would cost 0 to ");
    write_file(w, "in.csv", "first,last,company\n");
    expect_line(w, "jobs resume lines", 5, NULL,
                "in.csv has changed since the job lines was begun: put it back as it was");
    expect_line(w, "jobs resume lines --max-credits 60", 5, NULL,
                "in.csv has changed since the job lines was begun: put it back as it was");
    expect_line(w, "jobs resume lines --max-credits 60 --require phone", 2, NULL,
                "the job lines keeps what it was begun with");
    write_file(w, "in.csv", file.data);
    expect_line(
        w,
        "enrich contact --from in.csv --map first=lastName --map last=firstName --job lines "
        "--max-credits 60",
        2, NULL, "of other records");
    before = asked(w);
    // What was answered is not asked for again; the format is the one it was begun with.
    expect_line(w, "jobs resume lines --max-credits 60", 0,
                "\"matchStatus\":\"NO_MATCH\",\"source\":\"\",\"fetchedAt\":\"\","
                "\"reason\":\"not found; not charged\"",
                "31 lines:");
    assert_int_equal(asked(w) - before, 1);
    expect_rows_again(w);
    rows = printed(w, "jobs rows lines --format csv");
    assert_non_null(strstr(rows, "not found; not charged"));
    assert_int_equal(asked(w) - before, 1);
    expect_line(w, "jobs --format csv", 0, "lines,done,0,31,", NULL);
    money = money_read(&w->home, w->server);
    money_agrees(&money);
    assert_int_equal(money.sent_twice, 0);
    free(rows);
    sheet_free(&people);
    str_free(&file);
}

// By names nobody can tell any more whom they named; but of a job that is done nothing is to come.
static void a_line_whose_record_was_purged_is_not_to_come(void **state)
{
    const struct world *w = *state;
    struct sheet people = known(w, "contact", "id,firstName,lastName,companyName");
    char *line = str_format("library purge contact %s --yes", cell(&people, 32, "id"));
    struct str file = {0};

    str_add(&file, "first,last,company\n");
    for (size_t i = 31; i < 34; i++)
        str_addf(&file, "%s,%s,\"%s\"\n", cell(&people, i, "firstName"),
                 cell(&people, i, "lastName"), cell(&people, i, "companyName"));
    write_file(w, "in.csv", file.data);
    expect_line(w, "enrich contact --from in.csv --job gone --max-credits 3 --format csv", 0, NULL,
                NULL);
    expect_line(w, line, 0, NULL, NULL);
    expect_line(w, "jobs rows gone --format csv", 0,
                "not in the library: purged since, or never asked for",
                "3 lines: 2 found, 1 not in the library.");
    free(line);
    sheet_free(&people);
    str_free(&file);
}

// A purchase that nobody named is a job as long as something is left of it.
static void a_job_of_lines_in_doubt_sends_them_again_on_a_word(void **state)
{
    const struct world *w = *state;
    struct money money;

    write_file(w, "in.csv",
               "email\na@nowhere.example\nb@nowhere.example\n\nx\nc@nowhere.example\n");
    server_faults(w->server, "POST /enrich/contact close");
    expect_line(w, "enrich contact --from in.csv --max-credits 5 --format csv", 3,
                "in doubt: sent and not answered", "lode jobs resume contact-1");
    server_faults(w->server, "");
    expect_line(w, "ledger --state in-doubt --format csv", 0, "3 unsure; lines 2-3, 6", NULL);
    expect_line(w, "jobs show contact-1 --format csv", 0, "\n6,in doubt,", NULL);
    expect_line(w, "jobs resume contact-1 --max-credits 5 --format csv", 5, NULL, "3 in doubt");
    expect_line(w, "jobs --format csv", 0, "contact-1,paused,", NULL);
    expect_line(w, "jobs resume contact-1 --max-credits 5", 5, NULL,
                "all that is left of the job contact-1 is in doubt");
    // The doubt counts for its cap until it has gone.
    expect_line(w, "jobs resume contact-1 --max-credits 6 --resend --format csv", 0, "NO_MATCH",
                "1 call is in doubt no more");
    expect_line(w, "jobs --format csv", 0, "contact-1,done,0,4,3,0,0,", NULL);
    write_file(w, "in.csv", "email\nd@nowhere.example\n");
    expect_line(w, "enrich contact --from in.csv --max-credits 5 --format csv", 0, NULL, NULL);
    expect_line(w, "jobs drop contact-1", 0, NULL, NULL);
    expect_line(w, "jobs show contact-1", 1, NULL, "there is no job");
    money = money_read(&w->home, w->server);
    money_agrees(&money);
}

// Said where it is quoted, before a heading is written; and no job is left by it.
static void a_file_that_cannot_be_read_to_its_end_is_refused(void **state)
{
    const struct world *w = *state;
    struct run ended;

    write_file(w, "in.csv", "email,note\nh@nowhere.example,a\ni@nowhere.example,\"b\"c\n");
    ended = lode(w, "quote contact --from in.csv --format csv");
    assert_int_equal(ended.status, 2);
    assert_int_equal(ended.out.len, 0);
    run_free(&ended);
    expect_line(w, "enrich contact --from in.csv --job broken --max-credits 5", 2, NULL, "line 3");
    expect_line(w, "jobs show broken", 1, NULL, "there is no job");
}

// What the meters say was not charged is the job's to buy, with no further word.
static void lines_that_were_in_doubt_are_bought_by_their_job(void **state)
{
    const struct world *w = *state;
    struct run rows;

    write_file(w, "in.csv", "email\nf@nowhere.example\ng@nowhere.example\n");
    server_faults(w->server, "POST /enrich/contact close");
    expect_line(w, "enrich contact --from in.csv --job open --max-credits 5 --format csv", 3,
                "in doubt: sent and not answered", "jobs resume open");
    server_faults(w->server, "");
    expect_line(w, "jobs resume open --max-credits 5", 5, NULL, "2 in doubt");
    expect_line(w, "ledger --reconcile", 0, NULL, "not charged");
    expect_line(w, "jobs --format csv", 0, "what was in doubt is cleared up", NULL);
    rows = lode(w, "jobs resume open --max-credits 5 --format csv");
    assert_int_equal(rows.status, 0);
    assert_non_null(strstr(str_text(&rows.out), "NO_MATCH"));
    run_free(&rows);
    expect_line(w, "jobs --format csv", 0, "open,done,0,2,2,0,0,", NULL);
    expect_line(w, "jobs drop open", 0, NULL, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_combination_finds_its_record, people_world,
                                        world_close),
        cmocka_unit_test_setup_teardown(lines_come_back_in_order_with_their_own_columns_first,
                                        people_world, world_close),
        cmocka_unit_test_setup_teardown(the_cap_holds_and_the_rest_is_told, people_world,
                                        world_close),
        cmocka_unit_test_setup_teardown(what_is_not_answered_is_in_doubt_by_its_lines, people_world,
                                        world_close),
        cmocka_unit_test_setup_teardown(a_job_by_lines_goes_on_with_the_same_file, people_world,
                                        world_close),
        cmocka_unit_test_setup_teardown(a_file_that_cannot_be_read_to_its_end_is_refused,
                                        people_world, world_close),
        cmocka_unit_test_setup_teardown(lines_that_were_in_doubt_are_bought_by_their_job,
                                        people_world, world_close),
        cmocka_unit_test_setup_teardown(a_line_whose_record_was_purged_is_not_to_come, people_world,
                                        world_close),
        cmocka_unit_test_setup_teardown(a_job_of_lines_in_doubt_sends_them_again_on_a_word,
                                        people_world, world_close),
    };

    return cmocka_run_group_tests_name("match", tests, NULL, NULL);
}
