// Records past their time. Floor: flow.
#include "flow/retain.h"

#include "base/count.h"
#include "flow/session_marks.h"

static const int64_t DAY_MS = (int64_t)24 * 3600 * 1000;

int64_t retain_before(const struct app *a)
{
    int months = a->config.limits.retain_months;

    return months ? clock_months(clock_utc_ms(&a->clock), -months) : 0;
}

bool retain_is_set(int months, struct err *e)
{
    return months ||
           err_set(e, ERR_INVALID,
                   "no retention is set, so that nothing is past it: set " RETAIN_MONTHS_NAME
                   " N in lode.conf");
}

bool retain_look(struct app *a, const struct entity *only, struct retain_count *out, struct err *e)
{
    int64_t before = retain_before(a);
    bool ok = app_need_store(a, e);

    *out = (struct retain_count){0};
    for (int i = 0; ok && before && entity_all()[i]; i++) {
        if (only && entity_all()[i] != only)
            continue;
        ok = store_past_count(a->store, entity_all()[i]->name, before, &out->n[i], e);
        out->all += out->n[i];
    }
    return ok;
}

long long retain_of(const struct retain_count *c, const struct entity *entity)
{
    for (int i = 0; entity_all()[i]; i++) {
        if (entity_all()[i] == entity)
            return c->n[i];
    }
    return 0;
}

void retain_say(const struct retain_count *c, const struct entity *only, int months,
                struct str *out)
{
    char n[COUNT_MAX];
    long long all = 0;

    for (int i = 0; entity_all()[i]; i++) {
        const struct entity *entity = entity_all()[i];

        if (!c->n[i] || (only && entity != only))
            continue;
        str_addf(out, "%s%s %s", all ? " and " : "", count_text(c->n[i], n),
                 c->n[i] == 1 ? entity->name : entity->plural);
        all += c->n[i];
    }
    if (all)
        str_addf(out, " %s fetched more than %d month%s ago", all == 1 ? "was" : "were", months,
                 months == 1 ? "" : "s");
}

bool retain_purge(struct app *a, const struct entity *entity, struct purge_past *out, bool *done,
                  struct err *e)
{
    int64_t before = retain_before(a);

    *out = (struct purge_past){0};
    *done = false;
    return retain_is_set(a->config.limits.retain_months, e) && app_need_claim(a, e) &&
           store_purge_past(a->store, entity->name, before, out, done, e) &&
           (a->view ||
            session_marks_drop(a->config.profile, (const char *const *)out->ids, out->n, e));
}

bool retain_trusts(bool known, int64_t ahead_ms, struct err *e)
{
    if (!known)
        return err_set(e, ERR_REFUSED,
                       "the service has not told the time yet, so that nothing was purged for its "
                       "age");
    return (ahead_ms < DAY_MS && ahead_ms > -DAY_MS) ||
           err_set(e, ERR_REFUSED,
                   "this machine's clock and the service's differ by a day or more, so that "
                   "nothing was purged for its age: set the clock");
}

bool retain_may(const struct app *a, struct err *e)
{
    struct auth_status status = {0};

    if (a->auth)
        status = auth_status(a->auth);
    return retain_trusts(status.skew_known, status.skew_ms, e);
}
