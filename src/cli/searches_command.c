// lode searches: saved searches by name. Main thread. Floor: cli.
#include "cli/searches_command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/near.h"
#include "base/str.h"
#include "cli/asked.h"
#include "cli/exit.h"
#include "cli/output.h"
#include "flow/searches.h"

static const struct sheet_column list_columns[] = {{"name", "Name", COLUMN_TEXT},
                                                   {"entity", "Entity", COLUMN_TEXT},
                                                   {"hits", "Hits", COLUMN_NUMBER},
                                                   {"ran", "Ran", COLUMN_TEXT},
                                                   {"compared", "Rows kept", COLUMN_NUMBER},
                                                   {"saved", "Saved", COLUMN_TEXT},
                                                   {"note", "Note", COLUMN_TEXT},
                                                   {"search", "Search", COLUMN_TEXT}};

const char *searches_when(int64_t ms, char buf[static CLOCK_ISO_MAX])
{
    return ms ? clock_iso(ms, buf) : "";
}

char *searches_line(const char *text)
{
    char *copy = mem_strdup(text), *rest = copy, *line;
    struct str out = {0};

    while ((line = strsep(&rest, "\n")) != NULL) {
        if (*line && !str_starts(line, "entity = "))
            str_addf(&out, "%s%s", out.len ? "; " : "", line);
    }
    free(copy);
    return str_take(&out);
}

static bool write_saved(struct output *out, const struct saved *s, struct err *e)
{
    char ran[CLOCK_ISO_MAX], saved[CLOCK_ISO_MAX], hits[24] = "", rows[24];
    char *note = searches_line(s->note), *text = searches_line(s->text);
    const char *cells[] = {s->name, s->entity,
                           hits,    searches_when(s->ran_ms, ran),
                           rows,    searches_when(s->saved_ms, saved),
                           note,    text};
    bool ok;

    if (s->hits >= 0)
        (void)snprintf(hits, sizeof(hits), "%lld", s->hits);
    (void)snprintf(rows, sizeof(rows), "%lld", s->rows);
    ok = output_row(out, cells, NULL, e);
    free(note);
    free(text);
    return ok;
}

static int list_action(struct invocation *in, char **args, size_t n)
{
    struct saved_list l;
    struct output out;
    struct err e;
    bool ok;

    (void)args;
    (void)n;
    if (!searches_list(&in->app, &l, &e))
        return cli_fail(&e);
    ok = output_open(&out, in, list_columns, ARRAY_LEN(list_columns), &e);
    for (size_t i = 0; ok && i < l.items.len; i++)
        ok = write_saved(&out, &l.items.items[i], &e);
    ok = ok && output_close(&out, &e);
    if (ok && l.items.len == 0)
        app_say(&in->app, "No search is saved yet; lode searches save NAME does.");
    searches_list_free(&l);
    return ok ? EXIT_DONE : cli_fail(&e);
}

static int show_action(struct invocation *in, char **args, size_t n)
{
    struct str text = {0};
    struct saved s;
    struct err e;

    (void)n;
    if (!searches_find(&in->app, args[0], &s, &e))
        return cli_fail(&e);
    searches_write(&s, &text);
    output_bytes(&text);
    str_free(&text);
    saved_free(&s);
    return EXIT_DONE;
}

// The one that --force may replace: what it has stays where nothing else is given.
static bool replaced(struct invocation *in, const char *name, struct saved *old)
{
    struct err ignored;

    *old = (struct saved){0};
    return opt_has(&in->opts, "force") && searches_find(&in->app, name, old, &ignored);
}

static int keep(struct invocation *in, const char *name, const struct asked *a)
{
    const char *note = opt_value(&in->opts, "note", NULL);
    struct saved s = {0}, old;
    struct err e;
    bool ok, is_old = replaced(in, name, &old);

    s.id = old.id;
    s.name = mem_strdup(name);
    s.note = mem_strdup(note ? note : is_old ? old.note : "");
    s.entity = mem_strdup(a->query.entity->name);
    s.text = mem_strdup(str_text(&a->text));
    ok = searches_save(&in->app, &s, &e);
    if (ok)
        app_say(&in->app, "Saved as \"%s\"; lode searches run does it again.", s.name);
    saved_free(&s);
    saved_free(&old);
    return ok ? EXIT_DONE : cli_fail(&e);
}

static int save_action(struct invocation *in, char **args, size_t n)
{
    struct asked a;
    int status;

    in->args = args + 1;
    in->n_args = n - 1;
    status = asked_read(&a, in);
    if (status != EXIT_DONE)
        return status;
    status = keep(in, args[0], &a);
    asked_close(&a);
    return status;
}

static int rename_action(struct invocation *in, char **args, size_t n)
{
    struct saved s;
    struct err e;
    bool ok =
        searches_find(&in->app, args[0], &s, &e) && searches_rename(&in->app, &s, args[1], &e);

    (void)n;
    if (ok)
        app_say(&in->app, "\"%s\" is \"%s\" now.", s.name, args[1]);
    saved_free(&s);
    return ok ? EXIT_DONE : cli_fail(&e);
}

static int duplicate_action(struct invocation *in, char **args, size_t n)
{
    char *made = NULL;
    struct saved s;
    struct err e;
    bool ok = searches_find(&in->app, args[0], &s, &e) &&
              searches_duplicate(&in->app, &s, n > 1 ? args[1] : NULL, &made, &e);

    if (ok)
        app_say(&in->app, "A copy of \"%s\" is saved as \"%s\".", s.name, made);
    free(made);
    saved_free(&s);
    return ok ? EXIT_DONE : cli_fail(&e);
}

static int delete_action(struct invocation *in, char **args, size_t n)
{
    struct err e;

    for (size_t i = 0; i < n; i++) {
        struct saved s;
        bool ok = searches_find(&in->app, args[i], &s, &e) && searches_delete(&in->app, &s, &e);

        if (ok)
            app_say(&in->app, "\"%s\" is deleted; lode searches restore brings it back.", s.name);
        saved_free(&s);
        if (!ok)
            return cli_fail(&e);
    }
    return EXIT_DONE;
}

static int restore_action(struct invocation *in, char **args, size_t n)
{
    struct saved s;
    struct err e;

    (void)args;
    (void)n;
    if (!searches_restore(&in->app, 0, &s, &e))
        return cli_fail(&e);
    app_say(&in->app, "\"%s\" is back.", s.name);
    saved_free(&s);
    return EXIT_DONE;
}

static const struct {
    const char *name;
    size_t min, max; // words behind it
    int (*run)(struct invocation *in, char **args, size_t n);
} actions[] = {
    {"list", 0, 0, list_action},
    {"show", 1, 1, show_action},
    {"save", 1, 2, save_action},
    {"run", 1, 1, searches_run_action},
    {"rename", 2, 2, rename_action},
    {"duplicate", 1, 2, duplicate_action},
    {"delete", 1, SIZE_MAX, delete_action},
    {"restore", 0, 0, restore_action},
    {"export", 0, SIZE_MAX, searches_export_action},
    {"import", 1, SIZE_MAX, searches_import_action},
    {"history", 0, 1, searches_history_action},
};

int command_searches(struct invocation *in)
{
    const char *name = in->n_args ? in->args[0] : "list";
    size_t n = in->n_args ? in->n_args - 1 : 0;
    struct near near = near_start(name);
    struct err e;

    for (size_t i = 0; i < ARRAY_LEN(actions); i++) {
        near_try(&near, actions[i].name);
        if (!str_eq(actions[i].name, name))
            continue;
        if (n >= actions[i].min && n <= actions[i].max)
            return actions[i].run(in, in->args ? in->args + 1 : NULL, n);
        (void)err_set(&e, ERR_INVALID, "lode searches %s takes other words; see lode help searches",
                      name);
        return cli_fail(&e);
    }
    (void)err_set(&e, ERR_INVALID, "lode searches has no \"%.20s\"; %s%s", name,
                  near.best ? "did you mean " : "see lode help searches",
                  near.best ? near.best : "");
    return cli_fail(&e);
}
