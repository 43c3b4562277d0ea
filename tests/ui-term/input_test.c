// Bytes of terminals as events: keys of many kinds, mouse, pastes with and without brackets, what
// never ends, and noise.
#include "ui-term/events.h"

#include "base/rng.h"
#include "base/text.h"

enum { ROUNDS = 20000 };

static char linux_f1[] = "\033[[A", rxvt_up[] = "\033[5$", old_backspace[] = "\b";
static const struct key_string strings[] = {
    {linux_f1, K_F1}, {rxvt_up, K_SHIFT | K_PAGE_UP}, {old_backspace, K_BACKSPACE}};

static void assert_events(const char *bytes, size_t len, const char *want)
{
    check_events((struct input){.keys = strings, .n_keys = ARRAY_LEN(strings)}, bytes, len, want);
}

static void test_keys(void **state)
{
    static const struct {
        const char *bytes, *want;
    } cases[] = {
        {"jG /", "j G Space /"},
        {"\xc3\xa9\xe6\x9d\x8e\xf0\x9f\x91\x8d", "é 李 👍"},
        {"\t\r\n\x7f", "Tab Enter C-j Backspace"},
        {"\x01\x03\x1a\x1c\x1d\x1e\x1f", "C-a C-c C-z C-\\ C-] C-^ C-_"},
        {"\b", "Backspace"},
        {"\033", "Esc"},
        {"\033\033", "Esc Esc"},
        {"\033x\033X\033\xc3\xa9", "M-x M-X M-é"},
        {"\033\r\033\t\033\x7f\033\x18", "M-Enter M-Tab M-Backspace C-M-x"},
        {"\033[A\033OA\033[1;5A\033O5A", "Up Up C-Up C-Up"},
        {"\033[B\033[C\033[D\033[H\033[F", "Down Right Left Home End"},
        {"\033[1~\033[4~\033[7~\033[8~", "Home End Home End"},
        {"\033[2~\033[3~\033[5~\033[6~", "Insert Delete PageUp PageDown"},
        {"\033[3;5~\033[6;3~\033[5;2~", "C-Delete M-PageDown S-PageUp"},
        {"\033[Z\033[1;2P\033[15;2~\033[25~", "S-Tab S-F1 S-F5 S-F1"},
        {"\033OP\033OS\033[15~\033[24~", "F1 F4 F5 F12"},
        {"\033[[A\033[5$", "F1 S-PageUp"},
        {"\033\033[A\033\033OB", "M-Up M-Down"},
        {"\033[1;8D\033[1;9D", "C-M-S-Left M-Left"},
        {"\033[97;5u\033[97;2u\033[65;6u\033[13;2u\033[27;5;9~", "C-a A C-a S-Enter C-Tab"},
        {"\033Op\033Oy\033OM\033Ok", "0 9 Enter +"},
        {"\033[", "M-["},
        {"\033O", "M-O"},
        {"\033[1;", ""},
        {"\033[1;x", ""},
        {"\033[I\033[O\033[?1;2c\033[0n\033[24;80R", ""},
        {"\033[999999999999;99999999999A", ""},
        {"\033[1;2;3;4;5;6;7;8;9~x", "S-Home x"},
        {"\033[1\033[A", "Up"},
        {"a\xff"
         "b\xc3",
         "a b"},
        {"\xc3(", "("},
        {"\xed\xa0\x80", ""},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_events(cases[i].bytes, strlen(cases[i].bytes), cases[i].want);
    assert_events("\0", 1, "C-Space");
}

static void test_parts_of_a_sequence_are_waited_for(void **state)
{
    static const char bytes[] = "\033[1;5A\033OP\xe6\x9d\x8e\033[[A\033[<0;5;6M\033[M !!";
    struct input in = {.keys = strings, .n_keys = ARRAY_LEN(strings)};
    struct str out = {0};

    (void)state;
    for (size_t i = 0; i < sizeof(bytes) - 1; i++) {
        input_feed(&in, bytes + i, 1, NOW + (int64_t)i * 20);
        drain(&in, NOW + (int64_t)i * 20 + 19, &out);
    }
    assert_int_equal(input_pending_ms(&in, NOW), -1);
    assert_string_equal(str_text(&out), "C-Up F1 李 F1 <press1 5,4> <press1 0,0>");
    str_free(&out);
    input_free(&in);
}

static void test_a_lone_escape_takes_its_time(void **state)
{
    struct input in = {0};
    struct event e;

    (void)state;
    assert_int_equal(input_pending_ms(&in, NOW), -1);
    input_feed(&in, "\033", 1, NOW);
    assert_false(input_next(&in, NOW + 24, &e));
    assert_int_equal(input_pending_ms(&in, NOW + 24), 1);
    assert_true(input_next(&in, NOW + 25, &e));
    assert_int_equal(e.key, K_ESCAPE);
    assert_int_equal(input_pending_ms(&in, NOW + 25), -1);
    input_free(&in);
}

static void test_mouse(void **state)
{
    static const struct {
        const char *bytes, *want;
    } cases[] = {
        {"\033[<0;12;7M\033[<0;12;7m", "<press1 6,11> <release1 6,11>"},
        {"\033[<1;1;1M\033[<2;1;1M", "<press2 0,0> <press3 0,0>"},
        {"\033[<0;3;4M\033[<32;5;4M\033[<0;5;4m", "<press1 3,2> <drag1 3,4> <release1 3,4>"},
        {"\033[<64;2;2M\033[<65;2;2M\033[<66;2;2M", "<up0 1,1> <down0 1,1>"},
        {"\033[<35;2;2M\033[<128;2;2M\033[<0;0;1M\033[<0;99999;1M", ""},
        {"\033[<0;500;400M", "<press1 399,499>"},
        {"\033[<4;2;2M\033[<80;2;2M", "<press1 1,1> <up0 1,1>"},
        {"\033[<0;1;1M\033[<0;1;1m\033[<0;1;1M\033[<0;1;1m\033[<0;1;1M",
         "<press1 0,0> <release1 0,0> <double1 0,0> <release1 0,0> <press1 0,0>"},
        {"\033[<0;1;1M\033[<32;1;2M\033[<0;1;2m\033[<0;1;1M",
         "<press1 0,0> <drag1 1,0> <release1 1,0> <press1 0,0>"},
        {"\033[<0;1;1M\033[<65;1;1M\033[<0;1;1M", "<press1 0,0> <down0 0,0> <press1 0,0>"},
        {"\033[<0;1;1M\033[<0;2;1M\033[<2;2;1M", "<press1 0,0> <press1 0,1> <press3 0,1>"},
        {"\033[M !!\033[M#!!\033[M@\"!\033[M`\"#",
         "<press1 0,0> <release1 0,0> <drag1 0,1> <up0 2,1>"},
        {"\033[M !", ""},
        {"\033[<x", ""},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_events(cases[i].bytes, strlen(cases[i].bytes), cases[i].want);
}

static void test_slow_presses_are_no_double_click(void **state)
{
    struct input in = {0};
    struct str out = {0};

    (void)state;
    input_feed(&in, "\033[<0;1;1M", 9, NOW);
    drain(&in, NOW, &out);
    input_feed(&in, "\033[<0;1;1M", 9, NOW + 401);
    drain(&in, NOW + 401, &out);
    input_feed(&in, "\033[<0;1;1M", 9, NOW + 801);
    drain(&in, NOW + 801, &out);
    assert_string_equal(str_text(&out), "<press1 0,0> <press1 0,0> <double1 0,0>");
    str_free(&out);
    input_free(&in);
}

static void test_pastes(void **state)
{
    static const struct {
        const char *bytes, *want;
    } cases[] = {
        {"\033[200~q\r:quit\r\nx\n\033[201~j", "{q\n:quit\nx\n} j"},
        {"\033[200~\033[201~", "{}"},
        {"\033[200~\033[A\033[200~\033[<0;1;1M\033[201~", "{\033[A\033[200~\033[<0;1;1M}"},
        {"\033[201~j", "j"},
        {"one\rtwo three\r\033[200~x\033[201~q", "{one\ntwo three\n} {x} q"},
        {"\033[200~never ends\r", "{never ends\n}cut"},
        {"\033[200~ends \033[201", "{ends \033[201}cut"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_events(cases[i].bytes, strlen(cases[i].bytes), cases[i].want);
    assert_events("\033[200~a\0b\033[201~", 15, "{ab}");
}

static void test_a_paste_in_pieces(void **state)
{
    static const char bytes[] = "\033[200~one\r\ntwo\033[201~x";

    (void)state;
    for (size_t cut = 1; cut < sizeof(bytes) - 1; cut++) {
        struct input in = {0};
        struct str out = {0};

        input_feed(&in, bytes, cut, NOW);
        drain(&in, NOW, &out);
        input_feed(&in, bytes + cut, sizeof(bytes) - 1 - cut, NOW + 20);
        drain(&in, NOW + 20, &out);
        assert_string_equal(str_text(&out), "{one\ntwo} x");
        str_free(&out);
        input_free(&in);
    }
}

static void test_a_huge_paste_is_cut_at_a_character(void **state)
{
    enum { TIMES = 600000 };
    struct input in = {0};
    struct event e;

    (void)state;
    input_feed(&in, "\033[200~x", 7, NOW);
    for (int i = 0; i < TIMES; i++) {
        input_feed(&in, "\xe6\x9d\x8e", 3, NOW);
        assert_false(input_next(&in, NOW, &e));
    }
    input_feed(&in, "\033[201~j", 7, NOW);
    assert_true(input_next(&in, NOW, &e));
    assert_int_equal(e.kind, EVENT_PASTE);
    assert_true(e.paste_cut);
    assert_int_equal(e.paste_len, (PASTE_MAX - 1) / 3 * 3 + 1);
    assert_true(text_valid(e.paste, e.paste_len));
    assert_true(input_next(&in, NOW, &e));
    assert_int_equal(e.key, 'j');
    input_free(&in);
}

static void test_the_terminal_says_what_it_knows(void **state)
{
    static const struct {
        const char *bytes;
        bool answered, sync;
    } cases[] = {{"\033[?2026;2$y", true, true},
                 {"\033[?2026;1$y", true, true},
                 {"\033[?2026;0$y", true, false},
                 {"\033[?2026;4$y", true, false},
                 {"\033[?2004;1$y", false, false}};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct input in = {0};
        struct event e;

        input_feed(&in, cases[i].bytes, strlen(cases[i].bytes), NOW);
        assert_false(input_next(&in, NOW, &e));
        assert_int_equal(in.answered, cases[i].answered);
        assert_int_equal(in.sync, cases[i].sync);
        assert_int_equal(input_waiting(&in), 0);
        input_free(&in);
    }
}

static void test_other_encodings(void **state)
{
    (void)state;
    assert_non_null(setlocale(LC_ALL, "C"));
    assert_events("a\xe9z", 3, "a z");
    assert_non_null(setlocale(LC_ALL, "C.UTF-8"));
}

static void assert_sane(const struct event *e)
{
    if (e->kind == EVENT_KEY) {
        assert_int_not_equal(e->key, 0);
        assert_true((e->key & K_SPECIAL) != 0 || (e->key & 0xffffff) <= 0x10ffff);
    } else if (e->kind == EVENT_MOUSE) {
        assert_in_range(e->y, 0, 10000);
        assert_in_range(e->x, 0, 10000);
        assert_in_range(e->button, 0, 3);
    } else {
        assert_int_equal(e->kind, EVENT_PASTE);
        assert_int_equal(strlen(e->paste), e->paste_len);
    }
}

// Noise made of what sequences are made of: no event that makes no sense, no wait without an end,
// nothing left over.
static void test_noise(void **state)
{
    static const char *const bits[] = {
        "\033",      "\033[",     "\033O",      "\033[<", "\033[M", "\033[?2026",
        "\033[200~", "\033[201~", "0",          "17",     ";",      "$",
        "y",         "~",         "M",          "m",      "A",      "u",
        "\r",        "j",         "\xc3",       "\xa9",   "\xff",   "\xe6\x9d\x8e",
        "\x01",      "\x7f",      "abcdefgh\r", "\033[["};
    struct rng r = rng_seed(3);

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        struct input in = {.keys = strings, .n_keys = ARRAY_LEN(strings)};
        int64_t now = NOW;
        struct event e;
        int wait, turns = 0;

        for (uint32_t n = rng_below(&r, 12); n > 0; n--) {
            const char *bit = bits[rng_below(&r, ARRAY_LEN(bits))];

            input_feed(&in, bit, strlen(bit), now += rng_below(&r, 30));
            while (rng_below(&r, 2) && input_next(&in, now, &e))
                assert_sane(&e);
        }
        while ((wait = input_pending_ms(&in, now)) >= 0 && turns++ < 200) {
            now += wait;
            while (input_next(&in, now, &e))
                assert_sane(&e);
        }
        assert_in_range(turns, 0, 100);
        assert_int_equal(input_waiting(&in), 0);
        input_free(&in);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_parts_of_a_sequence_are_waited_for),
        cmocka_unit_test(test_a_lone_escape_takes_its_time),
        cmocka_unit_test(test_mouse),
        cmocka_unit_test(test_slow_presses_are_no_double_click),
        cmocka_unit_test(test_pastes),
        cmocka_unit_test(test_a_paste_in_pieces),
        cmocka_unit_test(test_a_huge_paste_is_cut_at_a_character),
        cmocka_unit_test(test_the_terminal_says_what_it_knows),
        cmocka_unit_test(test_other_encodings),
        cmocka_unit_test(test_noise),
    };

    return cmocka_run_group_tests_name("ui-term-input", tests, events_start, NULL);
}
