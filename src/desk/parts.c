// A search with more values than one request takes: it goes as several, whose rows are put together
// by their ids. UI thread, but for parts_resolve(). Floor: desk.
#include "base/count.h"
#include "desk/gather.h"
#include "desk/page.h"
#include "flow/lists.h"

bool parts_resolve(struct app *a, struct query *q, struct query_parts *out, struct err *e)
{
    struct query_faults to;

    *out = (struct query_parts){0};
    if (!lists_resolve(a, q, e))
        return false;
    to = query_first_fault(e);
    to.long_lists = true;
    return query_check_all(q, &to) == 0 && query_split(q, out, e);
}

static void came(struct desk *d, struct gathering *g)
{
    if (!search_is_back(d, g->seat, &g->task) || gather_show(d, g))
        return;
    search_failed(d, g->seat, &g->task.err);
}

struct task *parts_new(struct desk *d, const struct query *q, long long n)
{
    struct gathering *g = gather_new(d, q, came);
    char searches[COUNT_MAX];

    task_label(&g->task, "%s searches for %s", count_text(n, searches), q->entity->plural);
    return &g->task;
}
