// Which value of a lookup list stands below which, by the rule of the list: industries by the dots
// of their ids, SIC and NAICS codes by their first digits, metro areas below states below
// countries, job functions below departments, products below their vendors and categories. Not
// shared between threads. Floor: model.
#ifndef LODE_MODEL_LOOKUP_TREE_H
#define LODE_MODEL_LOOKUP_TREE_H

#include <stdbool.h>
#include <stddef.h>

#include "model/lookup.h"

enum { LOOKUP_LEVELS = 8, LOOKUP_SOURCES = 3 };

// A list with the lists whose values stand above its own; those that could not be had are left out.
struct lookup_source {
    const char *path;
    const struct lookup_list *list;
};

// One step of the way down to a value.
struct lookup_step {
    const struct lookup_value *value; // NULL: no list has it, it is only named by what stands below
    char *id;                         // owned
    const char *path;                 // of its list; the value's own where no list has it
};

// The lists, beside its own, that the rule of a list looks for parents in: nearest first,
// NULL-terminated. NULL where the list has no levels.
const char *const *lookup_above(const char *path);

enum { NODE_NONE = -1 };

struct lookup_node {
    struct lookup_step step; // id owned
    long long parent;        // its index, or NODE_NONE
    int depth;               // from 0
    bool hidden;             // by lookup_tree_match()
};

// All values of sources[0] and what stands above them: each before those below it, in the order of
// the lists. Values belong to the lists, which must outlive the tree.
struct lookup_tree {
    struct lookup_node *nodes; // owned
    size_t n;
};

void lookup_tree_build(const struct lookup_source *sources, size_t n, struct lookup_tree *out);
void lookup_tree_free(struct lookup_tree *tree);
// Hides what does not match the words typed and has nothing below it that does. Returns how many
// match.
size_t lookup_tree_match(struct lookup_tree *tree, const char *text);

#endif
