// Text from outside on its way to people: strict UTF-8, nothing that drives a terminal, widths as
// the terminal lays out. Any thread. Floor: base.
#include "base/text.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>
#include <wchar.h>

#include "base/mem.h"

enum {
    MARKS_MAX = 4, // ncurses keeps that many on a cell and drops the rest
    REPLACEMENT = 0xfffd,
    ELLIPSIS = 0x2026,
    ZWNJ = 0x200c,
    ZWJ = 0x200d,
    VIRAMA_CLASS = 9,
    KANA_FIRST = 0x2e80, // with the Han radicals
    HANGUL_LAST = 0xd7ff
};

// Smallest code point that may take so many bytes.
static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};

static size_t sequence_len(unsigned char lead)
{
    if (lead < 0x80)
        return 1;
    if (lead < 0xc2)
        return 0;
    return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
}

size_t text_decode(const char *p, size_t len, uint32_t *cp)
{
    const unsigned char *u = (const unsigned char *)p;
    size_t n = sequence_len(*u);
    uint32_t c;

    if (n == 0 || n > len)
        return 0;
    c = n == 1 ? *u : *u & (0x7fu >> n);
    for (size_t i = 1; i < n; i++) {
        if ((u[i] & 0xc0) != 0x80)
            return 0;
        c = c << 6 | (u[i] & 0x3f);
    }
    if (c < least[n] || (c >= 0xd800 && c < 0xe000) || c > 0x10ffff)
        return 0;
    *cp = c;
    return n;
}

void text_encode(uint32_t cp, struct str *out)
{
    utf8proc_uint8_t bytes[4];
    utf8proc_ssize_t n = utf8proc_encode_char((utf8proc_int32_t)cp, bytes);

    str_add_len(out, (const char *)bytes, (size_t)n);
}

bool text_valid(const char *p, size_t len)
{
    uint32_t cp;

    while (len) {
        size_t n = text_decode(p, len, &cp);

        if (n == 0)
            return false;
        p += n;
        len -= n;
    }
    return true;
}

bool text_is_utf8(void)
{
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

// Where text_clean() stands: the last code point read, and what its grapheme got so far.
struct cleaner {
    struct str *out;
    bool utf8;
    bool has_base; // a mark may follow what was put out last
    bool joined;   // the rest of this grapheme is left out
    bool pictographic;
    int marks;
    int32_t last;
    int32_t state; // of utf8proc's grapheme rules
};

static void show(struct cleaner *c, uint32_t cp)
{
    str_addf(c->out, "<U+%04X>", (unsigned)cp);
    c->has_base = false;
}

static bool is_hidden(const utf8proc_property_t *p)
{
    switch (p->category) {
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return true;
    default:
        return p->ignorable;
    }
}

static bool needs_base(const utf8proc_property_t *p)
{
    return p->boundclass == UTF8PROC_BOUNDCLASS_EXTEND ||
           p->boundclass == UTF8PROC_BOUNDCLASS_SPACINGMARK;
}

static bool is_selector(uint32_t cp)
{
    return (cp >= 0xfe00 && cp <= 0xfe0f) || (cp >= 0xe0100 && cp <= 0xe01ef);
}

static bool is_modifier(uint32_t cp)
{
    return cp >= 0x1f3fb && cp <= 0x1f3ff;
}

// Terminals disagree on the width of joined emoji, so only the base of such a grapheme is shown. A
// joiner after a virama shapes letters and is left out; any other is made visible.
static bool joins(const struct cleaner *c, uint32_t cp)
{
    if (cp == ZWJ || cp == ZWNJ) {
        if (cp == ZWJ && c->pictographic)
            return true;
        return utf8proc_get_property(c->last)->combining_class == VIRAMA_CLASS;
    }
    return is_selector(cp) || is_modifier(cp);
}

static void clean_wide(struct cleaner *c, uint32_t cp)
{
    const utf8proc_property_t *p = utf8proc_get_property((utf8proc_int32_t)cp);
    bool starts =
        c->last < 0 || utf8proc_grapheme_break_stateful(c->last, (utf8proc_int32_t)cp, &c->state);
    int width = c->utf8 ? wcwidth((wchar_t)cp) : -1;

    if (starts) {
        c->joined = false;
        c->pictographic = p->boundclass == UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;
    }
    if (!starts && c->has_base && (c->joined || joins(c, cp))) {
        c->joined = true;
    } else if (width < 0 || is_hidden(p) || (width == 0 && starts) ||
               (!c->has_base && (width == 0 || needs_base(p)))) {
        show(c, cp);
    } else if (width > 0 || c->marks < MARKS_MAX) {
        c->marks = width > 0 ? 0 : c->marks + 1;
        c->has_base = true;
        text_encode(cp, c->out);
    }
    c->last = (int32_t)cp;
}

static size_t plain_run(const char *p, size_t len)
{
    size_t n = 0;

    while (n < len && p[n] >= ' ' && p[n] < 0x7f)
        n++;
    return n;
}

static void clean_ascii(struct cleaner *c, const char *p, size_t len)
{
    str_add_len(c->out, p, len);
    c->has_base = true;
    c->joined = c->pictographic = false;
    c->marks = 0;
    c->last = p[len - 1];
    c->state = 0;
}

void text_clean(const char *p, size_t len, struct str *out)
{
    struct cleaner c = {.out = out, .utf8 = text_is_utf8(), .last = -1};
    const char *end = p + len;

    str_reserve(out, len);
    while (p < end) {
        size_t n = plain_run(p, (size_t)(end - p));
        uint32_t cp = REPLACEMENT;

        if (n) {
            clean_ascii(&c, p, n);
        } else if (*p == '\t' || *p == '\n' || *p == '\r') {
            clean_ascii(&c, " ", 1);
            n = *p == '\r' && end - p > 1 && p[1] == '\n' ? 2 : 1;
        } else {
            n = text_decode(p, (size_t)(end - p), &cp);
            n = n ? n : 1;
            clean_wide(&c, cp);
        }
        p += n;
    }
}

char *text_cleaned(const char *s)
{
    struct str out = {0};

    text_clean(s, strlen(s), &out);
    return str_take(&out);
}

// Columns of one code point; what the locale does not know counts as one.
static int columns(uint32_t cp)
{
    int width = cp >= ' ' && cp < 0x7f ? 1 : wcwidth((wchar_t)cp);

    return width < 0 ? 1 : width;
}

// One code point of clean text; a stray byte counts as itself.
static size_t next(const char *p, size_t len, uint32_t *cp)
{
    size_t n = text_decode(p, len, cp);

    if (n)
        return n;
    *cp = REPLACEMENT;
    return 1;
}

int text_width(const char *s)
{
    size_t len = strlen(s);
    uint32_t cp;
    int width = 0;

    while (len) {
        size_t n = next(s, len, &cp);

        width += columns(cp);
        s += n;
        len -= n;
    }
    return width;
}

// Does a grapheme begin at cp? last: what stands before, -1: nothing. No clean text has CR LF.
static bool starts_grapheme(int32_t last, uint32_t cp, utf8proc_int32_t *state)
{
    if (last < 0x80 && cp < 0x80) {
        *state = 0;
        return true;
    }
    return last < 0 || utf8proc_grapheme_break_stateful(last, (utf8proc_int32_t)cp, state);
}

size_t text_fitting(const char *s, size_t len, int width, int *used)
{
    utf8proc_int32_t state = 0, last = -1;
    size_t border = 0, at = 0;
    int border_width = 0, sum = 0;

    while (at < len) {
        uint32_t cp;
        size_t n = next(s + at, len - at, &cp);

        if (starts_grapheme(last, cp, &state)) {
            border = at;
            border_width = sum;
        }
        sum += columns(cp);
        if (sum > width) {
            *used = border_width;
            return border;
        }
        last = (utf8proc_int32_t)cp;
        at += n;
    }
    *used = sum;
    return len;
}

void text_fit(const char *s, int width, bool pad, struct str *out)
{
    size_t len = strlen(s), n;
    int used;

    if (width <= 0)
        return;
    n = text_fitting(s, len, width, &used);
    if (n < len) {
        n = text_fitting(s, len, width - 1, &used);
        str_add_len(out, s, n);
        text_encode(text_is_utf8() ? ELLIPSIS : '~', out);
        used++;
    } else {
        str_add_len(out, s, n);
    }
    for (; pad && used < width; used++)
        str_add_char(out, ' ');
}

size_t text_next(const char *s, size_t len, size_t at)
{
    utf8proc_int32_t state = 0, last = -1;

    while (at < len) {
        uint32_t cp;
        size_t n = next(s + at, len - at, &cp);

        if (last >= 0 && utf8proc_grapheme_break_stateful(last, (utf8proc_int32_t)cp, &state))
            break;
        last = (utf8proc_int32_t)cp;
        at += n;
    }
    return at;
}

static bool is_ascii(char c)
{
    return (unsigned char)c < 0x80;
}

size_t text_prev(const char *s, size_t len, size_t at)
{
    size_t border = at ? at - 1 : 0;

    while (border && !(is_ascii(s[border - 1]) && is_ascii(s[border]) && s[border - 1] != '\r'))
        border--;
    for (size_t n = border; n < at; n = text_next(s, len, n))
        border = n;
    return border;
}

uint32_t text_plain(uint32_t cp)
{
    utf8proc_int32_t out[8];
    utf8proc_ssize_t n;
    int last = 0;

    if (cp < 0x80)
        return cp >= 'A' && cp <= 'Z' ? cp + 'a' - 'A' : cp;
    if (cp >= KANA_FIRST && cp <= HANGUL_LAST)
        return cp;
    n = utf8proc_decompose_char((utf8proc_int32_t)cp, out, ARRAY_LEN(out),
                                UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK, &last);
    return n == 0 ? 0 : n < 0 ? cp : (uint32_t)out[0];
}

// The next letter of *p that counts, 0 at the end.
static uint32_t next_letter(const char **p)
{
    uint32_t cp, letter = 0;

    while (letter == 0 && **p) {
        *p += next(*p, strnlen(*p, 4), &cp);
        letter = text_plain(cp);
    }
    return letter;
}

// The end of needle where hay begins with it, or NULL.
static const char *match_end(const char *hay, const char *needle)
{
    while (*needle) {
        uint32_t letter = next_letter(&needle);

        if (letter && letter != next_letter(&hay))
            return NULL;
    }
    return hay;
}

// Past the ASCII characters that cannot be `first`, large or small.
static const char *skip_others(const char *p, uint32_t first)
{
    while (*p && is_ascii(*p) && ((unsigned char)*p | 0x20u) != (first | 0x20u))
        p++;
    return p;
}

const char *text_find(const char *hay, const char *needle, size_t *len)
{
    const char *p = needle;
    uint32_t first = next_letter(&p), cp;

    while (first && *(hay = skip_others(hay, first))) {
        size_t n = next(hay, strnlen(hay, 4), &cp);
        const char *end = text_plain(cp) == first ? match_end(hay, needle) : NULL;

        if (end) {
            *len = (size_t)(end - hay);
            return hay;
        }
        hay += n;
    }
    return NULL;
}

static char *fold_ascii(const char *s)
{
    char *copy = mem_strdup(s);

    for (char *p = copy; *p; p++) {
        if (*p >= 'A' && *p <= 'Z')
            *p = (char)(*p + 'a' - 'A');
        else if ((unsigned char)*p >= 0x80)
            return free(copy), NULL;
    }
    return copy;
}

// s with every bad byte as U+FFFD.
static char *repaired(const char *s)
{
    struct str out = {0};
    size_t len = strlen(s);

    while (len) {
        uint32_t cp;
        size_t n = next(s, len, &cp);

        text_encode(cp, &out);
        s += n;
        len -= n;
    }
    return str_take(&out);
}

char *text_fold(const char *s)
{
    char *folded = fold_ascii(s), *good;
    utf8proc_uint8_t *wide = NULL;

    if (folded)
        return folded;
    good = repaired(s);
    if (utf8proc_map((const utf8proc_uint8_t *)good, 0, &wide,
                     UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD) <
        0)
        abort();
    free(good);
    return (char *)wide;
}
