// The table of entities, and what is looked up in a descriptor. Any thread. Floor: model.
#include "model/entity.h"

#include <string.h>

#include "base/near.h"
#include "base/str.h"

const struct entity *const *entity_all(void)
{
    static const struct entity *const all[] = {&entity_contact, &entity_company, NULL};

    return all;
}

const struct entity *entity_find(const char *name)
{
    for (const struct entity *const *e = entity_all(); *e; e++) {
        if (str_eq_case((*e)->name, name) || str_eq_case((*e)->plural, name))
            return *e;
    }
    return NULL;
}

const struct input *entity_input(const struct entity *e, const char *name, enum bound bound)
{
    const struct input *labelled = NULL;

    for (size_t i = 0; i < e->search.n_inputs; i++) {
        const struct input *in = &e->search.inputs[i];

        if (str_eq_case(in->name, name) && (bound == BOUND_NONE || bound == in->bound))
            return in;
        if (str_eq_case(in->label, name) && bound == in->bound)
            labelled = in;
    }
    return labelled;
}

// The next in rank after `after`, or NULL.
static const struct input *next_common(const struct entity *e, int after)
{
    const struct input *next = NULL;

    for (size_t i = 0; i < e->search.n_inputs; i++) {
        const struct input *in = &e->search.inputs[i];

        if (in->common > after && (!next || in->common < next->common))
            next = in;
    }
    return next;
}

size_t entity_common(const struct entity *e, const struct input **out, size_t n)
{
    size_t found = 0;
    int rank = 0;

    while (found < n && (out[found] = next_common(e, rank)) != NULL)
        rank = out[found++]->common;
    return found;
}

const struct input *entity_included(const struct entity *e, const struct input *excluded)
{
    for (size_t i = 0; i < e->search.n_inputs; i++) {
        const struct input *in = &e->search.inputs[i];

        if (in->exclude && str_eq(in->exclude, excluded->name))
            return in;
    }
    return NULL;
}

const struct input *entity_radius(const struct entity *e, const struct input *centre)
{
    for (size_t i = 0; i < e->search.n_inputs; i++) {
        const struct input *in = &e->search.inputs[i];

        if (in->around && str_eq(in->around, centre->name))
            return in;
    }
    return NULL;
}

const struct input *entity_centre(const struct entity *e, const struct input *radius)
{
    return radius->around ? entity_input(e, radius->around, BOUND_NONE) : NULL;
}

bool input_many(const struct input *input)
{
    return input->join || input->wire == WIRE_ARRAY;
}

bool input_unlisted(const struct input *input, const char *value)
{
    enum { CODE_MAX = 3 };

    return !input->free_text || strlen(value) > CODE_MAX;
}

const char *entity_nearest_input(const struct entity *e, const char *name)
{
    struct near near = near_start(name);

    for (size_t i = 0; i < e->search.n_inputs; i++) {
        if (e->search.inputs[i].kind == INPUT_PAGING)
            continue;
        near_try(&near, e->search.inputs[i].name);
        near_try(&near, e->search.inputs[i].label);
    }
    return near.best;
}

bool entity_is_label(const struct entity *e, const struct column *c)
{
    size_t len = strlen(c->name);

    for (const char *p = e->label_names; *p; p += *p == '|') {
        size_t n = strcspn(p, "|");

        if (n == len && memcmp(p, c->name, n) == 0)
            return true;
        p += n;
    }
    return false;
}

const struct column *column_find(const struct column *columns, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++) {
        if (str_eq_case(columns[i].name, name))
            return &columns[i];
    }
    for (size_t i = 0; i < n; i++) {
        if (str_eq_case(columns[i].heading, name) || str_eq_case(columns[i].path, name))
            return &columns[i];
    }
    return NULL;
}

const char *column_nearest(const struct column *columns, size_t n, const char *name)
{
    struct near near = near_start(name);

    for (size_t i = 0; i < n; i++) {
        near_try(&near, columns[i].name);
        near_try(&near, columns[i].heading);
    }
    return near.best;
}

const char *group_label(enum input_group group)
{
    static const char *const labels[GROUPS] = {
        [GROUP_WHO] = "Who",
        [GROUP_ROLE] = "Role",
        [GROUP_COMPANY] = "Company",
        [GROUP_INDUSTRY] = "Industry",
        [GROUP_SIZE] = "Size and money",
        [GROUP_PLACE] = "Place",
        [GROUP_TECHNOLOGY] = "Technology",
        [GROUP_CAREER] = "Education and career",
        [GROUP_CONTACT_DATA] = "Contact data",
        [GROUP_DATES] = "Dates",
        [GROUP_ADVANCED] = "Advanced",
    };

    return labels[group];
}
