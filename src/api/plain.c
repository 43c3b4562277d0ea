// JSON read where it stands. Any thread. Floor: api.
#include "api/plain.h"

#include <stdint.h>
#include <string.h>

#include "base/text.h"

// Depth as wire_parse() takes it. Keys of the objects that are open at once, and digits of a
// number: with more, the parser reads it.
enum { DEPTH_MAX = 64, KEYS_MAX = 512, DIGITS_MAX = 18 };

struct key {
    const char *at;
    size_t len;
};

struct check {
    const char *p, *end; // *end is '\0'
    struct key keys[KEYS_MAX];
    size_t n_keys;
};

// Has one of eight bytes to be looked at: a control, a quote, a backslash, or none of ASCII?
static bool is_special(const char *p)
{
    const uint64_t each = UINT64_C(0x0101010101010101), high = each << 7;
    uint64_t x, quote, slash;

    memcpy(&x, p, sizeof(x));
    quote = x ^ (each * '"');
    slash = x ^ (each * '\\');
    return (((x - each * ' ') | (quote - each) | (slash - each) | x) & high) != 0;
}

static bool is_ordinary(char c)
{
    return c != '"' && c != '\\' && (unsigned char)c >= ' ' && (unsigned char)c < 0x80;
}

// Behind the string at p, which begins with its quote; NULL where it is not plain.
static const char *plain_string(const char *p, const char *end)
{
    uint32_t cp;

    for (p++;;) {
        while (end - p >= 8 && !is_special(p))
            p += 8;
        while (is_ordinary(*p))
            p++;
        if (*p == '"')
            return p + 1;
        if (*p == '\\' && p[1] && strchr("\"\\bfnrt", p[1])) {
            p += 2;
        } else {
            size_t n = (unsigned char)*p < 0x80 ? 0 : text_decode(p, (size_t)(end - p), &cp);

            if (!n)
                return NULL;
            p += n;
        }
    }
}

static bool take_string(struct check *c)
{
    const char *behind = *c->p == '"' ? plain_string(c->p, c->end) : NULL;

    if (behind)
        c->p = behind;
    return behind != NULL;
}

static bool take_number(struct check *c)
{
    const char *p = c->p + (*c->p == '-'), *first = p;

    while (*p >= '0' && *p <= '9')
        p++;
    if (p == first || p - first > DIGITS_MAX || (*first == '0' && (p > first + 1 || first > c->p)))
        return false;
    c->p = p;
    return *p != '.' && *p != 'e' && *p != 'E';
}

static bool take_word(struct check *c, const char *word)
{
    size_t len = strlen(word);

    if (strncmp(c->p, word, len) != 0)
        return false;
    c->p += len;
    return true;
}

// A key that the object, whose keys begin at first, has not yet. seen: a bit for each, by which
// nearly all are known to be new.
static bool take_key(struct check *c, size_t first, uint64_t *seen)
{
    struct key key = {.at = c->p};
    uint64_t bit;

    if (c->n_keys == KEYS_MAX || !take_string(c))
        return false;
    key.len = (size_t)(c->p - key.at);
    bit = UINT64_C(1) << ((key.len * 7 + (unsigned char)key.at[1] * 3 +
                           (unsigned char)key.at[key.len / 2] * 5 +
                           (unsigned char)key.at[key.len - 2]) &
                          63);
    for (size_t i = first; *seen & bit && i < c->n_keys; i++) {
        if (c->keys[i].len == key.len && memcmp(c->keys[i].at, key.at, key.len) == 0)
            return false;
    }
    *seen |= bit;
    c->keys[c->n_keys++] = key;
    return *c->p++ == ':';
}

static bool take_value(struct check *c, int depth);

static bool take_object(struct check *c, int depth)
{
    size_t first = c->n_keys;
    uint64_t seen = 0;

    c->p++;
    if (*c->p == '}') {
        c->p++;
        return true;
    }
    for (;; c->p++) {
        if (!take_key(c, first, &seen) || !take_value(c, depth))
            return false;
        if (*c->p != ',')
            break;
    }
    c->n_keys = first;
    return *c->p++ == '}';
}

static bool take_list(struct check *c, int depth)
{
    c->p++;
    if (*c->p == ']') {
        c->p++;
        return true;
    }
    for (;; c->p++) {
        if (!take_value(c, depth))
            return false;
        if (*c->p != ',')
            break;
    }
    return *c->p++ == ']';
}

static bool take_value(struct check *c, int depth)
{
    switch (*c->p) {
    case '"':
        return take_string(c);
    case '{':
        return depth < DEPTH_MAX && take_object(c, depth + 1);
    case '[':
        return depth < DEPTH_MAX && take_list(c, depth + 1);
    case 't':
        return take_word(c, "true");
    case 'f':
        return take_word(c, "false");
    case 'n':
        return take_word(c, "null");
    default:
        return take_number(c);
    }
}

bool plain_is(const char *bytes, size_t len)
{
    struct check c = {.p = bytes, .end = bytes + len};

    if (*bytes != '{' || !take_value(&c, 0))
        return false;
    while (*c.p == '\n' || *c.p == '\r')
        c.p++;
    return c.p == c.end;
}

// Behind the string that begins at p with its quote; NULL where it never ends.
static const char *skip_string(const char *p)
{
    const char *quote = strchr(++p, '"');

    if (quote && !memchr(p, '\\', (size_t)(quote - p)))
        return quote + 1;
    for (;; p++) {
        while (*p != '"' && *p != '\\' && *p)
            p++;
        if (*p == '"')
            return p + 1;
        if (!*p || !*++p)
            return NULL;
    }
}

const char *plain_skip(const char *p)
{
    int depth = 0;

    if (*p == '"')
        return skip_string(p);
    if (*p != '{' && *p != '[') {
        size_t len = strcspn(p, ",]}");

        return len ? p + len : NULL;
    }
    do {
        if (*p == '"') {
            p = skip_string(p);
            if (!p)
                return NULL;
            continue;
        }
        if (!*p)
            return NULL;
        depth += (*p == '{' || *p == '[') - (*p == '}' || *p == ']');
        p++;
    } while (depth > 0);
    return p;
}

// Is it the key that stands, in its quotes and with a colon, from p to behind?
static bool is_key(const char *p, const char *behind, const char *key)
{
    size_t len = (size_t)(behind - p) - 3;

    return strncmp(key, p + 1, len) == 0 && !key[len];
}

const char *plain_members(const char *p, const char *const *keys, size_t n, const char **values)
{
    for (size_t i = 0; i < n; i++)
        values[i] = NULL;
    if (!p || *p != '{')
        return NULL;
    if (*++p == '}')
        return p + 1;
    for (;; p++) {
        const char *value = skip_string(p) + 1;

        for (size_t i = 0; i < n; i++) {
            if (is_key(p, value, keys[i]))
                values[i] = value;
        }
        p = plain_skip(value);
        if (*p != ',')
            return p + 1;
    }
}

const char *plain_member(const char *p, const char *key)
{
    const char *value;

    if (!p || *p != '{' || p[1] == '}')
        return NULL;
    do {
        value = skip_string(++p) + 1;
        if (is_key(p, value, key))
            return value;
        p = plain_skip(value);
    } while (*p == ',');
    return NULL;
}

const char *plain_first(const char *p)
{
    return p && *p == '[' && p[1] != ']' ? p + 1 : NULL;
}
