// A filter set: made line by line, written as lines again. Not shared between threads.
// Floor: model.
#include "model/query.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/near.h"
#include "model/query_value.h"

struct query query_new(const struct entity *entity)
{
    return (struct query){.entity = entity};
}

static void filter_free(struct filter *f)
{
    for (size_t i = 0; i < f->n_values; i++)
        free(f->values[i]);
    free(f->values);
    free(f->places);
    free(f->text);
}

void query_free(struct query *q)
{
    for (size_t i = 0; i < q->n_filters; i++)
        filter_free(&q->filters[i]);
    free(q->filters);
    *q = (struct query){0};
}

struct query query_copy(const struct query *q)
{
    struct query copy = *q;

    copy.filters = mem_array(q->n_filters, sizeof(*copy.filters));
    for (size_t i = 0; i < q->n_filters; i++) {
        const struct filter *from = &q->filters[i];
        struct filter *to = &copy.filters[i];

        to->input = from->input;
        to->text = mem_strdup(from->text);
        to->values = mem_array(from->n_values, sizeof(*to->values));
        to->n_values = from->n_values;
        to->places = mem_dup(from->places, from->n_values * sizeof(*to->places));
        for (size_t k = 0; k < from->n_values; k++)
            to->values[k] = mem_strdup(from->values[k]);
    }
    return copy;
}

enum operator{ EQUAL, UNEQUAL, AT_LEAST, AT_MOST, OPERATORS };

static const char *const signs[OPERATORS] = {"=", "!=", ">=", "<="};
static const enum bound bounds[OPERATORS] = {BOUND_NONE, BOUND_NONE, BOUND_LOW, BOUND_HIGH};

// Cuts a copy of line into field and value at its operator.
static bool cut(char *line, char **field, enum operator* op, char **value, struct err *e)
{
    char *at = line + strcspn(line, "=!<>");

    for (*op = EQUAL; *op < OPERATORS; ++*op) {
        size_t n = strlen(signs[*op]);

        if (strncmp(at, signs[*op], n) != 0)
            continue;
        *at = '\0';
        *field = str_trim(line);
        *value = str_trim(at + n);
        return true;
    }
    return err_set(e, ERR_INVALID,
                   "a filter is written FIELD=VALUE, or with !=, >= or <= for the =");
}

static bool unknown_field(const struct entity *entity, const char *field, struct err *e)
{
    const char *near = entity_nearest_input(entity, field);
    char *shown = value_shown(field);

    if (near)
        (void)err_set(e, ERR_INVALID, "searching %s knows no field \"%s\"; did you mean \"%s\"?",
                      entity->plural, shown, near);
    else
        (void)err_set(e, ERR_INVALID,
                      "searching %s knows no field \"%s\"; fields are named as in the API "
                      "(companyName) or by their label (Company name)",
                      entity->plural, shown);
    free(shown);
    return false;
}

// A field that is known, but not with this operator.
static bool wrong_operator(const struct entity *entity, const char *field, enum operator op,
                           struct err *e)
{
    const struct input *low = entity_input(entity, field, BOUND_LOW);
    const struct input *high = entity_input(entity, field, BOUND_HIGH);
    const struct input *plain = entity_input(entity, field, BOUND_NONE);
    const struct input *known = plain ? plain : low ? low : high;

    if (!known)
        return unknown_field(entity, field, e);
    return err_set(e, ERR_INVALID, "%s takes %s%s%s, not %s", known->label, low ? ">=" : "",
                   low && high ? " and " : "",
                   high  ? "<="
                   : low ? ""
                         : "=",
                   signs[op]);
}

bool query_excludes(const struct entity *entity, const struct input *input, struct err *e)
{
    const struct input *included = entity_included(entity, input);
    struct str have = {0};

    if (input->exclude)
        return true;
    if (included)
        return err_set(e, ERR_INVALID,
                       "%s is what excludes already; write %s != VALUES, or %s = VALUES",
                       input->label, included->label, input->name);
    for (size_t i = 0; i < entity->search.n_inputs; i++) {
        if (entity->search.inputs[i].exclude)
            str_addf(&have, "%s%s", have.len ? ", " : "", entity->search.inputs[i].label);
    }
    (void)err_set(
        e, ERR_INVALID,
        "%s cannot be excluded, because the API has no field for it; of %s only these can: "
        "%s",
        input->label, entity->plural, str_text(&have));
    str_free(&have);
    return false;
}

static const struct input *input_of(const struct entity *entity, const char *field,
                                    enum operator op, struct err *e)
{
    const struct input *in = entity_input(entity, field, bounds[op]);

    if (!in) {
        (void)wrong_operator(entity, field, op, e);
        return NULL;
    }
    if (in->kind == INPUT_PAGING) {
        (void)err_set(e, ERR_INVALID,
                      "%s is no filter: order is set with --sort, the number of rows with --limit",
                      in->name);
        return NULL;
    }
    if (op != UNEQUAL)
        return in;
    return query_excludes(entity, in, e) ? entity_input(entity, in->exclude, BOUND_NONE) : NULL;
}

static struct filter *filter_of(struct query *q, const struct input *input)
{
    for (size_t i = 0; i < q->n_filters; i++) {
        if (q->filters[i].input == input)
            return &q->filters[i];
    }
    return NULL;
}

// Puts what was read into the set: beside what the field has, or in its place.
static void merge(struct query *q, struct filter *read)
{
    struct filter *f = filter_of(q, read->input);

    if (!f) {
        q->filters = mem_regrow(q->filters, q->n_filters + 1, sizeof(*q->filters));
        q->filters[q->n_filters++] = *read;
    } else if (!input_many(f->input)) {
        filter_free(f);
        *f = *read;
    } else {
        char *text = str_format("%s, %s", f->text, read->text);

        f->values = mem_regrow(f->values, f->n_values + read->n_values, sizeof(*f->values));
        f->places = mem_regrow(f->places, f->n_values + read->n_values, sizeof(*f->places));
        memcpy(f->values + f->n_values, read->values, read->n_values * sizeof(*f->values));
        memcpy(f->places + f->n_values, read->places, read->n_values * sizeof(*f->places));
        f->n_values += read->n_values;
        free(f->text);
        f->text = text;
        free(read->values);
        free(read->places);
        free(read->text);
    }
}

static void take_away(struct query *q, struct filter *f)
{
    size_t at = (size_t)(f - q->filters);

    filter_free(f);
    memmove(f, f + 1, (q->n_filters - at - 1) * sizeof(*f));
    q->n_filters--;
}

bool query_where_at(struct query *q, const char *line, int number, int *column, struct err *e)
{
    char *copy = mem_strdup(line), *field = copy, *value;
    struct query_place at = {.line = number};
    struct filter read = {0};
    enum operator op;
    bool ok = cut(copy, &field, &op, &value, e);

    at.column = 1 + (int)(field + strspn(field, " \t") - copy);
    if (ok)
        read.input = input_of(q->entity, field, op, e);
    ok = ok && read.input;
    if (ok) {
        at.column = 1 + (int)(value - copy);
        ok = values_read(&read, value, &at, e);
    }
    if (ok) {
        read.text = mem_strdup(value);
        merge(q, &read);
    } else {
        filter_free(&read);
    }
    *column = at.column;
    free(copy);
    return ok;
}

bool query_where(struct query *q, const char *line, struct err *e)
{
    int ignored;

    return query_where_at(q, line, 0, &ignored, e);
}

bool query_set(struct query *q, const struct input *input, const char *values, struct err *e)
{
    char *copy = mem_strdup(values), *value = str_trim(copy);
    struct filter *f = filter_of(q, input), read = {.input = input};
    struct query_place typed = {0};
    bool ok = !*value || values_read(&read, value, &typed, e);

    if (!ok) {
        filter_free(&read);
    } else if (!*value) {
        if (f)
            take_away(q, f);
    } else {
        read.text = mem_strdup(value);
        if (f) {
            filter_free(f);
            *f = read;
        } else {
            merge(q, &read);
        }
    }
    free(copy);
    return ok;
}

void query_put(struct query *q, const struct input *input, const char *const *values, size_t n)
{
    struct filter read = {.input = input};
    struct str text = {0};

    if (!input_many(input) && n > 1)
        n = 1;
    if (n == 0)
        return;
    read.n_values = n;
    read.values = mem_array(n, sizeof(*read.values));
    read.places = mem_array(n, sizeof(*read.places));
    for (size_t i = 0; i < n; i++) {
        read.values[i] = mem_strdup(values[i]);
        read.places[i] = (struct query_place){0};
        str_add(&text, i ? ", " : "");
        value_quote(values[i], &text);
    }
    read.text = str_take(&text);
    merge(q, &read);
}

bool query_settle(const struct input *input, char **value, struct err *e)
{
    bool commas = input->join && str_eq(input->join, ",");

    if (!value_settle(input, value, e))
        return false;
    return !commas || !strchr(*value, ',') ||
           value_refuse(input, *value, "holds a comma, which the API reads as the end of a value",
                        e);
}

const char *query_get(const struct query *q, const struct input *input)
{
    for (size_t i = 0; i < q->n_filters; i++) {
        if (q->filters[i].input == input)
            return q->filters[i].text;
    }
    return "";
}

static bool unknown_sort(const struct entity *entity, const char *field, struct err *e)
{
    struct near near = near_start(field);
    char *shown = value_shown(field);
    struct str known = {0};

    for (const char *const *s = entity->search.sorts; *s; s++) {
        str_addf(&known, "%s%s", known.len ? ", " : "", *s);
        near_try(&near, *s);
    }
    (void)err_set(e, ERR_INVALID, "%s cannot be sorted by \"%s\"%s%s%s; only by %s", entity->plural,
                  shown, near.best ? "; did you mean " : "", near.best ? near.best : "",
                  near.best ? "?" : "", str_text(&known));
    str_free(&known);
    free(shown);
    return false;
}

static bool direction(const char *word, bool *ascending, struct err *e)
{
    *ascending = str_eq_case(word, "asc") || str_eq_case(word, "ascending");
    return *ascending || str_eq_case(word, "desc") || str_eq_case(word, "descending") ||
           err_set(e, ERR_INVALID, "the order of a sort is asc or desc: FIELD:asc");
}

bool query_sort(struct query *q, const char *text, struct err *e)
{
    char *field = mem_strdup(text), *colon = strchr(field, ':');
    const char *const *s = q->entity->search.sorts;
    bool ascending = false, ok;

    if (colon)
        *colon = '\0';
    while (*s && !str_eq_case(*s, str_trim(field)))
        s++;
    ok = *s ? !colon || direction(str_trim(colon + 1), &ascending, e)
            : unknown_sort(q->entity, field, e);
    if (ok) {
        q->sort_by = *s;
        q->ascending = ascending;
    }
    free(field);
    return ok;
}

void filter_set(struct filter *f, size_t i, const char *value)
{
    char *copy = mem_strdup(value); // value may be the one replaced

    free(f->values[i]);
    f->values[i] = copy;
}

void filter_wire(const struct filter *f, struct str *out)
{
    for (size_t i = 0; i < f->n_values; i++) {
        if (i)
            str_add(out, f->input->join ? f->input->join : ",");
        str_add(out, f->values[i]);
    }
}

void query_print(const struct query *q, struct str *out)
{
    for (size_t i = 0; i < q->n_filters; i++)
        str_addf(out, "%s = %s\n", q->filters[i].input->name, q->filters[i].text);
}
