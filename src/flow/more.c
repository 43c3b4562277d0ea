// Columns beyond those that a search tells, where it tells little: what the filters say of every
// row, and what the library has of one. Floor: flow.
#include "flow/more.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"

enum { SPARSE = 4, FILTER_WIDTH = 20 }; // SPARSE: columns of a search

static const char *const bounds[] = {[BOUND_NONE] = "", [BOUND_LOW] = " >=", [BOUND_HIGH] = " <="};

bool more_wanted(const struct entity *entity)
{
    return entity->search.n_columns <= SPARSE;
}

// May a filter of that input say what all rows have?
static bool tells(const struct entity *entity, const struct input *in)
{
    return in->kind != INPUT_PAGING && !entity_included(entity, in);
}

static const char *keep(struct more_columns *m, char *text)
{
    m->texts[m->n_texts] = text;
    return m->texts[m->n_texts++];
}

static struct column of_filter(struct more_columns *m, const struct input *in)
{
    return (struct column){.name = keep(m, str_format("filter.%s", in->name)),
                           .path = "",
                           .type = COLUMN_TEXT,
                           .heading =
                               keep(m, str_format("Filter %s%s", in->label, bounds[in->bound])),
                           .width = FILTER_WIDTH};
}

size_t more_of_library(const struct entity *entity, struct column *out)
{
    const struct enrich_operation *op = &entity->enrich;
    const struct search_operation *search = &entity->search;
    size_t n = 0;

    for (size_t i = 0; i < op->n_columns; i++) {
        bool told = false;

        for (size_t k = 0; k < search->n_columns; k++)
            told = told || str_eq(search->columns[k].path, op->columns[i].path);
        if (!told)
            out[n++] = op->columns[i];
    }
    return n;
}

void more_open(struct more_columns *m, const struct entity *entity)
{
    const struct search_operation *op = &entity->search;

    *m = (struct more_columns){0};
    if (!more_wanted(entity))
        return;
    m->items = mem_array(entity->enrich.n_columns + op->n_inputs, sizeof(*m->items));
    m->inputs = mem_array(op->n_inputs, sizeof(*m->inputs));
    m->texts = mem_array(op->n_inputs * 2, sizeof(*m->texts));
    for (size_t i = 0; i < op->n_inputs; i++) {
        if (!tells(entity, &op->inputs[i]))
            continue;
        m->inputs[m->n] = &op->inputs[i];
        m->items[m->n++] = of_filter(m, &op->inputs[i]);
    }
    m->n_filters = m->n;
    m->n += more_of_library(entity, m->items + m->n);
}

void more_free(struct more_columns *m)
{
    for (size_t i = 0; i < m->n_texts; i++)
        free(m->texts[i]);
    free(m->texts);
    free(m->items);
    free(m->inputs);
    *m = (struct more_columns){0};
}

const char *more_filter(const struct more_columns *m, size_t at, const struct query *q)
{
    for (size_t i = 0; i < q->n_filters; i++) {
        if (q->filters[i].input == m->inputs[at])
            return q->filters[i].text;
    }
    return "";
}
