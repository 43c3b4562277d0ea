// Names of keys, as keys.conf writes them. Any thread. Floor: ui/term.
#include "ui/term/event.h"

#include <string.h>
#include <wctype.h>

#include "base/mem.h"
#include "base/text.h"

enum { KEY_MODIFIERS = K_CTRL | K_META | K_SHIFT, FIRST_PRINTABLE = ' ', DELETE_CHAR = 0x7f };

// The first name of a key is the one that is printed.
static const struct {
    const char *name;
    uint32_t key;
} names[] = {
    {"Up", K_UP},          {"Down", K_DOWN},           {"Left", K_LEFT},
    {"Right", K_RIGHT},    {"Home", K_HOME},           {"End", K_END},
    {"PageUp", K_PAGE_UP}, {"PageDown", K_PAGE_DOWN},  {"Insert", K_INSERT},
    {"Delete", K_DELETE},  {"Backspace", K_BACKSPACE}, {"Enter", K_ENTER},
    {"Tab", K_TAB},        {"Esc", K_ESCAPE},          {"Space", ' '},
    {"PgUp", K_PAGE_UP},   {"PgDn", K_PAGE_DOWN},      {"Ins", K_INSERT},
    {"Del", K_DELETE},     {"Return", K_ENTER},        {"Escape", K_ESCAPE},
};

static const struct {
    char letter;
    uint32_t bit;
} modifiers[] = {{'C', K_CTRL}, {'M', K_META}, {'S', K_SHIFT}};

// With K_CTRL a terminal sends these as other keys.
static const struct {
    uint32_t point, key;
} same[] = {
    {'i', K_TAB}, {'m', K_ENTER}, {'[', K_ESCAPE}, {'@', K_CTRL | ' '}, {'/', K_CTRL | '_'}};

static const char control_points[] = "abcdefghjklnopqrstuvwxyz \\]^_";

static uint32_t modifier(char letter)
{
    for (size_t i = 0; i < ARRAY_LEN(modifiers); i++) {
        if (modifiers[i].letter == letter)
            return modifiers[i].bit;
    }
    return 0;
}

// F1 to F12, or 0.
static uint32_t function_key(const char *name)
{
    long long n;

    if ((*name != 'F' && *name != 'f') || name[1] == '0' || !str_int64(name + 1, &n))
        return 0;
    return n >= 1 && n <= 12 ? K_F1 + (uint32_t)n - 1 : 0;
}

static uint32_t named_key(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        if (str_eq_case(names[i].name, name))
            return names[i].key;
    }
    return function_key(name);
}

// One printable character and nothing else, or 0.
static uint32_t character(const char *name)
{
    size_t len = strlen(name);
    uint32_t point;

    if (len == 0 || text_decode(name, len, &point) != len)
        return 0;
    return point > ' ' && iswprint((wint_t)point) ? point : 0;
}

static uint32_t with_control(uint32_t point)
{
    point = point < 0x80 ? (uint32_t)str_lower((char)point) : 0;
    for (size_t i = 0; i < ARRAY_LEN(same); i++) {
        if (same[i].point == point)
            return same[i].key;
    }
    return point && strchr(control_points, (int)point) ? K_CTRL | point : 0;
}

static uint32_t with_modifiers(uint32_t point, uint32_t mods)
{
    if (mods & K_SHIFT) {
        if (point < 'a' || point > 'z' || mods & K_CTRL)
            return 0;
        point -= 'a' - 'A';
    }
    if (mods & K_CTRL)
        point = with_control(point);
    return point ? point | (mods & K_META) : 0;
}

uint32_t key_parse(const char *name)
{
    uint32_t mods = 0, bit, key;

    while (*name && name[1] == '-' && name[2] && (bit = modifier(*name)) != 0) {
        mods |= bit;
        name += 2;
    }
    key = named_key(name);
    if (key & K_SPECIAL)
        return key | mods;
    return with_modifiers(key ? key : character(name), mods);
}

static void print_name(uint32_t key, struct str *out)
{
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        if (names[i].key == key) {
            str_add(out, names[i].name);
            return;
        }
    }
    if (key >= K_F1 && key <= K_F12)
        str_addf(out, "F%u", (unsigned)(key - K_F1 + 1));
    else
        text_encode(key, out);
}

void key_print(uint32_t key, struct str *out)
{
    for (size_t i = 0; i < ARRAY_LEN(modifiers); i++) {
        if (key & modifiers[i].bit)
            str_addf(out, "%c-", modifiers[i].letter);
    }
    print_name(key & ~(uint32_t)(K_CTRL | K_META | K_SHIFT), out);
}

bool key_is_text(uint32_t key)
{
    return !(key & (KEY_MODIFIERS | K_SPECIAL)) && key >= FIRST_PRINTABLE && key != DELETE_CHAR;
}
