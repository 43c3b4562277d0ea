// A file that names people: looked at, quoted, bought, by a desk on a sandbox.
#include "support/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/str.h"
#include "desk/import.h"
#include "support/desk.h"

enum { KNOWN = 3 };

static int set_up(void **state)
{
    static struct office office;

    office_open(&office, (const char *const[]){"--unlimited", "--faults=", NULL});
    *state = &office;
    return 0;
}

static int tear_down(void **state)
{
    office_close(*state);
    return 0;
}

static char *write_people(const struct office *o, const char *name, const char *text)
{
    char *path = str_format("%s/%s", o->home.path, name);
    FILE *f = fopen(path, "w");

    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
    return path;
}

// The lines of the job with what was found, in a file of their own.
static void check_rows(const struct office *o, struct desk *d, size_t lines)
{
    char *path = str_format("%s/found.csv", o->home.path);
    struct str text = {0};
    size_t n = 0;
    struct err e;

    assert_true(desk_job_rows(d, "contact-1", path, false, &e));
    DESK_WAIT(d, desk_rests(d));
    assert_true(file_read(path, 1 << 20, &text, &e));
    for (const char *p = text.data; *p; p++)
        n += *p == '\n';
    assert_int_equal(n, lines + 1);
    assert_non_null(strstr(text.data, "the same as line 2"));
    assert_non_null(strstr(text.data, "not found; not charged"));
    assert_false(desk_job_rows(d, "contact-1", path, false, &e));
    assert_int_equal(e.kind, ERR_EXISTS);
    assert_false(desk_job_rows(d, "contact-1", "found.xlsx", false, &e));
    assert_non_null(strstr(e.text, "found.xlsx has an ending that stands for no format"));
    str_free(&text);
    free(path);
}

// Known people by id, one of them twice, one whom nobody knows and a line that lacks all.
struct file {
    char *text, *path;
    struct import i;
    long long before; // credits charged by the server
};

static void write_file(const struct office *o, struct file *f)
{
    struct str text = {0};
    long long ids[KNOWN];

    f->before = server_total(o->server, "credits");
    server_ids(o->server, "contact", KNOWN, ids);
    str_add(&text, "contactId,E-Mail,note\n");
    for (int k = 0; k < KNOWN; k++)
        str_addf(&text, "%lld,,x\n", ids[k]);
    str_addf(&text, "%lld,,again\n,nobody@nowhere.example,\n,,lacks\n", ids[0]);
    f->text = str_take(&text);
    f->path = write_people(o, "people.csv", f->text);
}

static void is_quoted(struct desk *d, struct file *f)
{
    struct err e;

    assert_true(import_look(&f->i, &entity_contact, f->path, &e));
    assert_int_equal(f->i.plan.n, 3);
    assert_string_equal(f->i.plan.inputs[1]->name, "emailAddress");
    assert_null(f->i.plan.inputs[2]);
    assert_string_equal(f->i.firsts[2], "x");
    assert_true(desk_import(d, &f->i, &e));
    DESK_WAIT(d, d->buying.state == BUYING_QUOTED || d->buying.state == BUYING_FAILED);
    assert_int_equal(d->buying.state, BUYING_QUOTED);
    assert_int_equal(d->buying.selection.n, KNOWN + 1);
    assert_int_equal(d->buying.quoted.quote.count[STANDING_UNSURE], KNOWN + 1);
    assert_int_equal(d->buying.quoted.quote.outside, KNOWN);
    assert_int_equal(desk_quote_price(d), KNOWN + 1);
    assert_string_equal(d->buying.labels[KNOWN], "nobody@nowhere.example");
    assert_non_null(strstr(d->message.text, "1 asks for the same"));
    assert_non_null(strstr(d->message.text, "1 lacks something (line 7: "));
    // What asks for nothing stands in the quote with its reason.
    assert_int_equal(d->buying.quoted.quote.count[STANDING_DUPLICATE], 1);
    assert_int_equal(d->buying.quoted.quote.count[STANDING_MISSING], 1);
    assert_int_equal(d->buying.quoted.quote.rows, KNOWN + 3);
    assert_int_equal(d->buying.n_left, 2);
    assert_string_equal(d->buying.left[0].why, "line 5: asks for the same as line 2");
}

// It is the file that is quoted, though nothing is marked.
static void is_quoted_with_other_fields(struct desk *d)
{
    struct err e;

    assert_true(desk_quote(d, "firstName,lastName", &e));
    DESK_WAIT(d, d->buying.state == BUYING_QUOTED);
    assert_int_equal(d->buying.selection.n, KNOWN + 1);
    assert_int_equal(d->buying.quoted.quote.count[STANDING_MISSING], 1);
    assert_false(desk_quote(d, NULL, &e));
}

// Each line of the file is one of these.
static void lines_are_told(const struct enrich_summary *sum, size_t lines)
{
    size_t told = sum->bought + sum->refreshed + sum->from_library + sum->not_found +
                  sum->unserved + sum->left + sum->unsent + sum->doubtful;

    for (size_t i = 0; i < STANDINGS; i++)
        told += sum->skipped[i];
    assert_int_equal(sum->skipped[STANDING_DUPLICATE], 1);
    assert_int_equal(sum->skipped[STANDING_MISSING], 1);
    assert_int_equal(told, lines);
}

// The job of the rest goes on at a person's word.
static void a_few_are_tried(struct desk *d, const struct file *f)
{
    struct err e;

    assert_true(desk_lock(d, false, &e));
    assert_true(desk_buy(d, KNOWN + 1, 2, &e));
    // What is told beside it is of those few.
    assert_int_equal(d->buying.quoted.quote.credits.max, 2);
    assert_int_equal(d->buying.quoted.quote.records.max, 2);
    assert_int_equal(d->buying.quoted.quote.requests.max, 1);
    assert_int_equal(d->buying.quoted.quote.count[STANDING_UNSURE], 2);
    DESK_WAIT(d, d->buying.state == BUYING_DONE || d->buying.state == BUYING_FAILED);
    assert_int_equal(d->buying.state, BUYING_DONE);
    assert_int_equal(d->buying.done.bought, 2);
    lines_are_told(&d->buying.done, KNOWN + 3);
    DESK_WAIT(d, d->jobs.n == 1 && d->jobs.items[0].row.state == JOB_PAUSED);
    assert_string_equal(d->jobs.items[0].row.origin, f->path);
}

// What is left of it is priced before anybody is asked; and by the file as it is.
static void the_rest_is_priced(const struct office *o, struct desk *d, const struct file *f)
{
    struct err e;

    assert_true(desk_job_quote(d, "contact-1", &e));
    assert_null(desk_job_quoted(d, "contact-1"));
    DESK_WAIT(d, d->job_quote.state != JOB_QUOTE_ASKED);
    assert_non_null(desk_job_quoted(d, "contact-1"));
    assert_null(desk_job_quoted(d, "contact-2"));
    assert_int_equal(d->job_quote.quote.credits.max, KNOWN + 1 - 2);
    assert_int_equal(d->job_quote.quote.records.max, KNOWN + 1 - 2);
    assert_int_equal(d->job_quote.quote.requests.max, 1);
    assert_true(d->job_quote.quote.before.meters[METER_CREDITS].known);
    assert_int_equal(truncate(f->path, 20), 0);
    assert_true(desk_job_quote(d, "contact-1", &e));
    DESK_WAIT(d, d->job_quote.state != JOB_QUOTE_ASKED);
    assert_int_equal(d->job_quote.state, JOB_QUOTE_FAILED);
    assert_non_null(strstr(d->job_quote.err.text, "has changed since the job contact-1 was begun"));
    assert_null(desk_job_quoted(d, "contact-1"));
    free(write_people(o, "people.csv", f->text));
    assert_false(desk_job_quote(d, "contact-2", &e));
}

static void the_rest_is_bought(const struct office *o, struct desk *d)
{
    struct err e;

    assert_true(desk_job_resume(d, "contact-1", KNOWN + 1, &e));
    DESK_WAIT(d, d->jobs.n == 1 && d->jobs.items[0].row.state == JOB_DONE);
    check_rows(o, d, KNOWN + 3);
}

// What is owned is fetched again for other fields, at no cost.
static void is_bought_again(const struct office *o, struct desk *d, struct file *f)
{
    struct err e;

    assert_true(desk_quote(d, "@plain", &e)); // the fields chosen last are those of the next import
    DESK_WAIT(d, d->buying.state == BUYING_QUOTED);
    assert_true(desk_import(d, &f->i, &e));
    DESK_WAIT(d, d->buying.state == BUYING_QUOTED);
    assert_true(desk_buy(d, KNOWN + 1, 0, &e));
    DESK_WAIT(d, d->buying.state == BUYING_DONE || d->buying.state == BUYING_FAILED);
    assert_int_equal(d->buying.done.refreshed, KNOWN); // for other fields
    assert_int_equal(d->buying.done.not_found, 1);
    lines_are_told(&d->buying.done, KNOWN + 3);
    assert_non_null(strstr(d->message.text, "1 duplicate"));
    assert_non_null(strstr(d->message.text, "1 missing data"));
    assert_int_equal(server_total(o->server, "credits"), f->before + KNOWN);
    assert_true(desk_import(d, &f->i, &e));
    DESK_WAIT(d, d->buying.state == BUYING_QUOTED);
    assert_int_equal(d->buying.quoted.quote.count[STANDING_UNSURE], 1);
}

static void a_file_is_quoted_and_bought(void **state)
{
    const struct office *o = *state;
    struct desk *d = office_ready(o);
    struct file f;

    write_file(o, &f);
    is_quoted(d, &f);
    is_quoted_with_other_fields(d);
    a_few_are_tried(d, &f);
    the_rest_is_priced(o, d, &f);
    the_rest_is_bought(o, d);
    is_bought_again(o, d, &f);
    import_free(&f.i);
    desk_close(d);
    free(f.text);
    free(f.path);
}

// By the job, at a person's word: what has no id cannot be sent again by the ledger's list alone.
static void lines_in_doubt_are_sent_again_by_their_job(void **state)
{
    const struct office *o = *state;
    struct desk *d = office_ready(o);
    char *path = write_people(o, "doubt.csv", "email\na@nowhere.example\nb@nowhere.example\n");
    const struct job_row *job;
    struct import i;
    struct err e;

    assert_true(import_look(&i, &entity_contact, path, &e));
    assert_true(desk_import(d, &i, &e));
    DESK_WAIT(d, d->buying.state == BUYING_QUOTED);
    assert_true(desk_lock(d, false, &e));
    server_faults(o->server, "POST /enrich/contact close");
    assert_true(desk_buy(d, 2, 0, &e));
    DESK_WAIT(d, d->buying.state == BUYING_FAILED && desk_rests(d));
    server_faults(o->server, "");
    assert_int_equal(d->buying.done.doubtful, 2);
    assert_true(desk_resend(d, 0, &entity_contact, &e));
    DESK_WAIT(d, d->buying.state == BUYING_FAILED);
    if (!strstr(d->buying.err.text, "lines of a file"))
        fail_msg("%s", d->buying.err.text);
    assert_non_null(strstr(d->buying.err.text, d->jobs.items[d->jobs.n - 1].row.name));
    // It stopped at the failure; gone on with, all but the doubt is done.
    job = &d->jobs.items[d->jobs.n - 1].row;
    assert_int_equal(job->state, JOB_PAUSED);
    assert_true(desk_job_resume(d, job->name, 2, &e));
    DESK_WAIT(d, desk_rests(d));
    job = &d->jobs.items[d->jobs.n - 1].row;
    assert_int_equal(job->state, JOB_PAUSED);
    assert_true(job->doubts);
    assert_int_equal(job->in_doubt, 2);
    assert_true(desk_job_open(job));
    assert_true(desk_job_resume(d, job->name, 4, &e));
    DESK_WAIT(d, desk_rests(d));
    job = &d->jobs.items[d->jobs.n - 1].row;
    assert_int_equal(job->in_doubt, 0);
    assert_int_equal(job->answered, 2);
    assert_false(desk_job_open(job));
    import_free(&i);
    desk_close(d);
    free(path);
}

static void expect_unsure(const struct desk *d, size_t n)
{
    const struct quote *q = &d->buying.quoted.quote;

    assert_int_equal(q->count[STANDING_UNSURE], n);
    assert_int_equal(q->count[STANDING_NEW], 0);
    assert_int_equal(q->credits.min, 0);
    assert_int_equal(q->credits.max, n);
    assert_int_equal(q->slack, 0);
}

// An id that was never seen here may be of nobody: that costs nothing, and no drift is made of it.
static void ids_from_a_file_may_be_of_nobody(void **state)
{
    const struct office *o = *state;
    struct desk *d = office_ready(o);
    long long ids[KNOWN + 1], before = server_total(o->server, "credits");
    struct import i;
    struct err e;
    char *text, *path;

    server_ids(o->server, "contact", KNOWN + 1, ids); // the last one is nobody's yet
    text = str_format("personId\n%lld\n7\n", ids[KNOWN]);
    path = write_people(o, "ids.csv", text);
    assert_true(import_look(&i, &entity_contact, path, &e));
    assert_true(desk_import(d, &i, &e));
    DESK_WAIT(d, d->buying.state == BUYING_QUOTED);
    expect_unsure(d, 2);
    assert_true(desk_quote(d, "firstName,lastName", &e));
    DESK_WAIT(d, d->buying.state == BUYING_QUOTED);
    expect_unsure(d, 2);
    assert_true(desk_lock(d, false, &e));
    server_faults(o->server, "POST /enrich/contact close");
    assert_true(desk_buy(d, 2, 0, &e));
    DESK_WAIT(d, d->buying.state == BUYING_FAILED && desk_rests(d));
    server_faults(o->server, "");
    assert_true(desk_resend(d, 0, &entity_contact, &e));
    DESK_WAIT(d, d->buying.state == BUYING_QUOTED || d->buying.state == BUYING_FAILED);
    for (size_t k = 0; k < 2; k++) // nobody here knows a name
        assert_string_equal(d->buying.labels[k], d->buying.selection.ids[k]);
    assert_true(desk_buy(d, 2, 0, &e));
    DESK_WAIT(d, d->buying.state == BUYING_DONE || d->buying.state == BUYING_FAILED);
    assert_int_equal(d->buying.done.bought, 1);
    assert_int_equal(d->buying.done.not_found, 1);
    assert_int_equal(server_total(o->server, "credits"), before + 1);
    import_free(&i);
    desk_close(d);
    free(text);
    free(path);
}

static void quote_file(struct desk *d, const struct office *o, const char *text)
{
    char *path = write_people(o, "some.csv", text);
    struct import i;
    struct err e;

    assert_true(import_look(&i, &entity_contact, path, &e));
    assert_true(import_suffices(&i, &e));
    assert_true(desk_import(d, &i, &e));
    DESK_WAIT(d, d->buying.state == BUYING_QUOTED || d->buying.state == BUYING_FAILED);
    assert_int_equal(d->buying.state, BUYING_QUOTED);
    import_free(&i);
    free(path);
}

// By its ids, where every line has one, and else line by line: as the command goes.
static void ids_that_not_all_lines_have_go_line_by_line(void **state)
{
    const struct office *o = *state;
    struct desk *d = office_ready(o);
    struct err e;

    quote_file(d, o, "personId,note\n7,x\n,lacks\n8,y\n");
    assert_true(d->buying.by_line);
    assert_false(desk_quote_best(d, 1, &e));
    assert_non_null(strstr(e.text, "which the lines of a file do not have"));
    assert_int_equal(d->buying.quoted.quote.rows, 3);
    assert_int_equal(d->buying.quoted.quote.count[STANDING_MISSING], 1);
    assert_int_equal(d->buying.selection.n, 2);
    quote_file(d, o, "personId,email\n7,a@nowhere.example\n8,b@nowhere.example\n");
    assert_false(d->buying.by_line);
    assert_int_equal(d->buying.selection.n, 2);
    quote_file(d, o, "7\n8\n9\n");
    assert_false(d->buying.by_line);
    assert_int_equal(d->buying.selection.n, 3);
    assert_true(desk_quote_best(d, 1, &e));
    assert_int_equal(d->buying.selection.n, 1);
    assert_int_equal(d->buying.n_passed, 2);
    assert_string_equal(d->buying.passed[1], "9");
    desk_close(d);
}

static void what_cannot_be_taken_is_told(void **state)
{
    const struct office *o = *state;
    char *path = str_format("%s/pipe", o->home.path);
    struct import i;
    struct err e;

    assert_int_equal(mkfifo(path, 0600), 0);
    assert_false(import_look(&i, &entity_contact, path, &e)); // and nobody waits for it
    assert_non_null(strstr(e.text, "no ordinary file"));
    free(path);
    assert_false(import_look(&i, &entity_contact, "~/nowhere.csv", &e));
    assert_int_equal(e.kind, ERR_NOT_FOUND);
    path = write_people(o, "empty.csv", "");
    assert_false(import_look(&i, &entity_contact, path, &e));
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_quoted_and_bought),
        cmocka_unit_test(lines_in_doubt_are_sent_again_by_their_job),
        cmocka_unit_test(ids_from_a_file_may_be_of_nobody),
        cmocka_unit_test(ids_that_not_all_lines_have_go_line_by_line),
        cmocka_unit_test(what_cannot_be_taken_is_told),
    };

    return cmocka_run_group_tests_name("import", tests, set_up, tear_down);
}
