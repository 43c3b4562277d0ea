// Which rows the filters pane shows, in which order. UI thread. Floor: ui/pane.
#include "ui/pane/filter_rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

enum { OTHER_ROWS = 3 };

void filter_rows_open(struct filter_rows *r)
{
    size_t most = 0;

    for (const struct entity *const *e = entity_all(); *e; e++)
        most = (*e)->search.n_inputs > most ? (*e)->search.n_inputs : most;
    // Each input once among the first ones and once in its group.
    *r =
        (struct filter_rows){.items = mem_array(2 * most + GROUPS + OTHER_ROWS, sizeof(*r->items))};
}

void filter_rows_free(struct filter_rows *r)
{
    free(r->items);
    *r = (struct filter_rows){0};
}

// A radius stands in the row of what it is around.
static bool stands_for(const struct filter_row *row, const struct input *input)
{
    return row->input == input ||
           (row->input && input->around && str_eq(row->input->name, input->around));
}

size_t filter_rows_find_input(const struct filter_rows *r, const struct input *input)
{
    size_t at = 0;

    while (at < r->n && !stands_for(&r->items[at], input))
        at++;
    return at;
}

size_t filter_rows_find(const struct filter_rows *r, const struct filter_row *row)
{
    size_t at = 0;

    while (at < r->n && (r->items[at].kind != row->kind || r->items[at].input != row->input ||
                         r->items[at].group != row->group))
        at++;
    return at == r->n && row->input ? filter_rows_find_input(r, row->input) : at;
}

static void put(struct filter_rows *r, enum filter_row_kind kind, const struct input *input,
                enum input_group group)
{
    r->items[r->n++] = (struct filter_row){kind, input, group};
}

static bool add(struct filter_rows *r, const struct input *input)
{
    if (filter_rows_find_input(r, input) < r->n)
        return false;
    put(r, FILTER_INPUT, input, GROUPS);
    return true;
}

// What a row is about: the including one of two twins.
static const struct input *subject(const struct entity *entity, const struct input *input)
{
    const struct input *included = entity_included(entity, input);

    return included ? included : input;
}

static bool same_subject(const struct entity *entity, const struct input *a, const struct input *b)
{
    return str_eq(subject(entity, a)->label, subject(entity, b)->label);
}

// An input with whatever is set beside it.
static void add_with_kin(struct filter_rows *r, const struct query *q, const struct input *input)
{
    const struct input *centre = entity_centre(q->entity, input);

    if (!add(r, centre ? centre : input))
        return;
    for (size_t i = 0; i < q->n_filters; i++) {
        if (same_subject(q->entity, q->filters[i].input, input))
            (void)add(r, q->filters[i].input);
    }
}

static bool is_set(const struct query *q, const struct input *input)
{
    const struct input *radius = entity_radius(q->entity, input);

    return *query_get(q, input) != '\0' || (radius && *query_get(q, radius));
}

static bool has_row(const struct input *input)
{
    return input->kind != INPUT_PAGING && !input->around;
}

size_t filter_rows_group(const struct query *q, enum input_group group, size_t *set)
{
    size_t n = 0;

    *set = 0;
    for (size_t i = 0; i < q->entity->search.n_inputs; i++) {
        const struct input *in = &q->entity->search.inputs[i];

        if (in->group != group || !has_row(in))
            continue;
        n++;
        *set += is_set(q, in);
    }
    return n;
}

static void add_group(struct filter_rows *r, const struct query *q, enum input_group group)
{
    size_t set;

    if (filter_rows_group(q, group, &set) == 0)
        return;
    put(r, FILTER_GROUP, NULL, group);
    for (size_t i = 0; r->unfolded[group] && i < q->entity->search.n_inputs; i++) {
        const struct input *in = &q->entity->search.inputs[i];

        if (in->group == group && has_row(in))
            put(r, FILTER_INPUT, in, group);
    }
}

void filter_rows_fill(struct filter_rows *r, const struct query *q)
{
    const struct input *common[FILTER_ROWS_COMMON];
    size_t n = entity_common(q->entity, common, FILTER_ROWS_COMMON);

    r->n = 0;
    put(r, FILTER_SUBJECT, NULL, GROUPS);
    for (size_t i = 0; i < n; i++)
        add_with_kin(r, q, common[i]);
    for (size_t i = 0; i < q->n_filters; i++)
        add_with_kin(r, q, q->filters[i].input);
    if (r->wanted)
        add_with_kin(r, q, r->wanted);
    put(r, FILTER_ADD, NULL, GROUPS);
    put(r, FILTER_SEARCH, NULL, GROUPS);
    for (int group = 0; group < GROUPS; group++)
        add_group(r, q, (enum input_group)group);
}

bool filter_rows_goes_on(const struct filter_rows *r, const struct entity *entity, size_t i)
{
    const struct filter_row *row = &r->items[i], *above = i > 0 ? row - 1 : NULL;

    return above && row->input && above->input && above->group == row->group &&
           same_subject(entity, above->input, row->input);
}
