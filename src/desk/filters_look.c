// What can be said of the filters before they are sent: what keeps them from it, what is worth
// knowing, values that the lists no longer have. By the lists at hand; asks nobody. UI thread.
// Floor: desk.
#include <stdlib.h>

#include "base/mem.h"
#include "desk/inside.h"
#include "model/query_split.h"
#include "model/query_value.h"

void filters_forget_stale(struct filters *f)
{
    for (size_t i = 0; i < f->n_stale; i++) {
        free(f->stale[i].value);
        free(f->stale[i].nearest);
    }
    f->n_stale = 0;
}

static void add_stale(struct filters *f, const struct input *input, const char *value,
                      const struct lookup_list *list)
{
    const struct lookup_value *near = lookup_value_nearest(list, value);

    f->stale = mem_regrow(f->stale, f->n_stale + 1, sizeof(*f->stale));
    f->stale[f->n_stale++] =
        (struct filter_stale){.input = input,
                              .value = mem_strdup(value),
                              .nearest = near ? mem_strdup(lookup_value_said(list, near)) : NULL};
}

// Puts ids in the place of names, as before sending; what the list does not have is noted.
static void resolve(struct filters *f, struct filter *filter, const struct lookup_list *list)
{
    for (size_t i = 0; i < filter->n_values; i++) {
        const struct lookup_value *v = lookup_value_find(list, filter->values[i]);

        if (v)
            filter_set(filter, i, v->id);
        else if (input_unlisted(filter->input, filter->values[i]))
            add_stale(f, filter->input, filter->values[i], list);
    }
}

static void resolve_all(struct desk *d, struct filters *f, struct query *q)
{
    for (size_t i = 0; i < q->n_filters; i++) {
        const char *path = q->filters[i].input->lookup;
        const struct lookup_def *def = path ? lookup_find(path) : NULL;
        const struct desk_list *l = def && !def->query ? desk_list_kept(d, def->path) : NULL;

        if (l && l->there && !lookup_value_find(&l->list, q->filters[i].text))
            resolve(f, &q->filters[i], &l->list);
    }
}

static void add_fault(void *self, const char *sentence)
{
    str_addf(self, "%s.\n", sentence);
}

static void look_at_account(struct desk *d, struct filters *f)
{
    const struct desk_fields *inputs = desk_inputs_known(d, f->query.entity);

    for (size_t i = 0; i < f->query.n_filters; i++) {
        const struct input *in = f->query.filters[i].input;

        if (desk_fields_name(&inputs->denied, in->name))
            str_addf(&f->remarks,
                     "%s is not in your account: the API may refuse it, or find nothing.\n",
                     in->label);
    }
}

static long long requests_of(const struct query *q)
{
    struct query_parts parts = {0};
    struct err ignored;
    long long n = 1;

    if (query_long(q) && query_split(q, &parts, &ignored))
        n = (long long)parts.n;
    query_parts_free(&parts);
    return n;
}

long long filters_requests(struct desk *d, const struct query *query)
{
    struct filters ignored = {0};
    struct query q = query_copy(query);
    long long n;

    resolve_all(d, &ignored, &q);
    n = requests_of(&q);
    filters_forget_stale(&ignored);
    free(ignored.stale);
    query_free(&q);
    return n;
}

void filters_look(struct desk *d, struct filters *f)
{
    struct query q = query_copy(&f->query);
    const struct query_faults to = {
        .self = &f->faults, .fault = add_fault, .first = &f->faulty, .long_lists = true};

    str_clear(&f->faults);
    f->faulty = NULL;
    str_clear(&f->remarks);
    filters_forget_stale(f);
    resolve_all(d, f, &q);
    (void)query_check_all(&q, &to);
    f->requests = requests_of(&q);
    query_remarks(&f->query, &f->remarks);
    look_at_account(d, f);
    query_free(&q);
}

void filters_listed(struct desk *d)
{
    if (!d->filters.query.entity)
        return;
    filters_look(d, &d->filters);
    desk_changed(d, DESK_FILTERS);
}

static const struct filter_stale *stale_of(const struct filters *f, const struct input *input,
                                           const char *value)
{
    for (size_t i = 0; i < f->n_stale; i++) {
        if (f->stale[i].input == input && f->stale[i].nearest &&
            (!value || str_eq(f->stale[i].value, value)))
            return &f->stale[i];
    }
    return NULL;
}

static const struct filter *filter_of(const struct query *q, const struct input *input)
{
    for (size_t i = 0; i < q->n_filters; i++) {
        if (q->filters[i].input == input)
            return &q->filters[i];
    }
    return NULL;
}

bool filters_mended(const struct filters *f, const struct input *input, struct str *out,
                    struct err *e)
{
    const struct filter *filter = filter_of(&f->query, input);

    if (!filter || !stale_of(f, input, NULL))
        return err_set(e, ERR_INVALID, "%s has no value here that another one is near to",
                       input->label);
    for (size_t i = 0; i < filter->n_values; i++) {
        const struct filter_stale *stale = stale_of(f, input, filter->values[i]);

        str_add(out, i ? ", " : "");
        value_quote(stale ? stale->nearest : filter->values[i], out);
    }
    return true;
}
