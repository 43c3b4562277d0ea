// Exact colours for terminals whose description knows only 256: the same description with 24-bit
// colours put in, in the compiled form of term(5). UI thread. Floor: ui/term.
#include "ui/term/direct.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#define NCURSES_NOMACROS
#include <curses.h>
#include <term.h>

#include "base/mem.h"
#include "ui/term/theme.h"

enum {
    MAGIC_32_BIT = 01036,
    ABSENT = 0xffff,
    DIRECT_COLOURS = 1 << 24,
    DIRECT_PAIRS = 1 << 15,
    OWN = 0x10100, // the terminal's own sixteen stand in place of #010100 to #01010f
    OWN_MANY = 16,
    DIRECT_OWN = 8 // where the description itself has exact colours it keeps so many
};

// By a sixteenth of OWN, 4112: the terminal's own, the bright ones by another number.
#define RGB_FORM(layer, bright)                                                                    \
    "\033[%?%p1%{16}%/%{4112}%=%t%?%p1%{8}%&%t" bright "%e" layer "%;%p1%{7}%&%d"                  \
    "%e" layer "8;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m"

// What is said of colours in place of what the terminal's description says; NULL: nothing.
static const struct {
    const char *name, *value;
} strings[] = {{"setaf", RGB_FORM("3", "9")},
               {"setab", RGB_FORM("4", "10")},
               {"initc", NULL},
               {"initp", NULL},
               {"oc", NULL},
               {"setf", NULL},
               {"setb", NULL},
               {"scp", NULL}};

static const struct {
    const char *name;
    int value;
} numbers[] = {{"colors", DIRECT_COLOURS}, {"pairs", DIRECT_PAIRS}};

static const char *variable(const char *name)
{
    const char *value = getenv(name);

    return value ? value : "";
}

// screen(1) hands COLORTERM on from outside and does not understand exact colours; tmux does.
bool direct_wanted(const char *term, int colours)
{
    const char *hint = variable("COLORTERM");

    if (!str_eq(hint, "truecolor") && !str_eq(hint, "24bit"))
        return false;
    return colours == 256 && (!str_starts(term, "screen") || *variable("TMUX"));
}

static void add_number(struct str *out, uint32_t n, int bytes)
{
    for (int i = 0; i < bytes; i++)
        str_add_char(out, (char)(n >> 8 * i & 0xff));
}

static int number_of(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
        if (str_eq(numbers[i].name, name))
            return numbers[i].value;
    }
    return tigetnum(name);
}

// NULL: the terminal has no such string.
static const char *string_of(const char *name)
{
    const char *value = tigetstr(name);

    for (size_t i = 0; i < ARRAY_LEN(strings); i++) {
        if (str_eq(strings[i].name, name))
            return strings[i].value;
    }
    return value == (const char *)-1 ? NULL : value;
}

static uint32_t count(NCURSES_CONST char *const *names)
{
    uint32_t n = 0;

    while (names[n])
        n++;
    return n;
}

static void add_flags(struct str *out)
{
    for (size_t i = 0; boolnames[i]; i++)
        str_add_char(out, !str_eq(boolnames[i], "ccc") && tigetflag(boolnames[i]) > 0);
    if (out->len % 2)
        str_add_char(out, 0);
}

// The offsets go to *out, the bytes to *table.
static void add_strings(struct str *out, struct str *table)
{
    for (size_t i = 0; strnames[i]; i++) {
        const char *value = string_of(strnames[i]);

        add_number(out, value ? (uint32_t)table->len : ABSENT, 2);
        if (value)
            str_add_len(table, value, strlen(value) + 1);
    }
}

// The one extended capability: the flag by which curses takes numbers for exact colours.
static void add_extension(struct str *out)
{
    static const char flag[] = "RGB";
    static const uint32_t head[] = {1, 0, 0, 1, sizeof(flag)};

    if (out->len % 2)
        str_add_char(out, 0);
    for (size_t i = 0; i < ARRAY_LEN(head); i++)
        add_number(out, head[i], 2);
    str_add_len(out, "\1", 2);
    add_number(out, 0, 2);
    str_add_len(out, flag, sizeof(flag));
}

static void compile(const char *term, struct str *out)
{
    struct str offsets = {0}, table = {0};
    size_t len = strlen(term) + 1;

    add_strings(&offsets, &table);
    add_number(out, MAGIC_32_BIT, 2);
    add_number(out, (uint32_t)len, 2);
    add_number(out, count(boolnames), 2);
    add_number(out, count(numnames), 2);
    add_number(out, count(strnames), 2);
    add_number(out, (uint32_t)table.len, 2);
    str_add_len(out, term, len);
    add_flags(out);
    for (size_t i = 0; numnames[i]; i++)
        add_number(out, (uint32_t)number_of(numnames[i]), 4);
    str_add_len(out, str_text(&offsets), offsets.len);
    str_add_len(out, str_text(&table), table.len);
    add_extension(out);
    str_free(&offsets);
    str_free(&table);
}

void direct_description(const char *term, struct str *out)
{
    struct str compiled = {0};

    compile(term, &compiled);
    str_add(out, "hex:");
    for (size_t i = 0; i < compiled.len; i++)
        str_addf(out, "%02x", (unsigned char)compiled.data[i]);
    str_free(&compiled);
}

int direct_number(int32_t colour, enum numbering numbering)
{
    int rgb = colour & 0xffffff;

    if (colour == COLOUR_DEFAULT || numbering == NUMBERING_PLAIN || numbering == NUMBERING_EIGHT)
        return colour;
    if (numbering == NUMBERING_MADE) {
        if (!(colour & COLOUR_RGB))
            return OWN + colour;
        return rgb / OWN_MANY == OWN / OWN_MANY ? OWN + OWN_MANY : rgb;
    }
    if (!(colour & COLOUR_RGB) && colour < DIRECT_OWN)
        return colour;
    rgb = (int)colour_rgb(colour);
    return rgb < DIRECT_OWN ? DIRECT_OWN : rgb;
}
