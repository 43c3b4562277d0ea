// Changed cells as bytes: what is sent for them, and which terminals are painted so. Tests.
#include "support/test.h"

#include <locale.h>
#include <stdlib.h>
#include <unistd.h>
#define NCURSES_NOMACROS
#include <curses.h>
#include <term.h>

#include "base/mem.h"
#include "ui/term/ink.h"

enum { W = 40 };

struct sheet {
    struct ink ink;
    struct canvas now, shown;
    struct area a;
};

static void describe(const char *name)
{
    int found = 0;

    (void)setupterm(name, STDOUT_FILENO, &found);
    assert_int_equal(found, 1);
}

static int set_up(void **state)
{
    struct sheet *s = mem_zalloc(sizeof(*s));

    (void)setlocale(LC_ALL, "C.UTF-8");
    describe("xterm-256color");
    assert_true(ink_init(&s->ink));
    for (enum role r = 0; r < ROLE_COUNT; r++)
        ink_look(&s->ink, r, &(struct style){COLOUR_DEFAULT, COLOUR_DEFAULT, 0}, NUMBERING_PLAIN);
    ink_look(&s->ink, ROLE_CURSOR, &(struct style){7, 4, LOOK_BOLD}, NUMBERING_PLAIN);
    canvas_size(&s->now, 2, W);
    canvas_size(&s->shown, 2, W);
    s->a = canvas_area(&s->now);
    *state = s;
    return 0;
}

static int tear_down(void **state)
{
    struct sheet *s = *state;

    ink_free(&s->ink);
    canvas_free(&s->now);
    canvas_free(&s->shown);
    free(s);
    return del_curterm(cur_term) == OK ? 0 : 1;
}

static void assert_sent(struct sheet *s, bool known, int from, int to, const char *bytes)
{
    const struct cell *row = s->now.cells + W, *shown = s->shown.cells + W;

    ink_begin(&s->ink);
    ink_put(&s->ink, row, known ? shown : NULL, W, 1, from, to);
    ink_end(&s->ink, -1, 0);
    assert_string_equal(str_text(&s->ink.bytes), bytes);
}

static void it_sends_what_changed(void **state)
{
    struct sheet *s = *state;

    (void)area_text(s->a, 1, 3, W, ROLE_TEXT, "ab");
    (void)area_text(s->a, 1, 8, W, ROLE_TEXT, "c");
    (void)area_text(s->a, 1, 30, W, ROLE_TEXT, "d");
    assert_sent(s, true, 3, 31, "\033[2;4Hab   c\033[2;31Hd");
    assert_sent(s, true, 0, 3, "");
    assert_sent(s, false, 29, W, "\033[2;30H d         ");
}

static void it_sets_a_look_once_and_leaves_none(void **state)
{
    struct sheet *s = *state;

    (void)area_text(s->a, 1, 0, W, ROLE_CURSOR, "ab");
    (void)area_text(s->a, 1, 2, W, ROLE_MARK, "c");
    (void)area_text(s->a, 1, 3, W, ROLE_CURSOR, "d");
    assert_sent(
        s, true, 0, 4,
        "\033[2;1H\033[1m\033[37m\033[44mab\033(B\033[mc\033[1m\033[37m\033[44md\033(B\033[m");
}

static void it_erases_blanks_where_they_are_plain(void **state)
{
    struct sheet *s = *state;

    (void)area_text(s->a, 1, 20, W, ROLE_TEXT, "x");
    assert_sent(s, false, 0, W, "\033[2;1H\033[20X\033[2;21Hx\033[K");
    area_role(s->a, 1, 0, W, ROLE_CURSOR);
    assert_sent(s, false, 0, 12, "\033[2;1H\033[1m\033[37m\033[44m            \033(B\033[m");
}

// Terminals differ in how wide these are.
static void it_finds_its_place_after_odd_characters(void **state)
{
    struct sheet *s = *state;

    (void)area_text(s->a, 1, 0, W, ROLE_TEXT, "李明xe\u0301y");
    assert_sent(s, true, 0, 7, "\033[2;1H李明\033[2;5Hxe\u0301\033[2;7Hy");
}

static void it_does_not_trust_the_edge(void **state)
{
    struct sheet *s = *state;

    (void)area_text(s->a, 1, W - 1, W, ROLE_TEXT, "z");
    ink_begin(&s->ink);
    ink_put(&s->ink, s->now.cells + W, s->shown.cells + W, W, 1, W - 1, W);
    ink_end(&s->ink, 1, W - 1);
    assert_string_equal(str_text(&s->ink.bytes), "\033[2;40Hz\033[2;40H");
}

static void it_leaves_odd_terminals_to_curses(void **state)
{
    static const struct {
        const char *name;
        bool inked;
    } cases[] = {{"vt100", false}, {"ansi", false},  {"hp", false},  {"linux", true},
                 {"vt220", true},  {"screen", true}, {"tmux", true}, {"xterm-direct2", true}};
    struct ink ink;

    (void)state;
    (void)del_curterm(cur_term);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        int found = 0;

        (void)setupterm(cases[i].name, STDOUT_FILENO, &found);
        if (found != 1)
            continue; // without the package ncurses-term
        if (ink_init(&ink) != cases[i].inked)
            fail_msg("%s", cases[i].name);
        ink_free(&ink);
        (void)del_curterm(cur_term);
    }
    describe("xterm-256color");
    (void)setlocale(LC_ALL, "C");
    assert_false(ink_init(&ink));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
        TEST(it_sends_what_changed),
        TEST(it_sets_a_look_once_and_leaves_none),
        TEST(it_erases_blanks_where_they_are_plain),
        TEST(it_finds_its_place_after_odd_characters),
        TEST(it_does_not_trust_the_edge),
        TEST(it_leaves_odd_terminals_to_curses),
#undef TEST
    };

    return cmocka_run_group_tests_name("ui-term-ink", tests, NULL, NULL);
}
