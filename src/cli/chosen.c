// The records and fields a command line names. Main thread. Floor: cli.
#include "cli/chosen.h"

#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/exit.h"
#include "cli/output.h"
#include "flow/match_sum.h"
#include "flow/match_take.h"

enum { TOLD = 5 }; // lines without an id, one by one

static const struct sheet_column mapping_columns[] = {{"column", "Column", COLUMN_TEXT},
                                                      {"input", "Taken as", COLUMN_TEXT},
                                                      {"example", "First value", COLUMN_TEXT}};

static bool map_columns(struct chosen *c, const struct invocation *in, struct err *e)
{
    c->plan = match_plan_guess(c->selection.entity, (const char *const *)c->file.names.items,
                               c->file.names.len);
    for (size_t i = 0; i < in->opts.n_seen; i++) {
        if (str_eq(in->opts.seen[i].opt->name, "map") &&
            !match_plan_map(&c->plan, in->opts.seen[i].value, e))
            return false;
    }
    return true;
}

static bool show_mapping(struct chosen *c, struct invocation *in, struct err *e)
{
    struct output out;
    bool ok, first = match_file_next(&c->file, e);

    if (!first && e->kind != ERR_NONE)
        return false;
    if (!output_open(&out, in, mapping_columns, ARRAY_LEN(mapping_columns), e))
        return false;
    ok = true;
    for (size_t i = 0; ok && i < c->plan.n; i++) {
        const struct match_input *input = c->plan.inputs[i];
        const char *cells[] = {c->plan.names[i], input ? input->name : "",
                               first ? c->file.cells.items[i] : ""};

        ok = output_row(&out, cells, NULL, e);
    }
    return output_close(&out, e) && ok && match_plan_suffices(&c->plan, e);
}

// --fields, and with a ! before each what --require names.
bool chosen_fields(struct selection *s, struct invocation *in, struct err *e)
{
    const char *fields = opt_value(&in->opts, "fields", NULL);
    struct str names = {0};
    bool ok;

    str_add(&names, fields ? fields : "");
    for (size_t i = 0; i < in->opts.n_seen; i++) {
        char *copy, *rest, *name;

        if (!str_eq(in->opts.seen[i].opt->name, "require"))
            continue;
        copy = rest = mem_strdup(in->opts.seen[i].value);
        while ((name = strsep(&rest, ",")) != NULL)
            str_addf(&names, "%s!%s", names.len ? "," : "", str_trim(name));
        free(copy);
    }
    ok = selection_fields(s, &in->app, names.len ? names.data : fields, e);
    str_free(&names);
    return ok;
}

void chosen_tell_odd(const struct invocation *in, const struct selection *s)
{
    char n[COUNT_MAX];

    for (size_t i = 0; i < s->n_odd && i < TOLD; i++)
        app_say(&in->app, "Line %zu is left out: %s.", s->odd[i].line, s->odd[i].why);
    if (s->n_odd > TOLD)
        app_say(&in->app, "%s lines are left out in all: they have no id.",
                count_text((long long)s->n_odd, n));
}

static bool take_ids(struct chosen *c, struct invocation *in, struct err *e)
{
    bool bare, has = selection_id_column(&c->selection, &c->file, &bare) < c->file.names.len;

    c->by_ids = c->by_ids && match_sum_can(c->file.path);
    if (!(c->by_ids ? match_look : match_take)(&c->file, &c->plan, &c->selection, &c->by_line, e))
        return false;
    c->by_ids = c->by_ids && !c->by_line;
    if (has && c->by_line)
        app_say(&in->app, "Not every line of %s has an id, so each goes by what it has.",
                c->file.path);
    chosen_tell_odd(in, &c->selection);
    return true;
}

static bool choose(struct chosen *c, struct invocation *in, bool *shown, struct err *e)
{
    struct selection *s = &c->selection;

    if (!map_columns(c, in, e))
        return false;
    *shown = opt_has(&in->opts, "show-mapping");
    if (*shown)
        return show_mapping(c, in, e);
    c->by_line = opt_has(&in->opts, "map");
    if (!(c->by_line || take_ids(c, in, e)) || (c->by_line && !match_plan_suffices(&c->plan, e)))
        return false;
    return chosen_fields(s, in, e);
}

static bool open_file(struct chosen *c, struct invocation *in, bool look, bool *shown,
                      struct err *e)
{
    const struct entity *entity = invocation_entity(in, e);
    const char *from = opt_value(&in->opts, "from", NULL);

    *c = (struct chosen){.selection = {.entity = entity}, .by_ids = look};
    *shown = false;
    if (!entity)
        return false;
    if (!from)
        return err_set(
            e, ERR_INVALID,
            "say which %s: --where FIELD=VALUE for those that a search finds, or --from FILE with "
            "ids, a CSV that lode search wrote, or a file that names them otherwise",
            entity->plural);
    if (match_file_open(&c->file, from, e) && choose(c, in, shown, e))
        return true;
    chosen_close(c);
    return false;
}

bool chosen_open_file(struct chosen *c, struct invocation *in, bool *shown, struct err *e)
{
    return open_file(c, in, false, shown, e);
}

// All that may be wrong with the line is found before the search goes out.
static int open_search(struct chosen *c, struct invocation *in)
{
    struct err e;
    int status;

    c->found = mem_zalloc(sizeof(*c->found));
    status = found_open(c->found, in);
    if (status == EXIT_DONE) {
        c->selection.entity = c->found->asked.query.entity;
        status = chosen_fields(&c->selection, in, &e) && output_check(in, &e)
                     ? found_read(c->found, in, &c->selection)
                     : cli_fail(&e);
    }
    if (status != EXIT_DONE)
        chosen_close(c);
    return status;
}

static int open_any(struct chosen *c, struct invocation *in, bool look, bool *shown)
{
    struct err e;

    *c = (struct chosen){0};
    *shown = false;
    if (found_wanted(in))
        return open_search(c, in);
    return open_file(c, in, look, shown, &e) ? EXIT_DONE : cli_fail(&e);
}

int chosen_open(struct chosen *c, struct invocation *in, bool *shown)
{
    return open_any(c, in, false, shown);
}

int chosen_look(struct chosen *c, struct invocation *in, bool *shown)
{
    return open_any(c, in, true, shown);
}

const char *chosen_origin(const struct chosen *c)
{
    return c->found ? str_text(&c->found->origin) : c->file.path;
}

void chosen_close(struct chosen *c)
{
    if (c->found)
        found_close(c->found);
    free(c->found);
    c->found = NULL;
    match_plan_free(&c->plan);
    match_file_close(&c->file);
    selection_free(&c->selection);
}
