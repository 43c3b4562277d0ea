// The library pane's table: what names the record, until when it is free, its tags, the fields that
// are usually bought, and where it is from. UI thread. Floor: ui/pane.
#include "ui/pane/library_pane.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/mem.h"
#include "model/notice.h"

enum { SOON_DAYS = 30, DAY_LEN = 10 };

static const int64_t DAY_MS = (int64_t)24 * 3600 * 1000;

static const struct {
    const char *heading;
    int width;
} looks[LIBRARY_CELLS] = {
    [LIBRARY_NAME] = {"Name", 20},       [LIBRARY_UNTIL] = {"Free until", 10},
    [LIBRARY_TAGS] = {"Tags", 10},       [LIBRARY_NOTE] = {"Note", 24},
    [LIBRARY_FETCHED] = {"Fetched", 10}, [LIBRARY_EARLIER] = {"Versions", 8},
    [LIBRARY_SOURCE] = {"Source", 24},   [LIBRARY_NOTICE] = {"Notice by", 10},
};

// Columns by number: Lode's own first, then the fields of a purchase.
static const enum library_cell own[] = {LIBRARY_NAME,   LIBRARY_UNTIL,   LIBRARY_TAGS,
                                        LIBRARY_NOTE,   LIBRARY_FETCHED, LIBRARY_EARLIER,
                                        LIBRARY_SOURCE, LIBRARY_NOTICE};

size_t library_columns_all(const struct entity *entity)
{
    return ARRAY_LEN(own) + entity->enrich.n_columns;
}

struct library_column library_column_of(const struct entity *entity, size_t number)
{
    (void)entity;
    if (number < ARRAY_LEN(own))
        return (struct library_column){own[number], 0};
    return (struct library_column){LIBRARY_FIELD, number - ARRAY_LEN(own)};
}

const char *library_column_heading(const struct entity *entity, size_t number)
{
    struct library_column c = library_column_of(entity, number);

    return c.cell == LIBRARY_FIELD ? entity->enrich.columns[c.field].heading
                                   : looks[c.cell].heading;
}

static void add(struct library_pane *l, enum library_cell cell, size_t field)
{
    const struct column *c = &l->entity->enrich.columns[field];
    bool is_field = cell == LIBRARY_FIELD;

    l->which[l->view.n_columns] = (struct library_column){cell, field};
    l->columns[l->view.n_columns++] =
        (struct table_column){.heading = is_field ? c->heading : looks[cell].heading,
                              .width = is_field ? c->width : looks[cell].width,
                              .right = is_field ? cell_is_number(c) : cell == LIBRARY_EARLIER,
                              .pinned = cell == LIBRARY_NAME};
}

// Does the name tell it already?
static bool is_name(const struct entity *entity, const struct column *c)
{
    for (size_t i = 0; i < entity->search.n_columns; i++) {
        const struct column *label = &entity->search.columns[i];

        if (entity_is_label(entity, label) && str_eq(label->path, c->path))
            return true;
    }
    return false;
}

static void add_fields(struct library_pane *l)
{
    const struct enrich_operation *op = &l->entity->enrich;

    for (size_t i = 0; i < op->n_columns; i++) {
        const struct column *c = &op->columns[i];

        if ((c->marks & (COLUMN_SHOWN | COLUMN_DO_NOT_CALL)) && !is_name(l->entity, c) &&
            !str_eq(c->path, l->entity->id_path))
            add(l, LIBRARY_FIELD, i);
    }
}

static void begin_columns(struct library_pane *l)
{
    size_t most = library_columns_all(l->entity);

    free(l->which);
    free(l->columns);
    l->which = mem_array(most, sizeof(*l->which));
    l->columns = mem_array(most, sizeof(*l->columns));
    l->view.columns = l->columns;
    l->view.n_columns = 0;
    l->view.at = l->view.left = 0;
}

// The name under which the desk remembers them.
static char *memory_name(const struct entity *entity)
{
    return str_format("library-columns-%s", entity->name);
}

static bool has(const struct library_pane *l, struct library_column c)
{
    for (size_t i = 0; i < l->view.n_columns; i++) {
        if (l->which[i].cell == c.cell && l->which[i].field == c.field)
            return true;
    }
    return false;
}

// A field by its API name, a column of Lode's own by its heading: numbers move where the catalogue
// grows. ":" tells them apart.
static void add_key(const struct entity *entity, size_t number, struct str *out)
{
    struct library_column c = library_column_of(entity, number);

    if (c.cell == LIBRARY_FIELD)
        str_addf(out, ":%s", entity->enrich.columns[c.field].name);
    else
        str_add(out, looks[c.cell].heading);
}

static void take_key(struct library_pane *l, const char *wanted)
{
    struct str key = {0};

    for (size_t i = 0; i < library_columns_all(l->entity); i++) {
        struct library_column c = library_column_of(l->entity, i);

        str_clear(&key);
        add_key(l->entity, i, &key);
        if (str_eq(wanted, str_text(&key)) && !has(l, c))
            add(l, c.cell, c.field);
    }
    str_free(&key);
}

static void take_remembered(struct library_pane *l)
{
    char *name = memory_name(l->entity);
    const char *kept = desk_remembered(l->pane.desk, name);
    char *copy = mem_strdup(kept ? kept : ""), *rest = copy, *key;

    while ((key = strsep(&rest, ",")) != NULL)
        take_key(l, key);
    free(copy);
    free(name);
}

void library_set_columns(struct library_pane *l, const size_t *numbers, size_t n)
{
    char *name = memory_name(l->entity);
    struct str kept = {0};

    begin_columns(l);
    for (size_t i = 0; i < n; i++) {
        struct library_column c = library_column_of(l->entity, numbers[i]);

        add(l, c.cell, c.field);
        str_add(&kept, i ? "," : "");
        add_key(l->entity, numbers[i], &kept);
    }
    desk_remember(l->pane.desk, name, str_text(&kept));
    library_show_order(l);
    l->pane.dirty = true;
    str_free(&kept);
    free(name);
}

void library_fill_columns(struct library_pane *l)
{
    static const enum library_cell before[] = {LIBRARY_NAME, LIBRARY_UNTIL, LIBRARY_TAGS};
    static const enum library_cell behind[] = {LIBRARY_NOTICE, LIBRARY_NOTE, LIBRARY_FETCHED,
                                               LIBRARY_EARLIER, LIBRARY_SOURCE};
    const struct entity *entity = l->pane.desk->results.entity;

    if (l->entity == entity)
        return;
    l->entity = entity;
    begin_columns(l);
    take_remembered(l);
    if (l->view.n_columns)
        return;
    for (size_t i = 0; i < ARRAY_LEN(before); i++)
        add(l, before[i], 0);
    add_fields(l);
    for (size_t i = 0; i < ARRAY_LEN(behind); i++) {
        if (behind[i] != LIBRARY_NOTICE || notice_of(entity))
            add(l, behind[i], 0);
    }
}

static bool is_order(const struct library_pane *l, const struct library_column *c)
{
    const struct library_view *v = &l->pane.desk->library;
    const struct column *field = &l->entity->enrich.columns[c->field];

    if (v->order == ORDER_COLUMN)
        return c->cell == LIBRARY_FIELD
                   ? v->order_by == field
                   : c->cell == LIBRARY_NAME && is_name(l->entity, v->order_by);
    return (v->order == ORDER_EXPIRY && c->cell == LIBRARY_UNTIL) ||
           (v->order == ORDER_FETCHED && c->cell == LIBRARY_FETCHED);
}

void library_show_order(struct library_pane *l)
{
    bool ascending = l->pane.desk->library.ascending;

    for (size_t i = 0; i < l->view.n_columns; i++)
        l->columns[i].sort = !is_order(l, &l->which[i]) ? 0 : ascending ? '^' : 'v';
}

size_t library_rows_of(void *self)
{
    const struct desk *d = ((struct library_pane *)self)->pane.desk;

    return d->library.entity == d->results.entity ? d->library.n : 0;
}

static const char *day(struct library_pane *l, int64_t ms)
{
    (void)when_second(ms, l->cell);
    l->cell[DAY_LEN] = '\0';
    return l->cell;
}

static const char *cell_name(struct library_pane *l, const struct library_line *line,
                             enum role *role)
{
    (void)role;
    return label_shown(l->pane.desk, l->entity, line->label);
}

static const char *cell_until(struct library_pane *l, const struct library_line *line,
                              enum role *role)
{
    int64_t left = line->until_ms - desk_utc_ms(l->pane.desk);
    long long days = (long long)(left / DAY_MS);

    if (left > 0 && days >= SOON_DAYS)
        return day(l, line->until_ms);
    *role = left > 0 ? ROLE_WARNING : ROLE_DIM;
    if (left <= 0)
        return "no longer";
    (void)snprintf(l->cell, sizeof(l->cell), days ? "%lld day%s" : "today", days,
                   days == 1 ? "" : "s");
    return l->cell;
}

static const char *cell_tags(struct library_pane *l, const struct library_line *line,
                             enum role *role)
{
    (void)l;
    (void)role;
    return line->tags;
}

static const char *cell_note(struct library_pane *l, const struct library_line *line,
                             enum role *role)
{
    (void)role;
    return l->pane.desk->privacy && *line->note ? cell_mask() : line->note;
}

static const char *cell_notice(struct library_pane *l, const struct library_line *line,
                               enum role *role)
{
    if (!line->notice_by_ms)
        return "";
    *role = line->notice_by_ms > desk_utc_ms(l->pane.desk) ? ROLE_WARNING : ROLE_ERROR;
    return day(l, line->notice_by_ms);
}

static const char *cell_fetched(struct library_pane *l, const struct library_line *line,
                                enum role *role)
{
    (void)role;
    return day(l, line->fetched_ms);
}

static const char *cell_earlier(struct library_pane *l, const struct library_line *line,
                                enum role *role)
{
    (void)role;
    return count_text(line->earlier + 1, l->cell);
}

static const char *cell_source(struct library_pane *l, const struct library_line *line,
                               enum role *role)
{
    (void)l;
    (void)role;
    return line->source;
}

const char *library_cell(void *self, size_t row, size_t column, enum role *role)
{
    static const char *(*const tellers[LIBRARY_CELLS])(struct library_pane *,
                                                       const struct library_line *, enum role *) = {
        [LIBRARY_NAME] = cell_name,       [LIBRARY_UNTIL] = cell_until,
        [LIBRARY_TAGS] = cell_tags,       [LIBRARY_NOTE] = cell_note,
        [LIBRARY_FETCHED] = cell_fetched, [LIBRARY_EARLIER] = cell_earlier,
        [LIBRARY_SOURCE] = cell_source,   [LIBRARY_NOTICE] = cell_notice,
    };
    struct library_pane *l = self;
    const struct library_line *line = desk_library_line(l->pane.desk, row);
    const struct library_column *c = &l->which[column];

    if (!line)
        return NULL;
    if (c->cell != LIBRARY_FIELD)
        return tellers[c->cell](l, line, role);
    return cell_shown(l->pane.desk, &l->entity->enrich.columns[c->field], line->cells[c->field],
                      l->cell);
}

const char *library_sign(void *self, size_t row, enum role *role)
{
    const struct desk *d = ((struct library_pane *)self)->pane.desk;
    const struct library_line *line = desk_library_line(d, row);

    if (!line || !desk_marked(d, line->id))
        return " ";
    *role = ROLE_MARK;
    return "*";
}
