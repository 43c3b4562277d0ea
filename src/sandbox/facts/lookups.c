// The lookup lists as the wire serves them, parsed once. Read-only once loaded: any thread.
// An underscore in a file's name is a slash of its path: tech_product.json is /lookup/tech/product.
// Floor: sandbox/facts.
#include "sandbox/facts/lookups.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/vec.h"
#include "sandbox/facts/asset.h"

struct list {
    struct lookup_list shown; // first: what callers hold points here
    char *path;
    json_t *root;
    struct map by_key; // ids and names in lower case to values
};

struct lookups {
    VEC(struct list *) lists;
};

static const char *text_of(const json_t *element, const char *key)
{
    return json_string_value(json_object_get(element, key));
}

static char *key_of(const char *text, size_t len)
{
    char *key;

    while (len && strchr(" \t", *text)) {
        text++;
        len--;
    }
    while (len && strchr(" \t", text[len - 1]))
        len--;
    key = mem_strndup(text, len);
    for (char *p = key; *p; p++) {
        if (*p >= 'A' && *p <= 'Z')
            *p = (char)(*p + ('a' - 'A'));
    }
    return key;
}

static void index_text(struct list *l, const char *text, struct lookup_value *value)
{
    char *key = key_of(text, strlen(text));

    if (!map_has(&l->by_key, key))
        map_put(&l->by_key, key, value);
    free(key);
}

// Ids go in before names, so that a name never hides another value's id.
static void list_index(struct list *l)
{
    for (size_t i = 0; i < l->shown.n; i++)
        index_text(l, l->shown.values[i].id, &l->shown.values[i]);
    for (size_t i = 0; i < l->shown.n; i++)
        index_text(l, l->shown.values[i].name, &l->shown.values[i]);
}

static struct lookup_value value_of(const json_t *element)
{
    const char *id = json_is_string(element) ? json_string_value(element) : text_of(element, "Id");
    const char *name = text_of(element, "Name");

    assert(id || name);
    return (struct lookup_value){
        .id = id ? id : name, .name = name ? name : id, .element = element};
}

static char *path_of(const char *file, size_t len)
{
    char *path = mem_strndup(file, len);

    for (char *p = path; *p; p++) {
        if (*p == '_')
            *p = '/';
    }
    return path;
}

static struct list *list_load(const struct asset *a)
{
    struct list *l = mem_zalloc(sizeof(*l));
    json_t *element;
    size_t i;

    l->path = path_of(a->name, strlen(a->name) - strlen(".json"));
    l->root = json_loadb((const char *)a->bytes, *a->len, 0, NULL);
    if (!json_is_array(l->root))
        abort();
    l->shown = (struct lookup_list){.path = l->path,
                                    .json = (const char *)a->bytes,
                                    .json_len = *a->len,
                                    .n = json_array_size(l->root)};
    l->shown.values = mem_array(l->shown.n, sizeof(*l->shown.values));
    json_array_foreach(l->root, i, element) l->shown.values[i] = value_of(element);
    list_index(l);
    return l;
}

struct lookups *lookups_load(void)
{
    struct lookups *l = mem_zalloc(sizeof(*l));

    for (const struct asset *a = assets; a->name; a++) {
        if (str_ends(a->name, ".json"))
            vec_push(&l->lists, list_load(a));
    }
    return l;
}

void lookups_free(struct lookups *l)
{
    if (!l)
        return;
    for (size_t i = 0; i < l->lists.len; i++) {
        struct list *list = l->lists.items[i];

        map_free(&list->by_key, NULL);
        json_decref(list->root);
        free(list->shown.values);
        free(list->path);
        free(list);
    }
    vec_free(&l->lists);
    free(l);
}

const struct lookup_list *lookups_at(const struct lookups *l, size_t i)
{
    return i < l->lists.len ? &l->lists.items[i]->shown : NULL;
}

const struct lookup_list *lookups_list(const struct lookups *l, const char *path)
{
    const struct lookup_list *list;

    for (size_t i = 0; (list = lookups_at(l, i)); i++) {
        if (str_eq_case(list->path, path))
            return list;
    }
    return NULL;
}

int lookup_find_len(const struct lookup_list *list, const char *text, size_t len)
{
    const struct list *l = (const struct list *)(const void *)list;
    char *key = key_of(text, len);
    const struct lookup_value *value = map_get(&l->by_key, key);

    free(key);
    return value ? (int)(value - list->values) : -1;
}

int lookup_find(const struct lookup_list *list, const char *id_or_name)
{
    return lookup_find_len(list, id_or_name, strlen(id_or_name));
}

static bool any_has(const struct lookup_list *list, const char *name)
{
    for (size_t i = 0; i < list->n; i++) {
        if (json_object_get(list->values[i].element, name))
            return true;
    }
    return false;
}

static bool fits(const json_t *element, const struct lookup_query *query)
{
    const char *text = text_of(element, query->name);

    return text && str_eq_case(text, query->value);
}

bool lookups_json(const struct lookups *l, const char *path, const struct lookup_query *queries,
                  size_t n_queries, struct str *out)
{
    const struct lookup_list *list = lookups_list(l, path);
    json_t *some;
    char *text;

    if (!list)
        return false;
    some = json_copy(((const struct list *)(const void *)list)->root);
    for (size_t q = 0; q < n_queries; q++) {
        if (!any_has(list, queries[q].name))
            continue;
        for (size_t i = json_array_size(some); i-- > 0;) {
            if (!fits(json_array_get(some, i), &queries[q]))
                json_array_remove(some, i);
        }
    }
    if (json_array_size(some) == list->n) {
        str_add_len(out, list->json, list->json_len);
    } else {
        text = json_dumps(some, JSON_COMPACT);
        str_add(out, text);
        free(text);
    }
    json_decref(some);
    return true;
}
