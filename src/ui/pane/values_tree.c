// The values of a list as a tree. UI thread. Floor: ui/pane.
#include "ui/pane/values_tree.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"

static const struct lookup_node *node_at(const struct values_tree *t, size_t node)
{
    return &t->tree.nodes[node];
}

static size_t count(void *self)
{
    return ((struct values_tree *)self)->tree.n;
}

static long long parent(void *self, size_t node)
{
    return node_at(self, node)->parent;
}

static const char *text(void *self, size_t node)
{
    const struct lookup_step *step = &node_at(self, node)->step;

    return step->value && *step->value->name ? step->value->name : step->id;
}

static const char *aside(void *self, size_t node)
{
    const char *id = node_at(self, node)->step.id;

    return str_eq_case(id, text(self, node)) ? "" : id;
}

static const char *sign(void *self, size_t node, enum role *role)
{
    const struct values_tree *t = self;
    long long item = values_tree_value(t, node);
    const struct value_choice *c = item < 0 ? NULL : value_choices_find(t->choices, (size_t)item);

    *role = c && c->excluded ? ROLE_WARNING : ROLE_MARK;
    if (c)
        return c->excluded ? "!" : "=";
    return t->holds[node] ? ":" : " ";
}

long long values_tree_value(const struct values_tree *t, size_t node)
{
    const struct lookup_value *v = node_at(t, node)->step.value;
    const struct lookup_list *list = &t->lists[0]->list;

    return v && str_eq(node_at(t, node)->step.path, t->paths[0]) ? v - list->values : -1;
}

long long values_tree_here(const struct values_tree *t, const struct chooser *c)
{
    long long node;

    if (!chooser_as_tree(c))
        return list_view_item(&c->list);
    node = tree_view_item(&t->view);
    return node < 0 ? -1 : values_tree_value(t, (size_t)node);
}

size_t values_tree_end(const struct values_tree *t, size_t node)
{
    size_t end = node + 1;

    while (end < t->tree.n && node_at(t, end)->depth > node_at(t, node)->depth)
        end++;
    return end;
}

void values_tree_mark(struct values_tree *t)
{
    for (size_t i = 0; i < t->tree.n; i++)
        t->holds[i] = false;
    for (size_t i = t->tree.n; i > 0; i--) {
        long long above = node_at(t, i - 1)->parent, item = values_tree_value(t, i - 1);

        if (above >= 0 && (t->holds[i - 1] ||
                           (item >= 0 && value_choices_find(t->choices, (size_t)item) != NULL)))
            t->holds[above] = true;
    }
}

void values_tree_open(struct values_tree *t, struct desk *desk, const char *path,
                      const struct value_choices *choices)
{
    const char *const *above = lookup_above(path);
    const struct tree_source source = {t, count, parent, text, aside, sign};

    *t = (struct values_tree){.desk = desk, .choices = choices, .paths = {path}};
    if (!above)
        return;
    t->n = 1;
    while (*above && t->n < LOOKUP_SOURCES)
        t->paths[t->n++] = *above++;
    for (size_t i = 0; i < t->n; i++)
        t->lists[i] = desk_list(desk, t->paths[i]);
    tree_view_init(&t->view, &source);
}

void values_tree_close(struct values_tree *t)
{
    tree_view_free(&t->view);
    lookup_tree_free(&t->tree);
    free(t->holds);
    *t = (struct values_tree){0};
}

static void build(struct values_tree *t)
{
    struct lookup_source sources[LOOKUP_SOURCES];
    size_t n = 0;

    for (size_t i = 0; i < t->n; i++) {
        t->versions[i] = t->lists[i]->version;
        if (t->lists[i]->there)
            sources[n++] = (struct lookup_source){t->paths[i], &t->lists[i]->list};
    }
    lookup_tree_free(&t->tree);
    lookup_tree_build(sources, n, &t->tree);
    t->holds = mem_regrow(t->holds, t->tree.n + 1, sizeof(*t->holds));
    tree_view_update(&t->view);
    t->built = false;
    for (size_t i = 0; i < t->tree.n; i++)
        t->built |= node_at(t, i)->depth > 0;
    values_tree_mark(t);
}

// The list itself is there; what stands above it has come or will not.
static bool complete(const struct values_tree *t)
{
    for (size_t i = 0; i < t->n; i++) {
        if (!t->lists[i]->there && (i == 0 || t->lists[i]->err.kind == ERR_NONE))
            return false;
    }
    return t->n > 0;
}

static bool moved(const struct values_tree *t)
{
    bool is = t->tree.n == 0;

    for (size_t i = 0; i < t->n; i++)
        is = is || t->versions[i] != t->lists[i]->version;
    return is;
}

void values_tree_update(struct values_tree *t)
{
    if (complete(t) && moved(t))
        build(t);
}

void values_tree_refresh(const struct values_tree *t)
{
    for (size_t i = 1; i < t->n; i++)
        desk_list_refresh(t->desk, t->paths[i]);
}
