// One lookup list's values: held, found, matched with what is typed. Not shared between threads.
// Floor: model.
#include "model/lookup.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/near.h"

const char lookup_level[] = " > ";

void lookup_add(struct lookup_list *l, const char *id, const char *name, const char *parent,
                const char *raw)
{
    if (l->n == l->cap) {
        l->cap = l->cap ? l->cap * 2 : 32;
        l->values = mem_regrow(l->values, l->cap, sizeof(*l->values));
    }
    l->values[l->n++] = (struct lookup_value){
        .id = mem_strdup(id),
        .name = mem_strdup(name),
        .parent = parent ? mem_strdup(parent) : NULL,
        .raw = mem_strdup(raw),
    };
}

void lookup_free(struct lookup_list *l)
{
    for (size_t i = 0; i < l->n; i++) {
        free(l->values[i].id);
        free(l->values[i].name);
        free(l->values[i].parent);
        free(l->values[i].raw);
    }
    free(l->values);
    *l = (struct lookup_list){0};
}

const struct lookup_value *lookup_value_find(const struct lookup_list *l, const char *text)
{
    for (size_t i = 0; i < l->n; i++) {
        if (str_eq_case(l->values[i].id, text))
            return &l->values[i];
    }
    for (size_t i = 0; *text && i < l->n; i++) {
        if (str_eq_case(l->values[i].name, text))
            return &l->values[i];
    }
    return NULL;
}

const char *lookup_value_said(const struct lookup_list *l, const struct lookup_value *v)
{
    return *v->name && lookup_value_find(l, v->name) == v ? v->name : v->id;
}

// Metro areas are called "CA - San Francisco": people write what stands behind.
static const char *name_behind(const char *name)
{
    static const char between[] = " - ";
    const char *at = strstr(name, between);

    return at && isalpha((unsigned char)at[sizeof(between) - 1]) ? at + sizeof(between) - 1 : name;
}

const struct lookup_value *lookup_value_nearest(const struct lookup_list *l, const char *text)
{
    const struct lookup_value *best = NULL;
    struct near near = near_start(text);

    for (size_t i = 0; i < l->n; i++) {
        const char *before = near.best;

        near_try(&near, l->values[i].id);
        near_try(&near, l->values[i].name);
        near_try(&near, name_behind(l->values[i].name));
        if (near.best != before)
            best = &l->values[i];
    }
    return best;
}

// What the places of a word are worth.
enum { INSIDE = 1, WORD_START = 3, START = 6, WHOLE = 100 };

// The best place of a word of n bytes in hay; 0: it is not there.
static int place(const char *hay, const char *word, size_t n)
{
    int best = 0;

    for (const char *at = hay; *at; at++) {
        if (str_lower(*at) != str_lower(*word) || strncasecmp(at, word, n) != 0)
            continue;
        if (at == hay)
            return START;
        if (!isalnum((unsigned char)at[-1]) && (unsigned char)at[-1] < 0x80)
            return WORD_START;
        best = INSIDE;
    }
    return best;
}

int lookup_match_text(const char *id, const char *name, const char *text)
{
    int score = 1;

    if (str_eq_case(id, text) || str_eq_case(name, text))
        score += WHOLE;
    for (text += strspn(text, " \t"); *text; text += strspn(text, " \t")) {
        size_t n = strcspn(text, " \t");
        int in_id = place(id, text, n), in_name = place(name, text, n);

        if (!in_id && !in_name)
            return 0;
        score += in_id > in_name ? in_id : in_name;
        text += n;
    }
    return score;
}

int lookup_match(const struct lookup_value *v, const char *text)
{
    return lookup_match_text(v->id, v->name, text);
}

static void add_encoded(const char *text, struct str *out)
{
    for (; *text; text++) {
        bool plain = isalnum((unsigned char)*text) || *text == '-' || *text == '.' || *text == '_';

        str_addf(out, plain ? "%c" : "%%%02X", (unsigned char)*text);
    }
}

void lookup_path(const char *path, const struct lookup_query *query, size_t n, struct str *out)
{
    str_add(out, path);
    for (size_t i = 0; i < n; i++) {
        str_addf(out, "%c%s=", i ? '&' : '?', query[i].name);
        add_encoded(query[i].value, out);
    }
}

void lookup_value_tag(const struct lookup_value *v, bool product, struct str *out)
{
    static const char name[] = "\"attribute\":";
    const char *at = strstr(v->raw, name);

    at = at ? at + strlen(name) : "";
    at += strspn(at, " \"");
    str_add_len(out, at, strspn(at, "0123456789."));
    if (product && out->len)
        str_addf(out, ".%s", v->id);
}
