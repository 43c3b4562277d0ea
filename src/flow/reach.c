// How far paging reaches. Floor: flow.
#include "flow/reach.h"

#include <stdlib.h>

#include "base/str.h"
#include "store/lookups.h"

static const int64_t WEEK_MS = (int64_t)7 * 24 * 3600 * 1000;

static char *key_of(const struct entity *entity)
{
    return str_format("reach%s", entity->search.path);
}

long long reach_of(struct app *a, const struct entity *entity)
{
    char *key = key_of(entity);
    long long rows = entity->search.depth, kept;
    struct str body = {0};
    struct err ignored;
    int64_t when;

    if (app_need_store(a, &ignored) && store_get_lookup(a->store, key, &body, &when, &ignored) &&
        clock_utc_ms(&a->clock) - when < WEEK_MS && str_int64(str_text(&body), &kept) && kept > 0)
        rows = kept;
    str_free(&body);
    free(key);
    return rows;
}

void reach_keep(struct app *a, const struct entity *entity, long long rows)
{
    char *key = key_of(entity), *text = str_format("%lld", rows);
    struct err ignored;

    // Not being able to keep it costs a request next time, nothing else.
    if (app_need_store(a, &ignored))
        (void)store_put_lookup(a->store, key, text, clock_utc_ms(&a->clock), &ignored);
    free(text);
    free(key);
}
