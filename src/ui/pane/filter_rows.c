// Which inputs the filters pane shows, in which order. UI thread. Floor: ui/pane.
#include "ui/pane/filter_rows.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"

void filter_rows_open(struct filter_rows *r)
{
    size_t most = 0;

    for (const struct entity *const *e = entity_all(); *e; e++)
        most = (*e)->search.n_inputs > most ? (*e)->search.n_inputs : most;
    *r = (struct filter_rows){.inputs = mem_array(most, sizeof(*r->inputs))};
}

void filter_rows_free(struct filter_rows *r)
{
    free(r->inputs);
    *r = (struct filter_rows){0};
}

size_t filter_rows_find(const struct filter_rows *r, const struct input *input)
{
    size_t at = 0;

    while (at < r->n && r->inputs[at] != input)
        at++;
    return at;
}

static bool add(struct filter_rows *r, const struct input *input)
{
    if (!input || filter_rows_find(r, input) < r->n)
        return false;
    r->inputs[r->n++] = input;
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
    if (!add(r, input))
        return;
    for (size_t i = 0; i < q->n_filters; i++) {
        if (same_subject(q->entity, q->filters[i].input, input))
            (void)add(r, q->filters[i].input);
    }
}

void filter_rows_fill(struct filter_rows *r, const struct query *q)
{
    const struct input *common[FILTER_ROWS_COMMON];
    size_t n = entity_common(q->entity, common, FILTER_ROWS_COMMON);

    r->n = 0;
    for (size_t i = 0; i < n; i++)
        add_with_kin(r, q, common[i]);
    for (size_t i = 0; i < q->n_filters; i++)
        add_with_kin(r, q, q->filters[i].input);
    if (r->wanted)
        add_with_kin(r, q, r->wanted);
}

bool filter_rows_goes_on(const struct filter_rows *r, const struct entity *entity, size_t i)
{
    return i > 0 && same_subject(entity, r->inputs[i - 1], r->inputs[i]);
}
