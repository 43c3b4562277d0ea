// The sheet of cells: cutting, alignment, wide characters, marks, lines; and every code point there
// is on its way through the sink.
#include "support/test.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "base/mem.h"
#include "base/rng.h"
#include "base/text.h"
#include "ui/term/canvas.h"

enum { CODE_POINTS = 0x110000, ROUNDS = 60000, H = 6, W = 23 };

static struct canvas sheet(int h, int w)
{
    struct canvas c = {0};

    canvas_size(&c, h, w);
    return c;
}

static void assert_line(const struct canvas *c, int y, const char *want)
{
    struct str s = {0};

    canvas_line(c, y, &s);
    assert_string_equal(str_text(&s), want);
    str_free(&s);
}

static const struct cell *cell_at(const struct canvas *c, int y, int x)
{
    return &c->cells[y * c->w + x];
}

// What one text looks like in so many columns of a wider sheet.
static void assert_text(int width, const char *text, const char *want, int columns)
{
    struct canvas c = sheet(1, 20);

    assert_int_equal(area_text(canvas_area(&c), 0, 0, width, ROLE_KEY, text), columns);
    assert_line(&c, 0, want);
    canvas_free(&c);
}

static void test_text_is_cut_at_graphemes(void **state)
{
    static const struct {
        int width;
        const char *text, *want;
        int columns;
    } cases[] = {
        {10, "", "", 0},
        {10, "plain", "plain", 5},
        {5, "plain", "plain", 5},
        {4, "plain", "pla…", 4},
        {1, "plain", "…", 1},
        {0, "plain", "", 0},
        {-3, "plain", "", 0},
        {99, "twenty columns it is", "twenty columns it is", 20},
        {99, "twenty-one columns it is", "twenty-one columns …", 20},
        {4, "李明李", "李…", 3},
        {5, "李明李", "李明…", 5},
        {6, "李明李", "李明李", 6},
        {3, "abé", "abé", 3},
        {3, "abe\xcc\x81", "abe\xcc\x81", 3},
        {3, "abe\xcc\x81x", "ab…", 3},
        {20, "a\tb\nc\x1b[2J", "a b c<U+001B>[2J", 16},
        {20, "\xff\xe2\x80\xae", "\xef\xbf\xbd<U+202E>", 9},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_text(cases[i].width, cases[i].text, cases[i].want, cases[i].columns);
}

static void test_other_locales_get_plain_characters(void **state)
{
    struct canvas c = sheet(3, 8);

    (void)state;
    assert_non_null(setlocale(LC_ALL, "C"));
    assert_int_equal(area_text(canvas_area(&c), 1, 1, 6, ROLE_TEXT, "abcdefgh"), 6);
    area_box(canvas_area(&c), ROLE_BORDER);
    assert_line(&c, 0, "+------+");
    assert_line(&c, 1, "|abcde~|");
    assert_line(&c, 2, "+------+");
    assert_int_equal(area_text(canvas_area(&c), 0, 0, 8, ROLE_TEXT, "\xc3\xa9"), 8);
    assert_line(&c, 0, "<U+00E9>");
    assert_non_null(setlocale(LC_ALL, "C.UTF-8"));
    canvas_free(&c);
}

static void test_right_alignment(void **state)
{
    struct canvas c = sheet(1, 10);
    struct area a = canvas_area(&c);

    (void)state;
    assert_int_equal(area_text_right(a, 0, 2, 6, ROLE_TEXT, "42"), 2);
    assert_line(&c, 0, "      42");
    area_fill(a, ROLE_TEXT);
    assert_int_equal(area_text_right(a, 0, 2, 99, ROLE_TEXT, "李明"), 4);
    assert_line(&c, 0, "      李明");
    area_fill(a, ROLE_TEXT);
    assert_int_equal(area_text_right(a, 0, 2, 4, ROLE_TEXT, "李明李"), 3);
    assert_line(&c, 0, "   李…");
    canvas_free(&c);
}

static void test_formats(void **state)
{
    struct canvas c = sheet(1, 12);

    (void)state;
    assert_int_equal(area_textf(canvas_area(&c), 0, 1, 8, ROLE_TEXT, "%d é%s", 7, "李李李"), 8);
    assert_line(&c, 0, " 7 é李李…");
    canvas_free(&c);
}

static void test_nothing_is_drawn_outside(void **state)
{
    struct canvas c = sheet(3, 8);
    struct area a;

    (void)state;
    a = area_part(canvas_area(&c), 1, 2, 1, 4);
    assert_int_equal(area_text(a, -1, 0, 9, ROLE_TEXT, "above"), 0);
    assert_int_equal(area_text(a, 1, 0, 9, ROLE_TEXT, "below"), 0);
    assert_int_equal(area_text(a, 0, 4, 9, ROLE_TEXT, "right"), 0);
    assert_int_equal(area_text(a, 0, -3, 9, ROLE_TEXT, "abc"), 3);
    assert_int_equal(area_text(a, 0, -3, 5, ROLE_TEXT, "abcde"), 5);
    assert_line(&c, 1, "  de");
    assert_int_equal(area_text(a, 0, -3, 9, ROLE_TEXT, "abcdefghi"), 7);
    assert_line(&c, 1, "  def…");
    assert_int_equal(area_text(a, 0, -1, 9, ROLE_TEXT, "李明"), 4);
    assert_line(&c, 1, "   明…");
    area_hline(a, 0, -9, 99, ROLE_TEXT);
    area_hline(a, 7, 0, 4, ROLE_TEXT);
    area_vline(a, -9, 1, 99, ROLE_TEXT);
    assert_line(&c, 0, "");
    assert_line(&c, 1, "  ─│──");
    assert_line(&c, 2, "");
    canvas_free(&c);
}

static void test_parts_are_clipped(void **state)
{
    struct canvas c = sheet(10, 20);
    struct area a, b;

    (void)state;
    a = area_part(canvas_area(&c), 2, 3, 5, 6);
    b = area_part(a, -1, 2, 3, 99);
    assert_int_equal(b.y, 2);
    assert_int_equal(b.x, 5);
    assert_int_equal(b.h, 2);
    assert_int_equal(b.w, 4);
    b = area_part(a, 9, 1, 3, INT32_MAX);
    assert_int_equal(b.h, 0);
    assert_int_equal(b.w, 5);
    b = area_part(a, 0, 2, 1, -4);
    assert_int_equal(b.w, 0);
    area_box(b, ROLE_BORDER);
    area_fill(b, ROLE_BORDER);
    area_role(b, 0, 0, 1, ROLE_BORDER);
    canvas_free(&c);
}

static void test_roles_follow_the_left_half(void **state)
{
    struct canvas c = sheet(1, 8);
    struct area a = canvas_area(&c);

    (void)state;
    (void)area_text(a, 0, 0, 8, ROLE_TEXT, "李明李明");
    area_role(a, 0, 1, 2, ROLE_CURSOR);
    assert_int_equal(cell_at(&c, 0, 0)->role, ROLE_TEXT);
    assert_int_equal(cell_at(&c, 0, 1)->role, ROLE_TEXT);
    assert_int_equal(cell_at(&c, 0, 2)->role, ROLE_CURSOR);
    assert_int_equal(cell_at(&c, 0, 3)->role, ROLE_CURSOR);
    assert_int_equal(cell_at(&c, 0, 4)->role, ROLE_TEXT);
    assert_line(&c, 0, "李明李明");
    canvas_free(&c);
}

static void test_marks_stay_with_their_base(void **state)
{
    struct canvas c = sheet(1, 8);

    (void)state;
    assert_int_equal(area_text(canvas_area(&c), 0, 0, 8, ROLE_TEXT,
                               "e\xcc\x81\xcc\x82\xcc\x83\xcc\x84\xcc\x85\xcc\x86x"),
                     2);
    assert_int_equal(cell_at(&c, 0, 0)->text[4], 0x304);
    assert_int_equal(cell_at(&c, 0, 1)->text[0], 'x');
    canvas_free(&c);
}

static void test_a_huge_text_costs_what_is_shown(void **state)
{
    struct str s = {0};
    struct canvas c = sheet(1, 4);

    (void)state;
    str_add(&s, "é");
    for (int i = 0; i < 200000; i++)
        str_add(&s, "\xcc\x81");
    assert_int_equal(area_text(canvas_area(&c), 0, 0, 4, ROLE_TEXT, str_text(&s)), 2);
    assert_line(&c, 0, "é\xcc\x81\xcc\x81\xcc\x81\xcc\x81…");
    for (int x = 1; x < 400; x++) {
        str_clear(&s);
        for (int i = 0; i < x; i++)
            str_add(&s, "x");
        for (int i = 0; i < 300; i++)
            str_add(&s, "李");
        assert_int_not_equal(area_text(canvas_area(&c), 0, 0, 4, ROLE_TEXT, str_text(&s)), 0);
        canvas_line(&c, 0, &s);
        assert_true(text_valid(s.data, s.len));
        assert_null(strstr(s.data, "\xef\xbf\xbd"));
    }
    str_free(&s);
    canvas_free(&c);
}

static void test_the_cursor(void **state)
{
    struct canvas c = sheet(4, 9);
    struct area a = area_part(canvas_area(&c), 1, 2, 2, 3);

    (void)state;
    assert_int_equal(c.cursor_y, -1);
    area_cursor(a, 2, 0);
    area_cursor(a, 0, 3);
    area_cursor(a, -1, 0);
    assert_int_equal(c.cursor_y, -1);
    area_cursor(a, 1, 2);
    assert_int_equal(c.cursor_y, 2);
    assert_int_equal(c.cursor_x, 4);
    canvas_size(&c, 4, 9);
    assert_int_equal(c.cursor_x, -1);
    canvas_free(&c);
}

// Every wide cell has its other half, every half its wide cell, and the row is as wide as libc
// says its text is.
static void assert_whole(const struct canvas *c, int y)
{
    int sum = 0;

    for (int x = 0; x < c->w; x++) {
        const struct cell *cell = cell_at(c, y, x);

        if (cell->width == 0) {
            assert_true(x > 0);
            assert_int_equal(cell[-1].width, 2);
            assert_int_equal(cell->text[0], 0);
            assert_int_equal(cell->role, cell[-1].role);
            continue;
        }
        assert_int_equal(wcwidth(cell->text[0]), cell->width);
        for (int i = 1; i < CELL_POINTS && cell->text[i]; i++)
            assert_int_equal(wcwidth(cell->text[i]), 0);
        assert_true(cell->width == 1 || (x + 1 < c->w && cell[1].width == 0));
        sum += cell->width;
    }
    assert_int_equal(sum, c->w);
}

static void draw_something(struct rng *r, struct area a)
{
    static const char *const texts[] = {"李明数据",
                                        "ab",
                                        "e\xcc\x81\xcc\x82",
                                        "x李y明z",
                                        "\xf0\x9f\x91\x8d\xf0\x9f\x91\x8d",
                                        "한국",
                                        "ไทย",
                                        "नमस्ते"};
    const char *text = texts[rng_below(r, ARRAY_LEN(texts))];
    int y = (int)rng_below(r, H + 2) - 1, x = (int)rng_below(r, W + 8) - 4;
    int w = (int)rng_below(r, 10);
    enum role role = rng_below(r, ROLE_COUNT);

    switch (rng_below(r, 7)) {
    case 0:
        area_fill(area_part(a, y, x, 2, w), role);
        break;
    case 1:
        area_role(a, y, x, w, role);
        break;
    case 2:
        area_vline(a, y, x, w, role);
        break;
    case 3:
        area_box(area_part(a, y, x, 3, w), role);
        break;
    case 4:
        (void)area_text_right(a, y, x, w, role, text);
        break;
    default:
        (void)area_text(a, y, x, w, role, text);
        break;
    }
}

static void test_no_half_is_left_behind(void **state)
{
    struct rng r = rng_seed(5);
    struct canvas c = sheet(H, W);

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        int x = (int)rng_below(&r, W), y = (int)rng_below(&r, H);
        struct area a = area_part(canvas_area(&c), y, x, H, 1 + (int)rng_below(&r, W));

        draw_something(&r, a);
        for (int row = 0; row < H; row++)
            assert_whole(&c, row);
    }
    canvas_free(&c);
}

// Raw, so that surrogates go too.
static size_t encode(uint32_t cp, char *out)
{
    size_t n = 0;

    if (cp < 0x80) {
        out[n++] = (char)cp;
    } else if (cp < 0x800) {
        out[n++] = (char)(0xc0 | cp >> 6);
    } else if (cp < 0x10000) {
        out[n++] = (char)(0xe0 | cp >> 12);
        out[n++] = (char)(0x80 | (cp >> 6 & 0x3f));
    } else {
        out[n++] = (char)(0xf0 | cp >> 18);
        out[n++] = (char)(0x80 | (cp >> 12 & 0x3f));
        out[n++] = (char)(0x80 | (cp >> 6 & 0x3f));
    }
    if (cp >= 0x80)
        out[n++] = (char)(0x80 | (cp & 0x3f));
    out[n] = '\0';
    return n;
}

static void assert_no_control(const struct canvas *c)
{
    for (int x = 0; x < c->w; x++) {
        for (int i = 0; i < CELL_POINTS; i++) {
            wchar_t p = cell_at(c, 0, x)->text[i];

            assert_false(p && (p < ' ' || (p >= 0x7f && p < 0xa0)));
            assert_false((p >= 0x202a && p <= 0x202e) || (p >= 0x2066 && p <= 0x2069));
            assert_false(p == 0x200b || p == 0xfeff || (p >= 0xe0000 && p <= 0xe007f));
        }
    }
}

static void test_every_code_point(void **state)
{
    struct canvas c = sheet(1, 14);

    (void)state;
    for (uint32_t cp = 1; cp < CODE_POINTS; cp++) {
        char text[16] = "e";
        size_t n = 1 + encode(cp, text + 1);
        int columns;

        strcpy(text + n, "|");
        area_fill(canvas_area(&c), ROLE_TEXT);
        columns = area_text(canvas_area(&c), 0, 1, 12, ROLE_TEXT, text);
        assert_whole(&c, 0);
        assert_no_control(&c);
        assert_int_equal(cell_at(&c, 0, columns)->text[0], '|');
        assert_int_equal(cell_at(&c, 0, columns + 1)->text[0], ' ');
    }
    canvas_free(&c);
}

static int start(void **state)
{
    (void)state;
    return setlocale(LC_ALL, "C.UTF-8") ? 0 : -1;
}

// One that is read out says words in the place of a row, and no more than two blanks.
static void test_a_spoken_canvas(void **state)
{
    struct canvas c = {.spoken = true};
    struct str line = {0};
    struct area a;

    (void)state;
    canvas_size(&c, 2, 40);
    a = canvas_area(&c);
    (void)area_text(a, 0, 0, 10, ROLE_TEXT, "Company");
    (void)area_text_right(a, 0, 20, 20, ROLE_TEXT, "12");
    (void)area_text(a, 1, 0, 5, ROLE_TEXT, "Hooli Inc");
    str_add(area_said(area_part(a, 1, 3, 1, 4), 0), "Company: Hooli \033Inc");
    assert_null(area_said(a, 2));
    canvas_line(&c, 0, &line);
    str_add(&line, "|");
    canvas_line(&c, 1, &line);
    assert_null(strchr(str_text(&line), '\033'));
    assert_true(str_starts(str_text(&line), "Company  12|Company: Hooli "));
    // What was said goes with the cells.
    canvas_size(&c, 2, 40);
    str_clear(&line);
    canvas_line(&c, 1, &line);
    assert_string_equal(str_text(&line), "");
    canvas_free(&c);
    c.spoken = false;
    canvas_size(&c, 1, 1);
    assert_null(area_said(canvas_area(&c), 0));
    canvas_free(&c);
    str_free(&line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_spoken_canvas),
        cmocka_unit_test(test_text_is_cut_at_graphemes),
        cmocka_unit_test(test_other_locales_get_plain_characters),
        cmocka_unit_test(test_right_alignment),
        cmocka_unit_test(test_formats),
        cmocka_unit_test(test_nothing_is_drawn_outside),
        cmocka_unit_test(test_parts_are_clipped),
        cmocka_unit_test(test_roles_follow_the_left_half),
        cmocka_unit_test(test_marks_stay_with_their_base),
        cmocka_unit_test(test_a_huge_text_costs_what_is_shown),
        cmocka_unit_test(test_the_cursor),
        cmocka_unit_test(test_no_half_is_left_behind),
        cmocka_unit_test(test_every_code_point),
    };

    return cmocka_run_group_tests_name("ui-term-canvas", tests, start, NULL);
}
