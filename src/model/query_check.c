// A whole filter set before it is sent. Any thread, one at a time. Floor: model.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/query.h"
#include "model/query_value.h"

static const struct filter *find(const struct query *q, const char *name)
{
    for (size_t i = 0; i < q->n_filters; i++) {
        if (str_eq(q->filters[i].input->name, name))
            return &q->filters[i];
    }
    return NULL;
}

static size_t characters(const char *text)
{
    size_t n = 0;

    for (; *text; text++)
        n += ((unsigned char)*text & 0xc0) != 0x80;
    return n;
}

static bool check_length(const struct filter *f, struct err *e)
{
    struct str wire = {0};
    size_t n = 0;

    if (f->input->wire == WIRE_ARRAY) {
        for (size_t i = 0; i < f->n_values; i++)
            n = characters(f->values[i]) > n ? characters(f->values[i]) : n;
    } else {
        filter_wire(f, &wire);
        n = characters(str_text(&wire));
        str_free(&wire);
    }
    return n <= VALUE_MAX || err_set(e, ERR_INVALID,
                                     "%s (%s) has %zu characters, and the API takes %d; use fewer "
                                     "values and search several times",
                                     f->input->label, f->input->name, n, VALUE_MAX);
}

static bool check_values(const struct filter *f, struct err *e)
{
    bool commas = f->input->join && str_eq(f->input->join, ",");

    if (f->n_values == 0)
        return err_set(e, ERR_INVALID, "%s has no value", f->input->label);
    for (size_t i = 0; i < f->n_values; i++) {
        char *copy = mem_strdup(f->values[i]);
        bool ok = value_settle(f->input, &copy, e);

        free(copy);
        if (ok && commas && strchr(f->values[i], ','))
            ok = value_refuse(f->input, f->values[i],
                              "holds a comma, which the API reads as the end of a value", e);
        if (!ok)
            return false;
    }
    return true;
}

// Is a above b? Both are valid values of their kind.
static bool above(const struct filter *a, const struct filter *b)
{
    double x, y;

    if (a->input->kind == INPUT_DATE)
        return strcmp(a->values[0], b->values[0]) > 0;
    return str_double(a->values[0], &x) && str_double(b->values[0], &y) && x > y;
}

static bool check_range(const struct query *q, const struct filter *low, struct err *e)
{
    for (size_t i = 0; low->input->bound == BOUND_LOW && i < q->n_filters; i++) {
        const struct filter *high = &q->filters[i];

        if (high->input->bound == BOUND_HIGH && str_eq(high->input->label, low->input->label) &&
            above(low, high))
            return err_set(e, ERR_INVALID, "%s: the least, %s, is above the most, %s",
                           low->input->label, low->values[0], high->values[0]);
    }
    return true;
}

// Inputs that mean nothing without another.
static bool check_needs(const struct query *q, struct err *e)
{
    static const struct {
        const char *name, *needs;
    } rules[] = {{"zipCodeRadiusMiles", "zipCode"}};

    for (size_t i = 0; i < ARRAY_LEN(rules); i++) {
        const struct filter *f = find(q, rules[i].name);

        if (f && !find(q, rules[i].needs))
            return err_set(e, ERR_INVALID, "%s needs %s as well", f->input->label,
                           entity_input(q->entity, rules[i].needs, BOUND_NONE)->label);
    }
    return true;
}

static bool check_sort(const struct query *q, struct err *e)
{
    for (const char *const *s = q->entity->search.sorts; q->sort_by && *s; s++) {
        if (str_eq(*s, q->sort_by))
            return true;
    }
    return !q->sort_by ||
           err_set(e, ERR_INVALID, "%s cannot be sorted by %s", q->entity->plural, q->sort_by);
}

bool query_check(const struct query *q, struct err *e)
{
    for (size_t i = 0; i < q->n_filters; i++) {
        if (!check_values(&q->filters[i], e) || !check_length(&q->filters[i], e))
            return false;
    }
    for (size_t i = 0; i < q->n_filters; i++) {
        if (!check_range(q, &q->filters[i], e))
            return false;
    }
    return check_needs(q, e) && check_sort(q, e);
}

static bool any_place(const struct query *q)
{
    for (size_t i = 0; i < q->n_filters; i++) {
        if (q->filters[i].input->group == GROUP_PLACE)
            return true;
    }
    return false;
}

// "Initech, Inc." without quotes makes two names of one.
static void remark_legal_form(const struct filter *f, struct str *out)
{
    static const char *const forms[] = {"Inc", "Inc.", "LLC",  "L.L.C.", "Ltd",  "Ltd.", "Limited",
                                        "Co",  "Co.",  "Corp", "Corp.",  "LLP",  "L.P.", "GmbH",
                                        "AG",  "S.A.", "SA",   "PLC",    "N.V.", "B.V."};

    for (size_t i = 0; f->input->kind == INPUT_EXPRESSION && i < f->n_values; i++) {
        for (size_t k = 0; k < ARRAY_LEN(forms); k++) {
            if (str_eq_case(f->values[i], forms[k]))
                str_addf(out,
                         "%s: \"%s\" is read as a value of its own; put double quotes around a "
                         "value that holds a comma.\n",
                         f->input->label, f->values[i]);
        }
    }
}

// A unit that the API's own texts contradict each other about ends in '?' in the catalogue.
static void remark_unit(const struct filter *f, struct str *out)
{
    size_t n = f->input->unit ? strlen(f->input->unit) : 0;

    if (n && f->input->unit[n - 1] == '?')
        str_addf(out,
                 "%s is taken as %.*s; older texts of the API say USD, so compare the count before "
                 "relying on it.\n",
                 f->input->name, (int)(n - 1), f->input->unit);
}

void query_remarks(const struct query *q, struct str *out)
{
    if (find(q, "state") && find(q, "country"))
        str_add(out, "State and country together are joined by OR: the whole country comes back. "
                     "Leave the country out.\n");
    if (find(q, "companyName") && !find(q, "companyId") && !any_place(q))
        str_add(out, "Company name finds firms of that name everywhere; add a ZIP code with its "
                     "radius, or use the company id.\n");
    for (size_t i = 0; i < q->n_filters; i++) {
        remark_legal_form(&q->filters[i], out);
        remark_unit(&q->filters[i], out);
    }
}
