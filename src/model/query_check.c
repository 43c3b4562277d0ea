// A whole filter set before it is sent. Any thread, one at a time. Floor: model.
#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/line.h"
#include "base/mem.h"
#include "model/query.h"
#include "model/query_split.h"
#include "model/query_value.h"

static const struct filter *find(const struct query *q, const char *name)
{
    for (size_t i = 0; i < q->n_filters; i++) {
        if (str_eq(q->filters[i].input->name, name))
            return &q->filters[i];
    }
    return NULL;
}

// A check under way: who is told, how many faults so far.
struct check {
    const struct query *q;
    const struct query_faults *to;
    size_t faults;
};

// f: whose fault it is, or NULL.
static void fault(struct check *c, const struct filter *f, struct query_place at,
                  const struct err *e)
{
    if (c->to->first && !c->faults)
        *c->to->first = f ? f->input : NULL;
    query_fault(c->to, at, e->text);
    c->faults++;
}

static struct query_place place_of(const struct filter *f)
{
    return f->n_values ? f->places[0] : (struct query_place){0};
}

static void check_values(struct check *c, const struct filter *f)
{
    struct err e;

    if (f->n_values == 0) {
        (void)err_set(&e, ERR_INVALID, "%s has no value", f->input->label);
        fault(c, f, place_of(f), &e);
    }
    for (size_t i = 0; i < f->n_values; i++) {
        char *copy = mem_strdup(f->values[i]);

        if (!query_settle(f->input, &copy, &e))
            fault(c, f, f->places[i], &e);
        free(copy);
    }
}

static void check_text(struct check *c, const struct filter *f, size_t i)
{
    size_t n = value_characters(f->values[i]);
    char has[COUNT_MAX];
    struct err e;

    if (n <= VALUE_MAX)
        return;
    (void)err_set(&e, ERR_INVALID, "%s (%s) has %s characters, and the API takes %d; shorten it",
                  f->input->label, f->input->name, count_text((long long)n, has), VALUE_MAX);
    fault(c, f, f->places[i], &e);
}

// Each text has its limit; joined ones have it together.
static void check_length(struct check *c, const struct filter *f)
{
    struct str wire = {0};
    char has[COUNT_MAX], values[COUNT_MAX];
    struct err e;
    size_t n;

    if (f->input->wire == WIRE_ARRAY || f->n_values < 2) {
        for (size_t i = 0; i < f->n_values; i++)
            check_text(c, f, i);
        return;
    }
    filter_wire(f, &wire);
    n = value_characters(str_text(&wire));
    str_free(&wire);
    if (n <= VALUE_MAX || (c->to->long_lists && query_splits(c->q, f)))
        return;
    (void)err_set(&e, ERR_INVALID,
                  "%s (%s) has %s characters, and the API takes %d: the first %zu of its %s "
                  "values fit; use fewer values and search several times",
                  f->input->label, f->input->name, count_text((long long)n, has), VALUE_MAX,
                  query_fits(f), count_text((long long)f->n_values, values));
    fault(c, f, place_of(f), &e);
}

// Is a above b?
static bool above(const struct filter *a, const struct filter *b)
{
    double x, y;

    if (a->n_values == 0 || b->n_values == 0)
        return false;
    if (a->input->kind == INPUT_DATE)
        return strcmp(a->values[0], b->values[0]) > 0;
    return str_double(a->values[0], &x) && str_double(b->values[0], &y) && x > y;
}

static void check_range(struct check *c, const struct filter *low)
{
    struct err e;

    for (size_t i = 0; low->input->bound == BOUND_LOW && i < c->q->n_filters; i++) {
        const struct filter *high = &c->q->filters[i];

        if (high->input->bound != BOUND_HIGH || !str_eq(high->input->label, low->input->label) ||
            !above(low, high))
            continue;
        (void)err_set(&e, ERR_INVALID, "%s: the least, %s, is above the most, %s",
                      low->input->label, low->values[0], high->values[0]);
        fault(c, low, place_of(low), &e);
    }
}

// A radius means nothing without what it is around.
static void check_radius(struct check *c, const struct filter *f)
{
    const struct input *centre = entity_centre(c->q->entity, f->input);
    struct err e;

    if (!centre || find(c->q, centre->name))
        return;
    (void)err_set(&e, ERR_INVALID, "%s needs %s as well", f->input->label, centre->label);
    fault(c, f, place_of(f), &e);
}

static void check_sort(struct check *c)
{
    const struct query *q = c->q;
    struct err e;

    for (const char *const *s = q->entity->search.sorts; q->sort_by && *s; s++) {
        if (str_eq(*s, q->sort_by))
            return;
    }
    if (!q->sort_by)
        return;
    (void)err_set(&e, ERR_INVALID, "%s cannot be sorted by %s", q->entity->plural, q->sort_by);
    fault(c, NULL, (struct query_place){0}, &e);
}

size_t query_check_all(const struct query *q, const struct query_faults *to)
{
    struct check c = {q, to, 0};

    for (size_t i = 0; i < q->n_filters; i++) {
        check_values(&c, &q->filters[i]);
        check_length(&c, &q->filters[i]);
    }
    for (size_t i = 0; i < q->n_filters; i++) {
        check_range(&c, &q->filters[i]);
        check_radius(&c, &q->filters[i]);
    }
    check_sort(&c);
    return c.faults;
}

void query_fault(const struct query_faults *to, struct query_place at, const char *sentence)
{
    struct str said = {0};

    line_tell(to->file, at.line, at.column, sentence, &said);
    to->fault(to->self, str_text(&said));
    str_free(&said);
}

static void keep_first(void *self, const char *sentence)
{
    struct err *e = self;

    if (e->kind == ERR_NONE)
        (void)err_set(e, ERR_INVALID, "%s", sentence);
}

struct query_faults query_first_fault(struct err *e)
{
    *e = (struct err){0};
    return (struct query_faults){.self = e, .fault = keep_first};
}

bool query_check(const struct query *q, struct err *e)
{
    struct query_faults first = query_first_fault(e);

    return query_check_all(q, &first) == 0;
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

// Is it an operator of this input? small: in small letters it would be.
static bool is_operator(const struct input *in, const char *word, size_t n, bool small)
{
    static const char *const words[] = {"AND", "OR", "NOT"};
    bool any = false, own = false, big = false;

    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        if (n != strlen(words[i]) || strncasecmp(word, words[i], n) != 0)
            continue;
        any = true;
        big = strncmp(word, words[i], n) == 0;
        own = strstr(in->choices, words[i]) != NULL;
    }
    return any && (small ? own && !big : big && !own);
}

// The one operator that has nothing before it.
static bool begins_with_not(const char *value)
{
    return strncasecmp(value, "not ", 4) == 0;
}

// Operators are capitals, and each field has its own: what else looks like one is read as a word.
static void remark_operators(const struct filter *f, struct str *out)
{
    for (size_t i = 0; f->input->kind == INPUT_EXPRESSION && i < f->n_values; i++) {
        const char *value = f->values[i];
        const char *p = begins_with_not(value) ? value : value + strcspn(value, " ");

        for (size_t n; *value != '"' && *p; p += n) {
            p += strspn(p, " ");
            n = strcspn(p, " ");
            if (is_operator(f->input, p, n, true))
                str_addf(out,
                         "%s: \"%.*s\" is read as a word; the operator is written in capitals.\n",
                         f->input->label, (int)n, p);
            else if (is_operator(f->input, p, n, false))
                str_addf(out, "%s knows no %.*s: it is read as a word.\n", f->input->label, (int)n,
                         p);
        }
    }
}

static void remark_unit(const struct filter *f, struct str *out)
{
    if (f->input->unit_doubted)
        str_addf(out,
                 "%s is taken as %s; older texts of the API say USD, so compare the count before "
                 "relying on it.\n",
                 f->input->name, f->input->unit);
}

// Nothing is found that is included and excluded at once.
static void remark_both(const struct query *q, const struct filter *f, struct str *out)
{
    const struct filter *other = f->input->exclude ? find(q, f->input->exclude) : NULL;

    for (size_t i = 0; other && i < other->n_values; i++) {
        for (size_t k = 0; k < f->n_values; k++) {
            if (str_eq_case(other->values[i], f->values[k]))
                str_addf(out, "%s: \"%s\" is both asked for and excluded.\n", f->input->label,
                         f->values[k]);
        }
    }
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
        remark_operators(&q->filters[i], out);
        remark_unit(&q->filters[i], out);
        remark_both(q, &q->filters[i], out);
    }
}
