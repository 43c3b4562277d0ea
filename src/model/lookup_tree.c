// Which value of a lookup list stands below which. Not shared between threads. Floor: model.
#include "model/lookup_tree.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/vec.h"

// How the id or the element of a value names the one above it.
enum how {
    BY_DOTS,   // "usa.alabama.birmingham": the id up to its last dot
    BY_PREFIX, // "0111": the longest shorter start that is a code too
    BY_NAME    // lookup_value.parent
};

static const struct rule {
    const char *path;
    enum how how;
    const char *above[LOOKUP_SOURCES]; // beside the list itself
} rules[] = {
    {"industry", BY_DOTS, {NULL}},      {"siccode", BY_PREFIX, {NULL}},
    {"naicscode", BY_PREFIX, {NULL}},   {"jobfunction", BY_DOTS, {"department"}},
    {"state", BY_DOTS, {"country"}},    {"metroarea", BY_DOTS, {"state", "country"}},
    {"tech/category", BY_NAME, {NULL}}, {"tech/product", BY_NAME, {NULL}},
    {"intent/topics", BY_NAME, {NULL}},
};

// A path may have its query behind it.
static const struct rule *rule_of(const char *path)
{
    size_t n = strcspn(path, "?");

    for (size_t i = 0; i < ARRAY_LEN(rules); i++) {
        if (strlen(rules[i].path) == n && strncmp(rules[i].path, path, n) == 0)
            return &rules[i];
    }
    return NULL;
}

const char *const *lookup_above(const char *path)
{
    const struct rule *rule = rule_of(path);

    return rule ? rule->above : NULL;
}

struct way {
    struct lookup_step steps[LOOKUP_LEVELS]; // topmost first, the value itself last
    size_t n;
};

// The lists by the ids of their values.
struct index {
    const struct lookup_source *sources;
    size_t n;
    const struct rule *rule;
    struct map ids[LOOKUP_SOURCES];
};

static struct index index_of(const struct lookup_source *sources, size_t n)
{
    struct index x = {.sources = sources,
                      .n = n < LOOKUP_SOURCES ? n : LOOKUP_SOURCES,
                      .rule = rule_of(sources[0].path)};

    for (size_t s = 0; s < x.n; s++) {
        for (size_t i = sources[s].list->n; i > 0; i--) { // the first of an id counts
            struct lookup_value *v = &sources[s].list->values[i - 1];

            (void)map_put(&x.ids[s], v->id, v);
        }
    }
    return x;
}

static void index_free(struct index *x)
{
    for (size_t s = 0; s < x->n; s++)
        map_free(&x->ids[s], NULL);
}

static bool find(const struct index *x, const char *id, struct lookup_step *out)
{
    for (size_t s = 0; s < x->n; s++) {
        const struct lookup_value *v = map_get(&x->ids[s], id);

        if (v) {
            *out = (struct lookup_step){v, mem_strdup(id), x->sources[s].path};
            return true;
        }
    }
    return false;
}

static struct lookup_step named(const struct index *x, const char *id)
{
    return (struct lookup_step){NULL, mem_strdup(id), x->sources[0].path};
}

// The step above the id, which is cut on the way; false: it stands at the top.
static bool step_up(const struct index *x, char *id, struct lookup_step *out)
{
    char *dot;

    if (x->rule->how == BY_PREFIX) {
        for (size_t n = strlen(id); n > 1;) {
            id[--n] = '\0';
            if (find(x, id, out))
                return true;
        }
        return false;
    }
    dot = strrchr(id, '.');
    if (!dot || dot == id)
        return false;
    *dot = '\0';
    if (!find(x, id, out))
        *out = named(x, id);
    return true;
}

// Steps gathered from the bottom up.
static void climb(const struct index *x, const struct lookup_value *v, struct way *out)
{
    char *id = mem_strdup(v->id);
    struct lookup_step swap;

    while (out->n < LOOKUP_LEVELS && step_up(x, id, &out->steps[out->n]))
        out->n++;
    for (size_t i = 0; i < out->n / 2; i++) {
        swap = out->steps[i];
        out->steps[i] = out->steps[out->n - 1 - i];
        out->steps[out->n - 1 - i] = swap;
    }
    free(id);
}

// The levels that the value's own element names.
static void follow(const struct index *x, const struct lookup_value *v, struct way *out)
{
    for (const char *p = v->parent; p && out->n < LOOKUP_LEVELS - 1;) {
        const char *end = strstr(p, lookup_level);
        char *id = mem_strndup(p, end ? (size_t)(end - p) : strlen(p));

        if (!find(x, id, &out->steps[out->n]))
            out->steps[out->n] = named(x, id);
        out->n++;
        free(id);
        p = end ? end + strlen(lookup_level) : NULL;
    }
}

static void way_to(const struct index *x, const struct lookup_value *v, struct way *out)
{
    *out = (struct way){0};
    if (x->rule && x->rule->how == BY_NAME)
        follow(x, v, out);
    else if (x->rule)
        climb(x, v, out);
    if (out->n == LOOKUP_LEVELS)
        free(out->steps[--out->n].id);
    out->steps[out->n++] = (struct lookup_step){v, mem_strdup(v->id), x->sources[0].path};
}

static void way_free(struct way *way)
{
    for (size_t i = 0; i < way->n; i++)
        free(way->steps[i].id);
    *way = (struct way){0};
}

// The tree in the making: nodes as they come, then laid out so that children follow their parents.
struct making {
    VEC(struct lookup_node) nodes;
    struct map places; // index + 1 by the ids on the way down
};

static long long place(struct making *m, const struct lookup_step *step, const struct str *key,
                       long long parent, int depth)
{
    void *known = map_get(&m->places, str_text(key));
    struct lookup_node node = {*step, parent, depth, false};

    if (known) {
        struct lookup_node *there = &m->nodes.items[(intptr_t)known - 1];

        if (!there->step.value) { // named before it came itself
            there->step.value = step->value;
            there->step.path = step->path;
        }
        return (intptr_t)known - 1;
    }
    node.step.id = mem_strdup(step->id);
    vec_push(&m->nodes, node);
    (void)map_put(&m->places, str_text(key), (void *)(intptr_t)m->nodes.len);
    return (long long)m->nodes.len - 1;
}

static void add(struct making *m, const struct way *way)
{
    long long parent = NODE_NONE;
    struct str key = {0};

    for (size_t i = 0; i < way->n; i++) {
        str_addf(&key, "%s\x1f", way->steps[i].id);
        parent = place(m, &way->steps[i], &key, parent, (int)i);
    }
    str_free(&key);
}

// Moves node i and what stands below it to the end of out. first and next: a list of children for
// each node.
static void lay_out(const struct making *m, const long long *first, const long long *next,
                    long long i, long long parent, struct lookup_tree *out)
{
    long long at = (long long)out->n;

    out->nodes[out->n] = m->nodes.items[i];
    out->nodes[out->n++].parent = parent;
    for (long long child = first[i]; child != NODE_NONE; child = next[child])
        lay_out(m, first, next, child, at, out);
}

static void order(const struct making *m, struct lookup_tree *out)
{
    size_t n = m->nodes.len;
    long long *first = mem_array(n, sizeof(*first)), *next = mem_array(n, sizeof(*next));

    for (size_t i = 0; i < n; i++)
        first[i] = NODE_NONE;
    for (size_t i = n; i > 0; i--) {
        long long parent = m->nodes.items[i - 1].parent;

        next[i - 1] = parent == NODE_NONE ? NODE_NONE : first[parent];
        if (parent != NODE_NONE)
            first[parent] = (long long)i - 1;
    }
    out->nodes = mem_array(n, sizeof(*out->nodes));
    for (size_t i = 0; i < n; i++) {
        if (m->nodes.items[i].parent == NODE_NONE)
            lay_out(m, first, next, (long long)i, NODE_NONE, out);
    }
    free(first);
    free(next);
}

void lookup_tree_build(const struct lookup_source *sources, size_t n, struct lookup_tree *out)
{
    struct index x = index_of(sources, n);
    struct making m = {0};

    *out = (struct lookup_tree){0};
    for (size_t i = 0; i < sources[0].list->n; i++) {
        struct way way;

        way_to(&x, &sources[0].list->values[i], &way);
        add(&m, &way);
        way_free(&way);
    }
    order(&m, out);
    vec_free(&m.nodes);
    map_free(&m.places, NULL);
    index_free(&x);
}

void lookup_tree_free(struct lookup_tree *tree)
{
    for (size_t i = 0; i < tree->n; i++)
        free(tree->nodes[i].step.id);
    free(tree->nodes);
    *tree = (struct lookup_tree){0};
}

size_t lookup_tree_match(struct lookup_tree *tree, const char *text)
{
    size_t found = 0;

    for (size_t i = 0; i < tree->n; i++) {
        struct lookup_node *node = &tree->nodes[i];
        const struct lookup_value *v = node->step.value;
        bool fits = v ? lookup_match(v, text) > 0 : lookup_match_text(node->step.id, "", text) > 0;

        node->hidden = !fits;
        found += fits;
    }
    for (size_t i = tree->n; i > 0; i--) {
        const struct lookup_node *node = &tree->nodes[i - 1];

        if (!node->hidden && node->parent != NODE_NONE)
            tree->nodes[node->parent].hidden = false;
    }
    return found;
}
