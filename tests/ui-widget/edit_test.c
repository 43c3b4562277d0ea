// A line being typed: keys, pastes, what is shown of it, and that secrets leave nothing behind.
#include "ui-widget/drawing.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/rng.h"
#include "base/secret.h"
#include "base/text.h"
#include "ui/widget/edit.h"

// Freed memory stays as it was, for the test of secrets to look into.
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "max_free_fill_size=0";
}

enum { ROUNDS = 20000, SCAN = 1 << 16, REGION_MAX = 1 << 28 };

// Text with | where the cursor stands.
static void begin(struct edit *e, const char *text)
{
    const char *bar = strchr(text, '|');
    char *left = mem_strndup(text, (size_t)(bar - text));
    struct str all = {0};

    str_add(&all, left);
    str_add(&all, bar + 1);
    edit_set(e, str_text(&all));
    e->at = strlen(left);
    str_free(&all);
    free(left);
}

static void check(const struct edit *e, const char *want)
{
    struct str got = {0};

    str_add_len(&got, str_text(&e->text), e->at);
    str_add_char(&got, '|');
    str_add(&got, str_text(&e->text) + e->at);
    assert_string_equal(str_text(&got), want);
    str_free(&got);
}

static void press(struct edit *e, uint32_t code)
{
    struct event ev = key(code);

    assert_true(edit_event(e, &ev));
}

static void test_keys(void **state)
{
    static const struct {
        uint32_t key;
        const char *before, *after;
    } cases[] = {
        {K_LEFT, "ab|c", "a|bc"},
        {K_LEFT, "|abc", "|abc"},
        {K_CTRL | 'b', "abé|", "ab|é"},
        {K_RIGHT, "|李b", "李|b"},
        {K_RIGHT, "ab|", "ab|"},
        {K_CTRL | 'f', "|e\u0301b", "e\u0301|b"},
        {K_HOME, "ab|c", "|abc"},
        {K_CTRL | 'a', "|", "|"},
        {K_END, "a|bc", "abc|"},
        {K_CTRL | 'e', "abc|", "abc|"},
        {K_META | 'b', "VP of (Data)|", "VP of (|Data)"},
        {K_META | 'b', "  |", "|  "},
        {K_CTRL | K_LEFT, "数据 总|监", "数据 |总监"},
        {K_META | 'f', "|VP of", "VP| of"},
        {K_META | 'f', "VP|, of.", "VP, of|."},
        {K_CTRL | K_RIGHT, "VP of.|", "VP of.|"},
        {K_BACKSPACE, "e\u0301|x", "|x"},
        {K_BACKSPACE, "|x", "|x"},
        {K_CTRL | 'h', "a李|", "a|"},
        {K_DELETE, "a|👩‍👧b", "a|b"},
        {K_DELETE, "a|", "a|"},
        {K_CTRL | 'd', "|ab", "|b"},
        {K_CTRL | 'w', "VP of data-x |now", "VP of |now"},
        {K_CTRL | 'w', "  |x", "|x"},
        {K_META | K_BACKSPACE, "VP of data-x |now", "VP of data-|now"},
        {K_META | 'd', "VP| of data", "VP| data"},
        {K_CTRL | 'u', "VP of| data", "| data"},
        {K_CTRL | 'k', "VP of| data", "VP of|"},
        {'x', "a|b", "ax|b"},
        {0x674e, "a|b", "a李|b"},
        {0x301, "e|b", "e\u0301|b"},
        {' ', "|", " |"},
    };
    struct edit e = {0};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        begin(&e, cases[i].before);
        press(&e, cases[i].key);
        check(&e, cases[i].after);
    }
    edit_free(&e);
}

static void test_what_is_not_for_it(void **state)
{
    static const uint32_t codes[] = {K_UP,         K_DOWN, K_ENTER,      K_ESCAPE, K_TAB, K_F1,
                                     K_CTRL | 'g', 0x7f,   K_META | 'x', K_INSERT, 0x85,  0};
    struct event ev = mouse(MOUSE_PRESS, 0, 0);
    struct edit e = {0};

    (void)state;
    edit_set(&e, "abc");
    for (size_t i = 0; i < ARRAY_LEN(codes); i++) {
        struct event other = key(codes[i]);

        assert_false(edit_event(&e, &other));
    }
    assert_false(edit_event(&e, &ev));
    check(&e, "abc|");
    edit_free(&e);
}

static void test_cut_and_put_back(void **state)
{
    struct edit e = {0};

    (void)state;
    begin(&e, "VP of| data");
    press(&e, K_CTRL | 'w');
    check(&e, "VP | data");
    press(&e, K_END);
    press(&e, K_CTRL | 'y');
    check(&e, "VP  dataof|");
    press(&e, K_CTRL | 'u');
    press(&e, K_CTRL | 'u');
    press(&e, K_CTRL | 'y');
    check(&e, "VP  dataof|");
    edit_free(&e);
}

static void test_changes_are_counted(void **state)
{
    struct edit e = {0};
    unsigned before;

    (void)state;
    edit_set(&e, "abc");
    before = e.changes;
    press(&e, K_HOME);
    press(&e, K_BACKSPACE);
    assert_int_equal(e.changes, before);
    press(&e, K_DELETE);
    assert_int_not_equal(e.changes, before);
    edit_free(&e);
}

static void check_paste(const char *before, const char *text, const char *after)
{
    struct event ev = paste(text, strlen(text));
    struct edit e = {.max = 16};

    begin(&e, before);
    assert_true(edit_event(&e, &ev));
    check(&e, after);
    edit_free(&e);
}

static void test_pastes(void **state)
{
    (void)state;
    check_paste("a|d", "bc", "abc|d");
    check_paste("|", "a\nb\r\nc\rd\te\n", "a b c d e|");
    check_paste("|", "\n\r\n", "|");
    check_paste("|", "a\x1b[31mb\x07\x7f\xc2\x9b", "a[31mb|");
    check_paste("|", "\xff\xe2\x82z", "\uFFFD\uFFFD\uFFFDz|");
    check_paste("|x", "e\u0301", "e\u0301|x");
    check_paste("|\u0301x", "e", "e\u0301|x");
    check_paste("123456789012345|", "ab", "123456789012345a|");
    check_paste("12345678901234|", "李", "12345678901234|");
    check_paste("1234567890123|", "a李b", "1234567890123a|");
    check_paste("1234567890|", "a李b李b", "1234567890a李b|");
}

static void test_a_great_paste_is_cut(void **state)
{
    char *text = mem_alloc(PASTE_MAX);
    struct edit e = {0};
    struct event ev = paste(text, PASTE_MAX);

    (void)state;
    memset(text, 'a', PASTE_MAX);
    assert_true(edit_event(&e, &ev));
    assert_int_equal(e.text.len, 4096);
    assert_int_equal(e.at, 4096);
    free(text);
    edit_free(&e);
}

static void draw(struct edit *e, struct canvas *c, int w, const char *want)
{
    edit_draw(e, fresh(c, 1, w), true, "type here");
    check_drawing(c, want);
}

static void test_drawing(void **state)
{
    struct canvas c = {0};
    struct edit e = {0};

    (void)state;
    draw(&e, &c, 12, "type here\n");
    check_role(&c, 0, 0, 9, ROLE_DIM);
    check_cursor(&c, 0, 0);
    edit_set(&e, "VP 数据 a\u202eb");
    draw(&e, &c, 20, "VP 数据 a<U+202E>b\n");
    check_role(&c, 0, 0, 20, ROLE_FIELD);
    check_cursor(&c, 0, 18);
    edit_draw(&e, fresh(&c, 1, 20), false, NULL);
    check_cursor(&c, -1, -1);
    edit_draw(&e, fresh(&c, 0, 0), true, NULL);
    edit_free(&e);
    canvas_free(&c);
}

static void test_scrolling(void **state)
{
    struct canvas c = {0};
    struct edit e = {0};

    (void)state;
    edit_set(&e, "0123456789");
    draw(&e, &c, 6, "<6789\n");
    check_cursor(&c, 0, 5);
    press(&e, K_LEFT);
    draw(&e, &c, 6, "<6789\n");
    check_cursor(&c, 0, 4);
    for (int i = 0; i < 5; i++)
        press(&e, K_LEFT);
    draw(&e, &c, 6, "<4567…\n");
    check_cursor(&c, 0, 1);
    press(&e, K_HOME);
    draw(&e, &c, 6, "01234…\n");
    check_cursor(&c, 0, 0);
    edit_set(&e, "数据总监数据");
    draw(&e, &c, 8, "<监数据\n");
    check_cursor(&c, 0, 7);
    press(&e, K_LEFT);
    press(&e, K_LEFT);
    press(&e, K_LEFT);
    draw(&e, &c, 8, "<监数据\n");
    check_cursor(&c, 0, 1);
    press(&e, K_LEFT);
    draw(&e, &c, 8, "<总监数…\n");
    check_cursor(&c, 0, 1);
    draw(&e, &c, 1, "…\n");
    check_cursor(&c, 0, 0);
    edit_free(&e);
    canvas_free(&c);
}

static void test_secret_is_shown_as_dots(void **state)
{
    struct canvas c = {0};
    struct edit e = {.secret = true};

    (void)state;
    edit_set(&e, "pä李e\u0301");
    draw(&e, &c, 8, "••••\n");
    check_cursor(&c, 0, 4);
    press(&e, K_CTRL | 'w');
    press(&e, K_CTRL | 'y');
    check(&e, "|");
    edit_free(&e);
    canvas_free(&c);
}

static uint32_t random_key(struct rng *r)
{
    static const uint32_t odd[] = {0x301,   0x1f1e9, 0x1f1ea, 0x200d, 0x1f469, 0x674e, ' ',
                                   0x202e,  0x1100,  0x1161,  '.',    0xe9,    0x94d,  0x915,
                                   0x1f3fb, 0xfe0f,  0x5d0,   'a',    '-',     ' ',    0x903};
    static const uint32_t keys[] = {K_LEFT,       K_RIGHT,      K_HOME,       K_END,
                                    K_BACKSPACE,  K_DELETE,     K_META | 'b', K_META | 'f',
                                    K_META | 'd', K_CTRL | 'w', K_CTRL | 'y', K_CTRL | K_LEFT,
                                    K_LEFT,       K_RIGHT,      K_CTRL | 'u', K_CTRL | 'k'};

    return rng_below(r, 3) ? odd[rng_below(r, ARRAY_LEN(odd))]
                           : keys[rng_below(r, ARRAY_LEN(keys) - 2 * (rng_below(r, 6) != 0))];
}

static bool is_border(const struct edit *e)
{
    size_t at = 0;

    while (at < e->at)
        at = text_next(e->text.data, e->text.len, at);
    return at == e->at;
}

static void random_paste(struct edit *e, struct rng *r)
{
    char bytes[8];
    struct event ev = paste(bytes, rng_below(r, sizeof(bytes) + 1));

    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (char)rng_below(r, 256);
    assert_true(edit_event(e, &ev));
}

static void test_text_stays_valid_and_the_cursor_in_sight(void **state)
{
    struct rng r = rng_seed(5);
    struct canvas c = {0};
    struct edit e = {.max = 90};

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        int w = (int)rng_below(&r, 30);

        if (rng_below(&r, 10))
            press(&e, random_key(&r));
        else
            random_paste(&e, &r);
        assert_true(text_valid(str_text(&e.text), e.text.len));
        assert_true(e.text.len <= 90);
        assert_int_equal(strlen(str_text(&e.text)), e.text.len);
        assert_null(strpbrk(str_text(&e.text), "\n\r\t\x1b"));
        assert_true(e.at <= e.text.len && is_border(&e));
        edit_draw(&e, fresh(&c, 1, w), true, NULL);
        check_cursor(&c, w ? 0 : -1, w ? c.cursor_x : -1);
        if (e.at < e.text.len && w > 12)
            assert_false(c.cells[c.cursor_x].text[0] == L' ' && e.text.data[e.at] != ' ');
    }
    edit_free(&e);
    canvas_free(&c);
}

// What the keys must do, told in another way: on ASCII, by bytes.
static void check_like_readline(const char *text, size_t at, uint32_t code)
{
    struct edit e = {0};
    size_t word = at;
    struct str want = {0};

    while (word > 0 && text[word - 1] == ' ')
        word--;
    while (word > 0 && text[word - 1] != ' ')
        word--;
    str_add_len(&want, text, code == (K_CTRL | 'k') ? at : code == (K_CTRL | 'w') ? word : 0);
    str_add_char(&want, '|');
    str_add(&want, code == (K_CTRL | 'k') ? "" : text + at);
    edit_set(&e, text);
    e.at = at;
    press(&e, code);
    check(&e, str_text(&want));
    press(&e, K_CTRL | 'y');
    assert_string_equal(str_text(&e.text), text);
    str_free(&want);
    edit_free(&e);
}

static void test_cutting_is_readlines(void **state)
{
    static const uint32_t codes[] = {K_CTRL | 'u', K_CTRL | 'k', K_CTRL | 'w'};
    struct rng r = rng_seed(9);
    char text[16] = "";

    (void)state;
    for (int i = 0; i < ROUNDS / 4; i++) {
        size_t n = rng_below(&r, sizeof(text));

        for (size_t k = 0; k < n; k++)
            text[k] = " ab.-"[rng_below(&r, 5)];
        text[n] = '\0';
        check_like_readline(text, rng_below(&r, (uint32_t)n + 1), codes[i % 3]);
    }
}

// The places in this process's memory that hold "SeCrEt" and a number, read past the sanitizer,
// which keeps freed memory for a while.
static int copies_in(int mem, unsigned long from, unsigned long to)
{
    static char bytes[SCAN + 16];
    int n = 0;

    for (; from < to; from += SCAN) {
        ssize_t got = pread(mem, bytes, sizeof(bytes), (off_t)from);

        for (ssize_t i = 0; i + 8 < got && i < SCAN; i++)
            n += bytes[i] == 'S' && bytes[i + 1] == 'e' && bytes[i + 2] == 'C' &&
                 bytes[i + 3] == 'r' && bytes[i + 4] == 'E' && bytes[i + 5] == 't';
    }
    memset(bytes, 0, sizeof(bytes));
    return n;
}

static int copies(void)
{
    FILE *maps = fopen("/proc/self/maps", "r");
    int mem = open("/proc/self/mem", O_RDONLY | O_CLOEXEC), n = 0;
    unsigned long from, to;
    char line[512], mode[8];

    assert_non_null(maps);
    assert_true(mem >= 0);
    while (fgets(line, sizeof(line), maps)) {
        if (sscanf(line, "%lx-%lx %7s", &from, &to, mode) == 3 && mode[1] == 'w' &&
            to - from < REGION_MAX)
            n += copies_in(mem, from, to);
    }
    (void)fclose(maps);
    (void)close(mem);
    return n;
}

// 20 copies in a row, typed or pasted.
static void enter_secret(struct edit *e, bool pasted)
{
    static const unsigned char hidden[] = {'S' ^ 1, 'e' ^ 1, 'C' ^ 1, 'r' ^ 1, 'E' ^ 1, 't' ^ 1};
    char text[20 * sizeof(hidden)];

    for (size_t i = 0; i < sizeof(text); i++) {
        text[i] = (char)(hidden[i % sizeof(hidden)] ^ 1);
        if (!pasted)
            press(e, (uint32_t)text[i]);
    }
    if (pasted) {
        struct event ev = paste(text, sizeof(text));

        assert_true(edit_event(e, &ev));
    }
    secret_wipe(text, sizeof(text));
}

static void test_secrets_leave_no_copy(void **state)
{
    struct canvas c = {0};

    (void)state;
    assert_int_equal(copies(), 0);
    for (int pasted = 0; pasted < 2; pasted++) {
        struct edit e = {.secret = true};

        enter_secret(&e, pasted);
        edit_draw(&e, fresh(&c, 1, 40), true, NULL);
        assert_int_equal(copies(), 20);
        press(&e, K_CTRL | 'w');
        assert_int_equal(copies(), 0);
        enter_secret(&e, pasted);
        for (int i = 0; i < 4; i++)
            press(&e, K_BACKSPACE);
        assert_int_equal(copies(), 19);
        edit_set(&e, "");
        assert_int_equal(copies(), 0);
        enter_secret(&e, pasted);
        edit_free(&e);
        assert_int_equal(copies(), 0);
    }
    canvas_free(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_what_is_not_for_it),
        cmocka_unit_test(test_cut_and_put_back),
        cmocka_unit_test(test_changes_are_counted),
        cmocka_unit_test(test_pastes),
        cmocka_unit_test(test_a_great_paste_is_cut),
        cmocka_unit_test(test_drawing),
        cmocka_unit_test(test_scrolling),
        cmocka_unit_test(test_secret_is_shown_as_dots),
        cmocka_unit_test(test_text_stays_valid_and_the_cursor_in_sight),
        cmocka_unit_test(test_cutting_is_readlines),
        cmocka_unit_test(test_secrets_leave_no_copy),
    };

    return cmocka_run_group_tests_name("ui-widget-edit", tests, use_utf8, NULL);
}
