// What was spent, by day, by search and by profile. Any thread but the UI's. Floor: flow.
#include "flow/spending.h"

#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/xdg.h"

static const char *const names[SPENT_KINDS] = {
    [SPENT_BY_DAY] = "day", [SPENT_BY_SEARCH] = "search", [SPENT_BY_PROFILE] = "profile"};

const char *spending_name(enum spending_kind kind)
{
    return names[kind];
}

void spending_free(struct spending *s)
{
    for (size_t i = 0; i < s->n; i++)
        free(s->items[i].key);
    free(s->items);
    *s = (struct spending){0};
}

static void add(struct spending *s, const char *key, const struct ledger_totals *t)
{
    s->items = mem_regrow(s->items, s->n + 1, sizeof(*s->items));
    s->items[s->n++] = (struct spending_line){mem_strdup(key), t->charges[CHARGE_CHARGED],
                                              t->credits, t->records, t->requests};
}

static bool take(void *arg, const struct spending_sum *sum)
{
    const struct ledger_totals t = {.charges = {[CHARGE_CHARGED] = sum->charges},
                                    .credits = sum->credits,
                                    .records = sum->records,
                                    .requests = sum->requests};

    add(arg, *sum->key ? sum->key : "(not told)", &t);
    return true;
}

enum { NOTE_MAX = 512 };

// Another profile's ledger is opened, read and closed again.
static void read_other(struct app *a, const char *folder, const char *name, struct spending *out)
{
    struct ledger_totals t;
    char note[NOTE_MAX];
    struct err e;
    struct store *s = store_open(folder, a->clock, note, &e);

    if (s && store_ledger_totals(s, &t, &e)) {
        add(out, name, &t);
    } else {
        char *unread = str_format("%s (cannot be read)", name);

        add(out, unread, &(struct ledger_totals){0});
        free(unread);
    }
    if (s)
        store_close(s);
}

static void read_folder(struct app *a, const char *data, const char *name, struct spending *out)
{
    char *folder = str_format("%s/%s", data, name), *ledger = str_format("%s/ledger.db", folder);

    if (*name != '.' && access(ledger, F_OK) == 0 && !str_eq(name, a->config.profile))
        read_other(a, folder, name, out);
    free(ledger);
    free(folder);
}

static int dearest(const void *left, const void *right)
{
    const struct spending_line *a = left, *b = right;

    return a->credits != b->credits ? (a->credits < b->credits) - (a->credits > b->credits) : 0;
}

static bool read_profiles(struct app *a, struct spending *out, struct err *e)
{
    struct ledger_totals own;
    char *data = xdg_folder(XDG_DATA, e);
    DIR *folder;

    if (!data || !store_ledger_totals(a->store, &own, e)) {
        free(data);
        return false;
    }
    add(out, a->config.profile, &own);
    folder = opendir(data);
    for (struct dirent *f; folder && (f = readdir(folder)) != NULL;)
        read_folder(a, data, f->d_name, out);
    if (folder)
        (void)closedir(folder);
    free(data);
    qsort(out->items, out->n, sizeof(*out->items), dearest);
    return true;
}

bool spending_read(struct app *a, enum spending_kind kind, struct spending *out, struct err *e)
{
    *out = (struct spending){0};
    if (!app_need_store(a, e))
        return false;
    if (kind == SPENT_BY_PROFILE)
        return read_profiles(a, out, e);
    return store_spending(a->store, kind == SPENT_BY_DAY ? SPENDING_DAY : SPENDING_ORIGIN, take,
                          out, e);
}
