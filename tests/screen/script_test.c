// The scripts' runner: it must fail where a script is wrong or does not come true, and say where.
// Tests.
#include "support/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/str.h"
#include "support/run.h"

static int set_up(void **state)
{
    struct home *h = calloc(1, sizeof(*h));

    *h = home_make();
    *state = h;
    // The reports of leaks in what failed would take a second each.
    (void)setenv("ASAN_OPTIONS", "detect_leaks=0", 1);
    return 0;
}

static int tear_down(void **state)
{
    struct home *h = *state;

    home_remove(h);
    free(h);
    return 0;
}

static void write_script(const struct home *h, const char *lines)
{
    char *path = str_format("%s/a.script", h->path);
    FILE *f = fopen(path, "w");

    assert_non_null(f);
    (void)fprintf(f, "program tiny\n%s", lines);
    assert_int_equal(fclose(f), 0);
    free(path);
}

static struct run run_script(const struct home *h, const char *lines, bool record)
{
    const char *argv[] = {RUNNER_BINARY, "--record", "./a.script", NULL};

    write_script(h, lines);
    if (!record) {
        argv[1] = argv[2];
        argv[2] = NULL;
    }
    return run_program(h, argv, NULL);
}

// It fails and says this.
static void check_fails(void **state, const char *lines, const char *said)
{
    struct run r = run_script(*state, lines, false);

    if (r.status == 0 || !strstr(str_text(&r.err), said))
        fail_msg("exit %d, and \"%s\" is not in:\n%s", r.status, said, str_text(&r.err));
    run_free(&r);
}

// A started program whose screen is whole, and little patience from then on.
#define STARTED "start\ncursor \"item 0\"\ndeadline 0.2\n"

static void what_is_wrong_is_told_with_its_place(void **state)
{
    check_fails(state, "start\nwiat item\n", "a.script:3:1: there is no step \"wiat\"");
    check_fails(state, "wait item\n", "a.script:2:1: nothing was started yet");
    check_fails(state, "start\nkey j Dwon\n", "a.script:3:7: there is no key \"Dwon\"");
    check_fails(state, "size 80\n", "a.script:2:1: usage: size COLUMNS ROWS");
    check_fails(state, "start\ndrag 1 1 2 2\n", "\"to\" and a place are missing");
    check_fails(state, "start\nclick item 7\n", "a.script:3:12: what is this for?");
    check_fails(state, "start\nlook item shiny\n", "there is no look \"shiny\"");
    check_fails(state, "start\nmask \"(\"\n", "this is no regular expression");
    check_fails(state, "do nothing\n", "nothing.script");
    check_fails(state, "start\nstart\n", "the program that was started has not ended");
    check_fails(state, STARTED, "the program has not ended");
}

static void what_does_not_come_true_is_told_with_the_screen(void **state)
{
    check_fails(state, STARTED "wait nothing\n", "a.script:5: \"nothing\" did not come");
    check_fails(state, STARTED "wait nothing\n", "\n  item 17\n---");
    check_fails(state, STARTED "cursor \"item 4\"\n", "the cursor did not come to \"item 4\"");
    check_fails(state, STARTED "gone item\n", "\"item\" did not go");
    check_fails(state, STARTED "match \"^item\"\n", "no row came that matches");
    check_fails(state, STARTED "row tiny item\n", "no row came with");
    check_fails(state, STARTED "look \"item 1 \" reverse\n", "does not look so");
    check_fails(state, STARTED "look \"item 0\" plain\n", "does not look so");
    check_fails(state, STARTED "colour red 2 default\n", "has other colours");
    check_fails(state, STARTED "clipboard x\n", "the clipboard holds \"\"");
    check_fails(state, STARTED "title x\n", "the title is \"\"");
    check_fails(state, STARTED "click nothing\n", "\"nothing\" is not there");
    check_fails(state, STARTED "status 0\n", "the program has not ended");
    check_fails(state, STARTED "deadline 20\nquit x\nstatus 0\n", "ended with 7, not 0");
    check_fails(state, STARTED "modes clean\n", "left behind: alternate screen mouse");
    check_fails(state, STARTED "stty same\n", "modes are not as before");
    check_fails(state, "sh false\n", "false ended with 1");
    check_fails(state, STARTED "see unknown\n", "records what is missing");
}

static void what_was_recorded_is_compared(void **state)
{
    static const char lines[] = "start\ncursor \"item 0\"\nsee one\nsee-looks two\nquit\n",
                      other[] = "start\nkey j\ncursor \"item 1\"\ndeadline 0.2\nsee one\nquit\n",
                      looks[] =
                          "start\nkey j\ncursor \"item 1\"\ndeadline 0.2\nsee-looks two\nquit\n";
    struct run r = run_script(*state, lines, true);

    assert_int_equal(r.status, 0);
    run_free(&r);
    r = run_script(*state, lines, false);
    assert_int_equal(r.status, 0);
    run_free(&r);
    check_fails(state, other, "\n- ready\n+ key j\n");
    check_fails(state, looks, "\n- ..eeeeeee\n");
}

// tiny leaks at one key and dies at another. In which life depends on what it has read of a key
// before the next one came: Esc and a letter may be one.
static void random_hands_find_what_is_broken(void **state)
{
    static const char *const argv[] = {FUZZ_BINARY, "1", "400", TINY_BINARY, NULL};
    struct run r = run_program(*state, argv, NULL);

    assert_int_not_equal(r.status, 0);
    if (!strstr(str_text(&r.err), "seed 1, life ") ||
        !strstr(str_text(&r.err), "; the last it did:\n") || !strstr(str_text(&r.err), "\nkey "))
        fail_msg("it said:\n%s", str_text(&r.err));
    run_free(&r);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_wrong_is_told_with_its_place),
        TEST(what_does_not_come_true_is_told_with_the_screen),
        TEST(what_was_recorded_is_compared),
        TEST(random_hands_find_what_is_broken),
    };

    return cmocka_run_group_tests_name("script", tests, NULL, NULL);
}
