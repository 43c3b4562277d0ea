// What a run of a saved search finds beside the one before. Floor: flow.
#include "flow/searches.h"

#include <inttypes.h>
#include <string.h>

#include "base/mem.h"
#include "store/searches.h"

// The first line of what is kept: form, the columns' hash, whether it was every hit. Then a line a
// row: its cells' hash, a blank, its id. Apart from it, as it may go, a line a row: what names it.
static const char form[] = "3";

enum { HASH_DIGITS = 16 };

static uint64_t columns_hash(const struct entity *entity)
{
    struct str names = {0};
    uint64_t hash;

    for (size_t i = 0; i < entity->search.n_columns; i++)
        str_addf(&names, "%s\n", entity->search.columns[i].path);
    hash = hash_bytes(str_text(&names), names.len);
    str_free(&names);
    return hash;
}

static uint64_t row_hash(const struct entity *entity, const struct row *row)
{
    struct str cells = {0};
    uint64_t hash;

    for (size_t i = 0; i < entity->search.n_columns; i++)
        str_add_len(&cells, row->cells[i], strlen(row->cells[i]) + 1);
    hash = hash_bytes(str_text(&cells), cells.len);
    str_free(&cells);
    return hash;
}

// In a map, where NULL would be nothing.
static void *as_value(uint64_t hash)
{
    return (void *)(uintptr_t)(hash | 1);
}

const char *change_name(enum row_change c)
{
    static const char *const names[] = {"", "", "new", "changed", "gone"};

    return names[c];
}

static void read_row(struct changes *c, char *line, const char *label)
{
    char *id = line + HASH_DIGITS + 1;

    if (strlen(line) < HASH_DIGITS + 2 || line[HASH_DIGITS] != ' ')
        return;
    line[HASH_DIGITS] = '\0';
    if (!map_put(&c->before, id, as_value(strtoull(line, NULL, 16))))
        vec_push(&c->order, ((struct row_before){mem_strdup(id), mem_strdup(label ? label : "")}));
}

static void read_run(struct changes *c, const struct entity *entity, char *rows, char *names)
{
    char *line = strsep(&rows, "\n");
    char *begin = str_format(" %016" PRIx64 " ", columns_hash(entity));

    c->compares = str_starts(line, form);
    c->values = c->compares && str_starts(line + strlen(form), begin);
    c->was_whole = str_ends(line, " whole");
    free(begin);
    while (c->compares && (line = strsep(&rows, "\n")) != NULL)
        read_row(c, line, strsep(&names, "\n"));
}

char *row_label(const struct entity *entity, const char *const *cells)
{
    const struct search_operation *op = &entity->search;
    char *names = mem_strdup(entity->label_names), *rest = names, *name;
    struct str label = {0};

    while ((name = strsep(&rest, "|")) != NULL) {
        const struct column *c = column_find(op->columns, op->n_columns, name);
        const char *cell = c ? cells[c - op->columns] : "";

        if (*cell)
            str_addf(&label, "%s%s", label.len ? " " : "", cell);
    }
    free(names);
    return str_take(&label);
}

bool changes_begin(struct app *a, const struct saved *s, struct changes *c, struct err *e)
{
    const struct entity *entity = entity_find(s->entity);
    struct str rows = {0}, names = {0};
    bool ok;

    *c = (struct changes){.saved = s->id};
    ok = app_need_store(a, e) && store_search_last(a->store, s->id, &rows, &names, e);
    if (ok && entity && rows.len)
        read_run(c, entity, rows.data, names.data);
    str_free(&rows);
    str_free(&names);
    return ok;
}

// A line's end would end the row.
static void keep_row(struct changes *c, const struct entity *entity, const struct row *row,
                     uint64_t hash)
{
    char *label = row_label(entity, row->cells);

    for (char *p = label; *p; p++)
        *p = *p == '\n' ? ' ' : *p;
    str_addf(&c->rows, "%016" PRIx64 " %s\n", hash, row->id);
    str_addf(&c->names, "%s\n", label);
    free(label);
}

enum row_change changes_row(struct changes *c, const struct entity *entity, const struct row *row)
{
    uint64_t hash = row_hash(entity, row);
    void *before;

    if (!*row->id || map_put(&c->now, row->id, as_value(hash)))
        return CHANGE_NONE;
    if (c->n_rows++ < CHANGES_KEPT)
        keep_row(c, entity, row, hash);
    before = map_get(&c->before, row->id);
    if (!c->compares)
        return CHANGE_FIRST;
    if (!before) {
        c->n_new++;
        return CHANGE_NEW;
    }
    if (!c->values || before == as_value(hash))
        return CHANGE_NONE;
    c->n_changed++;
    return CHANGE_CHANGED;
}

bool changes_keep(struct app *a, struct changes *c, const struct entity *entity, long long hits,
                  bool whole, struct err *e)
{
    size_t kept = c->n_rows < CHANGES_KEPT ? c->n_rows : CHANGES_KEPT;
    char *begin = str_format("%s %016" PRIx64 "%s\n", form, columns_hash(entity),
                             whole && kept == c->n_rows ? " whole" : " ");
    struct search_ran ran = {c->saved, hits, (long long)kept, &c->rows, &c->names};

    str_splice(&c->rows, 0, 0, begin, strlen(begin));
    free(begin);
    return store_search_ran(a->store, &ran, e);
}

const struct row_before **changes_gone(const struct changes *c, bool whole, size_t *n)
{
    const struct row_before **gone = mem_array(c->order.len, sizeof(*gone));

    *n = 0;
    for (size_t i = 0; whole && i < c->order.len; i++) {
        if (!map_has(&c->now, c->order.items[i].id))
            gone[(*n)++] = &c->order.items[i];
    }
    return gone;
}

void changes_free(struct changes *c)
{
    for (size_t i = 0; i < c->order.len; i++) {
        free(c->order.items[i].id);
        free(c->order.items[i].label);
    }
    vec_free(&c->order);
    map_free(&c->before, NULL);
    map_free(&c->now, NULL);
    str_free(&c->rows);
    str_free(&c->names);
    *c = (struct changes){0};
}
