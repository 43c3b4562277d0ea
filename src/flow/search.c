// Searching: counts, and single pages. Floor: flow.
#include "flow/search.h"

#include <stdlib.h>
#include <string.h>

#include "api/answer.h"
#include "api/search.h"
#include "base/mem.h"
#include "flow/lists.h"
#include "flow/reach.h"
#include "flow/search_inside.h"

// Does the API refuse the inputs it names for what they are, not for what they hold? (FACTS 4, 6)
static bool is_entitlement(const struct err *e)
{
    return !strstr(e->text, "Invalid value") &&
           (str_find_case(e->text, "invalid fields") || str_find_case(e->text, "disallowed"));
}

static void explain_ungranted(struct app *a, const struct entity *entity, const char *names,
                              struct err *e)
{
    char *operation = str_format("%s/search", entity->name);
    char *copy = mem_strdup(names), *rest = copy, *name;
    struct str labels = {0};

    while ((name = strsep(&rest, ",")) != NULL) {
        const struct input *in = entity_input(entity, name, BOUND_NONE);

        if (in)
            str_addf(&labels, "%s%s (%s)", labels.len ? ", " : "", in->label, in->name);
    }
    if (labels.len) {
        lists_refused_inputs(a, operation, names);
        (void)err_set(e, ERR_FORBIDDEN,
                      "the API does not let this account search %s by %s; leave that out",
                      entity->plural, labels.data);
    }
    free(copy);
    free(operation);
    str_free(&labels);
}

// What the API quotes as wrong: Invalid value "VALUE" for NAME. NULL: it quotes nothing so.
static char *refused_value(const char *text, const char *name)
{
    static const char begin[] = "Invalid value \"";
    const char *from = strstr(text, begin), *end;
    char *behind = str_format("\" for %s", name);

    if (from)
        from += sizeof(begin) - 1;
    end = from ? str_find_case(from, behind) : NULL;
    free(behind);
    return end ? str_format("%.*s", (int)(end - from), from) : NULL;
}

// A value is told by the list at hand; where that knows it, or there is none, the API's own words
// are left as they are.
static void explain_value(struct app *a, const struct entity *entity, const char *name,
                          struct err *e)
{
    const struct input *in = entity_input(entity, name, BOUND_NONE);
    const struct lookup_def *def = in && in->lookup ? lookup_find(in->lookup) : NULL;
    char *value = def && !def->query ? refused_value(e->text, name) : NULL;
    struct lookup_list list = {0};
    struct str said = {0};
    struct err ignored;
    int64_t when;

    if (value && lists_kept(a, def->path, &list, &when, &ignored) &&
        !lookup_value_find(&list, value)) {
        lists_say_unknown(in, &list, value, &said);
        (void)err_set(e, ERR_INVALID, "%s", said.data);
    }
    lookup_free(&list);
    str_free(&said);
    free(value);
}

void search_explain(struct app *a, const struct entity *entity, const struct net_request *r,
                    struct err *e)
{
    struct str names = {0};
    struct err why = *e;

    if (e->http == 400)
        answer_refused_fields(r, &names);
    if (names.len && is_entitlement(e))
        explain_ungranted(a, entity, names.data, e);
    else if (names.len)
        explain_value(a, entity, names.data, e);
    e->http = why.http;
    memcpy(e->request_id, why.request_id, sizeof(e->request_id));
    str_free(&names);
}

bool search_count(struct app *a, const struct query *q, long long *hits, struct err *e)
{
    struct net_request *r = search_request(a->config.base_url, q, 1, 1);
    const struct row_want nothing = {0};
    struct page page;
    int depth;
    bool ok = app_call(a, r, e) && search_decode(r, q->entity, &nothing, &page, &depth, e);

    if (ok) {
        *hits = page.hits < 0 ? 0 : page.hits;
        page_free(&page);
    } else {
        search_explain(a, q->entity, r, e);
    }
    net_request_free(r);
    return ok;
}

bool search_page(struct app *a, const struct search_page *order, struct page *out, int *depth,
                 struct err *e)
{
    const struct search_operation *op = &order->query->entity->search;
    const struct column **columns = mem_array(op->n_columns, sizeof(*columns));
    struct net_request *r =
        search_request(a->config.base_url, order->query, order->number, order->rpp);
    struct row_want want = {.columns = columns, .n_columns = op->n_columns};
    bool ok;

    for (size_t i = 0; i < op->n_columns; i++)
        columns[i] = &op->columns[i];
    r->priority = order->priority;
    *depth = 0;
    ok = app_call(a, r, e) && search_decode(r, order->query->entity, &want, out, depth, e);
    if (*depth > 0)
        reach_keep(a, order->query->entity, *depth);
    else if (!ok)
        search_explain(a, order->query->entity, r, e);
    net_request_free(r);
    free(columns);
    return ok;
}
