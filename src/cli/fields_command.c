// lode fields: what an entity can be searched by, what its rows show, what can be bought. Main
// thread. Floor: cli.
#include "cli/command.h"
#include "cli/exit.h"
#include "cli/output.h"
#include "flow/lists.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"

static const struct sheet_column shown[] = {
    {"use", "Use", COLUMN_TEXT},         {"name", "Name", COLUMN_TEXT},
    {"label", "Label", COLUMN_TEXT},     {"group", "Group", COLUMN_TEXT},
    {"type", "Type", COLUMN_TEXT},       {"unit", "Unit", COLUMN_TEXT},
    {"values", "Values", COLUMN_TEXT},   {"excludedBy", "Excluded by", COLUMN_TEXT},
    {"granted", "Granted", COLUMN_TEXT}, {"why", "Why not", COLUMN_TEXT}};

enum cell {
    CELL_USE,
    CELL_NAME,
    CELL_LABEL,
    CELL_GROUP,
    CELL_TYPE,
    CELL_UNIT,
    CELL_VALUES,
    CELL_EXCLUDED_BY,
    CELL_GRANTED,
    CELL_WHY,
    CELLS
};

// What the account may use of one side of an operation.
struct access {
    const char *use;
    struct map granted, denied;
};

static void access_free(struct access *a)
{
    map_free(&a->granted, NULL);
    map_free(&a->denied, NULL);
}

static const char *kind_name(const struct input *in)
{
    static const char *const names[] = {
        [INPUT_TEXT] = "text",     [INPUT_EXPRESSION] = "expression",
        [INPUT_LOOKUP] = "list",   [INPUT_CHOICE] = "choice",
        [INPUT_ID] = "id",         [INPUT_NUMBER] = "number",
        [INPUT_DATE] = "date",     [INPUT_FLAG] = "yes or no",
        [INPUT_PAGING] = "paging",
    };

    return names[in->kind];
}

static const char *type_name(const struct column *c)
{
    static const char *const names[] = {
        [COLUMN_TEXT] = "text",   [COLUMN_ID] = "id",         [COLUMN_NUMBER] = "number",
        [COLUMN_MONEY] = "money", [COLUMN_FLAG] = "flag",     [COLUMN_DATE] = "date",
        [COLUMN_LIST] = "list",   [COLUMN_OBJECT] = "object",
    };

    return names[c->type];
}

static void fill_access(const struct access *a, const char *name, const char *cells[static CELLS])
{
    bool known = a->granted.len || a->denied.len;

    cells[CELL_USE] = a->use;
    if (lists_name(&a->denied, name)) {
        cells[CELL_GRANTED] = "no";
        cells[CELL_WHY] = "the account's field list, or a refusal within the last week, says so";
    } else if (lists_name(&a->granted, name)) {
        cells[CELL_GRANTED] = "yes";
    } else {
        cells[CELL_GRANTED] = "?";
        cells[CELL_WHY] = known ? "the account's field list does not name it"
                                : "the account's field list could not be had";
    }
}

// Does the line asked for fit?
static bool wanted(const struct output *out, const char *name, const char *label)
{
    const char *match = opt_value(&out->in->opts, "match", NULL);

    return !match || lookup_match_text(name, label, match) > 0;
}

static bool write_input(struct output *out, const struct access *a, const struct input *in,
                        struct err *e)
{
    const char *cells[CELLS];
    char *sign = in->bound == BOUND_NONE
                     ? mem_strdup(kind_name(in))
                     : str_format("%s, %s", kind_name(in), in->bound == BOUND_LOW ? ">=" : "<=");
    bool ok;

    for (size_t i = 0; i < CELLS; i++)
        cells[i] = "";
    fill_access(a, in->name, cells);
    cells[CELL_NAME] = in->name;
    cells[CELL_LABEL] = in->label;
    cells[CELL_GROUP] = group_label(in->group);
    cells[CELL_TYPE] = sign;
    cells[CELL_UNIT] = in->unit ? in->unit : "";
    cells[CELL_VALUES] = in->lookup ? in->lookup : in->choices ? in->choices : "";
    cells[CELL_EXCLUDED_BY] = in->exclude ? in->exclude : "";
    ok = output_row(out, cells, NULL, e);
    free(sign);
    return ok;
}

static bool write_inputs(struct output *out, const struct access *a, const struct entity *entity,
                         struct err *e)
{
    for (int group = 0; group < GROUPS; group++) {
        for (size_t i = 0; i < entity->search.n_inputs; i++) {
            const struct input *in = &entity->search.inputs[i];

            if ((int)in->group == group && in->kind != INPUT_PAGING &&
                wanted(out, in->name, in->label) && !write_input(out, a, in, e))
                return false;
        }
    }
    return true;
}

static const char *marks_name(const struct column *c)
{
    if (c->marks & COLUMN_COMPLIANCE)
        return "compliance";
    return c->marks & COLUMN_PERSONAL ? "personal" : "";
}

static bool write_columns(struct output *out, const struct access *a, const struct column *columns,
                          size_t n, struct err *e)
{
    for (size_t i = 0; i < n; i++) {
        const struct column *c = &columns[i];
        const char *cells[CELLS];

        if (!wanted(out, c->name, c->heading))
            continue;
        for (size_t k = 0; k < CELLS; k++)
            cells[k] = "";
        fill_access(a, c->name, cells);
        cells[CELL_NAME] = c->name;
        cells[CELL_LABEL] = c->heading;
        cells[CELL_GROUP] = marks_name(c);
        cells[CELL_TYPE] = type_name(c);
        if (!output_row(out, cells, NULL, e))
            return false;
    }
    return true;
}

static bool write_fields(struct invocation *in, struct output *out, const struct entity *entity,
                         struct err *e)
{
    struct access search = {.use = "search by"}, rows = {.use = "column"}, bought = {.use = "buy"};
    char *searching = str_format("%s/search", entity->name);
    char *buying = str_format("%s/enrich", entity->name);
    bool ok;

    lists_inputs(&in->app, searching, &search.granted, &search.denied);
    lists_fields(&in->app, searching, &rows.granted, &rows.denied);
    lists_fields(&in->app, buying, &bought.granted, &bought.denied);
    ok = write_inputs(out, &search, entity, e) &&
         write_columns(out, &rows, entity->search.columns, entity->search.n_columns, e) &&
         write_columns(out, &bought, entity->enrich.columns, entity->enrich.n_columns, e);
    access_free(&search);
    access_free(&rows);
    access_free(&bought);
    free(searching);
    free(buying);
    return ok;
}

int command_fields(struct invocation *in)
{
    struct output out;
    struct err e;
    const struct entity *entity = invocation_entity(in, &e);

    if (!entity || !output_open(&out, in, shown, ARRAY_LEN(shown), &e))
        return cli_fail(&e);
    if (write_fields(in, &out, entity, &e))
        return output_close(&out, &e) ? EXIT_DONE : cli_fail(&e);
    output_abort(&out);
    return cli_fail(&e);
}
