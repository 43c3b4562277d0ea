// The lookup lists: which there are, and one list's values. Floor: model.
#ifndef LODE_MODEL_LOOKUP_H
#define LODE_MODEL_LOOKUP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct lookup_def {
    const char *path;  // after /lookup/: "tech/vendor"
    const char *label; // "Technology vendors"
    const char
        *query; // parameters it needs, '|' between ("vendor|parentCategory|category"), or NULL
};

struct lookup_value {
    char *id;     // what goes on the wire; the name where the list has no ids
    char *name;   // "" where the list has none
    char *parent; // ids or names of those above it, topmost first, lookup_level between; or NULL
    char *raw;    // the element as compact JSON
};

struct lookup_list {
    struct lookup_value *values;
    size_t n, cap;
};

extern const char lookup_level[]; // " > "

// All 32, by path; ended by a row whose path is NULL.
const struct lookup_def *lookup_all(void);
// By path, or by a plain name: label, or path without case and punctuation, singular or plural
// ("industries", "tech vendor", "sic"). NULL where unknown.
const struct lookup_def *lookup_find(const char *name);
const char *lookup_nearest(const char *name);

struct lookup_query {
    const char *name, *value;
};

// The path of a list with its query behind it.
void lookup_path(const char *path, const struct lookup_query *query, size_t n, struct str *out);
// What a filter takes for a product: the tag of its categories and vendor, with its own id where
// product is set. Nothing where the list does not say.
void lookup_value_tag(const struct lookup_value *v, bool product, struct str *out);

// Adds copies.
void lookup_add(struct lookup_list *l, const char *id, const char *name, const char *parent,
                const char *raw);
void lookup_free(struct lookup_list *l);
// By id, else by name, without case; NULL where absent.
const struct lookup_value *lookup_value_find(const struct lookup_list *l, const char *text);
// What a value is called when people say it: its name, or its id where the name would lead to
// another one.
const char *lookup_value_said(const struct lookup_list *l, const struct lookup_value *v);
const struct lookup_value *lookup_value_nearest(const struct lookup_list *l, const char *text);
// How well a value matches what was typed: 0 not at all; more is better. Every word of text must be
// found in id or name; starts of words count more.
int lookup_match(const struct lookup_value *v, const char *text);
// The same for any id and name.
int lookup_match_text(const char *id, const char *name, const char *text);

#endif
