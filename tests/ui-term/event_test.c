// Names of keys: what is understood, and that every key is read back from its own name.
#include "support/test.h"

#include <locale.h>
#include <wctype.h>

#include "base/mem.h"
#include "ui/term/event.h"

static void test_names(void **state)
{
    static const struct {
        const char *name;
        uint32_t key;
    } cases[] = {
        {"j", 'j'},
        {"G", 'G'},
        {"S-g", 'G'},
        {"é", 0xe9},
        {"李", 0x674e},
        {"-", '-'},
        {"#", '#'},
        {"C-d", K_CTRL | 'd'},
        {"C-D", K_CTRL | 'd'},
        {"C-j", K_CTRL | 'j'},
        {"C-i", K_TAB},
        {"C-m", K_ENTER},
        {"C-[", K_ESCAPE},
        {"C-@", K_CTRL | ' '},
        {"C-Space", K_CTRL | ' '},
        {"C-/", K_CTRL | '_'},
        {"C-_", K_CTRL | '_'},
        {"M-x", K_META | 'x'},
        {"M-S-x", K_META | 'X'},
        {"M--", K_META | '-'},
        {"C-M-x", K_CTRL | K_META | 'x'},
        {"M-C-x", K_CTRL | K_META | 'x'},
        {"M-C-m", K_META | K_ENTER},
        {"S-Tab", K_SHIFT | K_TAB},
        {"Space", ' '},
        {"PageUp", K_PAGE_UP},
        {"pgdn", K_PAGE_DOWN},
        {"F1", K_F1},
        {"f10", K_F1 + 9},
        {"S-F12", K_SHIFT | K_F12},
        {"Return", K_ENTER},
        {"escape", K_ESCAPE},
        {"C-S-M-Up", K_CTRL | K_SHIFT | K_META | K_UP},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_int_equal(key_parse(cases[i].name), cases[i].key);
}

static void test_unknown_names(void **state)
{
    static const char *const names[] = {
        "",    "ab", "F0",   "F13",  "F01", "F1x", "C-",  "C-é",     "C-1",   "S-1",  "S-é",
        "X-a", "\n", "\x1b", "\xff", " ",   "C-?", "Upp", "S-Space", "C-S-x", "\xc3", "e\xcc\x81"};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        assert_int_equal(key_parse(names[i]), 0);
}

static void assert_comes_back(uint32_t key)
{
    struct str name = {0};

    key_print(key, &name);
    assert_int_equal(key_parse(str_text(&name)), key);
    str_free(&name);
}

static void test_every_key_comes_back(void **state)
{
    static const uint32_t mods[] = {0,
                                    K_CTRL,
                                    K_META,
                                    K_SHIFT,
                                    K_CTRL | K_META,
                                    K_CTRL | K_SHIFT,
                                    K_META | K_SHIFT,
                                    K_CTRL | K_META | K_SHIFT};
    static const char controls[] = "abcdefghjklnopqrstuvwxyz \\]^_";

    (void)state;
    for (uint32_t point = ' '; point < 0x110000; point++) {
        if (point != ' ' && !iswprint((wint_t)point))
            continue;
        assert_comes_back(point);
        assert_comes_back(K_META | point);
    }
    for (uint32_t key = K_UP; key <= K_F12; key++) {
        for (size_t i = 0; i < ARRAY_LEN(mods); i++)
            assert_comes_back(mods[i] | key);
    }
    for (const char *c = controls; *c; c++) {
        assert_comes_back(K_CTRL | (uint32_t)*c);
        assert_comes_back(K_CTRL | K_META | (uint32_t)*c);
    }
}

static int start(void **state)
{
    (void)state;
    return setlocale(LC_ALL, "C.UTF-8") ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_unknown_names),
        cmocka_unit_test(test_every_key_comes_back),
    };

    return cmocka_run_group_tests_name("ui-term-event", tests, start, NULL);
}
