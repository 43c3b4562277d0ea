// The catalogue's columns as a sheet's. One owner at a time. Floor: flow.
#include "flow/columns.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

void columns_add(struct columns *c, struct sheet_column column)
{
    c->sheet = mem_regrow(c->sheet, c->n_sheet + 1, sizeof(*c->sheet));
    c->sheet[c->n_sheet++] = column;
}

static void take(struct columns *c, const struct column *column)
{
    struct sheet_column sheet = {column->name, column->heading, column->type};

    c->from = mem_regrow(c->from, c->n + 1, sizeof(*c->from));
    c->from[c->n++] = column;
    columns_add(c, sheet);
}

void columns_hide(struct columns *c, const struct column *column)
{
    c->from = mem_regrow(c->from, c->n + 1, sizeof(*c->from));
    c->from[c->n++] = column;
}

static bool has(const struct columns *c, const struct column *column)
{
    for (size_t i = 0; i < c->n; i++) {
        if (c->from[i] == column)
            return true;
    }
    return false;
}

void columns_also(struct columns *c, const struct column *column)
{
    if (!has(c, column))
        take(c, column);
}

void columns_take(struct columns *c, const struct column *const *from, size_t n)
{
    *c = (struct columns){0};
    for (size_t i = 0; i < n; i++)
        take(c, from[i]);
}

static bool is_id(const struct entity *entity, const struct column *column)
{
    return str_eq(column->path, entity->id_path);
}

static void take_shown(struct columns *c, const struct entity *entity, const struct column *all,
                       size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (is_id(entity, &all[i]))
            take(c, &all[i]);
    }
    for (size_t i = 0; i < n; i++) {
        if ((all[i].marks & COLUMN_SHOWN) && !is_id(entity, &all[i]))
            take(c, &all[i]);
    }
}

static void give_heading(struct columns *c, const char *heading)
{
    c->headings = mem_regrow(c->headings, c->n_headings + 1, sizeof(*c->headings));
    c->headings[c->n_headings] = mem_strdup(heading);
    c->sheet[c->n_sheet - 1].name = c->sheet[c->n_sheet - 1].heading = c->headings[c->n_headings++];
}

static bool take_named(struct columns *c, const struct entity *entity, const struct column *all,
                       size_t n, char *names, struct err *e)
{
    char *name;

    while ((name = strsep(&names, ",")) != NULL) {
        char *heading = strchr(name, '=');
        const struct column *column;
        const char *near;
        bool may_lack;

        if (heading)
            *heading++ = '\0';
        name = str_trim(name);
        may_lack = *name == '?';
        name += may_lack || *name == '!';
        column = column_find(all, n, name);
        if (may_lack && (!column || has(c, column))) // by another of its names already
            continue;
        near = column ? NULL : column_nearest(all, n, name);
        if (!column)
            return err_set(e, ERR_INVALID, "%s have no column \"%.60s\"%s%s%s", entity->plural,
                           name, near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
        take(c, column);
        if (heading && *str_trim(heading))
            give_heading(c, str_trim(heading));
    }
    return true;
}

bool columns_choose(struct columns *c, const struct entity *entity, const struct column *all,
                    size_t n, const char *names, struct err *e)
{
    char *copy;
    bool ok;

    *c = (struct columns){0};
    if (!names) {
        take_shown(c, entity, all, n);
        return true;
    }
    copy = mem_strdup(names);
    ok = take_named(c, entity, all, n, copy, e);
    free(copy);
    if (!ok)
        columns_free(c);
    return ok;
}

void columns_comply(struct columns *c, const struct column *all, size_t n)
{
    bool personal = false;

    for (size_t i = 0; i < c->n; i++)
        personal = personal || (c->from[i]->marks & COLUMN_PERSONAL);
    for (size_t i = 0; personal && i < n; i++) {
        if (all[i].marks & COLUMN_COMPLIANCE)
            columns_also(c, &all[i]);
    }
}

void columns_free(struct columns *c)
{
    for (size_t i = 0; i < c->n_headings; i++)
        free(c->headings[i]);
    free(c->headings);
    free(c->from);
    free(c->sheet);
    *c = (struct columns){0};
}
