// A search parted by the values of one input. Not shared between threads. Floor: model.
#include "model/query_part.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

const struct filter *query_filter(const struct query *q, const struct input *input)
{
    for (size_t i = 0; i < q->n_filters; i++) {
        if (q->filters[i].input == input)
            return &q->filters[i];
    }
    return NULL;
}

// A place beside this one, that is not only about how places are read.
static const struct input *other_place(const struct query *q, const struct input *by)
{
    for (size_t i = 0; i < q->n_filters; i++) {
        const struct input *in = q->filters[i].input;

        if (in != by && in->group == by->group && in->kind != INPUT_CHOICE &&
            !entity_included(q->entity, in))
            return in;
    }
    return NULL;
}

bool query_parts_by(const struct query *q, const struct input *by, struct err *e)
{
    const struct filter *f = query_filter(q, by);
    const struct input *place;

    if (by->part == 0)
        return err_set(e, ERR_INVALID, "a search cannot be parted by %s", by->label);
    if (f && f->n_values < 2)
        return err_set(e, ERR_INVALID, "the search asks for one value of %s already", by->label);
    place = by->group == GROUP_PLACE ? other_place(q, by) : NULL;
    return !place ||
           err_set(e, ERR_INVALID,
                   "%s cannot part a search that asks for %s too: the API joins places by OR",
                   by->label, place->label);
}

size_t query_part_ways(const struct query *q, const struct input *ways[static PART_WAYS_MAX])
{
    const struct search_operation *op = &q->entity->search;
    struct err ignored;
    size_t n = 0;

    for (int rank = 1; rank <= PART_WAYS_MAX; rank++) {
        for (size_t i = 0; i < op->n_inputs; i++) {
            if (op->inputs[i].part == rank && query_parts_by(q, &op->inputs[i], &ignored))
                ways[n++] = &op->inputs[i];
        }
    }
    return n;
}

// What makes the parts disjoint is added where the search says nothing of it, and did not ask for
// values of the input itself.
static void add_with(struct query *part, const struct query *q, const struct input *by)
{
    char *name = by->part_with && !query_filter(q, by) ? mem_strdup(by->part_with) : NULL;
    const struct input *with;
    struct err ignored;

    if (!name)
        return;
    name[strcspn(name, "=")] = '\0';
    with = entity_input(q->entity, name, BOUND_NONE);
    if (with && !query_filter(q, with))
        (void)query_where(part, by->part_with, &ignored);
    free(name);
}

struct query query_part(const struct query *q, const struct input *by, const char *value)
{
    struct query part = query_copy(q);
    struct err ignored;

    (void)query_set(&part, by, "", &ignored);
    query_put(&part, by, &value, 1);
    add_with(&part, q, by);
    return part;
}
