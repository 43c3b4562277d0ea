// Values of enrich inputs. Floor: model.
#include "model/match_check.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"

enum { PHONE_DIGITS = 7, DIGITS_MAX = 32 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t count_digits(const char *value)
{
    size_t n = 0;

    for (; *value; value++)
        n += is_digit(*value);
    return n;
}

static const char *any(const char *value)
{
    (void)value;
    return NULL;
}

static const char *id(const char *value)
{
    long long number;

    if (!str_int64(value, &number))
        return "is no number";
    return strlen(value) > DIGITS_MAX ? "is longer than any id" : NULL;
}

static const char *email(const char *value)
{
    const char *at = strchr(value, '@');

    if (!at || at == value || strchr(at + 1, '@'))
        return "is no e-mail address";
    return strchr(at + 2, '.') && !strpbrk(value, " \t,;") ? NULL : "is no e-mail address";
}

static const char *hash(const char *value)
{
    size_t len = strlen(value);
    bool hex = strspn(value, "0123456789abcdefABCDEF") == len;

    return hex && (len == 32 || len == 40 || len == 64 || len == 128) ? NULL
                                                                      : "is no hash in hex digits";
}

static const char *phone(const char *value)
{
    return count_digits(value) >= PHONE_DIGITS ? NULL : "has too few digits for a phone";
}

static const char *site(const char *value)
{
    const char *dot = strchr(value, '.');

    return dot && dot > value && dot[1] && !strchr(value, ' ') ? NULL : "is no web address";
}

static const char *day(const char *value)
{
    bool form =
        strlen(value) == 10 && value[4] == '-' && value[7] == '-' && count_digits(value) == 8;

    return form ? NULL : "is no day as YYYY-MM-DD";
}

static const struct rule {
    const char *(*wrong)(const char *value);
    const char *dropped; // characters that make no difference
    bool site;           // neither do the scheme, www. and a / at the end
} rules[] = {
    [MATCH_ANY] = {any, "", false},
    [MATCH_ID] = {id, "+", false},
    [MATCH_EMAIL] = {email, "", false},
    [MATCH_HASH] = {hash, "", false},
    [MATCH_PHONE] = {phone, " \t-.()/+", false},
    [MATCH_SITE] = {site, "", true},
    [MATCH_DAY] = {day, "", false},
    [MATCH_NUMBER] = {id, "+", false},
};

const char *match_check(enum match_check check, const char *value)
{
    if (!text_valid(value, strlen(value)))
        return "is no UTF-8 text";
    return strlen(value) > VALUE_MAX ? "is longer than the API takes" : rules[check].wrong(value);
}

static const char *skip(const char *value, const char *prefix)
{
    return strncasecmp(value, prefix, strlen(prefix)) == 0 ? value + strlen(prefix) : value;
}

void match_fold(enum match_check check, const char *value, struct str *out)
{
    const struct rule *rule = &rules[check];
    size_t from = out->len;
    struct str kept = {0};
    char *folded;

    if (rule->site)
        value = skip(skip(skip(value, "https://"), "http://"), "www.");
    for (const char *p = value; *p; p++) {
        bool blank = *p == ' ' || *p == '\t' || *p == '\n' || *p == '\r';

        // Blanks between words count as one.
        if (blank && (kept.len == 0 || kept.data[kept.len - 1] == ' '))
            continue;
        if (!strchr(rule->dropped, *p))
            str_add_char(&kept, blank ? ' ' : *p);
    }
    folded = text_fold(str_text(&kept));
    str_add(out, folded);
    free(folded);
    if (rule->site && out->len > from && out->data[out->len - 1] == '/')
        str_cut(out, out->len - 1);
    str_free(&kept);
}
