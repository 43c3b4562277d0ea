// Themes: lines, faults with their place, colours brought down; and that every role of every theme
// that comes along is readable, with colours and without.
#include "support/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "ui/term/theme.h"

static void note(void *self, const char *sentence)
{
    str_addf(self, "[%s]", sentence);
}

static struct theme read_theme(const char *text, const char *faults)
{
    struct str told = {0};
    struct theme t;

    (void)theme_read(&t, "/x/mine.theme", text, note, &told);
    assert_string_equal(str_text(&told), faults);
    str_free(&told);
    return t;
}

static void assert_style(const struct theme *t, enum role role, int fg, int bg, unsigned look)
{
    assert_int_equal(t->styles[role].fg, fg);
    assert_int_equal(t->styles[role].bg, bg);
    assert_int_equal(t->styles[role].look, look);
}

static void test_lines(void **state)
{
    struct theme t = read_theme("role text fg=#102030\n"
                                "role cursor fg=white bg=bright-blue bold underline\n"
                                "role mark like cursor italic\n"
                                "role error like cursor fg=default\n"
                                "role dim\n",
                                "");

    (void)state;
    assert_string_equal(t.name, "mine");
    assert_style(&t, ROLE_TEXT, COLOUR_RGB | 0x102030, -1, 0);
    assert_style(&t, ROLE_CURSOR, 7, 12, LOOK_BOLD | LOOK_UNDERLINE);
    assert_style(&t, ROLE_MARK, 7, 12, LOOK_BOLD | LOOK_UNDERLINE | LOOK_ITALIC);
    assert_style(&t, ROLE_ERROR, -1, 12, LOOK_BOLD | LOOK_UNDERLINE);
    assert_style(&t, ROLE_DIM, -1, -1, 0);
}

static void test_faults(void **state)
{
    struct theme t = read_theme(
        "rule text\nrole\nrole curser bold\n  role cursor fg=#12345\nrole cursor fg=gren\n"
        "role cursor bold blond\nrole cursor like\nrole cursor like txt\nrole mark bg=red\n"
        "role zzzzzz\nrole cursor fg=\nrole cursor fg='\x1b[2J'",
        "[/x/mine.theme:1:1: a theme's line begins with: role NAME]"
        "[/x/mine.theme:2:1: a theme's line begins with: role NAME]"
        "[/x/mine.theme:3:6: there is no role curser; did you mean cursor?]"
        "[/x/mine.theme:4:15: there is no colour #12345]"
        "[/x/mine.theme:5:13: there is no colour gren; did you mean green?]"
        "[/x/mine.theme:6:18: there is no look blond; did you mean bold?]"
        "[/x/mine.theme:7:13: like what role?]"
        "[/x/mine.theme:8:18: there is no role txt; did you mean text?]"
        "[/x/mine.theme:10:6: there is no role zzzzzz]"
        "[/x/mine.theme:11:13: there is no colour ]"
        "[/x/mine.theme:12:13: there is no colour <U+001B>[2J]");
    struct theme plain;

    (void)state;
    theme_default(&plain);
    assert_memory_equal(&t.styles[ROLE_CURSOR], &plain.styles[ROLE_CURSOR], sizeof(struct style));
    assert_style(&t, ROLE_MARK, -1, 1, 0);
}

static void test_contrast(void **state)
{
    (void)state;
    assert_true(theme_contrast(0, 0xffffff) > 20.99);
    assert_true(theme_contrast(0xffffff, 0) < 21.01);
    assert_true(theme_contrast(0x767676, 0xffffff) > 4.53);
    assert_true(theme_contrast(0x767676, 0xffffff) < 4.55);
    assert_true(theme_contrast(0x123456, 0x123456) < 1.001);
}

static void test_nearest(void **state)
{
    (void)state;
    assert_int_equal(theme_nearest(0x000000, COLOURS_256), 16);
    assert_int_equal(theme_nearest(0xffffff, COLOURS_256), 231);
    assert_int_equal(theme_nearest(0xff0000, COLOURS_256), 196);
    assert_int_equal(theme_nearest(0x5f87af, COLOURS_256), 67);
    assert_int_equal(theme_nearest(0x121212, COLOURS_256), 233);
    assert_int_equal(theme_nearest(0xf00505, COLOURS_16), 9);
    assert_int_equal(theme_nearest(0x0000d0, COLOURS_16), 4);
    assert_int_equal(theme_nearest(0xfafafa, COLOURS_16), 15);
}

static void test_text_gives_what_is_not_said(void **state)
{
    struct theme t = read_theme("role text fg=#eeeeee bg=#101010\nrole key bold\n", "");
    struct style s = theme_style(&t, ROLE_KEY, COLOURS_TRUE);

    (void)state;
    assert_int_equal(s.fg, COLOUR_RGB | 0xeeeeee);
    assert_int_equal(s.bg, COLOUR_RGB | 0x101010);
    assert_int_equal(s.look, LOOK_BOLD);
    s = theme_style(&t, ROLE_KEY, COLOURS_256);
    assert_int_equal(s.fg, 255);
    assert_int_equal(s.bg, 233);
}

static void test_no_colours_leave_the_looks(void **state)
{
    struct theme t = read_theme("role text bg=#101010\nrole cursor bg=blue\nrole mark fg=red\n"
                                "role chosen bg=blue underline\nrole key bg=#101010 bold\n",
                                "");
    struct style s = theme_style(&t, ROLE_CURSOR, COLOURS_NONE);

    (void)state;
    assert_int_equal(s.fg, -1);
    assert_int_equal(s.bg, -1);
    assert_int_equal(s.look, LOOK_REVERSE);
    assert_int_equal(theme_style(&t, ROLE_MARK, COLOURS_NONE).look, 0);
    assert_int_equal(theme_style(&t, ROLE_CHOSEN, COLOURS_NONE).look,
                     LOOK_REVERSE | LOOK_UNDERLINE);
    assert_int_equal(theme_style(&t, ROLE_KEY, COLOURS_NONE).look, LOOK_BOLD);
}

static void test_fewer_colours_stay_readable(void **state)
{
    struct theme t = read_theme("role text fg=#303030 bg=#1a1a1a\nrole key fg=#00cc00 bg=#11cc11\n"
                                "role mark fg=green bg=green\n",
                                "");
    struct style s = theme_style(&t, ROLE_TEXT, COLOURS_16);

    (void)state;
    assert_true(style_contrast(&s) >= 3);
    s = theme_style(&t, ROLE_KEY, COLOURS_16);
    assert_int_equal(s.fg, 0);
    s = theme_style(&t, ROLE_MARK, COLOURS_16); // as its author said
    assert_int_equal(s.fg, 2);
    theme_default(&t);
    s = theme_style(&t, ROLE_DIM, COLOURS_16);
    assert_int_equal(s.fg, COLOUR_DEFAULT);
}

static double wanted(enum role role)
{
    return role == ROLE_DIM || role == ROLE_BORDER || role == ROLE_METER_REST ? 3 : 4.5;
}

static void assert_readable(const struct theme *t, enum colours colours)
{
    for (enum role role = 0; role < ROLE_COUNT; role++) {
        struct style s = theme_style(t, role, colours);
        double least = colours == COLOURS_TRUE ? wanted(role) : 3;

        if (style_contrast(&s) < least)
            fail_msg("%s: role %d has %.2f with colours %d", t->name, (int)role, style_contrast(&s),
                     (int)colours);
    }
}

// With as many colours; with none the looks alone tell.
static void assert_differ(const struct theme *t, enum role a, enum role b)
{
    for (enum colours c = COLOURS_NONE; c <= COLOURS_TRUE; c++) {
        struct style x = theme_style(t, a, c), y = theme_style(t, b, c);

        if (x.look == y.look && x.fg == y.fg && x.bg == y.bg)
            fail_msg("%s: roles %d and %d are alike with colours %d", t->name, (int)a, (int)b,
                     (int)c);
    }
}

static void assert_told_apart(const struct theme *t)
{
    static const enum role roles[] = {ROLE_CURSOR, ROLE_CURSOR_AWAY, ROLE_MARK, ROLE_CHOSEN,
                                      ROLE_FOUND,  ROLE_WARNING,     ROLE_ERROR};

    static const enum role pairs[][2] = {
        {ROLE_CURSOR, ROLE_CURSOR_AWAY},  {ROLE_CHOSEN, ROLE_CHOICE},
        {ROLE_BORDER_FOCUS, ROLE_BORDER}, {ROLE_CHOSEN, ROLE_HEADER}, // the column's heading
        {ROLE_MARK, ROLE_CURSOR},         {ROLE_WARNING, ROLE_ERROR}};

    for (size_t i = 0; i < ARRAY_LEN(roles); i++)
        assert_differ(t, roles[i], ROLE_TEXT);
    for (size_t i = 0; i < ARRAY_LEN(pairs); i++)
        assert_differ(t, pairs[i][0], pairs[i][1]);
}

static void test_every_theme_is_readable(void **state)
{
    static const char *const names[] = {"default", "light", "dark",         "high-contrast",
                                        "mono",    "nord",  "gruvbox-dark", "solarized-dark"};
    struct str faults = {0};
    size_t n = 0;

    (void)state;
    for (const struct theme_asset *f = theme_assets; f->name; f++, n++) {
        struct theme t;

        assert_int_equal(theme_read(&t, f->name, (const char *)f->bytes, note, &faults), 0);
        for (enum colours c = COLOURS_16; c <= COLOURS_TRUE; c++)
            assert_readable(&t, c);
        assert_told_apart(&t);
    }
    assert_int_equal(n, ARRAY_LEN(names));
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        char *path = str_format("%s/themes/%s.theme", SOURCE_DIR, names[i]);
        FILE *file = fopen(path, "re");

        assert_non_null(file);
        assert_int_equal(fclose(file), 0);
        free(path);
    }
}

// Each shipped theme says every role, so that it does not depend on the default one.
static void test_every_theme_is_whole(void **state)
{
    (void)state;
    for (const struct theme_asset *f = theme_assets; f->name; f++) {
        size_t lines = 0;

        for (const char *p = (const char *)f->bytes; (p = strstr(p, "\nrole ")) != NULL; p++)
            lines++;
        assert_int_equal(lines, ROLE_COUNT);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_faults),
        cmocka_unit_test(test_contrast),
        cmocka_unit_test(test_nearest),
        cmocka_unit_test(test_text_gives_what_is_not_said),
        cmocka_unit_test(test_no_colours_leave_the_looks),
        cmocka_unit_test(test_fewer_colours_stay_readable),
        cmocka_unit_test(test_every_theme_is_readable),
        cmocka_unit_test(test_every_theme_is_whole),
    };

    return cmocka_run_group_tests_name("ui-term-theme", tests, NULL, NULL);
}
