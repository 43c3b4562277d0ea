// What a person wants of the library, as it is typed. Any thread. Floor: flow.
#include "flow/library_wish.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

enum { WORDS_MAX = 64, DAYS_MAX = 36500 };

struct library_wish wish_new(const struct entity *entity)
{
    return (struct library_wish){.entity = entity, .expiring = -1, .older = -1, .do_not_call = -1};
}

void wish_free(struct library_wish *w)
{
    free(w->words);
    free(w->tag);
    *w = wish_new(w->entity);
}

void wish_tag(struct library_wish *w, const char *tag)
{
    free(w->tag);
    w->tag = mem_strdup(tag);
}

// Something that the index could have as a word.
static bool has_letters(const char *text)
{
    for (const char *p = text; *p; p++) {
        if (isalnum((unsigned char)*p) || (unsigned char)*p >= 0x80)
            return true;
    }
    return false;
}

// In double quotes nothing is an operator; a * behind them lets the last word go on.
static void add_words(struct str *out, const char *text, bool whole)
{
    if (!has_letters(text))
        return;
    str_add(out, out->len ? " \"" : "\"");
    for (const char *p = text; *p; p++) {
        str_add_char(out, *p);
        if (*p == '"')
            str_add_char(out, '"');
    }
    str_add(out, whole ? "\"" : "\"*");
}

static bool take_tag(struct library_wish *w, const char *value)
{
    wish_tag(w, value);
    return *value;
}

static bool take_days(long long *days, const char *value)
{
    long long n;

    if (!str_int64(value, &n) || n < 0 || n > DAYS_MAX)
        return false;
    *days = n;
    return true;
}

static bool take_expiring(struct library_wish *w, const char *value)
{
    return take_days(&w->expiring, value);
}

static bool take_older(struct library_wish *w, const char *value)
{
    return take_days(&w->older, value);
}

static bool take_do_not_call(struct library_wish *w, const char *value)
{
    bool yes = str_eq_case(value, "yes");

    if (yes || str_eq_case(value, "no"))
        w->do_not_call = yes;
    return yes || str_eq_case(value, "no");
}

static bool take_retention(struct library_wish *w, const char *value)
{
    w->past = w->past || str_eq_case(value, "past");
    return str_eq_case(value, "past");
}

static bool take_notice(struct library_wish *w, const char *value)
{
    w->notice = w->notice || str_eq_case(value, "due");
    return str_eq_case(value, "due");
}

static const struct {
    const char *name;
    bool (*take)(struct library_wish *w, const char *value);
} parts[] = {
    {"tag:", take_tag},         {"expiring:", take_expiring},   {"older:", take_older},
    {"dnc:", take_do_not_call}, {"retention:", take_retention}, {"notice:", take_notice},
};

static bool take_part(struct library_wish *w, const char *name, const char *value)
{
    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        if (str_eq_case(parts[i].name, name))
            return parts[i].take(w, value);
    }
    return false;
}

// The next piece of text: what stands before a quote ("tag:"), and what stands in it or behind.
static const char *next(const char *p, struct str *name, struct str *value, bool *quoted)
{
    str_clear(name);
    str_clear(value);
    p += strspn(p, " \t\r\n");
    for (; *p && *p != '"' && !strchr(" \t\r\n", *p); p++) {
        str_add_char(value, *p);
        if (*p == ':' && !name->len) {
            str_add(name, value->data);
            str_clear(value);
        }
    }
    *quoted = *p == '"' && !value->len;
    if (!*quoted)
        return *p == '"' ? p + !value->len : p;
    p++;
    str_add_len(value, p, strcspn(p, "\""));
    p += strcspn(p, "\"");
    return p + (*p == '"');
}

void wish_add(struct library_wish *w, const char *text)
{
    struct str words = {0}, name = {0}, value = {0};
    bool quoted;
    int n = 0;

    if (w->words)
        str_add(&words, w->words);
    for (const char *p = text; *p && n < WORDS_MAX; n++) {
        p = next(p, &name, &value, &quoted);
        if (name.len && take_part(w, name.data, str_text(&value)))
            continue;
        add_words(&words, str_text(&name), false);
        add_words(&words, str_text(&value), quoted);
    }
    free(w->words);
    w->words = words.len ? str_take(&words) : NULL;
    str_free(&words);
    str_free(&name);
    str_free(&value);
}
