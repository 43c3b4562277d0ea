// Exact colours: when they are used, and the numbers of colours for each kind of terminal. What is
// shown with them term_test.c sees.
#include "support/test.h"

#include <stdlib.h>

#include "base/mem.h"
#include "ui/term/direct.h"
#include "ui/term/theme.h"

static void test_numbers(void **state)
{
    static const struct {
        int32_t colour;
        enum numbering numbering;
        int number;
    } cases[] = {
        {COLOUR_DEFAULT, NUMBERING_MADE, -1},
        {COLOUR_DEFAULT, NUMBERING_DIRECT, -1},
        {12, NUMBERING_PLAIN, 12},
        {200, NUMBERING_PLAIN, 200},
        {7, NUMBERING_EIGHT, 7},
        {12, NUMBERING_MADE, 0x1010c},
        {COLOUR_RGB | 0x000000, NUMBERING_MADE, 0},
        {COLOUR_RGB | 0x010105, NUMBERING_MADE, 0x10110}, // its number is taken
        {COLOUR_RGB | 0xffffff, NUMBERING_MADE, 0xffffff},
        {3, NUMBERING_DIRECT, 3},
        {12, NUMBERING_DIRECT, 0x5c5cff},
        {COLOUR_RGB | 0x000003, NUMBERING_DIRECT, 8},
        {COLOUR_RGB | 0xabcdef, NUMBERING_DIRECT, 0xabcdef},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_int_equal(direct_number(cases[i].colour, cases[i].numbering), cases[i].number);
}

static void set(const char *name, const char *value)
{
    if (value)
        assert_int_equal(setenv(name, value, 1), 0);
    else
        assert_int_equal(unsetenv(name), 0);
}

static void test_when(void **state)
{
    static const struct {
        const char *hint, *tmux, *term;
        int colours;
        bool wanted;
    } cases[] = {
        {"truecolor", NULL, "xterm-256color", 256, true},
        {"24bit", NULL, "foot", 256, true},
        {NULL, NULL, "xterm-256color", 256, false},
        {"yes", NULL, "xterm-256color", 256, false},
        {"truecolor", NULL, "linux", 8, false},
        {"truecolor", NULL, "xterm-direct", 1 << 24, false},
        {"truecolor", NULL, "screen-256color", 256, false},
        {"truecolor", "/tmp/tmux-0/default,1,0", "screen-256color", 256, true},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        set("COLORTERM", cases[i].hint);
        set("TMUX", cases[i].tmux);
        assert_int_equal(direct_wanted(cases[i].term, cases[i].colours), cases[i].wanted);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_when),
    };

    return cmocka_run_group_tests_name("ui-term-direct", tests, NULL, NULL);
}
