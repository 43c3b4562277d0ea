// lode lookup. Main thread. Floor: cli.
#include "cli/command.h"
#include "cli/exit.h"
#include "cli/lookup_tree.h"
#include "cli/output.h"
#include "flow/lists.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/count.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/vec.h"

static const struct sheet_column list_columns[] = {{"path", "List", COLUMN_TEXT},
                                                   {"label", "Values of", COLUMN_TEXT},
                                                   {"needs", "Needs", COLUMN_TEXT},
                                                   {"values", "Kept", COLUMN_NUMBER},
                                                   {"fetched", "Fetched", COLUMN_TEXT}};
static const struct sheet_column value_columns[] = {{"Id", "Id", COLUMN_TEXT},
                                                    {"Name", "Name", COLUMN_TEXT},
                                                    {"parent", "Belongs to", COLUMN_TEXT}};

// What is kept of a list, or fetched anew. Why it cannot be fetched is said; false then.
static bool write_list(struct invocation *in, struct output *out, const struct lookup_def *def,
                       bool *all, struct err *e)
{
    bool refresh = opt_has(&in->opts, "refresh") && !def->query, there;
    char n[24] = "", date[CLOCK_ISO_MAX] = "";
    const char *cells[] = {def->path, def->label, def->query ? def->query : "", n, date};
    struct lookup_list list = {0};
    int64_t fetched;
    struct err why;

    there = refresh ? lists_get(&in->app, def->path, true, &list, &fetched, &why)
                    : lists_kept(&in->app, def->path, &list, &fetched, &why);
    if (there) {
        (void)snprintf(n, sizeof(n), "%zu", list.n);
        (void)clock_iso(fetched, date);
    } else if (refresh) {
        app_say(&in->app, "%s: %s.", def->label, why.text);
        *all = false;
    }
    lookup_free(&list);
    return output_row(out, cells, NULL, e);
}

static int show_lists(struct invocation *in)
{
    bool all = true, ok;
    struct output out;
    struct err e;

    if (!output_open(&out, in, list_columns, ARRAY_LEN(list_columns), &e))
        return cli_fail(&e);
    ok = true;
    for (const struct lookup_def *def = lookup_all(); ok && def->path; def++)
        ok = write_list(in, &out, def, &all, &e);
    if (!ok)
        output_abort(&out);
    ok = ok && output_close(&out, &e);
    return !ok ? cli_fail(&e) : all ? EXIT_DONE : EXIT_PARTLY;
}

static void add_encoded(const char *text, struct str *out)
{
    for (; *text; text++) {
        bool plain = (*text >= '0' && *text <= '9') || (*text >= 'a' && *text <= 'z') ||
                     (*text >= 'A' && *text <= 'Z') || *text == '-' || *text == '.' || *text == '_';

        str_addf(out, plain ? "%c" : "%%%02X", (unsigned char)*text);
    }
}

// The path with the --query parameters behind it; false where one that it needs is missing.
static bool full_path(const struct invocation *in, const struct lookup_def *def, struct str *out,
                      struct err *e)
{
    char mark = '?';

    str_add(out, def->path);
    for (size_t i = 0; i < in->opts.n_seen; i++) {
        const char *value = in->opts.seen[i].value, *equals;

        if (!str_eq(in->opts.seen[i].opt->name, "query"))
            continue;
        equals = value;
        while (*equals && *equals != '=')
            equals++;
        if (!*equals)
            return err_set(e, ERR_INVALID, "--query takes NAME=VALUE, not \"%.60s\"", value);
        str_add_char(out, mark);
        str_add_len(out, value, (size_t)(equals - value) + 1);
        add_encoded(equals + 1, out);
        mark = '&';
    }
    if (def->query && mark == '?')
        return err_set(e, ERR_INVALID, "the list %s needs --query NAME=VALUE for each of: %s",
                       def->path, def->query);
    return true;
}

struct ranked {
    const struct lookup_value *value;
    int rank;
    size_t place;
};

static int by_rank(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;

    if (x->rank != y->rank)
        return x->rank < y->rank ? 1 : -1;
    return x->place < y->place ? -1 : x->place > y->place;
}

static bool write_values(struct output *out, const struct lookup_list *list, const char *match,
                         struct err *e)
{
    VEC(struct ranked) rows = {0};
    bool ok = true;

    for (size_t i = 0; i < list->n; i++) {
        struct ranked r = {&list->values[i], match ? lookup_match(&list->values[i], match) : 1, i};

        if (r.rank > 0)
            vec_push(&rows, r);
    }
    if (match && rows.len)
        qsort(rows.items, rows.len, sizeof(*rows.items), by_rank);
    for (size_t i = 0; ok && i < rows.len; i++) {
        const struct lookup_value *v = rows.items[i].value;
        const char *cells[] = {v->id, v->name, v->parent ? v->parent : ""};

        ok = output_row(out, cells, v->raw, e);
    }
    vec_free(&rows);
    return ok;
}

static int show_values(struct invocation *in, const char *path)
{
    struct lookup_list list;
    struct output out;
    char shown[COUNT_MAX], all[COUNT_MAX];
    struct err e;
    int64_t fetched;
    char date[CLOCK_ISO_MAX];
    bool ok;

    if (!lists_get(&in->app, path, opt_has(&in->opts, "refresh"), &list, &fetched, &e))
        return cli_fail(&e);
    ok = output_open(&out, in, value_columns, ARRAY_LEN(value_columns), &e);
    if (ok && !write_values(&out, &list, opt_value(&in->opts, "match", NULL), &e)) {
        output_abort(&out);
        ok = false;
    }
    ok = ok && output_close(&out, &e);
    if (ok)
        app_say(&in->app, "%s of %s values of %s, fetched %s.",
                count_text((long long)out.rows, shown), count_text((long long)list.n, all), path,
                clock_iso(fetched, date));
    lookup_free(&list);
    return ok ? EXIT_DONE : cli_fail(&e);
}

static int show(struct invocation *in, const char *path)
{
    return opt_has(&in->opts, "tree") ? lookup_tree_show(in, path) : show_values(in, path);
}

// Several words name a list as one does: `lode lookup management level`.
static char *given_name(const struct invocation *in)
{
    return in->n_args == 2 ? str_format("%s %s", in->args[0], in->args[1])
                           : mem_strdup(in->args[0]);
}

// What stands beside the lists at /lookup/ and has a command of its own.
static const char *command_for(const char *name)
{
    static const struct {
        const char *path, *command;
    } others[] = {{"usage", "usage"}, {"inputfields/", "fields"}, {"outputfields/", "fields"}};

    for (size_t i = 0; i < ARRAY_LEN(others); i++) {
        const char *at = str_find_case(name, others[i].path);

        if (at && (at == name || at[-1] == '/'))
            return others[i].command;
    }
    return NULL;
}

static int unknown_list(const char *name)
{
    const char *near = lookup_nearest(name), *command = command_for(name);
    struct err e;

    if (command)
        (void)err_set(&e, ERR_INVALID, "\"%.60s\" is no list of values; see lode %s", name,
                      command);
    else
        (void)err_set(&e, ERR_INVALID, "there is no list \"%.60s\"%s%s%s", name,
                      near ? "; did you mean " : "; lode lookup names them all", near ? near : "",
                      near ? "?" : "");
    return cli_fail(&e);
}

int command_lookup(struct invocation *in)
{
    const struct lookup_def *def;
    struct str path = {0};
    struct err e;
    char *name;
    int status;

    if (in->n_args == 0)
        return show_lists(in);
    name = given_name(in);
    def = lookup_find(name);
    if (!def) {
        status = unknown_list(name);
    } else {
        status = full_path(in, def, &path, &e) ? show(in, str_text(&path)) : cli_fail(&e);
    }
    str_free(&path);
    free(name);
    return status;
}
