// Names of keys and what an xterm sends for them. Values. Tests.
#ifndef TESTS_SUPPORT_SCREEN_KEYS_H
#define TESTS_SUPPORT_SCREEN_KEYS_H

#include <stdbool.h>
#include <stdint.h>

#include <vterm.h>

struct screen_keypress {
    uint32_t point; // a character, or 0
    VTermKey key;
    VTermModifier mod;
};

// false: no such key.
bool screen_keypress(const char *name, struct screen_keypress *out);

#endif
