// What libvterm 0.1.4 does not know of SGR, put in a way that it knows. Values. Tests.
#include "support/sgr.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static void add_part(const char *part, size_t n, struct str *out)
{
    if (n == 1 && *part == '2')
        str_add(out, "11");
    else if (n == 2 && strncmp(part, "22", n) == 0)
        str_add(out, "22;10");
    else if (n > 5 && (part[0] == '3' || part[0] == '4') && strncmp(part + 1, "8:2::", 5) == 0)
        str_addf(out, "%c8:2:%.*s", part[0], (int)(n - 6), part + 6);
    else
        str_add_len(out, part, n);
}

// How many parts after "38", "48" or "58" belong to the colour: "5;n" or "2;r;g;b".
static int colour_parts(const char *part, size_t n)
{
    if (n != 2 || !strchr("345", part[0]) || part[1] != '8' || part[2] != ';')
        return 0;
    return part[3] == '5' ? 2 : part[3] == '2' ? 4 : 0;
}

// The numbers of one sequence, between "ESC [" and "m".
static void rewrite(const char *numbers, size_t len, struct str *out)
{
    const char *end = numbers + len;
    int as_it_is = 0;

    for (const char *part = numbers; part <= end;) {
        size_t n = 0;

        while (part + n < end && part[n] != ';')
            n++;
        if (as_it_is > 0) {
            str_add_len(out, part, n);
            as_it_is--;
        } else {
            add_part(part, n, out);
            as_it_is = part + n < end ? colour_parts(part, n) : 0;
        }
        part += n;
        if (part < end)
            str_add_char(out, ';');
        part++;
    }
}

static void let_go(struct sgr *f, struct str *out)
{
    if (f->len > 3 && f->held[1] == '[' && f->held[f->len - 1] == 'm' &&
        strspn(f->held + 2, "0123456789:;") >= f->len - 3) {
        str_add(out, "\033[");
        rewrite(f->held + 2, f->len - 3, out);
        str_add_char(out, 'm');
    } else {
        str_add_len(out, f->held, f->len);
    }
    f->len = 0;
}

// True where the sequence goes on after c.
static bool goes_on(const struct sgr *f, char c)
{
    if (f->len == 2)
        return c == '[';
    return f->len < sizeof(f->held) - 1 && c >= 0x20 && c < 0x40;
}

void sgr_pass(struct sgr *f, const char *bytes, size_t len, struct str *out)
{
    for (size_t i = 0; i < len; i++) {
        char c = bytes[i];

        if (c == '\033' && f->len)
            let_go(f, out);
        if (!f->len && c != '\033') {
            str_add_char(out, c);
            continue;
        }
        f->held[f->len++] = c;
        if (f->len > 1 && !goes_on(f, c))
            let_go(f, out);
    }
}
