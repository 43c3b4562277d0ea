// A growing byte string, always NUL-terminated. Any thread. Floor: base.
#include "base/str.h"

#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

// Up to these one more digit keeps value and scale exact, so their quotient is rounded once.
#define EXACT_VALUE 9e14
#define EXACT_SCALE 1e22

void str_grow(struct str *s, size_t more)
{
    size_t need = s->len + more + 1;

    if (more >= SIZE_MAX - s->len - 1)
        abort();
    if (need < s->cap * 2)
        need = s->cap * 2;
    if (need < 32)
        need = 32;
    s->data = mem_realloc(s->data, need);
    s->data[s->len] = '\0';
    s->cap = need;
}

void str_add_len(struct str *s, const char *bytes, size_t len)
{
    str_reserve(s, len);
    if (len)
        memcpy(s->data + s->len, bytes, len);
    s->len += len;
    s->data[s->len] = '\0';
}

void str_add(struct str *s, const char *text)
{
    str_add_len(s, text, strlen(text));
}

void str_add_char(struct str *s, char c)
{
    str_reserve(s, 1);
    s->data[s->len++] = c;
    s->data[s->len] = '\0';
}

void str_vaddf(struct str *s, const char *format, va_list args)
{
    va_list again;
    int n;

    va_copy(again, args);
    n = vsnprintf(NULL, 0, format, args);
    if (n > 0) {
        str_reserve(s, (size_t)n);
        (void)vsnprintf(s->data + s->len, (size_t)n + 1, format, again);
        s->len += (size_t)n;
    }
    va_end(again);
}

void str_addf(struct str *s, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    str_vaddf(s, format, args);
    va_end(args);
}

void str_splice(struct str *s, size_t at, size_t gone, const char *bytes, size_t len)
{
    assert(at <= s->len && gone <= s->len - at);
    str_reserve(s, len);
    memmove(s->data + at + len, s->data + at + gone, s->len - at - gone + 1);
    if (len)
        memcpy(s->data + at, bytes, len);
    s->len = s->len - gone + len;
}

void str_cut(struct str *s, size_t len)
{
    assert(len <= s->len);
    s->len = len;
    if (s->data)
        s->data[len] = '\0';
}

void str_clear(struct str *s)
{
    str_cut(s, 0);
}

void str_free(struct str *s)
{
    free(s->data);
    *s = (struct str){0};
}

char *str_take(struct str *s)
{
    char *data = s->data ? s->data : mem_strdup("");

    *s = (struct str){0};
    return data;
}

const char *str_text(const struct str *s)
{
    return s->data ? s->data : "";
}

char *str_format(const char *format, ...)
{
    struct str s = {0};
    va_list args;

    va_start(args, format);
    str_vaddf(&s, format, args);
    va_end(args);
    return str_take(&s);
}

char str_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

// strcasecmp() would ask the locale: a Turkish one says that I and i differ.
static bool starts_case(const char *s, const char *prefix)
{
    while (*prefix && str_lower(*s) == str_lower(*prefix)) {
        s++;
        prefix++;
    }
    return *prefix == '\0';
}

bool str_eq_case(const char *a, const char *b)
{
    return strlen(a) == strlen(b) && starts_case(a, b);
}

bool str_starts(const char *s, const char *prefix)
{
    return strncmp(s, prefix, strlen(prefix)) == 0;
}

bool str_ends(const char *s, const char *suffix)
{
    size_t n = strlen(s), m = strlen(suffix);

    return n >= m && str_eq(s + n - m, suffix);
}

const char *str_find_case(const char *hay, const char *needle)
{
    while (!starts_case(hay, needle)) {
        if (*hay++ == '\0')
            return NULL;
    }
    return hay;
}

bool str_int64(const char *s, long long *out)
{
    char *end;
    long long value;

    if (!isdigit((unsigned char)*s) && !(*s == '-' && isdigit((unsigned char)s[1])))
        return false;
    errno = 0;
    value = strtoll(s, &end, 10);
    if (errno || *end)
        return false;
    *out = value;
    return true;
}

bool str_double(const char *s, double *out)
{
    const char *p = s + (*s == '-');
    double value = 0, scale = 1;

    if (!isdigit((unsigned char)*p))
        return false;
    for (; isdigit((unsigned char)*p); p++)
        value = value * 10 + (*p - '0');
    if (*p == '.') {
        if (!isdigit((unsigned char)*++p))
            return false;
        for (; isdigit((unsigned char)*p); p++) {
            if (value >= EXACT_VALUE || scale >= EXACT_SCALE)
                continue; // too small to count
            value = value * 10 + (*p - '0');
            scale *= 10;
        }
    }
    if (*p || !isfinite(value))
        return false;
    *out = (*s == '-' ? -value : value) / scale;
    return true;
}

char *str_trim(char *s)
{
    size_t n;

    while (*s == ' ' || (*s >= '\t' && *s <= '\r'))
        s++;
    n = strlen(s);
    while (n && (s[n - 1] == ' ' || (s[n - 1] >= '\t' && s[n - 1] <= '\r')))
        n--;
    s[n] = '\0';
    return s;
}
