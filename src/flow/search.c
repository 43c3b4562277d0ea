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

void search_explain(struct app *a, const struct entity *entity, const struct net_request *r,
                    struct err *e)
{
    char *operation = str_format("%s/search", entity->name), *copy, *rest, *name;
    struct str names = {0}, labels = {0};
    struct err why = *e;

    if (e->http == 400 && !strstr(e->text, "max allowed"))
        answer_refused_fields(r, &names);
    copy = rest = mem_strdup(str_text(&names));
    while (names.len && (name = strsep(&rest, ",")) != NULL) {
        const struct input *in = entity_input(entity, name, BOUND_NONE);

        if (in)
            str_addf(&labels, "%s%s (%s)", labels.len ? ", " : "", in->label, in->name);
    }
    if (labels.len) {
        lists_refused_inputs(a, operation, str_text(&names));
        (void)err_set(e, ERR_FORBIDDEN,
                      "the API does not let this account search %s by %s; leave that out",
                      entity->plural, labels.data);
        e->http = why.http;
        memcpy(e->request_id, why.request_id, sizeof(e->request_id));
    }
    free(copy);
    free(operation);
    str_free(&names);
    str_free(&labels);
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
