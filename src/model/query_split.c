// Filters with more values than one request takes. Not shared between threads. Floor: model.
#include "model/query_split.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/query_value.h"

// Whose values all must hold.
static const char *const all_hold[] = {"requiredFields"};

// Does a value of an expression hold an operator as a word of its own, so that what stands beside
// it is not simply one more alternative?
static bool has_operator(const struct input *in, const char *value)
{
    static const char *const words[] = {"AND", "NOT"};

    if (*value == '"' && str_ends(value, "\"")) // a phrase
        return false;
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        for (const char *p = value; (p = strstr(p, words[i])) != NULL; p++) {
            bool starts = p == value || p[-1] == ' ';

            if (starts && (p[3] == ' ' || p[3] == '\0') && strstr(in->choices, words[i]))
                return true;
        }
    }
    return false;
}

bool query_splits(const struct query *q, const struct filter *f)
{
    if (f->input->wire == WIRE_ARRAY || !input_many(f->input) ||
        entity_included(q->entity, f->input))
        return false;
    for (size_t i = 0; i < ARRAY_LEN(all_hold); i++) {
        if (str_eq(f->input->name, all_hold[i]))
            return false;
    }
    for (size_t i = 0; i < f->n_values; i++) {
        if (value_characters(f->values[i]) > VALUE_MAX ||
            (f->input->kind == INPUT_EXPRESSION && has_operator(f->input, f->values[i])))
            return false;
    }
    return true;
}

// The end of the run of values from `from` that one request takes.
static size_t run_end(const struct filter *f, size_t from)
{
    size_t join = f->input->join ? strlen(f->input->join) : 0, n = 0, i = from;

    for (; i < f->n_values; i++) {
        n += value_characters(f->values[i]) + (i > from ? join : 0);
        if (n > VALUE_MAX && i > from)
            break;
    }
    return i;
}

size_t query_fits(const struct filter *f)
{
    return run_end(f, 0);
}

static bool is_long(const struct query *q, const struct filter *f)
{
    return run_end(f, 0) < f->n_values && query_splits(q, f);
}

bool query_long(const struct query *q)
{
    for (size_t i = 0; i < q->n_filters; i++) {
        if (is_long(q, &q->filters[i]))
            return true;
    }
    return false;
}

void query_parts_add(struct query_parts *parts, struct query part)
{
    if (parts->n == parts->cap) {
        parts->cap = parts->cap ? parts->cap * 2 : 8;
        parts->items = mem_regrow(parts->items, parts->cap, sizeof(*parts->items));
    }
    parts->items[parts->n++] = part;
}

void query_parts_free(struct query_parts *parts)
{
    for (size_t i = 0; i < parts->n; i++)
        query_free(&parts->items[i]);
    free(parts->items);
    *parts = (struct query_parts){0};
}

// A copy of q whose filter `at` has the values from..to of f only.
static struct query with_run(const struct query *q, size_t at, const struct filter *f, size_t from,
                             size_t to)
{
    struct query part = query_copy(q), alone = query_new(q->entity);
    struct filter swap;

    query_put(&alone, f->input, (const char *const *)f->values + from, to - from);
    swap = part.filters[at];
    part.filters[at] = alone.filters[0];
    alone.filters[0] = swap;
    query_free(&alone);
    return part;
}

// Each part so far in the place of as many as filter `at` has runs.
static void part_by(const struct query *q, size_t at, struct query_parts *parts)
{
    const struct filter *f = &q->filters[at];
    struct query_parts finer = {0};

    for (size_t i = 0; i < parts->n; i++) {
        for (size_t from = 0, to; from < f->n_values; from = to) {
            to = run_end(f, from);
            query_parts_add(&finer, with_run(&parts->items[i], at, f, from, to));
        }
    }
    query_parts_free(parts);
    *parts = finer;
}

static size_t runs(const struct filter *f)
{
    size_t n = 0;

    for (size_t from = 0; from < f->n_values; from = run_end(f, from))
        n++;
    return n;
}

// A long filter is shortened to nothing first: it would be copied into every part.
static struct query without_long(const struct query *q)
{
    struct query short_one = query_copy(q);

    for (size_t i = 0; i < q->n_filters; i++) {
        struct filter *f = &short_one.filters[i];

        if (!is_long(q, &q->filters[i]))
            continue;
        while (f->n_values > 1)
            free(f->values[--f->n_values]);
        free(f->text);
        f->text = mem_strdup("");
    }
    return short_one;
}

bool query_split(const struct query *q, struct query_parts *out, struct err *e)
{
    size_t n = 1;

    *out = (struct query_parts){0};
    for (size_t i = 0; i < q->n_filters; i++) {
        if (!is_long(q, &q->filters[i]))
            continue;
        n *= runs(&q->filters[i]);
        if (n > QUERY_PARTS_MAX)
            return err_set(e, ERR_INVALID,
                           "the lists of values would take more than %d searches together; use "
                           "fewer values",
                           QUERY_PARTS_MAX);
    }
    query_parts_add(out, without_long(q));
    for (size_t i = 0; i < q->n_filters; i++) {
        if (is_long(q, &q->filters[i]))
            part_by(q, i, out);
    }
    return true;
}
