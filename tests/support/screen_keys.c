// Names of keys and what an xterm sends for them. Values. Tests.
#include "support/screen_keys.h"

#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"

static const struct named {
    const char *name;
    VTermKey key;
} keys[] = {
    {"Up", VTERM_KEY_UP},         {"Down", VTERM_KEY_DOWN},           {"Left", VTERM_KEY_LEFT},
    {"Right", VTERM_KEY_RIGHT},   {"Home", VTERM_KEY_HOME},           {"End", VTERM_KEY_END},
    {"PageUp", VTERM_KEY_PAGEUP}, {"PageDown", VTERM_KEY_PAGEDOWN},   {"Insert", VTERM_KEY_INS},
    {"Delete", VTERM_KEY_DEL},    {"Backspace", VTERM_KEY_BACKSPACE}, {"Enter", VTERM_KEY_ENTER},
    {"Tab", VTERM_KEY_TAB},       {"Esc", VTERM_KEY_ESCAPE},
};

static const struct prefix {
    const char *name;
    VTermModifier mod;
} prefixes[] = {{"C-", VTERM_MOD_CTRL}, {"M-", VTERM_MOD_ALT}, {"S-", VTERM_MOD_SHIFT}};

// "F1".."F12"; 0: not one.
static int function_number(const char *name)
{
    long long n = 0;

    if (name[0] != 'F' || !str_int64(name + 1, &n) || n < 1 || n > 12)
        return 0;
    return (int)n;
}

static bool plain(const char *name, struct screen_keypress *out)
{
    size_t len = strlen(name);

    for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
        if (str_eq(keys[i].name, name)) {
            out->key = keys[i].key;
            return true;
        }
    }
    if (function_number(name))
        out->key = (VTermKey)VTERM_KEY_FUNCTION(function_number(name));
    else if (str_eq(name, "Space"))
        out->point = ' ';
    else
        return len && text_decode(name, len, &out->point) == len;
    return true;
}

static const struct prefix *prefix_of(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(prefixes); i++) {
        if (str_starts(name, prefixes[i].name) && name[2])
            return &prefixes[i];
    }
    return NULL;
}

bool screen_keypress(const char *name, struct screen_keypress *out)
{
    *out = (struct screen_keypress){.mod = VTERM_MOD_NONE};
    for (const struct prefix *p; (p = prefix_of(name)) != NULL; name += 2)
        out->mod = (VTermModifier)(out->mod | p->mod);
    return plain(name, out);
}
