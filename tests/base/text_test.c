// Outside text made harmless: every code point there is, and random text.
#include "support/test.h"

#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>
#include <wchar.h>

#include "base/mem.h"
#include "base/rng.h"
#include "base/text.h"

enum { WIDE_MAX = 4096, RANDOM_ROUNDS = 5000 };

static void use_utf8(void)
{
    assert_non_null(setlocale(LC_ALL, "C.UTF-8"));
}

// The bytes that would be cp, even where it is a surrogate and they are no UTF-8.
static void add_raw(uint32_t cp, struct str *out)
{
    char bytes[5] = {0};

    if (cp < 0x80) {
        str_add_char(out, (char)cp);
        return;
    }
    if (cp < 0x800) {
        (void)snprintf(bytes, sizeof(bytes), "%c%c", (int)(0xc0 | cp >> 6),
                       (int)(0x80 | (cp & 0x3f)));
    } else if (cp < 0x10000) {
        (void)snprintf(bytes, sizeof(bytes), "%c%c%c", (int)(0xe0 | cp >> 12),
                       (int)(0x80 | (cp >> 6 & 0x3f)), (int)(0x80 | (cp & 0x3f)));
    } else {
        (void)snprintf(bytes, sizeof(bytes), "%c%c%c%c", (int)(0xf0 | cp >> 18),
                       (int)(0x80 | (cp >> 12 & 0x3f)), (int)(0x80 | (cp >> 6 & 0x3f)),
                       (int)(0x80 | (cp & 0x3f)));
    }
    str_add(out, bytes);
}

static bool is_forbidden(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xad || c == 0x61c || c == 0x34f ||
           (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
           (c >= 0x2060 && c <= 0x206f) || c == 0xfeff || (c >= 0xfdd0 && c <= 0xfdef) ||
           (c >= 0xfe00 && c <= 0xfe0f) || (c & 0xfffe) == 0xfffe || (c >= 0xfff0 && c <= 0xfffb) ||
           (c >= 0xe0000 && c <= 0xe0fff);
}

// What must hold for everything that text_clean() lets out.
static void check_clean(const struct str *s)
{
    static wchar_t wide[WIDE_MAX];
    const char *p = str_text(s);
    size_t len = s->len, marks = 0;

    assert_true(len < WIDE_MAX);
    assert_int_equal(strlen(p), len);
    while (len) {
        uint32_t cp = 0;
        size_t n = text_decode(p, len, &cp);

        marks = wcwidth((wchar_t)cp) ? 0 : marks + 1;
        if (n == 0 || is_forbidden(cp) || marks > 4)
            fail_msg("U+%04X is not clean", (unsigned)cp);
        p += n;
        len -= n;
    }
    assert_true(mbstowcs(wide, str_text(s), WIDE_MAX) < WIDE_MAX);
    assert_int_equal(text_width(str_text(s)), wcswidth(wide, WIDE_MAX));
}

static void test_decoding_agrees_with_utf8proc(void **state)
{
    static const unsigned char tails[] = {0x00, 0x7f, 0x80, 0x9f, 0xbf, 0xc0};
    enum { N = sizeof(tails) };

    (void)state;
    for (unsigned i = 0; i < 256 * 256 * N * N; i++) {
        unsigned char b[4] = {(unsigned char)(i & 0xff), (unsigned char)(i >> 8 & 0xff),
                              tails[(i >> 16) % N], tails[(i >> 16) / N]};
        size_t len = 1 + (i >> 3) % 4;
        utf8proc_int32_t theirs;
        utf8proc_ssize_t n = utf8proc_iterate(b, (utf8proc_ssize_t)len, &theirs);
        uint32_t ours;
        size_t m = text_decode((const char *)b, len, &ours);

        if (m != (n > 0 ? (size_t)n : 0) || (m && ours != (uint32_t)theirs))
            fail_msg("%02x %02x %02x %02x", b[0], b[1], b[2], b[3]);
    }
}

static void test_every_code_point_survives_encoding(void **state)
{
    struct str s = {0}, raw = {0};

    (void)state;
    for (uint32_t cp = 0; cp <= 0x10ffff; cp++) {
        bool surrogate = cp >= 0xd800 && cp < 0xe000;
        uint32_t back = 0;

        str_clear(&raw);
        add_raw(cp, &raw);
        assert_int_equal(text_valid(raw.data, raw.len), !surrogate);
        if (surrogate)
            continue;
        str_clear(&s);
        text_encode(cp, &s);
        assert_memory_equal(s.data, raw.data, raw.len);
        assert_int_equal(text_decode(s.data, s.len, &back), s.len);
        assert_int_equal(back, cp);
    }
    str_free(&s);
    str_free(&raw);
}

// Each code point first, after a letter, after an emoji, after a virama.
static void test_every_code_point_is_clean(void **state)
{
    static const char *const before[] = {"|a", "|\xf0\x9f\x91\xa9", "|\xe0\xa4\x95\xe0\xa5\x8d"};
    struct str in = {0}, out = {0};

    (void)state;
    use_utf8();
    for (uint32_t cp = 0; cp <= 0x10ffff; cp++) {
        const char *p;

        str_clear(&in);
        str_clear(&out);
        add_raw(cp, &in);
        for (size_t i = 0; i < ARRAY_LEN(before); i++) {
            str_add(&in, before[i]);
            add_raw(cp, &in);
        }
        str_add(&in, "z");
        text_clean(in.data, in.len, &out);
        check_clean(&out);
        p = out.data;
        for (size_t i = 0; i < ARRAY_LEN(before) && p; i++)
            p = strstr(p, before[i]);
        if (!p || out.data[out.len - 1] != 'z')
            fail_msg("U+%04X eats its neighbours", (unsigned)cp);
    }
    str_free(&in);
    str_free(&out);
}

static void test_outside_utf8_all_is_ascii(void **state)
{
    struct str in = {0}, out = {0};

    (void)state;
    assert_non_null(setlocale(LC_ALL, "C"));
    assert_false(text_is_utf8());
    for (uint32_t cp = 0; cp <= 0x10ffff; cp++) {
        str_clear(&in);
        str_clear(&out);
        add_raw(cp, &in);
        text_clean(in.data, in.len, &out);
        for (size_t i = 0; i < out.len; i++)
            assert_in_range(out.data[i], ' ', '~');
    }
    str_free(&in);
    str_free(&out);
    use_utf8();
    assert_true(text_is_utf8());
}

static void check_text(const char *in, const char *expected)
{
    char *out = text_cleaned(in);

    assert_string_equal(out, expected);
    free(out);
}

static void test_what_is_shown(void **state)
{
    (void)state;
    use_utf8();
    check_text("", "");
    check_text("Zo\xc3\xab \xe6\x97\xa5\xe6\x9c\xac", "Zo\xc3\xab \xe6\x97\xa5\xe6\x9c\xac");
    check_text("a\tb\nc\r\nd\re", "a b c d e");
    check_text("\n\n", "  ");
    check_text("\x1b[31mred\x07", "<U+001B>[31mred<U+0007>");
    check_text("\x7f", "<U+007F>");
    check_text("\xc2\x9b"
               "31m",
               "<U+009B>31m");
    check_text("evil\xe2\x80\xaegpj.exe", "evil<U+202E>gpj.exe");
    check_text("a\xe2\x80\x8b"
               "b\xef\xbb\xbf",
               "a<U+200B>b<U+FEFF>");
    check_text("soft\xc2\xadhyphen", "soft<U+00AD>hyphen");
    check_text("\xf3\xa0\x81\x81", "<U+E0041>");
    check_text("\xef\xbf\xbe", "<U+FFFE>");
    check_text("a\xff"
               "b\xc3",
               "a\xef\xbf\xbd"
               "b\xef\xbf\xbd");
    check_text("\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
}

static void test_marks(void **state)
{
    (void)state;
    use_utf8();
    check_text("e\xcc\x81", "e\xcc\x81");
    check_text("\xcc\x81"
               "e",
               "<U+0301>e");
    check_text("\x01\xcc\x81", "<U+0001><U+0301>");
    check_text("e\xcc\x81\xcc\x82\xcc\x83\xcc\x84\xcc\x85\xcc\x86x",
               "e\xcc\x81\xcc\x82\xcc\x83\xcc\x84x");
    // A Devanagari vowel sign takes a column of its own.
    check_text("\xe0\xa4\x95\xe0\xa4\xbe", "\xe0\xa4\x95\xe0\xa4\xbe");
}

static void test_joined_emoji_show_their_base(void **state)
{
    (void)state;
    use_utf8();
    // woman ZWJ woman ZWJ girl; thumb with skin tone; heart VS16; keycap 1
    check_text("\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7.",
               "\xf0\x9f\x91\xa9.");
    check_text("\xf0\x9f\x91\x8d\xf0\x9f\x8f\xbd.", "\xf0\x9f\x91\x8d.");
    check_text("\xe2\x9d\xa4\xef\xb8\x8f.", "\xe2\x9d\xa4.");
    check_text("1\xef\xb8\x8f\xe2\x83\xa3.", "1.");
    // Sinhala: the joiner after a virama shapes letters; between Latin letters it only hides.
    check_text("\xe0\xb7\x81\xe0\xb7\x8a\xe2\x80\x8d\xe0\xb6\xbb",
               "\xe0\xb7\x81\xe0\xb7\x8a\xe0\xb6\xbb");
    check_text("a\xe2\x80\x8d"
               "b\xe2\x80\x8c",
               "a<U+200D>b<U+200C>");
    check_text("\xe2\x80\x8d\xef\xb8\x8f", "<U+200D><U+FE0F>");
    check_text("\xf0\x9f\x87\xa9\xf0\x9f\x87\xaa", "\xf0\x9f\x87\xa9\xf0\x9f\x87\xaa");
}

static uint32_t random_code_point(struct rng *r)
{
    static const uint32_t odd[] = {0x200d,   0x200c, 0xfe0f, 0x1f3fb, 0x1f469, 0x301,
                                   0x94d,    0x1100, 0x1161, 0x11a8,  0x1f1e6, 0x20e3,
                                   0x202e,   0x9b,   0x1b,   0xad,    0x4e00,  0xe0041,
                                   0x10ffff, 0xd800, 0x600,  0xa0,    0x3164,  0x903};

    switch (rng_below(r, 4)) {
    case 0:
        return 1 + rng_below(r, 0x7f);
    case 1:
        return 1 + rng_below(r, 0x10ffff);
    case 2:
        return 0x300 + rng_below(r, 0x1000);
    default:
        return odd[rng_below(r, ARRAY_LEN(odd))];
    }
}

static void random_text(struct rng *r, struct str *s)
{
    uint32_t n = rng_below(r, 24);

    str_clear(s);
    for (uint32_t i = 0; i < n; i++) {
        if (rng_below(r, 10) == 0)
            str_add_char(s, (char)(1 + rng_below(r, 255)));
        else
            add_raw(random_code_point(r), s);
    }
}

static void test_random_text_is_clean_and_stays_so(void **state)
{
    struct rng r = rng_seed(20261124);
    struct str in = {0}, once = {0}, twice = {0};

    (void)state;
    use_utf8();
    for (int i = 0; i < RANDOM_ROUNDS; i++) {
        random_text(&r, &in);
        str_clear(&once);
        str_clear(&twice);
        text_clean(str_text(&in), in.len, &once);
        check_clean(&once);
        text_clean(str_text(&once), once.len, &twice);
        assert_string_equal(str_text(&twice), str_text(&once));
    }
    str_free(&in);
    str_free(&once);
    str_free(&twice);
}

static void test_a_nul_is_shown(void **state)
{
    struct str s = {0};

    (void)state;
    text_clean("a\0b", 3, &s);
    assert_string_equal(str_text(&s), "a<U+0000>b");
    str_free(&s);
}

static void test_width(void **state)
{
    (void)state;
    use_utf8();
    assert_int_equal(text_width(""), 0);
    assert_int_equal(text_width("plain"), 5);
    assert_int_equal(text_width("\xe6\x97\xa5\xe6\x9c\xac"), 4);
    assert_int_equal(text_width("e\xcc\x81"), 1);
    assert_int_equal(text_width("\xf0\x9f\x91\x8d"), 2);
}

static void check_fit(const char *s, int width, bool pad, const char *expected)
{
    struct str out = {0};

    text_fit(s, width, pad, &out);
    assert_string_equal(str_text(&out), expected);
    str_free(&out);
}

static void test_fit(void **state)
{
    (void)state;
    use_utf8();
    check_fit("plain", 5, false, "plain");
    check_fit("plain", 4, false, "pla\xe2\x80\xa6");
    check_fit("plain", 1, false, "\xe2\x80\xa6");
    check_fit("plain", 0, true, "");
    check_fit("plain", -3, true, "");
    check_fit("ab", 4, true, "ab  ");
    check_fit("ab", 4, false, "ab");
    check_fit("", 2, true, "  ");
    check_fit("\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e", 5, true,
              "\xe6\x97\xa5\xe6\x9c\xac\xe2\x80\xa6");
    check_fit("\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e", 4, true, "\xe6\x97\xa5\xe2\x80\xa6 ");
    check_fit("\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e", 4, false, "\xe6\x97\xa5\xe2\x80\xa6");
    check_fit("\xe6\x97\xa5", 1, true, "\xe2\x80\xa6");
    check_fit("e\xcc\x81tude", 2, false, "e\xcc\x81\xe2\x80\xa6");
    check_fit("xe\xcc\x81", 2, true, "xe\xcc\x81");
    // A flag is two code points; half of one is another thing.
    check_fit("\xf0\x9f\x87\xa9\xf0\x9f\x87\xaa!", 2, true, "\xe2\x80\xa6 ");
    assert_non_null(setlocale(LC_ALL, "C"));
    check_fit("plain", 4, false, "pla~");
    use_utf8();
}

static void test_fit_random(void **state)
{
    struct rng r = rng_seed(7);
    struct str in = {0}, clean = {0}, out = {0};

    (void)state;
    use_utf8();
    for (int i = 0; i < RANDOM_ROUNDS; i++) {
        int width = 1 + (int)rng_below(&r, 30), whole;

        random_text(&r, &in);
        str_clear(&clean);
        text_clean(str_text(&in), in.len, &clean);
        whole = text_width(str_text(&clean));
        str_clear(&out);
        text_fit(str_text(&clean), width, true, &out);
        check_clean(&out);
        assert_int_equal(text_width(str_text(&out)), width);
        if (whole <= width)
            assert_true(str_starts(str_text(&out), str_text(&clean)));
        else
            assert_non_null(strstr(str_text(&out), "\xe2\x80\xa6"));
        str_clear(&out);
        text_fit(str_text(&clean), width, false, &out);
        assert_true(text_width(str_text(&out)) <= width);
    }
    str_free(&in);
    str_free(&clean);
    str_free(&out);
}

static void check_same_fold(const char *a, const char *b, bool same)
{
    char *x = text_fold(a), *y = text_fold(b);

    assert_int_equal(strcmp(x, y) == 0, same);
    free(x);
    free(y);
}

static void test_fold(void **state)
{
    (void)state;
    check_same_fold("INDUSTRY", "industry", true);
    check_same_fold("", "", true);
    check_same_fold("STRASSE",
                    "stra\xc3\x9f"
                    "e",
                    true);
    check_same_fold("\xc3\x89", "e\xcc\x81", true);
    check_same_fold("\xc3\x89", "e", false);
    check_same_fold("\xce\xa3", "\xcf\x82", true);
    check_same_fold("\xd0\x90", "\xd0\xb0", true);
    check_same_fold("a\xff", "A\xff", true);
    check_same_fold("a\xff", "A", false);
}

static void test_grapheme_steps(void **state)
{
    // a, e with an acute accent apart, two flags, a family, CR LF, x
    static const char s[] = "ae\xcc\x81"
                            "\xf0\x9f\x87\xa9\xf0\x9f\x87\xaa\xf0\x9f\x87\xab\xf0\x9f\x87\xb7"
                            "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7\r\nx";
    static const size_t borders[] = {0, 1, 4, 12, 20, 31, 33, 34};
    size_t len = strlen(s);

    (void)state;
    assert_int_equal(len, 34);
    for (size_t i = 0; i + 1 < ARRAY_LEN(borders); i++) {
        assert_int_equal(text_next(s, len, borders[i]), borders[i + 1]);
        assert_int_equal(text_prev(s, len, borders[i + 1]), borders[i]);
    }
    assert_int_equal(text_next(s, len, len), len);
    assert_int_equal(text_prev(s, len, 0), 0);
    assert_int_equal(text_next("\xff\xff", 2, 0), 1);
    assert_int_equal(text_prev("\xff\xff", 2, 2), 1);
}

static void test_grapheme_steps_agree(void **state)
{
    struct rng rng = rng_seed(11);
    struct str s = {0};

    (void)state;
    for (int i = 0; i < RANDOM_ROUNDS / 4; i++) {
        size_t before = 0;

        str_clear(&s);
        random_text(&rng, &s);
        for (size_t at = 0; at < s.len; before = at) {
            at = text_next(s.data, s.len, at);
            assert_true(at > before);
            assert_int_equal(text_prev(s.data, s.len, at), before);
        }
    }
    str_free(&s);
}

static void test_plain_letters(void **state)
{
    static const uint32_t cases[][2] = {
        {'A', 'a'},       {'z', 'z'},       {'-', '-'},       {0xc9, 'e'},       {0x160, 's'},
        {0x301, 0},       {0x410, 0x430},   {0x3a3, 0x3c3},   {0xdf, 's'},       {0x304c, 0x304c},
        {0xd55c, 0xd55c}, {0x674e, 0x674e}, {0xff21, 0xff41}, {0x1f600, 0x1f600}};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_int_equal(text_plain(cases[i][0]), cases[i][1]);
}

static void check_found(const char *hay, const char *needle, int at, size_t len)
{
    size_t n = 0;
    const char *p = text_find(hay, needle, &n);

    if (at < 0) {
        assert_null(p);
        return;
    }
    assert_ptr_equal(p, hay + at);
    assert_int_equal(n, len);
}

static void test_find(void **state)
{
    (void)state;
    check_found("VP of Software", "soft", 6, 4);
    check_found("S\xc3\xa3o Paulo", "sao p", 0, 6);
    check_found("in Sa\xcc\x83o", "sao", 3, 5);
    check_found("sao", "S\xc3\x83O", 0, 3);
    check_found("aab", "ab", 1, 2);
    check_found("\xe6\x9d\x8e\xe6\x98\x8e", "\xe6\x98\x8e", 3, 3);
    check_found("\xff\xffx", "x", 2, 1);
    check_found("sof", "soft", -1, 0);
    check_found("soft", "", -1, 0);
    check_found("soft", "\xcc\x81", -1, 0);
    check_found("", "x", -1, 0);
}

static size_t fitting(const char *s, int width, int *used)
{
    return text_fitting(s, strlen(s), width, used);
}

static void test_fitting(void **state)
{
    int used = -1;

    (void)state;
    assert_int_equal(fitting("abc", 2, &used), 2);
    assert_int_equal(used, 2);
    assert_int_equal(fitting("a\xe6\x9d\x8e", 2, &used), 1);
    assert_int_equal(used, 1);
    assert_int_equal(fitting("ae\xcc\x81z", 2, &used), 4);
    assert_int_equal(used, 2);
    assert_int_equal(fitting("abc", 0, &used), 0);
    assert_int_equal(used, 0);
    assert_int_equal(text_fitting("abc", 1, 5, &used), 1);
    assert_int_equal(used, 1);
    assert_int_equal(fitting("", 5, &used), 0);
    assert_int_equal(used, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decoding_agrees_with_utf8proc),
        cmocka_unit_test(test_every_code_point_survives_encoding),
        cmocka_unit_test(test_every_code_point_is_clean),
        cmocka_unit_test(test_outside_utf8_all_is_ascii),
        cmocka_unit_test(test_what_is_shown),
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_joined_emoji_show_their_base),
        cmocka_unit_test(test_random_text_is_clean_and_stays_so),
        cmocka_unit_test(test_a_nul_is_shown),
        cmocka_unit_test(test_width),
        cmocka_unit_test(test_fit),
        cmocka_unit_test(test_fit_random),
        cmocka_unit_test(test_fold),
        cmocka_unit_test(test_fitting),
        cmocka_unit_test(test_grapheme_steps),
        cmocka_unit_test(test_grapheme_steps_agree),
        cmocka_unit_test(test_plain_letters),
        cmocka_unit_test(test_find),
    };

    return cmocka_run_group_tests_name("base-text", tests, NULL, NULL);
}
