// An object of any shape as paths and texts. Any thread. Floor: api.
#include "api/flat.h"

#include <stdlib.h>
#include <string.h>

#include "api/wire.h"
#include "base/mem.h"
#include "base/vec.h"

struct walk {
    void (*each)(void *self, const char *path, const char *text);
    void *self;
    struct str path, text;
};

static void step(struct walk *w, json_t *object)
{
    const char *key;
    json_t *value;

    json_object_foreach(object, key, value)
    {
        size_t len = w->path.len;

        str_addf(&w->path, "%s%s", len ? "." : "", key);
        if (json_is_object(value)) {
            step(w, value);
        } else {
            str_clear(&w->text);
            wire_text(value, &w->text);
            w->each(w->self, str_text(&w->path), str_text(&w->text));
        }
        str_cut(&w->path, len);
    }
}

bool flat_object(const char *bytes, size_t len,
                 void (*each)(void *self, const char *path, const char *text), void *self,
                 struct err *e)
{
    struct walk w = {.each = each, .self = self};
    json_t *object = wire_parse(bytes, len, e);
    bool ok = json_is_object(object);

    if (ok)
        step(&w, object);
    json_decref(object);
    str_free(&w.path);
    str_free(&w.text);
    return ok || err_set(e, ERR_INVALID, "it is no JSON object");
}

// A path that elements have, and its values up to one of them.
struct part {
    char *path; // owned
    struct str values;
    size_t n; // elements
};

struct parts {
    VEC(struct part) items;
    size_t element; // at hand, from 1
    struct str path;
};

static struct part *part_of(struct parts *p)
{
    const char *path = str_text(&p->path);

    for (size_t i = 0; i < p->items.len; i++) {
        if (str_eq(p->items.items[i].path, path))
            return &p->items.items[i];
    }
    vec_push(&p->items, ((struct part){.path = mem_strdup(path)}));
    return &p->items.items[p->items.len - 1];
}

// Several values of one element stand with commas.
static void add_leaf(struct parts *p, json_t *value)
{
    struct part *part = part_of(p);

    if (part->n == p->element)
        str_add(&part->values, ", ");
    for (part->n += part->n == 0; part->n < p->element; part->n++)
        str_add(&part->values, "; ");
    wire_text(value, &part->values);
}

static void gather(struct parts *p, json_t *value)
{
    size_t i, len = p->path.len;
    const char *key;
    json_t *item;

    if (json_is_array(value)) {
        json_array_foreach(value, i, item) gather(p, item);
    } else if (json_is_object(value)) {
        json_object_foreach(value, key, item)
        {
            str_addf(&p->path, "%s%s", len ? "." : "", key);
            gather(p, item);
            str_cut(&p->path, len);
        }
    } else if (!json_is_null(value)) {
        add_leaf(p, value);
    }
}

static void gather_elements(struct parts *p, json_t *value)
{
    size_t i;
    json_t *item;

    p->element = 1;
    if (!json_is_array(value)) {
        gather(p, value);
        return;
    }
    json_array_foreach(value, i, item)
    {
        p->element = i + 1;
        gather(p, item);
    }
}

void wire_nested(json_t *value, struct str *out)
{
    struct parts p = {.element = 1};

    gather_elements(&p, value);
    for (size_t i = 0; i < p.items.len; i++) {
        struct part *part = &p.items.items[i];

        str_addf(out, "%s%s%s%s", i ? " | " : "", part->path, *part->path ? ": " : "",
                 str_text(&part->values));
        free(part->path);
        str_free(&part->values);
    }
    vec_free(&p.items);
    str_free(&p.path);
}

void flat_nested(const char *json, const char *path, struct str *out)
{
    struct err ignored;
    json_t *row = wire_parse(json, strlen(json), &ignored);
    json_t *value = json_is_object(row) ? wire_at(row, path) : NULL;

    if (value)
        wire_nested(value, out);
    json_decref(value);
    json_decref(row);
}
