// Charges looked for: what a person types, and the numbers of those that fit. Floor: flow.
#include "flow/charges.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "base/near.h"
#include "base/str.h"
#include "base/vec.h"
#include "model/date.h"

static const int64_t DAY_MS = (int64_t)24 * 3600 * 1000;

static const char *const shown[CHARGE_STATES] = {
    [CHARGE_INTENT] = "under way",  [CHARGE_RELEASED] = "not sent",
    [CHARGE_REJECTED] = "refused",  [CHARGE_CHARGED] = "charged",
    [CHARGE_IN_DOUBT] = "IN DOUBT", [CHARGE_RECONCILED] = "cleared up",
};

const char *charge_state_shown(enum charge_state state)
{
    return shown[state];
}

bool charge_state_read(const char *text, int *out, struct err *e)
{
    struct near near = near_start(text);
    char *plain = mem_strdup(text);
    bool found = false;

    for (char *p = plain; *p; p++)
        *p = *p == '-' || *p == '_' ? ' ' : *p;
    for (int i = 0; i < CHARGE_STATES; i++) {
        near_try(&near, charge_state_name((enum charge_state)i));
        if (str_eq_case(plain, charge_state_name((enum charge_state)i)) ||
            str_eq_case(plain, shown[i])) {
            *out = i;
            found = true;
        }
    }
    free(plain);
    return found || err_set(e, ERR_INVALID, "no charge has the state \"%.20s\"%s%s", text,
                            near.best ? "; did you mean " : "", near.best ? near.best : "");
}

// The day a moment is of, in local time.
static void day_of(int64_t utc_ms, char out[static CHARGE_DAY_MAX])
{
    time_t seconds = (time_t)(utc_ms / 1000);
    struct tm tm = {0};

    (void)localtime_r(&seconds, &tm);
    if (!strftime(out, CHARGE_DAY_MAX, "%Y-%m-%d", &tm))
        out[0] = '\0';
}

static bool take_day(const char *value, int64_t now_ms, char out[static CHARGE_DAY_MAX],
                     struct err *e)
{
    if (str_eq_case(value, "today") || str_eq_case(value, "yesterday")) {
        day_of(now_ms - (str_eq_case(value, "today") ? 0 : DAY_MS), out);
        return true;
    }
    if (!date_valid(value))
        return err_set(e, ERR_INVALID,
                       "\"%.20s\" is no day: say today, yesterday, or a day as 2026-11-26", value);
    (void)snprintf(out, CHARGE_DAY_MAX, "%.10s", value);
    return true;
}

static bool take_state(struct charges_wish *w, const char *value, int64_t now_ms, struct err *e)
{
    (void)now_ms;
    return charge_state_read(value, &w->state, e);
}

static bool take_since(struct charges_wish *w, const char *value, int64_t now_ms, struct err *e)
{
    return take_day(value, now_ms, w->since, e);
}

static bool take_until(struct charges_wish *w, const char *value, int64_t now_ms, struct err *e)
{
    return take_day(value, now_ms, w->until, e);
}

static bool take_one_day(struct charges_wish *w, const char *value, int64_t now_ms, struct err *e)
{
    return take_since(w, value, now_ms, e) && take_until(w, value, now_ms, e);
}

static bool take_profile(struct charges_wish *w, const char *value, int64_t now_ms, struct err *e)
{
    (void)now_ms;
    (void)e;
    free(w->profile);
    w->profile = mem_strdup(value);
    return true;
}

static bool take_drift(struct charges_wish *w, const char *value, int64_t now_ms, struct err *e)
{
    (void)now_ms;
    w->drifts = str_eq_case(value, "yes");
    return w->drifts || str_eq_case(value, "no") ||
           err_set(e, ERR_INVALID, "drift: takes yes or no, not \"%.20s\"", value);
}

static const struct {
    const char *name;
    bool (*take)(struct charges_wish *w, const char *value, int64_t now_ms, struct err *e);
} parts[] = {
    {"state:", take_state}, {"since:", take_since},     {"until:", take_until},
    {"day:", take_one_day}, {"profile:", take_profile}, {"drift:", take_drift},
};

// Takes the word, or leaves it to the text.
static bool take_word(struct charges_wish *w, const char *word, int64_t now_ms, struct str *text,
                      struct err *e)
{
    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        size_t len = strlen(parts[i].name);

        if (strncasecmp(word, parts[i].name, len) == 0)
            return parts[i].take(w, word + len, now_ms, e);
    }
    str_addf(text, "%s%s", text->len ? " " : "", word);
    return true;
}

bool charges_wish_read(const char *typed, int64_t now_ms, struct charges_wish *out, struct err *e)
{
    char *copy = mem_strdup(typed), *rest = copy, *word;
    struct str text = {0};
    bool ok = true;

    *out = (struct charges_wish){.state = -1};
    while (ok && (word = strsep(&rest, " \t\r\n")) != NULL)
        ok = !*word || take_word(out, word, now_ms, &text, e);
    if (ok && text.len) {
        out->text = pattern_read(text.data, e);
        ok = out->text != NULL;
    }
    if (!ok)
        charges_wish_free(out);
    str_free(&text);
    free(copy);
    return ok;
}

void charges_wish_free(struct charges_wish *w)
{
    free(w->profile);
    pattern_unref(w->text);
    *w = (struct charges_wish){.state = -1};
}

static bool is_of_days(const struct charges_wish *w, const struct ledger_row *row)
{
    char day[CHARGE_DAY_MAX];

    if (!*w->since && !*w->until)
        return true;
    day_of(row->began_ms, day);
    return (!*w->since || strcmp(day, w->since) >= 0) && (!*w->until || strcmp(day, w->until) <= 0);
}

// In any of its cells, or in what its state is called.
static bool has_text(const struct pattern *p, const struct ledger_row *row)
{
    struct charge_cells c;

    if (!p || pattern_holds(p, shown[row->state]))
        return true;
    charge_cells(row, &c);
    for (size_t i = 0; i < c.n; i++) {
        if (*c.cells[i] && pattern_holds(p, c.cells[i]))
            return true;
    }
    return false;
}

bool charges_wish_holds(const struct charges_wish *w, const struct ledger_row *row)
{
    return (w->state < 0 || (int)row->state == w->state) &&
           (!w->drifts || ledger_row_drifts(row)) &&
           (!w->profile || str_eq_case(w->profile, row->profile)) && is_of_days(w, row) &&
           has_text(w->text, row);
}

struct finding {
    const struct app *app;
    const struct charges_wish *wish;
    VEC(int64_t) ids;
};

static bool look(void *self, const struct ledger_row *row)
{
    struct finding *f = self;

    if (charges_wish_holds(f->wish, row))
        vec_push(&f->ids, row->id);
    return !cancel_fired(f->app->cancel);
}

static bool stopped(const struct app *a, struct err *e)
{
    return cancel_fired(a->cancel) && !err_set(e, ERR_CANCELLED, "stopped on request");
}

bool charges_find(struct app *a, const struct charges_wish *w, int64_t **ids, size_t *n,
                  struct err *e)
{
    struct finding f = {.app = a, .wish = w};
    int64_t count;

    *ids = NULL;
    *n = 0;
    if (!app_need_store(a, e))
        return false;
    if (!w) {
        if (!store_ledger_count(a->store, &count, e))
            return false;
        *n = (size_t)count;
        return true;
    }
    if (!store_ledger_each(a->store, w->state, w->text != NULL, look, &f, e) || stopped(a, e)) {
        vec_free(&f.ids);
        return false;
    }
    for (size_t i = 0; i < f.ids.len / 2; i++) {
        int64_t swap = f.ids.items[i];

        f.ids.items[i] = f.ids.items[f.ids.len - 1 - i];
        f.ids.items[f.ids.len - 1 - i] = swap;
    }
    *ids = f.ids.items ? f.ids.items : mem_array(1, sizeof(**ids));
    *n = f.ids.len;
    return true;
}

bool charges_rows(struct app *a, const int64_t *ids, size_t n,
                  bool (*each)(void *self, const struct ledger_row *row), void *self, struct err *e)
{
    return app_need_store(a, e) && store_ledger_rows(a->store, ids, n, each, self, e);
}
