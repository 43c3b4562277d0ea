// Outside text made harmless: every code point there is, and random text. Tests.
#include "base/odd_text.h"

#include <utf8proc.h>

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
    };

    return cmocka_run_group_tests_name("base-text", tests, NULL, NULL);
}
