// The lookup lists as the wire serves them, parsed once: by path, and from an id or a name to the
// index that the world's columns hold. Read-only once loaded: any thread. Floor: sandbox/facts.
#ifndef LODE_SANDBOX_FACTS_LOOKUPS_H
#define LODE_SANDBOX_FACTS_LOOKUPS_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

#include "base/str.h"

struct lookup_value {
    const char *id; // the Id; the Name where elements have none (intent/topics), the string itself
    const char *name;      // the Name; the id where elements have none
    const json_t *element; // the whole element: attribute, vendor, category, personas, ...
};

struct lookup_list {
    const char *path; // after /lookup/: "managementLevel", "tech/product", "years-of-experience"
    const char *json; // the array as served
    size_t json_len;
    struct lookup_value *values; // in the order served: this index is what the world's columns hold
    size_t n;
};

struct lookups;

// Parses every embedded list. They are part of the program: where one does not parse, this aborts.
struct lookups *lookups_load(void);
void lookups_free(struct lookups *l);

// The list of a path after /lookup/, without case, or NULL.
const struct lookup_list *lookups_list(const struct lookups *l, const char *path);
// All of them: i from 0 until NULL.
const struct lookup_list *lookups_at(const struct lookups *l, size_t i);

// The index of a value by its id or its name, without case and outer blanks, or -1. A name that
// several values share gives the first. FACTS 4 ("Inputs are otherwise forgiving").
int lookup_find(const struct lookup_list *list, const char *id_or_name);
// The same of len bytes, for one part of a comma-separated text.
int lookup_find_len(const struct lookup_list *list, const char *text, size_t len);

// One condition on a list: only elements whose member of that name equals value, without case.
struct lookup_query {
    const char *name, *value;
};

// Appends the array that GET /lookup/PATH answers: whole, or only what fits every query whose name
// any element of the list has (others are ignored, as for /lookup/hashtag, FACTS 4). false: no such
// list, nothing appended.
bool lookups_json(const struct lookups *l, const char *path, const struct lookup_query *queries,
                  size_t n_queries, struct str *out);

#endif
