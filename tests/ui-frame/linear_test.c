// The explorer as ordered lines: the real program, its sandbox, commands by a pipe. Tests.
#include "support/test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/str.h"
#include "support/run.h"

static struct run lode(const struct home *h, const char *const *argv, const char *input)
{
    return run_program(h, argv, input);
}

static struct run linear(const struct home *h, const char *input)
{
    const char *const argv[] = {LODE_BINARY, "--linear", "--sandbox", NULL};

    return lode(h, argv, input);
}

static void ends_with(const struct run *r, int status)
{
    if (r->status != status)
        fail_msg("exit %d, not %d:\n%s\n%s", r->status, status, str_text(&r->out),
                 str_text(&r->err));
}

static void wants(const struct run *r, const char *text)
{
    if (!strstr(str_text(&r->out), text))
        fail_msg("\"%s\" is not in\n%s\n%s", text, str_text(&r->out), str_text(&r->err));
}

static void wants_not(const struct run *r, const char *text)
{
    if (strstr(str_text(&r->out), text))
        fail_msg("\"%s\" is in\n%s", text, str_text(&r->out));
}

static void test_a_search(void **state)
{
    struct home h = home_make();
    struct run r = linear(&h, "where Industry=Software\n"
                              "where 'Management level=VP Level Execs'\n"
                              "search\n"
                              "down\n"
                              "down\n"
                              "mark\n"
                              "detail\n"
                              "open results\n"
                              "bottom\n");

    (void)state;
    ends_with(&r, 0);
    assert_string_equal(str_text(&r.err), "");
    wants(&r, "Filters. contacts.");
    wants(&r, "Results. ");
    // The row under the cursor comes first, with its place.
    wants(&r, " 1 of 2,063: ");
    wants(&r, " 3 of 2,063: ");
    wants(&r, "Detail");
    // What was not fetched yet is waited for.
    wants(&r, " 2,063 of 2,063: ");
    assert_null(strstr(strstr(r.out.data, " 2,063 of 2,063: "), "\xc2\xb7\xc2\xb7"));
    run_free(&r);
    home_remove(&h);
}

// Each value whole behind its heading, also of columns past a screen's edge; marks, flags and
// orders in words.
static void test_rows_are_said_whole(void **state)
{
    struct home h = home_make();
    struct run r = linear(&h, "where Industry=Software\n"
                              "where 'Management level=VP Level Execs'\n"
                              "search\n"
                              "sort Score\n"
                              "mark\n"
                              "quote\n"
                              "open results\n"
                              "columns\n"
                              "back\n"
                              "open log\n");

    (void)state;
    assert_int_equal(r.status, 0);
    wants(&r, "\nColumns: First name (cursor), Last name, Job title, Company, Score, Has e-mail, ");
    wants(&r, "Score (largest first)");
    wants(&r, "  server sort contactAccuracyScore largest first");
    wants(&r, "; Job title: Assistant Vice President, Quality Management; Company: ");
    wants(&r, "; Has e-mail: yes; Has direct phone: no; ");
    wants(&r, "; Owned until: none; Cost in credits: 1\n");
    wants(&r, "\n  marked, First name: ");
    wants(&r, "\nStanding: new; Records: 1; Credits: 1; not owned");
    wants(&r, "\nButtons: Cancel (chosen), Try 5 (not now), Buy for at most 1 (not now)\n");
    wants(&r, "\n> chosen, First name; firstName\n");
    wants(&r, "\n  Employees: >=\n  Employees: <=\n");
    wants(&r, "; Method: POST; Path: /search/contact; Bytes: ");
    wants_not(&r, "\xe2\x80\xa6");
    run_free(&r);
    home_remove(&h);
}

// What is copied is said where there is no clipboard, but not what the mask hides.
static void test_what_is_masked_is_not_said(void **state)
{
    struct home h = home_make();
    struct run r = linear(&h, "privacy on\n"
                              "where lastName=Smith\n"
                              "search\n"
                              "copy-row\n"
                              "next-column\n"
                              "copy-cell\n"
                              "open log\n"
                              "copy-body\n"
                              "copy-request\n");

    (void)state;
    assert_int_equal(r.status, 0);
    wants(&r, "nothing is shown. privacy off shows them.");
    wants_not(&r, "Smith");
    run_free(&r);
    r = linear(&h, "privacy off\n"
                   "search\n"
                   "copy-row\n");
    assert_int_equal(r.status, 0);
    wants(&r, "\nEmily Smith IT Specialist ");
    run_free(&r);
    home_remove(&h);
}

static void test_a_fault_ends_a_pipe(void **state)
{
    struct home h = home_make();
    struct run r = linear(&h, "where Industri=Software\nsearch\n");

    (void)state;
    ends_with(&r, 2);
    wants(&r, "Error: ");
    assert_non_null(strstr(str_text(&r.err), "Industry"));
    assert_null(strstr(str_text(&r.out), "Results. fetched"));
    run_free(&r);
    r = linear(&h, "opne log\n");
    ends_with(&r, 2);
    wants(&r, "Error: there is no command \"opne\"; did you mean open");
    run_free(&r);
    home_remove(&h);
}

// Marks of one run are there in the next: away with them.
static void anew(struct home *h)
{
    home_remove(h);
    *h = home_make();
}

static void test_nothing_is_bought_unasked(void **state)
{
    struct home h = home_make();
    struct run r = linear(&h, "where Industry=Software\nsearch\nmark\nbuy 5\n");

    (void)state;
    ends_with(&r, 5);
    wants(&r, "buy needs a fresh quote");
    run_free(&r);
    anew(&h);
    r = linear(&h, "where Industry=Software\nsearch\nmark\nquote\nbuy 5\n");
    ends_with(&r, 5);
    wants(&r, "buy spends, and the spend lock is on: lock opens it");
    run_free(&r);
    anew(&h);
    // The question is put, and the default is no.
    r = linear(&h, "where Industry=Software\nsearch\nmark\nquote\nlock off\nbuy 5\nchoose\n"
                   "open usage\n");
    ends_with(&r, 0);
    wants(&r, "Buy. ");
    run_free(&r);
    r = run_lode(&h, NULL, "ledger --sandbox --format csv");
    assert_null(strstr(str_text(&r.out), "charged"));
    run_free(&r);
    home_remove(&h);
}

// What the output says from this title on until the next one.
static const char *said_of(const struct run *r, const char *title)
{
    const char *at = strstr(str_text(&r->out), title);

    assert_non_null(at);
    return at;
}

static void test_a_purchase(void **state)
{
    struct home h = home_make();
    struct run r = linear(&h, "where Industry=Software\nsearch\nmark\nquote\nlock off\nbuy 5\n"
                              "right\nchoose\nopen library\nopen ledger\nopen usage\n");

    (void)state;
    ends_with(&r, 0);
    // Keys are told where keys are read.
    wants(&r, "Cancel is what choose does at first.");
    wants(&r, "nothing can be bought. lock opens it.");
    wants(&r, "1 bought");
    // The owned row and the call are waited for.
    assert_null(strstr(said_of(&r, "\nLibrary. 1 owned"), "\xc2\xb7\xc2\xb7\xc2\xb7 "));
    wants(&r, "\nLedger. 1 call. 1 of 1: >");
    wants(&r, "\nUsage. ledger: 1 credit charged");
    run_free(&r);
    // Again: as it was left, with what is owned now, and locked.
    r = linear(&h, "open results\ntop\ndetail\nopen filters\nlock\nlock\n");
    ends_with(&r, 0);
    wants(&r, " 1 marked: 1 owned, 0 new");
    wants(&r, " owned, free until ");
    wants(&r, "\n  E-mail: ");
    wants(&r, "= Software");
    assert_true(strstr(r.out.data, "lock is open") < strstr(r.out.data, "lock is on"));
    run_free(&r);
    r = run_lode(&h, NULL, "ledger --sandbox --format csv");
    assert_non_null(strstr(str_text(&r.out), "charged"));
    run_free(&r);
    home_remove(&h);
}

static void test_an_export(void **state)
{
    struct home h = home_make();
    struct run r = linear(&h, "where Industry=Software\nsearch\nmark\nexport marked one.csv\n");
    char *path = str_format("%s/one.csv", h.path);
    struct str text = {0};
    struct err e;

    (void)state;
    ends_with(&r, 0);
    wants(&r, "one.csv");
    assert_true(file_read(path, 1 << 16, &text, &e));
    assert_non_null(strstr(text.data, "Myers"));
    wants(&r, "one.csv.manifest.json beside it");
    run_free(&r);
    // A file that is there is not replaced.
    r = linear(&h, "export marked one.csv\n");
    ends_with(&r, 2);
    run_free(&r);
    // The dialog is one of lines, its last line writes.
    r = linear(&h, "export\nchoose\n");
    ends_with(&r, 0);
    wants(&r, "\nExport. 1 marked");
    wants(&r, " in contacts-");
    run_free(&r);
    str_free(&text);
    free(path);
    home_remove(&h);
}

static void test_commands_of_the_line(void **state)
{
    const char *const argv[] = {LODE_BINARY, "--linear", "--sandbox", "-e",
                                "open log",  "-e",       "set mouse", NULL};
    struct home h = home_make();
    struct run r = lode(&h, argv, NULL);

    (void)state;
    ends_with(&r, 0);
    wants(&r, "Log. ");
    wants(&r, "mouse is on.");
    run_free(&r);
    home_remove(&h);
}

static void test_what_needs_a_screen_says_so(void **state)
{
    const char *const bare[] = {LODE_BINARY, NULL};
    struct home h = home_make();
    struct run r = linear(&h, "palette\n");

    (void)state;
    ends_with(&r, 2);
    wants(&r, "palette needs the full screen, which --linear has not");
    run_free(&r);
    r = lode(&h, bare, NULL);
    ends_with(&r, 2);
    assert_non_null(strstr(str_text(&r.err), "--linear"));
    assert_string_equal(str_text(&r.out), "");
    run_free(&r);
    home_remove(&h);
}

static void test_help_and_keys(void **state)
{
    struct home h = home_make();
    struct run r = linear(&h, "help\nhelp zoom\nopen log\nbind all F6 zoom\nhelp zoom\n");

    (void)state;
    ends_with(&r, 0);
    // What can be typed, not what could be pressed.
    wants(&r, "  exclude  turn this filter from");
    wants(&r, "  open PANE  show a pane");
    assert_null(strstr(str_text(&r.out), "PageDown"));
    assert_null(strstr(str_text(&r.out), "  palette "));
    wants(&r, "the pane on the whole screen, and back");
    wants(&r, "Keys: z (all: zoom) F6 (all: zoom)");
    run_free(&r);
    r = run_lode(&h, NULL, "keys --format csv");
    ends_with(&r, 0);
    wants(&r, "all,q,back quit,");
    run_free(&r);
    home_remove(&h);
}

static void test_keys_tells_faults(void **state)
{
    struct home h = home_make();
    char *folder = str_format("%s/config/lode", h.path), *path = str_format("%s/lode.conf", folder);
    struct file_new file;
    struct err e;
    struct run r;

    (void)state;
    assert_true(file_make_dir(folder, &e) && file_new_open(&file, path, false, &e));
    assert_true(file_write_all(file.fd, "bind all F6 zoom\nbind all F7 fly\n", 33));
    assert_true(file_new_commit(&file, &e));
    r = run_lode(&h, NULL, "keys --format json");
    ends_with(&r, 2);
    wants(&r, "\"key\":\"F6\",\"command\":\"zoom\"");
    assert_non_null(strstr(str_text(&r.err), "lode.conf:2:13: there is no command \"fly\""));
    run_free(&r);
    free(path);
    free(folder);
    home_remove(&h);
}

// A file of people, from its columns to the question that spends; keys are spoken of nowhere.
static void test_a_file(void **state)
{
    struct home h = home_make();
    char *path = str_format("%s/people.csv", h.path);
    struct file_new file;
    struct err e;
    struct run r;

    (void)state;
    assert_true(file_new_open(&file, path, false, &e));
    assert_true(file_write_all(file.fd, "First name,Last name,Company\nAnn,Ruiz,Initech\n", 46));
    assert_true(file_new_commit(&file, &e));
    r = linear(&h, "import people.csv\nchoose\nlock off\nbuy 1\nback\n");
    ends_with(&r, 0);
    wants(&r, "Import. contacts of people.csv.");
    wants(&r, "choose asks what it costs: nothing is bought");
    wants(&r, "choose on a column takes it as something else");
    wants_not(&r, "Enter asks");
    wants(&r, "Quote. 1 line");
    wants(&r, "Buy. ");
    wants(&r, "First name: First name; Ann\n");
    run_free(&r);
    r = linear(&h, "privacy on\nimport people.csv\nback\n");
    ends_with(&r, 0);
    wants(&r, "Import. contacts of people.csv.");
    wants_not(&r, "Ruiz");
    run_free(&r);
    // Without a heading the first line is of people itself.
    assert_int_equal(unlink(path), 0);
    assert_true(file_new_open(&file, path, false, &e));
    assert_true(file_write_all(file.fd, "Bo,Lind,Hooli\nAnn,Ruiz,Initech\n", 31));
    assert_true(file_new_commit(&file, &e));
    r = linear(&h, "privacy on\nimport people.csv\nback\n");
    ends_with(&r, 0);
    wants(&r, "Import. contacts of people.csv.");
    wants_not(&r, "Lind");
    wants_not(&r, "Ruiz");
    run_free(&r);
    r = linear(&h, "open filters\ncolumns\nback\nsearches\nback\nopen detail\n");
    wants(&r, "choose searches");
    wants(&r, "press S-Up, press S-Down move  choose takes");
    wants(&r, "import reads searches from a file  back leaves");
    wants(&r, "open results goes to the results, detail there");
    wants_not(&r, "Enter takes");
    run_free(&r);
    free(path);
    home_remove(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_search),
        cmocka_unit_test(test_rows_are_said_whole),
        cmocka_unit_test(test_what_is_masked_is_not_said),
        cmocka_unit_test(test_a_fault_ends_a_pipe),
        cmocka_unit_test(test_a_file),
        cmocka_unit_test(test_nothing_is_bought_unasked),
        cmocka_unit_test(test_a_purchase),
        cmocka_unit_test(test_an_export),
        cmocka_unit_test(test_commands_of_the_line),
        cmocka_unit_test(test_what_needs_a_screen_says_so),
        cmocka_unit_test(test_help_and_keys),
        cmocka_unit_test(test_keys_tells_faults),
    };

    return cmocka_run_group_tests_name("ui-frame-linear", tests, NULL, NULL);
}
