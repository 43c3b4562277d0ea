// From a checked body to filters: what all kinds of inputs share. Floor: sandbox/search.
#include "sandbox/search/query.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "sandbox/search/filter_value.h"

// Copies as many whole characters as there is room for; the halves that %.60s leaves go.
static void copy_whole(const struct str *text, char *to, size_t room)
{
    uint32_t cp;
    size_t len;

    for (size_t at = 0; at < text->len; at += len ? len : 1) {
        len = text_decode(text->data + at, text->len - at, &cp);
        if (len >= room)
            break;
        memcpy(to, text->data + at, len);
        to += len;
        room -= len;
    }
    *to = '\0';
}

bool search_refuse(struct search_query *q, const struct search_input *in, const char *format, ...)
{
    struct str text = {0};
    va_list args;

    va_start(args, format);
    str_vaddf(&text, format, args);
    va_end(args);
    q->error->status = 400;
    q->error->names_key = "invalidInputFields";
    q->error->names = json_pack("[s]", in->name);
    copy_whole(&text, q->error->text, sizeof(q->error->text));
    str_free(&text);
    return false;
}

const struct lookup_list *search_list(const struct search *s, const char *path)
{
    if (str_eq(path, s->models.path))
        return &s->models;
    if (str_eq(path, s->engagements.path))
        return &s->engagements;
    return lookups_list(s->lookups, path);
}

static const void *derived(const struct search *s, uint16_t which)
{
    if (which == DERIVED_STRUCTURE)
        return columns_structure(s->columns);
    return columns_n_contacts(s->columns);
}

static const void *member(const void *columns, uint16_t offset)
{
    const void *cells;

    memcpy(&cells, (const char *)columns + offset, sizeof(cells));
    return cells;
}

struct filter_column search_column(const struct search *s, const struct search_input *in)
{
    const struct search_cells *c = &in->cells;
    struct filter_column column = {.width = c->width, .count = c->count, .stride = c->stride};

    if (c->side == ON_DERIVED)
        column.cells = derived(s, c->member);
    else if (c->side == ON_CONTACT)
        column.cells = member(&s->world->contacts, c->member);
    else
        column.cells = member(&s->world->companies, c->member);
    column.cells = (const char *)column.cells + (size_t)c->first * c->width;
    return column;
}

const void *search_cells_of(const struct search *s, const struct search_input *in,
                            const struct search_record *r)
{
    size_t row = in->cells.side == ON_CONTACT ? r->contact : r->company;

    return (const char *)search_column(s, in).cells + row * in->cells.stride * in->cells.width;
}

struct filter_list *search_filters(struct search_query *q, const struct search_input *in)
{
    return in->rows == ON_CONTACT ? &q->contacts : &q->companies;
}

static void add_element(struct value_list *l, const json_t *element)
{
    char *text = json_is_integer(element)
                     ? str_format("%lld", (long long)json_integer_value(element))
                     : mem_strdup(json_string_value(element));

    l->items = mem_regrow(l->items, l->n + 1, sizeof(char *));
    l->items[l->n++] = text;
}

// Puts the items into one block, as value_list_free() has it.
static void join_items(struct value_list *l)
{
    struct str all = {0};
    size_t at = 0;

    for (size_t i = 0; i < l->n; i++) {
        str_add_len(&all, l->items[i], strlen(l->items[i]) + 1);
        free(l->items[i]);
    }
    l->bytes = str_take(&all);
    for (size_t i = 0; i < l->n; i++) {
        l->items[i] = str_trim(l->bytes + at);
        at += strlen(l->bytes + at) + 1;
    }
}

struct value_list search_values(const json_t *value)
{
    struct value_list l = {0};
    size_t i;
    json_t *element;

    if (!json_is_array(value))
        return value_split(json_string_value(value), ',');
    json_array_foreach(value, i, element)
    {
        add_element(&l, element);
    }
    join_items(&l);
    return l;
}

static bool reaches(const char *id, const char *root, enum search_reach reach)
{
    size_t len = strlen(root);

    if (str_eq_case(id, root))
        return true;
    if (reach == REACH_SELF || strlen(id) < len || strncasecmp(id, root, len) != 0)
        return false;
    return reach == REACH_PREFIX || id[len] == '.';
}

static bool mark_under(const struct lookup_list *list, const char *root, enum search_reach reach,
                       uint8_t *marks)
{
    bool any = false;

    for (size_t i = 0; i < list->n; i++) {
        if (reaches(list->values[i].id, root, reach))
            marks[i] = any = true;
    }
    return any;
}

static bool mark_exact(const struct lookup_list *list, const char *text, enum search_reach reach,
                       uint8_t *marks)
{
    bool any = reach == REACH_PREFIX && mark_under(list, text, reach, marks);

    for (size_t i = 0; i < list->n; i++) {
        if (str_eq_case(list->values[i].id, text) || str_eq_case(list->values[i].name, text))
            any = mark_under(list, list->values[i].id, reach, marks);
    }
    return any;
}

// As the official examples have it, a plural does as well: "directors". FACTS 4.
static bool mark_value(const struct lookup_list *list, const char *text, enum search_reach reach,
                       uint8_t *marks)
{
    size_t len = strlen(text);
    char *singular;
    bool any = mark_exact(list, text, reach, marks);

    if (any || len < 2 || (text[len - 1] | 0x20) != 's')
        return any;
    singular = mem_strndup(text, len - 1);
    any = mark_exact(list, singular, reach, marks);
    free(singular);
    return any;
}

// A name may hold commas itself ("Over 10,000"): parts are put together again, with the blank
// before them, until they make a value. Returns how many parts that took, 0 for none.
static size_t mark_parts(const struct lookup_list *list, enum search_reach reach,
                         const struct value_list *parts, size_t from, uint8_t *marks)
{
    enum { PARTS_MAX = 6 };
    struct str text = {0};
    size_t used = 0;

    for (size_t i = from; i < parts->n && i < from + PARTS_MAX && !used; i++) {
        if (i > from)
            str_add(&text, parts->items[i][-1] == ' ' ? ", " : ",");
        str_add(&text, parts->items[i]);
        if (mark_value(list, str_text(&text), reach, marks))
            used = i - from + 1;
    }
    str_free(&text);
    return used;
}

// "A wrong input value gives 400 naming the allowed set." FACTS 4.
bool search_refuse_value(struct search_query *q, const struct search_input *in, const char *text,
                         const struct lookup_list *list)
{
    enum { ROOM = 300 };
    struct str allowed = {0};
    size_t i;

    for (i = 0; i < list->n && allowed.len < ROOM; i++)
        str_addf(&allowed, "%s%s", i ? ", " : "", list->values[i].id);
    if (i < list->n)
        str_addf(&allowed, " and %zu more", list->n - i);
    search_refuse(q, in, "Invalid value \"%.60s\" for %s. Allowed values: %s", text, in->name,
                  str_text(&allowed));
    str_free(&allowed);
    return false;
}

bool search_mark(struct search_query *q, const struct search_input *in, const json_t *value,
                 uint8_t *marks)
{
    const struct lookup_list *list = search_list(q->search, in->list);
    struct value_list parts = search_values(value);
    bool good = true;
    size_t used;

    for (size_t i = 0; i < parts.n && good; i += used) {
        used = mark_parts(list, in->reach, &parts, i, marks);
        good = used > 0 || search_refuse_value(q, in, parts.items[i], list);
    }
    value_list_free(&parts);
    return good;
}

bool search_expression(struct search_query *q, const struct search_input *in, const json_t *value,
                       struct text_query *out)
{
    return text_query_parse(json_string_value(value), in->operators, out) ||
           search_refuse(q, in, "Invalid value \"%.60s\" for %s. A phrase is missing",
                         json_string_value(value), in->name);
}

int search_choose(struct search_query *q, const struct search_input *in, const json_t *value,
                  const char *const *names, int n)
{
    const char *text = json_string_value(value);
    struct str allowed = {0};

    for (int i = 0; i < n; i++) {
        if (str_eq_case(names[i], text)) {
            str_free(&allowed);
            return i;
        }
        str_addf(&allowed, "%s%s", i ? ", " : "", names[i]);
    }
    search_refuse(q, in, "Invalid value \"%.60s\" for %s. Allowed values: %s", text, in->name,
                  str_text(&allowed));
    str_free(&allowed);
    return -1;
}

static bool compile_inputs(struct search_query *q, bool early)
{
    const struct search_input *in;
    const char *name;
    json_t *value;

    json_object_foreach(q->inputs, name, value)
    {
        in = search_input_find(q->entity, name);
        if (in && in->kind->early == early && !in->kind->compile(q, in, value))
            return false;
    }
    return true;
}

bool search_compile(struct search *s, enum search_entity entity, json_t *inputs,
                    struct search_query *q, struct search_error *e)
{
    *q = (struct search_query){.search = s, .entity = entity, .inputs = inputs, .error = e};
    if (compile_inputs(q, true) && compile_inputs(q, false)) {
        search_places_finish(q);
        search_join(q);
        return true;
    }
    search_query_free(q);
    return false;
}

void search_query_free(struct search_query *q)
{
    filter_list_free(&q->contacts);
    filter_list_free(&q->companies);
    vec_free(&q->places);
}
