// Text as bad as it comes, at random too, and what must hold once it was made clean. Tests.
#ifndef TESTS_BASE_ODD_TEXT_H
#define TESTS_BASE_ODD_TEXT_H

#include <locale.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "base/mem.h"
#include "base/rng.h"
#include "base/str.h"
#include "base/text.h"
#include "support/test.h"

enum { WIDE_MAX = 4096, RANDOM_ROUNDS = 5000 };

static inline void use_utf8(void)
{
    assert_non_null(setlocale(LC_ALL, "C.UTF-8"));
}

// The bytes that would be cp, even where it is a surrogate and they are no UTF-8.
static inline void add_raw(uint32_t cp, struct str *out)
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

static inline bool is_forbidden(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xad || c == 0x61c || c == 0x34f ||
           (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
           (c >= 0x2060 && c <= 0x206f) || c == 0xfeff || (c >= 0xfdd0 && c <= 0xfdef) ||
           (c >= 0xfe00 && c <= 0xfe0f) || (c & 0xfffe) == 0xfffe || (c >= 0xfff0 && c <= 0xfffb) ||
           (c >= 0xe0000 && c <= 0xe0fff);
}

// What must hold for everything that text_clean() lets out.
static inline void check_clean(const struct str *s)
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

static inline uint32_t random_code_point(struct rng *r)
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

static inline void random_text(struct rng *r, struct str *s)
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

#endif
