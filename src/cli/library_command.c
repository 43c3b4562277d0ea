// lode library: which of its actions is meant, and which records. Main thread. Floor: cli.
#include "cli/library_command.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/near.h"
#include "base/str.h"
#include "cli/chosen.h"
#include "cli/exit.h"
#include "flow/library_find.h"
#include "flow/retain.h"
#include "flow/selection.h"

enum { DAYS_MAX = 36500 };

static bool read_sort(const struct invocation *in, struct library_wish *w, struct err *e)
{
    const struct enrich_operation *op = &w->entity->enrich;
    const char *sort = opt_value(&in->opts, "sort", NULL), *colon = sort ? strrchr(sort, ':') : "";
    bool directed = sort && colon && (str_eq(colon, ":asc") || str_eq(colon, ":desc"));
    char *name = sort ? mem_strdup(sort) : NULL;
    bool ok = true;

    if (directed)
        name[colon - sort] = '\0';
    w->ascending = directed && str_eq(colon, ":asc");
    if (name && str_eq_case(name, "fetched"))
        w->order = ORDER_FETCHED;
    else if (name && str_eq_case(name, "expiry"))
        w->order = ORDER_EXPIRY;
    else if (name) {
        w->order = ORDER_COLUMN;
        w->order_by = column_find(op->columns, op->n_columns, name);
        ok = w->order_by || err_set(e, ERR_INVALID,
                                    "%s cannot be sorted by \"%.60s\"; say fetched, expiry, or a "
                                    "field of lode fields %s",
                                    w->entity->plural, name, w->entity->name);
    }
    free(name);
    return ok;
}

static bool read_call(const struct invocation *in, struct library_wish *w, struct err *e)
{
    const char *call = opt_value(&in->opts, "do-not-call", NULL);

    if (!call)
        return true;
    w->do_not_call = str_eq_case(call, "yes");
    return w->do_not_call || str_eq_case(call, "no") ||
           err_set(e, ERR_INVALID, "--do-not-call takes yes or no, not \"%.20s\"", call);
}

bool library_retains(const struct invocation *in, struct err *e)
{
    return !opt_has(&in->opts, "past-retention") ||
           retain_is_set(in->app.config.limits.retain_months, e);
}

bool library_wish(const struct invocation *in, const struct entity *entity, char *const *words,
                  size_t n, struct library_wish *out, struct err *e)
{
    *out = wish_new(entity);
    if (!library_retains(in, e))
        return false;
    for (size_t i = 0; i < n; i++)
        wish_add(out, words[i]);
    if (opt_has(&in->opts, "tag"))
        wish_tag(out, opt_value(&in->opts, "tag", ""));
    out->past = out->past || opt_has(&in->opts, "past-retention");
    out->notice = out->notice || opt_has(&in->opts, "notice-due");
    if (opt_int(&in->opts, "expiring", 0, DAYS_MAX, &out->expiring, e) &&
        opt_int(&in->opts, "older", 0, DAYS_MAX, &out->older, e) && read_call(in, out, e) &&
        read_sort(in, out, e))
        return true;
    wish_free(out);
    return false;
}

size_t library_sifts(const struct invocation *in)
{
    static const char *const names[] = {"tag",        "expiring",    "older", "past-retention",
                                        "notice-due", "do-not-call", "all"};

    size_t n = 0;

    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        n += opt_has(&in->opts, names[i]);
    return n;
}

static bool add_row_id(void *arg, const struct library_row *row)
{
    selection_add(arg, row->owned.id);
    return true;
}

static bool choose_wished(struct invocation *in, const struct entity *entity, struct selection *out,
                          struct err *e)
{
    struct library_wish w;
    int64_t *numbers = NULL;
    size_t n = 0;
    bool ok;

    if (!library_wish(in, entity, NULL, 0, &w, e))
        return false;
    ok = library_find(&in->app, &w, &numbers, &n, e) &&
         library_rows(&in->app, numbers, n, add_row_id, out, e);
    free(numbers);
    wish_free(&w);
    return ok;
}

bool library_chosen(struct invocation *in, const struct entity *entity, char *const *args, size_t n,
                    struct selection *out, struct err *e)
{
    const char *from = opt_value(&in->opts, "from", NULL);
    long long number;

    *out = (struct selection){.entity = entity};
    if (!n && !from && !library_sifts(in))
        return err_set(e, ERR_INVALID,
                       "say which %s: their ids, --from FILE, --tag, --expiring, --older or --all",
                       entity->plural);
    for (size_t i = 0; i < n; i++) {
        if (!str_int64(args[i], &number)) {
            selection_free(out);
            return err_set(e, ERR_INVALID, "\"%.40s\" is no %s id", args[i], entity->name);
        }
        selection_add(out, args[i]);
    }
    if ((!from || selection_read(out, from, e)) &&
        (!library_sifts(in) || choose_wished(in, entity, out, e))) {
        chosen_tell_odd(in, out);
        return true;
    }
    selection_free(out);
    return false;
}

static const struct library_action actions[] = {
    {"search", 0, SIZE_MAX, false, library_search_action},
    {"expiring", 0, 1, false, library_expiring_action},
    {"show", 1, 1, true, library_show_action},
    {"history", 1, 1, true, library_history_action},
    {"tag", 0, SIZE_MAX, false, library_tag_action},
    {"untag", 1, SIZE_MAX, false, library_untag_action},
    {"note", 1, 2, true, library_note_action},
    {"refresh", 0, SIZE_MAX, false, library_refresh_action},
    {"purge", 0, SIZE_MAX, false, library_purge_action},
    {"suppress", 0, SIZE_MAX, false, library_suppress_action},
};

static const struct library_action *find_action(const char *name, struct err *e)
{
    struct near near = near_start(name);

    for (size_t i = 0; i < ARRAY_LEN(actions); i++) {
        if (str_eq(actions[i].name, name))
            return &actions[i];
        near_try(&near, actions[i].name);
    }
    (void)err_set(e, ERR_INVALID, "lode library has no \"%.20s\"; %s%s", name,
                  near.best ? "did you mean " : "see lode help library",
                  near.best ? near.best : "");
    return NULL;
}

// An id is known with zeros before its digits too.
static int run_by_id(const struct library_action *action, struct invocation *in,
                     const struct entity *entity)
{
    char **args = in->args + 2, *given = args[0];
    int status;

    args[0] = selection_id(given);
    status = action->run(in, entity, args, in->n_args - 2);
    free(args[0]);
    args[0] = given;
    return status;
}

int command_library(struct invocation *in)
{
    const struct library_action *action;
    const struct entity *entity;
    struct err e;

    action = find_action(in->args[0], &e);
    if (!action)
        return cli_fail(&e);
    entity = cli_entity(in->args[1], &e);
    if (!entity)
        return cli_fail(&e);
    if (in->n_args - 2 < action->min_args || in->n_args - 2 > action->max_args) {
        (void)err_set(&e, ERR_INVALID,
                      "lode library %s %s takes other words; see lode help library", action->name,
                      entity->name);
        return cli_fail(&e);
    }
    return action->by_id ? run_by_id(action, in, entity)
                         : action->run(in, entity, in->args + 2, in->n_args - 2);
}
