// The terminal's clipboard. Values. Floor: ui/term.
#include "ui/term/clipboard.h"

#include <stdint.h>

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// Up to three bytes as four digits of base64.
static void add_group(const unsigned char *p, size_t n, struct str *out)
{
    uint32_t bits = (uint32_t)p[0] << 16;

    bits |= n > 1 ? (uint32_t)p[1] << 8 : 0;
    bits |= n > 2 ? p[2] : 0;
    for (size_t i = 0; i < 4; i++)
        str_add_char(out, i <= n ? digits[bits >> (18 - 6 * i) & 63] : '=');
}

void clipboard_order(const char *text, size_t len, struct str *out)
{
    str_add(out, "\033]52;c;");
    for (size_t i = 0; i < len; i += 3)
        add_group((const unsigned char *)text + i, len - i, out);
    str_add(out, "\007");
}
