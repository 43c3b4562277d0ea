// Lookup lists, field lists and the usage meters on the wire. Any thread. Floor: api.
#include "api/lookup.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "api/answer.h"
#include "api/wire.h"
#include "base/mem.h"

struct net_request *lookup_request(const char *base_url, const char *path)
{
    struct net_request *r = net_request_new("GET", str_format("%s/lookup/%s", base_url, path));

    r->repeat = NET_FREE;
    return r;
}

// The first of the keys that holds a string or an integer, as text in *out.
static bool first_text(const json_t *object, const char *const *keys, struct str *out)
{
    for (; *keys; keys++) {
        const json_t *value = json_object_get(object, *keys);

        if (json_is_string(value))
            str_add(out, json_string_value(value));
        else if (json_is_integer(value))
            str_addf(out, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        else
            continue;
        return true;
    }
    return false;
}

static void add_element(json_t *element, const char *parent, struct lookup_list *out);

// Elements below an element: the categories of a technology's parent category.
static void add_nested(json_t *element, const char *parent, struct lookup_list *out)
{
    json_t *list = json_object_get(element, "categories"), *item;
    size_t i;

    json_array_foreach(list, i, item) add_element(item, parent, out);
}

// Whom an element names above itself: a product its vendor in its categories, others only one.
static void add_above(const json_t *element, struct str *out)
{
    static const char *const levels[] = {"parentCategory", "category", "vendor"};
    static const char *const one[] = {"parentId", "parentCategory", "Category", "category", NULL};

    if (!wire_string(element, "vendor")) {
        (void)first_text(element, one, out);
        return;
    }
    for (size_t i = 0; i < ARRAY_LEN(levels); i++) {
        const char *name = wire_string(element, levels[i]);

        if (name)
            str_addf(out, "%s%s", out->len ? lookup_level : "", name);
    }
}

static void add_element(json_t *element, const char *parent, struct lookup_list *out)
{
    static const char *const ids[] = {"Id", "id", "ID", NULL};
    static const char *const names[] = {"Name", "name", "Description", NULL};
    struct str id = {0}, name = {0}, above = {0};
    char *raw = wire_dump(element);

    if (parent)
        str_add(&above, parent);
    if (json_is_object(element)) {
        (void)first_text(element, names, &name);
        if (!first_text(element, ids, &id))
            str_add(&id, str_text(&name));
        if (!parent)
            add_above(element, &above);
    } else if (json_is_string(element)) {
        str_add(&id, json_string_value(element));
        str_add(&name, json_string_value(element));
    } else if (json_is_integer(element)) {
        str_add(&id, raw);
    }
    if (id.len) {
        lookup_add(out, str_text(&id), str_text(&name), above.len ? above.data : NULL, raw);
        str_addf(&above, "%s%s", above.len ? lookup_level : "", str_text(&id));
        add_nested(element, str_text(&above), out);
    }
    free(raw);
    str_free(&id);
    str_free(&name);
    str_free(&above);
}

bool lookup_decode(const char *body, size_t len, struct lookup_list *out, struct err *e)
{
    json_t *root = wire_parse(body, len, e), *element;
    size_t i;

    *out = (struct lookup_list){0};
    if (!root)
        return false;
    if (!json_is_array(root)) {
        json_decref(root);
        return err_set(e, ERR_OFFLINE, "the answer to the lookup is not a list");
    }
    json_array_foreach(root, i, element) add_element(element, NULL, out);
    json_decref(root);
    return true;
}

static void add_lower(struct map *m, const char *name)
{
    char *lower = mem_strdup(name);

    for (char *p = lower; *p; p++)
        *p = (char)tolower((unsigned char)*p);
    (void)map_put(m, lower, m);
    free(lower);
}

bool fields_decode(const char *body, size_t len, struct map *granted, struct map *denied,
                   struct err *e)
{
    json_t *root = wire_parse(body, len, e), *element;
    size_t i;

    if (!root)
        return false;
    json_array_foreach(root, i, element)
    {
        const char *name = wire_string(element, "fieldName");
        const char *access = wire_string(element, "accessGranted");

        if (name)
            add_lower(access && str_eq_case(access, "false") ? denied : granted, name);
    }
    json_decref(root);
    return true;
}

static bool is_listed(const json_t *list, const char *name)
{
    json_t *element;
    size_t i;

    json_array_foreach(list, i, element)
    {
        const char *listed = wire_string(element, "fieldName");

        if (listed && str_eq_case(listed, name))
            return true;
    }
    return false;
}

void fields_deny(const char *names, struct str *out)
{
    char *copy = mem_strdup(names), *rest = copy, *name, *text;
    struct err ignored;
    json_t *list = out->len ? wire_parse(out->data, out->len, &ignored) : NULL;

    if (!json_is_array(list)) {
        json_decref(list);
        list = json_array();
    }
    while ((name = strsep(&rest, ",")) != NULL) {
        if (!is_listed(list, name))
            (void)json_array_append_new(
                list, json_pack("{s:s,s:s}", "fieldName", name, "accessGranted", "false"));
    }
    text = wire_dump(list);
    str_clear(out);
    str_add(out, text);
    free(text);
    free(copy);
    json_decref(list);
}

static void take_meter(const json_t *element, struct usage *out)
{
    const char *type = wire_string(element, "limitType");

    for (size_t i = 0; type && i < METERS; i++) {
        struct meter *m = &out->meters[i];

        if (!str_eq_case(type, meter_defs()[i].limit_type))
            continue;
        *m = (struct meter){true, -1, -1, -1};
        if (!wire_int(json_object_get(element, "limit"), &m->limit))
            (void)wire_int(json_object_get(element, "totalLimit"), &m->limit);
        (void)wire_int(json_object_get(element, "currentUsage"), &m->used);
        if (!wire_int(json_object_get(element, "usageRemaining"), &m->remaining) && m->limit >= 0 &&
            m->used >= 0)
            m->remaining = m->limit - m->used;
    }
}

bool usage_decode(const struct net_request *r, struct usage *out, struct err *e)
{
    json_t *body, *list, *element;
    size_t i;

    if (!answer_check(r, e))
        return false;
    body = wire_parse(str_text(&r->answer), r->answer.len, e);
    if (!body)
        return false;
    list = json_object_get(body, "usage");
    if (!json_is_array(list)) {
        json_decref(body);
        return err_set(e, ERR_OFFLINE, "the answer about usage holds no list of limits");
    }
    json_array_foreach(list, i, element) take_meter(element, out);
    json_decref(body);
    return true;
}
